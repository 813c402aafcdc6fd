import ts from "typescript";

/**
 * What a comment says.
 *
 * @typedef {object} Comment
 * @property {string} text
 * @property {string[]} examples the code of its `@example` tags
 * @property {[scope: string, when: string][]} scopes its `@scope` tags: a scope that only some runs of an operation need
 * @property {string[]} tasks its `@task` tags: what a person wants to do, and the args for it
 * @property {string | undefined} since its `@since` tag: the server that brought it
 */

/** The comment that stands directly before a declaration. @param {ts.Node} node @returns {Comment} */
export function commentOf(node) {
  const doc = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1);
  /** @param {string} name */
  const tags = (name) =>
    (doc?.tags ?? [])
      .filter(({ tagName }) => tagName.text === name)
      .map((tag) => (ts.getTextOfJSDocComment(tag.comment) ?? "").trim());
  return {
    text: (ts.getTextOfJSDocComment(doc?.comment) ?? "").trim(),
    examples: tags("example").map((code) => code.replace(/^```\w*\n|\n```$/g, "")),
    scopes: tags("scope").map((tag) => [tag.split(/\s/, 1)[0] ?? "", oneLine(tag.replace(/^\S+/, ""))]),
    tasks: tags("task").map(oneLine),
    since: tags("since")[0],
  };
}

/** @param {string} text */
export const oneLine = (text) => text.replace(/\s+/g, " ").trim();

/** The sentences of a comment. @param {string} text */
export const sentences = (text) =>
  oneLine(text)
    .split(/(?<=\.)\s+(?=[A-Z`])/)
    .filter(Boolean);

/** The first sentence of a comment, for lists. @param {string} text */
export const firstSentence = (text) => sentences(text.split(/\n\s*\n/, 1)[0] ?? "")[0] ?? "";
