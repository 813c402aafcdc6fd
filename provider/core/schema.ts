import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

/** Args once every `Input` in them is known: what the schema checks, what the lifecycle stores and compares. */
export type Plain<Args> = pulumi.Unwrap<Args>;

type Inferred<Shape extends z.ZodRawShape> = z.infer<z.ZodObject<Shape>>;

/** Both ways: the schema accepts all that the interface promises, and yields nothing that the interface does not have. */
type Exactly<Shape extends z.ZodRawShape, Args> = [Plain<Args>] extends [Inferred<Shape>]
  ? [Inferred<Shape>] extends [Plain<Args>]
    ? { [K in Exclude<keyof Shape, keyof Args>]: never }
    : { "the schema yields what the interface does not have": Inferred<Shape> }
  : { "the schema refuses what the interface promises": Inferred<Shape> };

/**
 * The schema of an args interface: exactly one entry for each of its properties, optional where the property is.
 * Any other key is an error. The interface carries the doc comments, because comments on zod keys are not published.
 */
export function argsOf<Args extends object>() {
  return <Shape extends Record<keyof Args, z.ZodType>>(shape: Shape & Exactly<Shape, Args>) =>
    z.strictObject(shape as Shape);
}

/** How a value is compared. Without a mark, a list is a set: order means nothing. */
export interface Mark {
  /** The order matters, as in the steps of a login flow. */
  readonly ordered?: true;
  /** A set of objects, each known by the value of this property. */
  readonly key?: string;
  /** What an absent value stands for: saying it is no change. */
  readonly assumed?: string | boolean;
  /** What the server decides for good where it is left out: leaving it out is no change. */
  readonly decided?: true;
}

const marks = z.registry<Mark>();

/** Marks a list whose order matters. */
export function ordered<S extends z.ZodType>(schema: S): S {
  return marked(schema, { ordered: true });
}

/** Marks a set of objects, each known by one of its properties. */
export function keyed<S extends z.ZodType>(key: string, schema: S): S {
  return marked(schema, { key });
}

/** Marks what an absent value stands for, where no other way leads to it: an arg that replaces and has a fixed default. */
export function assumed<S extends z.ZodType>(value: string | boolean, schema: S): S {
  return marked(schema, { assumed: value });
}

/** Marks what the server decides for good where it is left out, and tells by an output of the same name. */
export function decided<S extends z.ZodType>(schema: S): S {
  return marked(schema, { decided: true });
}

function marked<S extends z.ZodType>(schema: S, mark: Mark): S {
  // Args that are checked alike share a schema, and a mark is that of one arg.
  const own = schema.clone();
  marks.add(own, mark);
  return own;
}

/** The part of a schema that lies behind `optional` and `nullable`. */
export function bare(schema: z.ZodType | undefined): z.ZodType | undefined {
  return layersOf(schema).at(-1);
}

/** A schema, and what lies behind each `optional` and `nullable` of it. */
function layersOf(schema: z.ZodType | undefined): z.ZodType[] {
  if (schema === undefined) return [];
  const isWrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodNullable;
  return [schema, ...(isWrapped ? layersOf(schema.unwrap() as z.ZodType) : [])];
}

/** The properties of an object schema, or undefined for any other schema. */
export function shapeOf(schema: z.ZodType | undefined): Record<string, z.ZodType> | undefined {
  const inner = bare(schema);
  return inner instanceof z.ZodObject ? (inner.shape as Record<string, z.ZodType>) : undefined;
}

/** The names of all properties that an object schema has; none for anything else. */
export function membersOf(schema: unknown): string[] {
  return schema instanceof z.ZodType ? Object.keys(shapeOf(schema) ?? {}) : [];
}

/** The schema of a list's elements, or undefined for any other schema. */
export function elementOf(schema: z.ZodType | undefined): z.ZodType | undefined {
  const inner = bare(schema);
  return inner instanceof z.ZodArray ? (inner.element as z.ZodType) : undefined;
}

/** The schema of what lies at a path. */
export function schemaAt(schema: z.ZodType | undefined, path: readonly PropertyKey[]): z.ZodType | undefined {
  return path.reduce<z.ZodType | undefined>(
    (inner, key) => (typeof key === "number" ? elementOf(inner) : shapeOf(inner)?.[String(key)]),
    schema,
  );
}

/** How the value of this schema is compared. */
export function markOf(schema: z.ZodType | undefined): Mark {
  const marked = layersOf(schema).find((layer) => marks.has(layer));
  return (marked && marks.get(marked)) ?? {};
}
