import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Compiler } from "../support/compiler";

jest.setTimeout(120_000);

const index = readFileSync(join(__dirname, "..", "..", "dist", "provider", "index.d.ts"), "utf8");

/** Everything published that a program writes an object of. */
const written = [...new Set(index.match(/\b\w+(?:Args|Options)\b/g))].sort();

const imports = `
import * as pulumi from "@pulumi/pulumi";
import * as asgardeo from "pulumi-asgardeo";
type Optional<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];
/** All optional members of an object, or of either of several, said to be undefined. */
type Nothing<T> = T extends unknown ? Record<Optional<T>, undefined> : never;
`;

const program = `
const config = new pulumi.Config();
new asgardeo.Provider("staging", { organization: config.get("organization"), readOnly: config.getBoolean("readOnly") });
new asgardeo.Application("web", {
  name: "Web",
  description: config.get("description"),
  oidc: { grantTypes: ["refresh_token"], publicClient: config.getBoolean("public") },
}, { protect: false });
new asgardeo.ApiResource("api", { name: "API", identifier: "api", scopes: [{ name: "a", displayName: config.get("a") }] });
asgardeo.getApiResourcesOutput({ filter: config.get("filter") });
asgardeo.getApplication({ name: "Web" }, { provider: undefined, parent: undefined });
`;

describe("with `exactOptionalPropertyTypes`, the published types", () => {
  let compiler: Compiler;
  let errors: Record<string, string[]>;

  beforeAll(() => {
    compiler = new Compiler("pulumi-sdk-newest");
    const each = written.map((name) => [
      name,
      `${imports}\nexport const partial = (nothing: Nothing<asgardeo.${name}>): Partial<asgardeo.${name}> => nothing;`,
    ]);
    const programs = { program: imports + program, ...Object.fromEntries(each) };
    errors = compiler.errors(programs, { exactOptionalPropertyTypes: true });
  });

  afterAll(() => compiler?.dispose());

  test("accept what a config may not have", () => {
    expect(errors.program).toEqual([]);
  });

  test("are many", () => {
    expect(written.length).toBeGreaterThan(30);
  });

  test.each(written)("take undefined for whatever may be left out of %s", (name) => {
    expect(errors[name]).toEqual([]);
  });
});
