import type { z } from "zod";
import type { Properties } from "./clean";
import { described } from "./controls";
import { elementOf, markOf, schemaAt, shapeOf } from "./schema";
import { hasUnknown, isUnknown } from "./unknown";

/** What Pulumi wants to know of a change: shapes and names are Pulumi's. */
export interface Difference {
  readonly changes: boolean;
  readonly replaces: string[];
  readonly deleteBeforeReplace: boolean;
}

/**
 * What changed between the args in state and the args of the program. A replaced object is deleted first: names,
 * identifiers, scope names and authorizations are unique in a tenant, so old and new cannot stand side by side.
 */
export function diff(schema: z.ZodType, replaceOn: readonly string[], old: Properties, args: Properties): Difference {
  const shape = shapeOf(schema) ?? {};
  const changed = Object.keys(described(shape)).filter((key) => differs(shape[key], old[key], args[key]));
  const replaces = replaceOn.filter((path) => {
    const inner = schemaAt(schema, path.split("."));
    return differs(inner, at(old, path), at(args, path));
  });
  return {
    changes: changed.length > 0,
    replaces: [...new Set(replaces.map((path) => path.split(".")[0] ?? path))],
    deleteBeforeReplace: replaces.length > 0,
  };
}

/** State has what the server has decided, so that a program may say it, or leave it out again. */
function differs(schema: z.ZodType | undefined, old: unknown, wanted: unknown): boolean {
  return !(markOf(schema).decided && wanted === undefined) && !same(schema, old, wanted);
}

/** A path below an unknown value is itself unknown. */
function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((v, key) => (isUnknown(v) ? v : (v as Properties | undefined)?.[key]), value);
}

/** Whether two values of this schema mean the same. An unknown value may be anything, so it differs. */
export function same(schema: z.ZodType | undefined, a: unknown, b: unknown): boolean {
  const { assumed } = markOf(schema);
  return !hasUnknown(a) && !hasUnknown(b) && canonical(schema, a ?? assumed) === canonical(schema, b ?? assumed);
}

/** A text that is equal for values that mean the same: keys sorted, sets sorted, absent members left out. */
function canonical(schema: z.ZodType | undefined, value: unknown): string {
  if (Array.isArray(value)) {
    const elements = value.map((element) => canonical(elementOf(schema), element));
    return `[${(markOf(schema).ordered ? elements : elements.sort()).join()}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  const members = Object.entries(value).filter(([, member]) => member !== undefined && member !== null);
  const texts = members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(shapeOf(schema)?.[key], member)}`);
  return `{${texts.sort().join()}}`;
}

/**
 * The live value as far as the program declares it. What is left out in the program is not drift, nor is another order
 * of a set: where both mean the same, the answer is what the program says, to the letter.
 */
export function project(schema: z.ZodType | undefined, declared: unknown, live: unknown): unknown {
  if (live === undefined || live === null) return isEmpty(declared) ? declared : undefined;
  if (Array.isArray(declared) && Array.isArray(live)) return projectList(schema, declared, live);
  if (!isObject(declared) || !isObject(live)) return live;
  const shape = shapeOf(schema);
  return Object.fromEntries(Object.keys(declared).map((key) => [key, project(shape?.[key], declared[key], live[key])]));
}

function projectList(schema: z.ZodType | undefined, declared: unknown[], live: unknown[]): unknown[] {
  const element = elementOf(schema);
  const { ordered, key } = markOf(schema);
  if (ordered) return live.map((value, i) => (i < declared.length ? project(element, declared[i], value) : value));
  const rest = [...live];
  const kept = declared.flatMap((wanted) => {
    const i = rest.findIndex((value) => isSameElement(element, key, wanted, value));
    return i < 0 ? [] : [project(element, wanted, rest.splice(i, 1)[0])];
  });
  return [...kept, ...rest];
}

function isSameElement(schema: z.ZodType | undefined, key: string | undefined, a: unknown, b: unknown): boolean {
  if (key !== undefined && isObject(a) && isObject(b)) return a[key] === b[key];
  return same(schema, a, b);
}

/** Servers leave out what is empty or off, some of them always. */
function isEmpty(value: unknown): boolean {
  return (
    value === "" || value === false || (typeof value === "object" && value !== null && Object.keys(value).length === 0)
  );
}

function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
