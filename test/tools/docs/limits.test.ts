import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { bare, elementOf, shapeOf } from "../../../provider/core/schema";

const root = resolve(__dirname, "..", "..", "..");

/** Every schema below one, by the path of its arg as the pages write it. */
function* schemasBelow(schema: z.ZodType, path: string): Generator<[string, z.ZodType]> {
  const inner = bare(schema);
  if (!inner) return;
  yield [path, inner];
  const element = elementOf(inner);
  if (element) yield* schemasBelow(element, `${path}[]`);
  for (const [name, member] of Object.entries(shapeOf(inner) ?? {})) {
    yield* schemasBelow(member, path ? `${path}.${name}` : name);
  }
}

/** The greatest number, length or count that a schema lets through. */
function mostOf(schema: z.ZodType): number[] {
  const { maximum, maxLength, maxItems } = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" });
  return [maximum, maxLength, maxItems].filter(
    (most) => most !== undefined && most < Number.MAX_SAFE_INTEGER,
  ) as number[];
}

/** Whatever is a definition in a module. */
function definitionsIn(module: object): { type: string; args: z.ZodType }[] {
  return Object.values(module).filter((value) => typeof value?.type === "string" && value.args !== undefined);
}

const folder = join(root, "provider", "resources");
const definitions = readdirSync(folder)
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => definitionsIn(require(join(folder, file))));

test("every limit that a schema sets is in the list of limits", () => {
  const page = readFileSync(join(root, "docs", "limits.md"), "utf8");
  const list = /<!-- limits -->([\s\S]*)<!-- \/limits -->/.exec(page)?.[1] ?? "";
  const set = definitions.flatMap(({ type, args }) =>
    [...schemasBelow(args, "")].flatMap(([path, schema]) => mostOf(schema).map((most) => ({ type, path, most }))),
  );
  expect(set).toContainEqual({ type: "Application", path: "secretOverlapDays", most: 365 });
  const untold = set.filter(({ type, path, most }) => {
    const line = list.split("\n").find((each) => each.startsWith(`- [${type}]`) && each.includes(` \`${path}\`: `));
    return !line?.replaceAll(",", "").includes(String(most));
  });
  expect(untold).toEqual([]);
});
