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

/** A change in a line: `description: "old" becomes "new"`, `scopes: + orders:write, - big:d`. Secrets are not shown. */
export function changeText({ path, from, to }: Change): string {
  if (/secret/i.test(path)) return `${path}: [secret]`;
  if (Array.isArray(to) && !hasUnknown(to)) return `${path}: ${listText(Array.isArray(from) ? from : [], to)}`;
  return from === undefined ? `${path}: becomes ${text(to)}` : `${path}: ${text(from)} becomes ${text(to)}`;
}

const mostElements = 10;

/** What comes into a list, what goes, and what is changed of the elements that have a name. */
function listText(from: readonly unknown[], to: readonly unknown[]): string {
  const gone = from.filter((old) => !to.some((element) => same(undefined, old, element)));
  const come = to.filter((element) => !from.some((old) => same(undefined, old, element)));
  const changed = come.filter((element) =>
    gone.some((old) => isNamed(old) && isNamed(element) && old.name === element.name),
  );
  const isChanged = (element: unknown) =>
    changed.some((each) => isNamed(element) && isNamed(each) && element.name === each.name);
  const lines = [
    ...come.filter((element) => !isChanged(element)).map((element) => `+ ${elementText(element)}`),
    ...changed.map((element) => `~ ${elementText(element)}`),
    ...gone.filter((element) => !isChanged(element)).map((element) => `- ${elementText(element)}`),
  ];
  const more = lines.length - mostElements;
  if (lines.length === 0) return "another order";
  return lines.slice(0, mostElements).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function isNamed(element: unknown): element is { readonly name: string } {
  return isObject(element) && typeof element.name === "string";
}

function elementText(element: unknown): string {
  if (typeof element === "string") return shortened(element);
  return isNamed(element) ? shortened(element.name) : text(element);
}

const longest = 80;

function text(value: unknown): string {
  return hasUnknown(value) ? "a value that is not known yet" : shortened(JSON.stringify(value) ?? "");
}

function shortened(words: string): string {
  return words.length > longest ? `${words.slice(0, longest)}…` : words;
}
