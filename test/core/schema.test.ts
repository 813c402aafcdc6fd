import { z } from "zod";
import {
  argsOf,
  assumed,
  bare,
  elementOf,
  keyed,
  markOf,
  ordered,
  schemaAt,
  shapeOf,
} from "../../provider/core/schema";

const step = z.strictObject({ id: z.string() });
const schema = z.strictObject({
  steps: ordered(z.array(step)).optional(),
  scopes: keyed("name", z.array(step)).nullable().optional(),
  kind: assumed(true, z.boolean()).optional(),
  plain: z.array(step).optional(),
});

test("args have exactly the entries of their interface, and no other key", () => {
  const args = argsOf<{ name: string; urls?: string[] }>()({ name: z.string(), urls: z.array(z.string()).optional() });
  expect(args.safeParse({ name: "web" }).success).toBe(true);
  expect(args.safeParse({ name: "web", url: "x" }).success).toBe(false);
  // @ts-expect-error -- an entry is missing
  argsOf<{ name: string; urls?: string[] }>()({ name: z.string() });
  // @ts-expect-error -- an entry is of another type
  argsOf<{ name: string }>()({ name: z.number() });
  // @ts-expect-error -- an entry is required that the interface has optional
  argsOf<{ name?: string }>()({ name: z.string() });
  // @ts-expect-error -- an entry is too much
  argsOf<{ name: string }>()({ name: z.string(), more: z.string() });
});

test("a mark is seen through optional and nullable", () => {
  const shape = shapeOf(schema);
  expect(markOf(shape?.steps)).toEqual({ ordered: true });
  expect(markOf(shape?.scopes)).toEqual({ key: "name" });
  expect(markOf(shape?.kind)).toEqual({ assumed: true });
  expect(markOf(shape?.plain)).toEqual({});
  expect(markOf(undefined)).toEqual({});
});

test("a mark on what is optional counts, too", () => {
  expect(markOf(ordered(z.array(step).optional()))).toEqual({ ordered: true });
});

test("a mark is that of one arg, and of no other that is checked alike", () => {
  const shared = z.string().min(1);
  const marked = assumed("", shared);
  const optional = assumed("", shared.optional());
  expect([marked, optional].map(markOf)).toEqual([{ assumed: "" }, { assumed: "" }]);
  expect(markOf(shared)).toEqual({});
  expect(markOf(shared.regex(/^a/))).toEqual({});
});

test("the parts of a schema are found behind optional and nullable", () => {
  expect(bare(step.optional().nullable())).toBe(step);
  expect(elementOf(schema.shape.steps)).toBe(step);
  expect(elementOf(step)).toBeUndefined();
  expect(Object.keys(shapeOf(step.optional()) ?? {})).toEqual(["id"]);
  expect(shapeOf(z.string())).toBeUndefined();
});

test("the schema at a path is found through lists, and undefined where there is none", () => {
  expect(schemaAt(schema, ["steps", 0, "id"])).toBe(step.shape.id);
  expect(schemaAt(schema, [])).toBe(schema);
  expect(schemaAt(schema, ["steps", "id"])).toBeUndefined();
  expect(schemaAt(schema, ["none", 0])).toBeUndefined();
});
