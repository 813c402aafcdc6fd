import { oneLine } from "./comment.mjs";
import { saysDefault, saysUnit, sincePattern } from "./facts.mjs";

/**
 * @import { Member } from "./shape.mjs"
 * @import { Source } from "./source.mjs"
 */

/** What a change of an arg does, as the comments say it and as the definition has it. @param {Member} member @param {boolean} replaces */
export const changeOf = ({ text }, replaces) =>
  replaces ? "replaces" : isWithoutEffect(text) ? "no effect" : "in place";

/**
 * Every member needs a comment, and that of an arg has to agree with the definition and to leave nothing open.
 *
 * @param {Source} source
 * @param {Member} member
 * @param {{ replaces: boolean, isBlock: boolean }} [arg] what the definition says of an arg, and whether it has members of
 *   its own, which tell their defaults; undefined for what is no arg of a resource
 */
export function checkComment(source, member, arg) {
  const { problems } = source;
  const { name, owner, type, optional, text, since, where } = member;
  const what = `${where}: ${owner.name}.${name}`;
  if (!text) {
    problems.add(`${what} has no doc comment`);
    return;
  }
  checkSince(source, what, text, since);
  if (arg === undefined) return;
  const [own, all] = [oneLine(text), oneLine(`${text} ${owner.text}`)];
  if (!/in place|replace/.test(all) && !isWithoutEffect(text)) {
    problems.add(`${what}: the comment says neither "in place" nor "replaces", nor does that of ${owner.name}`);
  }
  if (arg.replaces && !/replaces/.test(own)) {
    problems.add(`${what}: a change replaces, but the comment does not say so`);
  }
  if (!arg.replaces && /[Cc]hanging it replaces/.test(own)) {
    problems.add(`${what}: the comment says that a change replaces, but replaceOn does not have it`);
  }
  if (optional && !arg.isBlock && !saysDefault(text)) {
    problems.add(`${what}: the comment does not say what holds where it is left out: "The server's default is …"`);
  }
  if (/\bnumber\b/.test(type.getText()) && !saysUnit(text)) {
    problems.add(`${what}: the comment says neither the unit of the number nor its range: "in seconds", "from 1 to 5"`);
  }
}

/**
 * Which servers have something is told by a tag, so that every page says it alike.
 *
 * @param {Source} source
 * @param {string} what
 * @param {string} text
 * @param {string | undefined} since
 */
export function checkSince({ problems }, what, text, since) {
  if (since !== undefined && !sincePattern.test(since)) {
    problems.add(`${what}: @since ${since} is neither a version, such as 7.1, nor "after" one`);
  }
  if (/Identity Server (?:\d+\.\d+ or later|after \d+\.\d+)/.test(oneLine(text))) {
    problems.add(`${what}: tell the servers that have it by a tag: "@since 7.1" or "@since after 7.3"`);
  }
}

/** Whether a comment says that a later change of the arg does nothing at all. @param {string} text */
const isWithoutEffect = (text) => /changes nothing\./.test(oneLine(text));
