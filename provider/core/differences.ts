import type { z } from "zod";
import { pathText } from "./check";
import { project, same } from "./diff";
import { shapeOf } from "./schema";
import { hasUnknown } from "./unknown";

/** A declared value that the live object does not have. */
export interface Change {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** How the live object differs from what is declared, down to the members of nested objects. */
export function differences(
  schema: z.ZodType | undefined,
  declared: unknown,
  live: unknown,
  path: readonly string[] = [],
): Change[] {
  const from = project(schema, declared, live);
  if (same(schema, declared, from)) return [];
  const shape = shapeOf(schema);
  if (shape === undefined || !isObject(declared) || !isObject(from))
    return [{ path: pathText(path), from, to: declared }];
  return Object.keys(declared).flatMap((key) => differences(shape[key], declared[key], from[key], [...path, key]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is to change, in a sentence: see `changeText`. */
export function changesText(changes: readonly Change[], secretArgs: readonly string[] = []): string {
  const texts = changes.map((change) => changeText(change, secretArgs));
  return texts.length === 0 ? "It is as declared." : `What changes: ${texts.join("; ")}.`;
}

/** A change in a line: `description: "old" becomes "new"`. The values of secret args, given by their paths, are not shown. */
export function changeText({ path, from, to }: Change, secretArgs: readonly string[] = []): string {
  if (isSecret(path, secretArgs)) return `${path}: [secret]`;
  const after = text(masked(to, path, secretArgs));
  return from === undefined
    ? `${path}: becomes ${after}`
    : `${path}: ${text(masked(from, path, secretArgs))} becomes ${after}`;
}

function isSecret(path: string, secretArgs: readonly string[]): boolean {
  return secretArgs.some((secret) => path === secret || path.startsWith(`${secret}.`));
}

/** A secret may be deep in what changes as a whole. */
function masked(value: unknown, path: string, secretArgs: readonly string[]): unknown {
  if (isSecret(path, secretArgs)) return "[secret]";
  if (Array.isArray(value)) return value.map((element) => masked(element, path, secretArgs));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, masked(member, `${path}.${key}`, secretArgs)]),
  );
}

const longest = 80;

function text(value: unknown): string {
  if (hasUnknown(value)) return "a value that is not known yet";
  const json = JSON.stringify(value) ?? "";
  return json.length > longest ? `${json.slice(0, longest)}…` : json;
}
