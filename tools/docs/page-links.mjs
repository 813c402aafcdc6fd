import { anchorsOf } from "./links.mjs";
import { href } from "./markdown.mjs";

/** @import { Source } from "./source.mjs" */

/** The path of a page, as comments name it for readers of the code: `docs/secrets.md`, or a heading of it. */
const named = /(?<![\w/.(])docs\/[\w/-]+\.md(?:#[\w-]+)?/g;

/**
 * A text in which each page that it names by its path is a link with the page's title.
 *
 * @param {string} text
 * @param {string} on the page of the text
 * @param {ReadonlyMap<string, string>} pages path → text
 */
export function withPageLinks(text, on, pages) {
  return text.replace(named, (path) => {
    const [page = "", heading] = path.split("#");
    return `[${titleOf(pages.get(page)) ?? page}](${href(on, page, heading)})`;
  });
}

/** @param {string | undefined} text */
const titleOf = (text) => text && /^# (.+)$/m.exec(text)?.[1];

/**
 * The pages and headings that the source names, in comments and in messages, and that are not there.
 *
 * @param {Source} source
 * @param {ReadonlyMap<string, string>} pages path → text
 */
export function brokenMentions(source, pages) {
  return source.files().flatMap((file) =>
    [...file.text.matchAll(named)].flatMap(([path]) => {
      const [page = "", heading] = path.split("#");
      const there = pages.get(page);
      const isFound = there !== undefined && (heading === undefined || anchorsOf(there).has(heading));
      return isFound ? [] : [`${source.named(file.fileName)}: ${path} is not there`];
    }),
  );
}
