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
jest.setTimeout(180_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-asgardeo-docs-"));
  for (const name of ["provider", "sandbox", "examples", "docs", "README.md", "CHANGELOG.md", "LICENSE"]) {
    const skipped = (from: string) => !from.endsWith("node_modules");
    cpSync(join(root, name), join(folder, name), { recursive: true, filter: skipped });
  }
  // Read by nothing but the check of links.
  for (const name of ["node_modules", "test"]) symlinkSync(join(root, name), join(folder, name), "dir");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Changes a text of the copy's source, at the one place where it stands, or of another file. */
function change(from: string | RegExp, to: string, files = sourceFiles()): void {
  const found = files.filter((file) => has(readFileSync(file, "utf8"), from));
  const [file] = found;
  if (!file || found.length > 1) throw new Error(`${found.length} files have ${from}`);
  writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
}

const has = (text: string, what: string | RegExp) => (typeof what === "string" ? text.includes(what) : what.test(text));

function sourceFiles(): string[] {
  const all = readdirSync(join(folder, "provider"), { recursive: true, encoding: "utf8" });
  return all.filter((path) => path.endsWith(".ts")).map((path) => join(folder, "provider", path));
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
    for (const page of readdirSync(join(folder, "docs"), { recursive: true, encoding: "utf8" })) {
      if (!page.endsWith(".md")) continue;
      expect(readFileSync(join(folder, "docs", page), "utf8")).toBe(readFileSync(join(root, "docs", page), "utf8"));
    }
  });

  test("that differ are named, and not written by a check", async () => {
    change("/** The name for people, in at", "/** Its name, in at");
    change("`ASGARDEO_CA_FILE`", "`ASGARDEO_CAFILE`", [join(folder, "docs", "settings.md")]);
    const page = readFileSync(join(folder, "docs", "api-resource.md"), "utf8");
    expect((await docs({ check: true })).split("\n")).toEqual([
      "docs/api-resource.md is not what the source says: run `npm run docs`",
      "docs/limits.md is not what the source says: run `npm run docs`",
      "docs/settings.md is not what the source says: run `npm run docs`",
    ]);
    expect(readFileSync(join(folder, "docs", "api-resource.md"), "utf8")).toBe(page);
  });
});

describe("a comment", () => {
  test("with an example that does not compile is refused", async () => {
    change(` *     publicClient: true,`, ` *     publicClient: "yes",`);
    expect(await docs({ check: true })).toMatch(
      /an @example of Application does not compile at `publicClient: "yes",`: Type 'string'/,
    );
  });
});
