import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { layout } from "./layout.mjs";

/**
 * The relative links of Markdown pages that lead nowhere: to a file that is not there, or to a heading that a page lacks.
 *
 * @param {ReadonlyMap<string, string>} pages path → text
 * @param {string} folder where they are, with the files that are no pages
 * @returns {string[]}
 */
export function brokenLinks(pages, folder) {
  return [...pages].flatMap(([page, text]) =>
    linksOf(text).flatMap((link) => {
      const [, heading] = link.split("#");
      const target = targetOf(page, link);
      const there = pages.get(target);
      const isFile = !target.endsWith(".md") && existsSync(join(folder, target));
      if (there === undefined && !isFile) return [`${page}: the link ${link} leads to no file`];
      const isFound = heading === undefined || there === undefined || anchorsOf(there).has(heading);
      return isFound ? [] : [`${page}: the link ${link} leads to no heading`];
    }),
  );
}

/** The pages below the folder of pages to which no other page leads. @param {ReadonlyMap<string, string>} pages path → text */
export function unlinkedPages(pages) {
  const linked = new Set(
    [...pages].flatMap(([page, text]) =>
      linksOf(text)
        .map((link) => targetOf(page, link))
        .filter((target) => target !== page),
    ),
  );
  return [...pages.keys()]
    .filter((page) => page.startsWith(`${layout.pages}/`) && !linked.has(page))
    .map((page) => `${page}: no page leads to it`);
}

/** @param {string} page @param {string} link */
function targetOf(page, link) {
  const [path = ""] = link.split("#");
  return path === "" ? page : posix.normalize(posix.join(posix.dirname(page), decodeURI(path)));
}

/** The targets of the links to other files and headings. @param {string} text */
export function linksOf(text) {
  const found = withoutCode(text).matchAll(/\]\(([^()\s]+)\)|^\[[^\]]+\]:\s*(\S+)/gm);
  return [...found].map(([, inline, reference]) => inline ?? reference ?? "").filter((link) => !/^[a-z]+:/.test(link));
}

/** What can stand after the `#` of a link to a page, as GitHub and npm make it of headings. @param {string} text */
export function anchorsOf(text) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  const headings = [...withoutFences(text).matchAll(/^#{1,6} +(.+?)\s*#*$/gm)].map(([, heading = ""]) => {
    const anchor = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    const count = counts.get(anchor) ?? 0;
    counts.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
  return new Set(headings);
}

/** @param {string} text */
const withoutFences = (text) => text.replace(/^( *)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1\2[^\n]*$/gm, "");

/** @param {string} text */
const withoutCode = (text) => withoutFences(text).replace(/(`+)[^`][\s\S]*?\1/g, "");
