import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { untestedCommands } from "./docs/fences.mjs";
import { brokenLinks, unlinkedPages } from "./docs/links.mjs";
import { marker } from "./docs/markdown.mjs";
import { pagesOf } from "./docs/pages.mjs";
import { unreadable } from "./docs/sizes.mjs";
import { readPages } from "./docs/written-pages.mjs";
import { root, say, sayError, Trouble } from "./say.mjs";

/**
 * Writes the pages, and the blocks of those written by hand, or with `check` only tells which are not up to date. Throws
 * where a comment lacks something, and where a page cannot be read, followed or trusted.
 *
 * @param {string} folder the package's
 * @param {boolean} check
 */
export function updateDocs(folder, check) {
  const pages = pagesOf(folder);
  const written = readPages(folder);
  const stale = [...pages].filter(([path, text]) => written.get(path) !== text);
  const orphans = [...written].filter(([path, text]) => text.startsWith(marker) && !pages.has(path));
  const problems = [
    ...stale.map(([path]) => `${path} is not what the source says: run \`npm run docs\``),
    ...orphans.map(([path]) => `${path} is about nothing that the source has: run \`npm run docs\``),
  ];
  if (!check) {
    for (const [path, text] of stale) write(folder, path, text);
    for (const [path] of orphans) remove(folder, path);
  }
  const all = new Map([...written, ...pages]);
  for (const [path] of orphans) all.delete(path);
  const byHand = [...all].filter(([, text]) => !text.startsWith(marker));
  const wrong = [
    ...brokenLinks(all, folder),
    ...unlinkedPages(all),
    ...unreadable(all),
    ...untestedCommands(new Map(byHand), folder),
  ];
  refuse([...(check ? problems : []), ...wrong]);
  if (problems.length === 0) say("Docs: up to date.");
}

/** @param {string[]} problems */
function refuse(problems) {
  if (problems.length > 0) throw new Trouble(problems.join("\n"));
}

/** @param {string} folder @param {string} path @param {string} text */
function write(folder, path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  say(`  wrote ${path}`);
}

/** @param {string} folder @param {string} path */
function remove(folder, path) {
  rmSync(join(folder, path));
  say(`  deleted ${path}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    updateDocs(root, process.argv.includes("--check"));
  } catch (error) {
    sayError(error);
    process.exitCode = 1;
  }
}
