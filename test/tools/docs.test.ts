import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const root = resolve(__dirname, "..", "..");
const tool = pathToFileURL(join(root, "tools", "docs.mjs")).href;
const exec = promisify(execFile);

// Each test starts the compiler in a process of its own.
jest.setTimeout(60_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-asgardeo-docs-"));
  for (const name of ["provider", "examples", "docs", "README.md"]) {
    const skipped = (from: string) => !from.endsWith("node_modules");
    cpSync(join(root, name), join(folder, name), { recursive: true, filter: skipped });
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Changes a file of the copy, at the one place where it has this text. */
function change(file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(join(folder, file), "utf8");
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${file} has no ${from}`);
  writeFileSync(join(folder, file), changed);
}

/** What the tool says of the copy. */
async function docs(options: { check: boolean }): Promise<string> {
  const code = `
    import { updateDocs } from ${JSON.stringify(tool)};
    try { updateDocs(${JSON.stringify(folder)}, ${options.check}); } catch (error) { console.log(error.message); }`;
  return (await exec(process.execPath, ["--input-type=module", "-e", code])).stdout.trim();
}

describe("the pages", () => {
  test("of the repository are what its source says, and writing them again changes nothing", async () => {
    expect(await docs({ check: true })).toBe("Docs: up to date.");
    rmSync(join(folder, "docs", "application.md"));
    expect(await docs({ check: false })).toBe("wrote docs/application.md");
    for (const page of readdirSync(join(folder, "docs"))) {
      expect(readFileSync(join(folder, "docs", page), "utf8")).toBe(readFileSync(join(root, "docs", page), "utf8"));
    }
  });

  test("that differ are named, and not written by a check", async () => {
    change("provider/resources/api-resource.ts", "/** The name for people. Changes", "/** Its name. Changes");
    change("README.md", "`ASGARDEO_CA_FILE`", "`ASGARDEO_CAFILE`");
    const page = readFileSync(join(folder, "docs", "api-resource.md"), "utf8");
    expect((await docs({ check: true })).split("\n")).toEqual([
      "docs/api-resource.md is not what the source says: run `npm run docs`",
      "README.md is not what the source says: run `npm run docs`",
    ]);
    expect(readFileSync(join(folder, "docs", "api-resource.md"), "utf8")).toBe(page);
  });
});

describe("a comment", () => {
  test("that is missing on an arg, an output or a setting is asked for by name", async () => {
    change("provider/resources/api-resource.ts", /\/\*\* What the API is for\..*\*\//, "");
    change("provider/resources/application/oidc-security.ts", /\/\*\* Refuses authorization requests.*\*\//, "");
    change("provider/resources/application.ts", /\/\*\* The public keys of.*\*\//, "");
    change("provider/provider.ts", /\/\*\* Refuses every write.*\*\//, "");
    const said = await docs({ check: true });
    for (const name of [
      "ApiResourceArgs.description",
      "PkceArgs.mandatory",
      "ApplicationOutputs.jwksUri",
      "ProviderArgs.readOnly",
    ]) {
      expect(said).toContain(`${name} has no doc comment`);
    }
  });

  test("has to say whether a change is made in place, and to agree with the definition", async () => {
    change("provider/resources/api-resource.ts", "The name for people. Changes in place.", "The name for people.");
    change("provider/resources/api-authorization.ts", `"api", "policy"]`, `"api"]`);
    change("provider/resources/application.ts", `"oidc.clientSecret"]`, `"oidc.clientSecret", "accessUrl"]`);
    const said = await docs({ check: true });
    expect(said).toContain(
      `ApiResourceArgs.name: the comment says neither "in place" nor "replaces", nor does that of ApiResourceArgs`,
    );
    expect(said).toContain(
      "ApiAuthorizationArgs.policy: the comment says that a change replaces, but replaceOn does not",
    );
    expect(said).toContain("ApplicationArgs.accessUrl: a change replaces, but the comment does not say so");
  });

  test("with an example that does not compile is refused", async () => {
    change("provider/resources/application.ts", ` *     publicClient: true,`, ` *     publicClient: "yes",`);
    expect(await docs({ check: true })).toMatch(
      /an @example does not compile at `publicClient: "yes",`: Type 'string'/,
    );
  });

  test("has to name a scope that the code asks for at times", async () => {
    change("provider/resources/api-resource.ts", / \* @scope internal_api_resource_delete.*\n/, "");
    expect(await docs({ check: true })).toMatch(
      /no resource's comment has "@scope internal_api_resource_delete <when>"/,
    );
  });
});
