import { oneLine } from "./comment.mjs";

/**
 * @import { Member } from "./shape.mjs"
 * @import { Source } from "./source.mjs"
 */

/** What a change of an arg does, as the comments say it and as the definition has it. @param {Member} member @param {boolean} replaces */
export const changeOf = ({ text }, replaces) =>
  replaces ? "replaces" : isWithoutEffect(text) ? "no effect" : "in place";

/**
 * Every member needs a comment, and that of an arg has to agree with the definition.
 *
 * @param {Source} source
 * @param {Member} member
 * @param {boolean} [replaces] what the definition says; undefined where changes are not spoken of
 */
export function checkComment({ problems }, { name, owner, text, where }, replaces) {
  const what = `${where}: ${owner.name}.${name}`;
  if (!text) {
    problems.add(`${what} has no doc comment`);
    return;
  }
  if (replaces === undefined) return;
  const own = oneLine(text);
  if (!/in place|replace/.test(`${own} ${oneLine(owner.text)}`) && !isWithoutEffect(text)) {
    problems.add(`${what}: the comment says neither "in place" nor "replaces", nor does that of ${owner.name}`);
  }
  if (replaces && !/replaces/.test(own)) problems.add(`${what}: a change replaces, but the comment does not say so`);
  if (!replaces && /[Cc]hanging it replaces/.test(own)) {
    problems.add(`${what}: the comment says that a change replaces, but replaceOn does not have it`);
  }
}

/** Whether a comment says that a later change of the arg does nothing at all. @param {string} text */
const isWithoutEffect = (text) => /changes nothing\./.test(oneLine(text));
