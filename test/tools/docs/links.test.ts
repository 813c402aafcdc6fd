import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { inPackage, Tool } from "./tool";

let tool: Tool;
beforeAll(() => {
  tool = new Tool();
});
afterAll(() => tool.close());

const root = resolve(__dirname, "..", "..", "..");

function pagesOfRepository(): Map<string, string> {
  const docs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" });
  const paths = ["README.md", "CHANGELOG.md", ...docs.filter((path) => path.endsWith(".md")).map((p) => `docs/${p}`)];
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

const broken = (pages: Map<string, string>, folder: string) =>
  tool.call<string[]>("links", "brokenLinks", pages, folder);

test("every relative link in the README and in the pages leads to a file and a heading that exist", async () => {
  const pages = pagesOfRepository();
  expect(pages.size).toBeGreaterThan(5);
  expect(await broken(pages, root)).toEqual([]);
});

describe("a link", () => {
  test("is found in a text and by reference, but neither in code nor to another server", async () => {
    const text =
      "[a](a.md) and [`b`](b.md#c)\n\n[d]: d.md\n\n`[e](e.md)`\n\n```md\n[f](f.md)\n```\n\n[g](https://g.example)";
    expect(await tool.call("links", "linksOf", text)).toEqual(["a.md", "b.md#c", "d.md"]);
  });

  test("to a page, a file or a heading that is not there is told", async () => {
    await inPackage({ "src/a.ts": "" }, async (folder) => {
      const pages = new Map([
        ["README.md", "[1](docs/a.md#b-c) [2](docs/a.md#d) [3](docs/e.md) [4](src/a.ts) [5](src/b.ts) [6](#h)"],
        ["docs/a.md", "# A\n\n## `B` c\n\n[7](../README.md) [8](../src)"],
      ]);
      expect(await broken(pages, folder)).toEqual([
        "README.md: the link docs/a.md#d leads to no heading",
        "README.md: the link docs/e.md leads to no file",
        "README.md: the link src/b.ts leads to no file",
        "README.md: the link #h leads to no heading",
      ]);
    });
  });
});

test("a page to which no other page leads is told; a link of its own does not count", async () => {
  const pages = new Map([
    ["README.md", "[1](docs/a.md#b)"],
    ["docs/a.md", "[2](b/c.md)"],
    ["docs/b/c.md", "[3](../a.md)"],
    ["docs/d.md", "[4](d.md) [5](#e)"],
  ]);
  expect(await tool.call("links", "unlinkedPages", pages)).toEqual(["docs/d.md: no page leads to it"]);
});

test("a heading is linked to by its words, and the second of the same words by a number", async () => {
  const text = "# Its `args`, all\n\n```sh\n# no heading\n```\n\n## [Its](x.md) args\n\n### Its args";
  expect(await tool.call("links", "anchorsOf", text)).toEqual(new Set(["its-args-all", "its-args", "its-args-1"]));
});
