import { closest, distance } from "fastest-levenshtein";
import type { z } from "zod";
import { AsgardeoError } from "../errors";
import type { Properties } from "./clean";
import { schemaAt, shapeOf } from "./schema";
import { hasUnknown, isUnknown } from "./unknown";

/** One thing that is wrong with the args: where, and what to do about it. */
export interface Failure {
  /** The first part of the path: Pulumi prints it, and the value that it has. */
  readonly property: string;
  /** The whole path, what is wrong, what to do. */
  readonly reason: string;
  /** Set where it may go well all the same, so that it is only said. */
  readonly isWarning?: true;
}

/** Everything that is wrong with the args. What lies at or below a value that is not known yet is forgiven. */
export function check(schema: z.ZodType, args: Properties): Failure[] {
  const result = schema.safeParse(args, { reportInput: false });
  if (result.success) return [];
  return result.error.issues
    .filter((issue) => !leadsToUnknown(args, issue.path))
    .flatMap((issue) => failures(schema, args, issue));
}

/** Before anything is sent: throws everything that is wrong with the args, all of which have to be known by then. */
export function refuseUnfit(schema: z.ZodType, args: Properties): void {
  const unknown = Object.keys(args).filter((key) => hasUnknown(args[key]));
  const reasons = [
    ...check(schema, args).map(({ reason }) => reason),
    ...unknown.map((key) => `${key}: is not known yet, so nothing can be sent`),
  ];
  if (reasons.length > 0) throw new AsgardeoError(reasons.join("\n"));
}

function leadsToUnknown(args: unknown, path: readonly PropertyKey[]): boolean {
  let value = args;
  for (const key of path) {
    if (isUnknown(value)) return true;
    value = typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  }
  return isUnknown(value);
}

function failures(schema: z.ZodType, args: Properties, issue: z.core.$ZodIssue): Failure[] {
  if (issue.code !== "unrecognized_keys") return [failure(issue.path, message(args, issue))];
  const known = Object.keys(shapeOf(schemaAt(schema, issue.path)) ?? {});
  return issue.keys.map((key) => failure([...issue.path, key], `no such property${nearMiss(key, known)}`));
}

function failure(path: readonly PropertyKey[], reason: string): Failure {
  return { property: String(path[0] ?? ""), reason: `${pathText(path)}: ${reason}` };
}

function message(args: Properties, issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_type") return issue.message;
  const value = issue.path.reduce<unknown>((v, key) => (v as Record<PropertyKey, unknown>)?.[key], args);
  return value === undefined
    ? `missing, ${article(issue.expected)} is needed${leftOut}`
    : `must be ${article(issue.expected)}, is ${article(kindOf(value))}`;
}

/** The compiler refuses a program that forgets it, so most often it is an output that there is not in this run. */
const leftOut =
  "; where it is the output of another resource, that one may have been left out of this run by `--target` or `--exclude`";

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "list";
  return typeof value;
}

function article(kind: string): string {
  const name = kind === "array" ? "list" : kind === "int" ? "whole number" : kind;
  return /^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`;
}

/** `oidc.callbackUrls[0]` */
export function pathText(path: readonly PropertyKey[]): string {
  return path.map((key, i) => (typeof key === "number" ? `[${key}]` : `${i > 0 ? "." : ""}${String(key)}`)).join("");
}

/** "; did you mean `orders:read`?" where one of the known words is near enough to be meant. */
export function nearMiss(word: string, known: readonly string[]): string {
  const near =
    known.length === 0
      ? undefined
      : closest(
          word.toLowerCase(),
          known.map((k) => k.toLowerCase()),
        );
  const match = known.find((candidate) => candidate.toLowerCase() === near);
  if (match === undefined || distance(word.toLowerCase(), match.toLowerCase()) > Math.max(2, word.length / 3))
    return "";
  return `; did you mean \`${match}\`?`;
}
