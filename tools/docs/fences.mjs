import { existsSync } from "node:fs";
import { join } from "node:path";
import { layout } from "./layout.mjs";

/**
 * A block of code on a page, with the HTML comments on the lines directly before it.
 *
 * @typedef {{ language: string, code: string, line: number, notes: string[] }} Fence
 */

/** @param {string} text a page @returns {Fence[]} */
export function fencesOf(text) {
  /** @type {Fence[]} */
  const fences = [];
  /** @type {string[]} */
  let notes = [];
  /** @type {{ end: string, indent: string, language: string, lines: string[], line: number } | undefined} */
  let open;
  for (const [i, line] of text.split("\n").entries()) {
    if (open && line.trim() === open.end) {
      const { language, lines, line: at } = open;
      fences.push({ language, code: lines.join("\n"), line: at, notes });
      open = undefined;
      notes = [];
    } else if (open) open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
    else {
      const [, indent = "", end, language = ""] = /^( *)(`{3,})(\w*)/.exec(line) ?? [];
      const note = /^ *<!-- (.*) -->$/.exec(line)?.[1];
      if (end !== undefined) open = { end, indent, language, lines: [], line: i + 1 };
      else notes = note === undefined ? [] : [...notes, note];
    }
  }
  return fences;
}

/** What a fence's note says, such as the reason of `<!-- not run: reason -->`. @param {Fence} fence @param {string} name */
export const noteOf = ({ notes }, name) => notes.find((note) => note.startsWith(`${name}: `))?.slice(name.length + 2);

/** A page without the blocks that this tool writes between markers. @param {string} text */
export const withoutBlocks = (text) => text.replace(/^<!-- ([\w-]+) -->$[\s\S]*?^<!-- \/\1 -->$/gm, "");

const shells = ["sh", "bash", "shell", "console"];

/**
 * Commands that nobody runs go wrong unseen: those of a page are run in their order by the test of the page, or a note
 * names the test that runs them, or the page tells its readers why nobody can.
 *
 * @param {ReadonlyMap<string, string>} pages path → text
 * @param {string} folder with the tests
 * @returns {string[]}
 */
export function untestedCommands(pages, folder) {
  return [...pages].flatMap(([path, text]) =>
    fencesOf(text).flatMap((fence) => {
      const where = `${path}:${fence.line}`;
      const [reason, named] = [noteOf(fence, "not run"), noteOf(fence, "run by")];
      if (reason !== undefined) {
        const isSaid = text.includes(`Not run by our tests: ${reason}`);
        return isSaid ? [] : [`${where}: the page does not say "Not run by our tests: ${reason}"`];
      }
      const tests = named?.split(/,\s*/) ?? (shells.includes(fence.language) ? [testOf(path)] : []);
      const missing = tests.filter((test) => !existsSync(join(folder, test)));
      return missing.map((test) => `${where}: this is run by no test: ${test} is not there. ${advice}`);
    }),
  );
}

const advice = "Write it, or put a line before the block: <!-- run by: test/… --> or <!-- not run: why -->";

/** The test that runs a page from top to bottom. @param {string} path of the page */
export const testOf = (path) =>
  path.replace(new RegExp(`^${layout.pages}/`), "test/pages/").replace(/\.md$/, ".test.ts");
