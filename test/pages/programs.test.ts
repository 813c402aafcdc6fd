import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Compiler } from "../support/compiler";
import { edited, stepsOf } from "../support/page";

jest.setTimeout(120_000);

const root = resolve(__dirname, "..", "..");
const pages = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));

/** What the TypeScript files of a page are, one after the other: as they are written, and after each edit. */
function programsOf(page: string): Record<string, string> {
  const files = new Map<string, string>();
  const programs: Record<string, string> = {};
  for (const { notes, text, line } of stepsOf(readFileSync(join(root, "docs", page), "utf8"))) {
    const [, how, path = ""] = /^(file|edit): (.*\.ts)$/.exec(notes.join("\n")) ?? [];
    const before = files.get(path);
    if (how === undefined || (how === "edit" && before === undefined)) continue;
    const after = how === "file" ? `${text}\n` : edited(before ?? "", text);
    files.set(path, after);
    programs[`${page}:${line}`] = after;
  }
  return programs;
}

test("every program on the pages compiles, also after each edit, but for what an edit leaves unused", () => {
  const programs = Object.assign({}, ...pages.map(programsOf)) as Record<string, string>;
  expect(Object.keys(programs).length).toBeGreaterThan(5);
  const compiler = new Compiler("pulumi-sdk-newest");
  try {
    const failed = Object.entries(compiler.errors(programs)).filter(([, errors]) => errors.length > 0);
    expect(failed).toEqual([]);
  } finally {
    compiler.dispose();
  }
});
