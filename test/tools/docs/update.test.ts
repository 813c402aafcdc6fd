import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inPackage, Tool } from "./tool";

// Each page is made by a compiler of its own.
jest.setTimeout(60_000);

let tool: Tool;
beforeAll(() => {
  tool = new Tool();
});
afterAll(() => tool.close());

const update = (folder: string, check: boolean) => tool.call<void>("../docs", "updateDocs", folder, check);

/** A package whose pages are written. */
const inWritten = (act: (folder: string) => Promise<void>) =>
  inPackage({}, async (folder) => {
    await update(folder, false);
    await act(folder);
  });

function change(file: string, from: string, to: string): void {
  writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
}

test("pages that are written are up to date", async () => {
  await inWritten(async (folder) => {
    await update(folder, true);
    rmSync(join(folder, "docs", "thing.md"));
    await expect(update(folder, true)).rejects.toThrow("docs/thing.md is not what the source says: run `npm run docs`");
    await update(folder, false);
    await update(folder, true);
  });
});

test.each([
  ["a new route of the sandbox", "sandbox/routes.ts", `routes.get("/"`, `routes.post("/:id/parts"`],
  ["another first sentence of a class", "provider/classes/thing.ts", "A thing of", "Something of"],
  ["another name of a setting", "provider/settings.ts", "ASGARDEO_BASE_URL", "ASGARDEO_URL"],
  ["another need of a scope", "provider/resources/thing.ts", `delete: ["thing_create"]`, `delete: ["thing_view"]`],
])("%s makes the README stale", async (_, file, from, to) => {
  await inWritten(async (folder) => {
    change(join(folder, file), from, to);
    await expect(update(folder, true)).rejects.toThrow("README.md is not what the source says: run `npm run docs`");
  });
});

test("a page about what is no longer there is told by a check, and deleted; one by hand is not", async () => {
  await inWritten(async (folder) => {
    const [old, own] = [join(folder, "docs", "old.md"), join(folder, "docs", "own.md")];
    writeFileSync(old, readFileSync(join(folder, "docs", "thing.md"), "utf8"));
    writeFileSync(own, "# Our own\n");
    change(join(folder, "README.md"), "<!-- program -->", "[Own](docs/own.md)\n\n<!-- program -->");
    await expect(update(folder, true)).rejects.toThrow(/^docs\/old\.md is about nothing that the source has/);
    await update(folder, false);
    expect([existsSync(old), existsSync(own)]).toEqual([false, true]);
  });
});

test("a link that leads nowhere is told, also in a page by hand", async () => {
  await inWritten(async (folder) => {
    writeFileSync(join(folder, "docs", "own.md"), "[thing](thing.md#args) [part](thing.md#partargs)");
    await expect(update(folder, true)).rejects.toThrow(
      /^docs\/own\.md: the link thing\.md#partargs leads to no heading\ndocs\/own\.md: no page leads to it$/,
    );
  });
});
