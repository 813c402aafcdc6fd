import type { z } from "zod";
import type { Properties } from "../../provider/core/clean";
import { AsgardeoError } from "../../provider/errors";
import type { Sandbox } from "../../sandbox/index";
import type { Subject } from "../subjects/subject";
import { shows } from "./echo";
import { LIE, ODD } from "./values";

/** What is wrong with a text that a user sees. */
export function textProblems(text: string, sandbox: Sandbox): string[] {
  const clients = sandbox.tenant.applications.flatMap(({ oidc }) => oidc?.clientSecret ?? []);
  const secrets = [sandbox.clientSecret, ...clients];
  return [
    ...(text.trim() === "" ? ["it is empty"] : []),
    ...(text.length > 3000 ? [`it has ${text.length} characters`] : []),
    ...(/^\s+at .+:\d+:\d+\)?$/m.test(text) ? ["it has a stack"] : []),
    ...(/(Type|Range|Syntax|Reference)Error|Cannot (read|set) prop|is not a function|is not iterable|\[object /.test(
      text,
    )
      ? ["it is for programmers"]
      : []),
    ...(secrets.some((secret) => shows(text, secret)) ? ["it has a secret"] : []),
  ];
}

/** What is wrong with what an operation has thrown. */
export function errorProblems(error: unknown, sandbox: Sandbox): string[] {
  if (!(error instanceof AsgardeoError)) {
    return [`it is no AsgardeoError: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
  return textProblems(error.message, sandbox);
}

/** What is wrong with properties that go into Pulumi's state. */
export function stateProblems(state: Properties, { schema, outputs }: Subject, sandbox: Sandbox): string[] {
  const args = Object.fromEntries(
    Object.entries(state).filter(([name]) => !name.startsWith("__") && !outputs.includes(name)),
  );
  return [
    ...carryProblems(state, "state"),
    ...typeProblems(schema, args),
    ...outputs.filter((name) => !isTextOrAbsent(state[name])).map((name) => `${name} is no text`),
    ...(typeof state.__tenant === "string" ? [] : ["the tenant is not in it"]),
    ...clientProblems(state, sandbox),
  ];
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || (typeof value === "string" && value !== "");
}

/** Pulumi's wire has neither undefined nor null in a list, and no number that JSON has not. */
function carryProblems(value: unknown, path: string, depth = 0): string[] {
  if (depth > 20) return [`${path} is too deep`];
  if (typeof value === "string" || typeof value === "boolean") return [];
  if (typeof value === "number") return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (typeof value !== "object" || value === null) return [`${path} is ${value}`];
  return Object.entries(value).flatMap(([key, member]) => carryProblems(member, `${path}.${key}`, depth + 1));
}

/**
 * A server may say words that this version does not know, or leave out what a program has to say: that is drift, and is
 * shown. But it has to be of the same kind.
 */
function typeProblems(schema: z.ZodType, args: Properties): string[] {
  const result = schema.safeParse(args);
  if (result.success) return [];
  return result.error.issues.flatMap(({ code, path, message }) => {
    const value = path.reduce<unknown>(
      (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
      args,
    );
    const isWrong =
      code === "unrecognized_keys" ||
      (code === "invalid_type" && value !== undefined && !(typeof value === "number" && /\bint/.test(message))) ||
      (code === "invalid_value" && value !== undefined && typeof value !== "string");
    return isWrong ? [`${path.join(".")}: ${message}`] : [];
  });
}

/** The client of a state is one that the tenant has, unless the server itself said otherwise. */
function clientProblems({ clientId, clientSecret }: Properties, sandbox: Sandbox): string[] {
  const clients = sandbox.tenant.applications.flatMap(({ oidc }) => (oidc ? [oidc] : []));
  const isKnown = (value: unknown, values: (string | undefined)[]) =>
    value === undefined || values.some((known) => known === value) || (typeof value === "string" && isSaid(value));
  return [
    ...(isKnown(
      clientId,
      clients.map((client) => client.clientId),
    )
      ? []
      : [`no client has the id ${clientId}`]),
    ...(isKnown(
      clientSecret,
      clients.map((client) => client.clientSecret),
    )
      ? []
      : ["no client has this secret"]),
  ];
}

/** A text that only a changed answer can have brought. */
const said = new Set([
  " ",
  "undefined",
  ".",
  "../..",
  "\u001b[31m\u001b]0;x\u0007",
  "\u009b2J",
  "\u202eabc\u2066",
  ODD,
]);

function isSaid(value: string): boolean {
  return value.startsWith(LIE.slice(0, 8)) || said.has(value);
}
