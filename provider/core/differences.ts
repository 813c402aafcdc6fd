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

const longest = 80;

/** A change in a line: `description: "old" becomes "new"`. Values of secrets are not shown. */
export function changeText({ path, from, to }: Change): string {
  if (/secret/i.test(path)) return `${path}: [secret]`;
  return from === undefined ? `${path}: becomes ${text(to)}` : `${path}: ${text(from)} becomes ${text(to)}`;
}

function text(value: unknown): string {
  if (hasUnknown(value)) return "a value that is not known yet";
  const json = JSON.stringify(value) ?? "";
  return json.length > longest ? `${json.slice(0, longest)}…` : json;
}
