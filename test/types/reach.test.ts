import { Compiler } from "../support/compiler";

jest.setTimeout(120_000);

const program = `
import * as asgardeo from "pulumi-asgardeo";
const worker = new asgardeo.Application("worker", { name: "Worker" });
export const clientId = worker.clientId;
export const issuer = asgardeo.getOrganizationInfoOutput().issuer;
`;

/** The package that a file belongs to. */
const packageOf = (file: string) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];

describe.each(["pulumi-sdk-oldest", "pulumi-sdk-newest"] as const)("with %s, the type check of a program", (sdk) => {
  let compiler: Compiler;
  let files: string[];
  let errors: string[];

  beforeAll(() => {
    compiler = new Compiler(sdk);
    ({ files, errors } = compiler.whole(program));
  });

  afterAll(() => compiler?.dispose());

  test("reads the types of this package and of none that it is built on", () => {
    const packages = new Set(files.map(packageOf));
    expect(packages).toContain("pulumi-asgardeo");
    for (const inner of ["zod", "undici", "hono", "commander", "fastest-levenshtein"]) {
      expect(packages).not.toContain(inner);
    }
  });

  test("passes where the types of the package are checked too (`skipLibCheck: false`)", () => {
    expect(errors).toEqual([]);
  });
});
