import { Compiler } from "../support/compiler";

jest.setTimeout(120_000);

// By its file: the helper is no part of the published interface.
const imports = `
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { argsOf } from "./node_modules/pulumi-asgardeo/dist/provider/core/schema";
interface Args { name: pulumi.Input<string>; note?: pulumi.Input<string>; kinds?: pulumi.Input<pulumi.Input<"a" | "b">[]> }
const kinds = z.array(z.enum(["a", "b"])).optional();
`;

const name = "name: z.string()";
const note = "note: z.string().optional()";

const accepted: Record<string, string> = {
  "has an entry for each property, optional where the property is": `argsOf<Args>()({ ${name}, ${note}, kinds });`,
  "accepts more than the interface promises": `
    argsOf<{ name: pulumi.Input<string> }>()({ name: z.string().min(1).refine((text) => text !== "x") });`,
  nests: `argsOf<{ inner: pulumi.Input<Args>; all?: pulumi.Input<pulumi.Input<Args>[]> }>()({
    inner: argsOf<Args>()({ ${name}, ${note}, kinds }),
    all: z.array(argsOf<Args>()({ ${name}, ${note}, kinds })).optional(),
  });`,
};

const refused: Record<string, string> = {
  "lacks a needed property": `argsOf<Args>()({ ${note}, kinds });`,
  "lacks an optional property": `argsOf<Args>()({ ${name}, kinds });`,
  "has a property too many": `argsOf<Args>()({ ${name}, ${note}, kinds, more: z.string() });`,
  "has an optional property too many": `argsOf<Args>()({ ${name}, ${note}, kinds, more: z.string().optional() });`,
  "has a property of another type": `argsOf<Args>()({ name: z.number(), ${note}, kinds });`,
  "demands what the interface has as optional": `argsOf<Args>()({ ${name}, note: z.string(), kinds });`,
  "has as optional what the interface demands": `argsOf<Args>()({ name: z.string().optional(), ${note}, kinds });`,
  "knows fewer words than the interface": `argsOf<Args>()({ ${name}, ${note}, kinds: z.array(z.enum(["a"])).optional() });`,
  "knows more words than the interface": `
    argsOf<Args>()({ ${name}, ${note}, kinds: z.array(z.enum(["a", "b", "c"])).optional() });`,
  "yields null, which the interface does not have": `argsOf<Args>()({ ${name}, note: z.string().nullish(), kinds });`,
  "lacks a property of an inner object": `
    argsOf<{ inner: pulumi.Input<Args> }>()({ inner: argsOf<Args>()({ ${name}, kinds }) });`,
};

describe("a schema that is tied to its interface", () => {
  let compiler: Compiler;
  let errors: Record<string, string[]>;

  beforeAll(() => {
    compiler = new Compiler("pulumi-sdk-newest");
    const programs = Object.entries({ ...accepted, ...refused }).map(([sentence, text]) => [sentence, imports + text]);
    errors = compiler.errors(Object.fromEntries(programs));
  });

  afterAll(() => compiler?.dispose());

  test.each(Object.keys(accepted))("compiles if it %s", (sentence) => {
    expect(errors[sentence]).toEqual([]);
  });

  test.each(Object.keys(refused))("does not compile if it %s", (sentence) => {
    expect(errors[sentence]).toContainEqual(expect.stringMatching(/^TS(2345|2353|2741|2322)/));
  });
});
