/**
 * @import { Block } from "./blocks-by-name.mjs"
 *
 * A page written by hand has a block of what the source says between two markers: `<!-- scopes -->` and `<!-- /scopes -->`.
 */

/**
 * The pages that have a place for a block, with what the source says in it.
 *
 * @param {ReadonlyMap<string, string>} pages written by hand: path → text
 * @param {Readonly<Record<string, Block>>} blocks
 * @returns {{ filled: Map<string, string>, problems: string[] }}
 */
export function filledPages(pages, blocks) {
  /** @type {Map<string, string>} */
  const filled = new Map();
  /** @type {string[]} */
  const problems = [];
  const placed = new Set();
  for (const [path, text] of pages) {
    const names = [...text.matchAll(/^<!-- \/?([\w-]+) -->$/gm)].map(([, name = ""]) => name);
    for (const name of new Set(names)) {
      const block = blocks[name];
      const [begin, end] = markersOf(name);
      if (!block) problems.push(`${path}: there is no block ${name}: ${Object.keys(blocks).join(", ")}`);
      else if (names.filter((each) => each === name).length !== 2 || text.indexOf(end) < text.indexOf(begin)) {
        problems.push(`${path}: the block ${name} needs one ${begin} and, after it, one ${end}`);
      } else {
        placed.add(name);
        filled.set(path, between(filled.get(path) ?? text, name, block(path)));
      }
    }
  }
  for (const name of Object.keys(blocks).filter((name) => !placed.has(name))) {
    problems.push(`no page has a place for the block ${name}: ${markersOf(name).join(" … ")}`);
  }
  return { filled, problems };
}

/** @param {string} name @returns {[begin: string, end: string]} */
const markersOf = (name) => [`<!-- ${name} -->`, `<!-- /${name} -->`];

/** A text with a new content between the markers of a block. @param {string} text @param {string} name @param {string} content */
function between(text, name, content) {
  const [begin, end] = markersOf(name);
  // A list or a table needs an empty line before it; a block of code does not, and stands close.
  const gap = content.startsWith("```") ? "\n" : "\n\n";
  return `${text.slice(0, text.indexOf(begin) + begin.length)}${gap}${content}${gap}${text.slice(text.indexOf(end))}`;
}
