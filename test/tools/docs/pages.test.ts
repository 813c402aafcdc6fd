import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { inPackage, pagesOf, Tool, tinyPackage } from "./tool";

// Programs of pages are compiled.
jest.setTimeout(60_000);

let tool: Tool;
beforeAll(() => {
  tool = new Tool();
});
afterAll(() => tool.close());

const root = resolve(__dirname, "..", "..", "..");
const call = <Result>(module: string, name: string, ...args: unknown[]) => tool.call<Result>(module, name, ...args);

/** All pages of the repository by path, wherever they are. */
function pagesOfRepository(): Map<string, string> {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], { cwd: root });
  const paths = listed
    .toString()
    .split("\n")
    .filter((path) => path !== "" && existsSync(join(root, path)));
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

describe("the pages of the repository", () => {
  const pages = pagesOfRepository();
  const byHand = new Map([...pages].filter(([, text]) => !text.startsWith("<!-- Generated")));

  test("can be read: no README of more than 150 lines, no page of more than 30 kB, no row of more than 260 characters", async () => {
    expect(pages.size).toBeGreaterThan(15);
    expect(await call("sizes", "unreadable", pages)).toEqual([]);
  });

  test("lead from one to the other: no link to what is not there, and no page that nobody finds", async () => {
    expect(await call("links", "brokenLinks", pages, root)).toEqual([]);
    expect(await call("links", "unlinkedPages", pages)).toEqual([]);
  });

  test("have no command that no test runs, unless they say so", async () => {
    const fences = await Promise.all(
      [...byHand.values()].map((text) => call<{ language: string }[]>("fences", "fencesOf", text)),
    );
    expect(fences.flat().filter(({ language }) => language === "sh").length).toBeGreaterThan(5);
    expect(await call("fences", "untestedCommands", byHand, root)).toEqual([]);
  });
});

describe("a page that nobody can read is told:", () => {
  test.each([
    ["a README of 151 lines", "README.md", "a\n".repeat(151), ["README.md has 151 lines: nobody reads more than 150"]],
    ["a README of 150 lines is not", "README.md", "a\n".repeat(150), []],
    ["another page may have more", "docs/a.md", "a\n".repeat(151), []],
    [
      "one of 30,001 bytes",
      "docs/a.md",
      `${"ä".repeat(15_000)}a`,
      ["docs/a.md has 30001 bytes: nobody reads more than 30000"],
    ],
    [
      "a row of 261 characters",
      "docs/a.md",
      `a\n|${"a".repeat(259)}|\n`,
      ["docs/a.md:2: a row of 261 characters: nobody reads more than 260"],
    ],
    ["a line of a text may have more", "docs/a.md", "a".repeat(300), []],
  ])("%s", async (_, path, text, problems) => {
    expect(await call("sizes", "unreadable", new Map([[path, text]]))).toEqual(problems);
  });
});

describe("commands of a page", () => {
  const untested = (text: string, files: Record<string, string> = {}) =>
    inPackage(files, (folder) => call("fences", "untestedCommands", new Map([["docs/b/a.md", text]]), folder));
  const commands = "```sh\nls\n```\n";

  test("are run by the test of the page", async () => {
    const problem = [expect.stringMatching(/^docs\/b\/a\.md:3: .*: test\/pages\/b\/a\.test\.ts is not there\./)];
    expect(await untested(`# A\n\n${commands}`)).toEqual(problem);
    expect(await untested(commands, { "test/pages/b/a.test.ts": "" })).toEqual([]);
    expect(await untested(commands.replace("sh", "console"))).toHaveLength(1);
    expect(await untested(commands.replace("sh", "text"))).toEqual([]);
  });

  test("are run by the tests that a note names", async () => {
    const noted = `<!-- run by: test/x.test.ts, test/y.test.ts -->\n${commands}`;
    expect(await untested(noted, { "test/x.test.ts": "" })).toEqual([
      expect.stringContaining("test/y.test.ts is not there"),
    ]);
    expect(await untested(noted, { "test/x.test.ts": "", "test/y.test.ts": "" })).toEqual([]);
    // A note counts directly before the commands.
    expect(await untested(`<!-- run by: test/x.test.ts -->\n\n${commands}`, { "test/x.test.ts": "" })).toHaveLength(1);
  });

  test("that nobody runs are told to the reader", async () => {
    const noted = `<!-- not run: it needs the moon -->\n${commands}`;
    expect(await untested(noted)).toEqual([
      'docs/b/a.md:2: the page does not say "Not run by our tests: it needs the moon"',
    ]);
    expect(await untested(`${noted}\nNot run by our tests: it needs the moon.\n`)).toEqual([]);
  });
});

describe("a program on a page", () => {
  const written = (text: string) =>
    pagesOf(tool, {
      "provider/index.ts": `${tinyPackage["provider/index.ts"]}\nexport const five = 5;`,
      "docs/own.md": text,
    });
  const program = (code: string, note = "") => `${note}\n\`\`\`ts\n${code}\n\`\`\`\n`;

  test("that does not compile is refused, with the page and the line", async () => {
    const code = 'import { five } from "pulumi-asgardeo";\nexport const text: string = five;';
    await expect(written(`# Own\n${program(code)}`)).rejects.toThrow(
      "docs/own.md:3: the program does not compile at `export const text: string = five;`: Type 'number'",
    );
  });

  test("without imports may speak of the package, and files of a page of each other", async () => {
    const files = [
      program("export const five = 5;", "<!-- file: lib/five.ts -->"),
      program('import { five } from "./lib/five";\nexport const six: number = five + 1;', "<!-- file: index.ts -->"),
      program("const six: number = asgardeo.five + 1;"),
    ];
    await written(files.join("\n"));
    await expect(written(files.slice(1).join("\n"))).rejects.toThrow(/Cannot find module '\.\/lib\/five'/);
    await expect(written(program("asgardeo.six;"))).rejects.toThrow(/Property 'six' does not exist/);
  });

  test("is left to the tests where a note says so, or where a test lays the files of the page down", async () => {
    const broken = "nothing of this(";
    await written(program(broken, "<!-- not run: it is a joke -->"));
    await written(program(broken, "<!-- not compiled: it is a joke -->"));
    await written(program(broken, "<!-- run by: test/joke.test.ts -->"));
    const file = program(broken, "<!-- file: index.ts -->");
    await pagesOf(tool, { "docs/own.md": file, "test/pages/own.test.ts": "" });
    await expect(pagesOf(tool, { "docs/own.md": file })).rejects.toThrow(/does not compile/);
    await expect(written(program(broken))).rejects.toThrow(/does not compile/);
  });
});
