import type { z } from "zod";
import { inOneLine } from "../visible";
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

/** Takes secrets out of a text. */
type Hide = (text: string) => string;

/** What is to change, in a sentence: see `changeText`. */
export function changesText(changes: readonly Change[], secretArgs: readonly string[], hide: Hide): string {
  const texts = changes.map((change) => changeText(change, secretArgs, hide));
  return texts.length === 0 ? "It is as declared." : `What changes: ${texts.join("; ")}.`;
}

/**
 * A change in a line: `description: "old" becomes "new"`, `scopes: + orders:write, - big:d`. The values of secret args,
 * given by their paths, are not shown. Others are cut after `hide`: of a secret that is cut before, a part would be shown.
 */
export function changeText({ path, from, to }: Change, secretArgs: readonly string[], hide: Hide): string {
  if (isSecret(path, secretArgs)) return `${path}: [secret]`;
  const cut = (words: string) => shortened(inOneLine(hide(words)));
  const show = (value: unknown) => cut(text(masked(value, path, secretArgs)));
  const showElement = (element: unknown) => {
    const name = isNamed(element) ? element.name : element;
    return typeof name === "string" ? cut(name) : show(element);
  };
  if (Array.isArray(to) && !hasUnknown(to))
    return `${path}: ${listText(Array.isArray(from) ? from : [], to, showElement)}`;
  return from === undefined ? `${path}: becomes ${show(to)}` : `${path}: ${show(from)} becomes ${show(to)}`;
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

const mostElements = 10;

/** What comes into a list, what goes, and what is changed of the elements that have a name. */
function listText(from: readonly unknown[], to: readonly unknown[], show: (value: unknown) => string): string {
  const gone = from.filter((old) => !to.some((element) => same(undefined, old, element)));
  const come = to.filter((element) => !from.some((old) => same(undefined, old, element)));
  const changed = come.filter((element) =>
    gone.some((old) => isNamed(old) && isNamed(element) && old.name === element.name),
  );
  const isChanged = (element: unknown) =>
    changed.some((each) => isNamed(element) && isNamed(each) && element.name === each.name);
  const lines = [
    ...come.filter((element) => !isChanged(element)).map((element) => `+ ${show(element)}`),
    ...changed.map((element) => `~ ${show(element)}`),
    ...gone.filter((element) => !isChanged(element)).map((element) => `- ${show(element)}`),
  ];
  const more = lines.length - mostElements;
  if (lines.length === 0) return "another order";
  return lines.slice(0, mostElements).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function isNamed(element: unknown): element is { readonly name: string } {
  return isObject(element) && typeof element.name === "string";
}

const longest = 80;

function text(value: unknown): string {
  return hasUnknown(value) ? "a value that is not known yet" : (JSON.stringify(value) ?? "");
}

function shortened(words: string): string {
  return words.length > longest ? `${words.slice(0, longest)}…` : words;
}
