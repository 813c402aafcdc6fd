import ts from "typescript";
import { commentOf } from "./comment.mjs";
import { factsOf, serversSince } from "./facts.mjs";
import { alternatives, code, list, prose } from "./markdown.mjs";
import { changeOf, checkComment, checkSince } from "./rules.mjs";
import { shapeOf } from "./shape.mjs";
import { memberType, words } from "./types.mjs";

/**
 * @import { Member } from "./shape.mjs"
 * @import { Source } from "./source.mjs"
 * @import { Linker, Named } from "./types.mjs"
 *
 * A type that the args lead to, or the args themselves.
 *
 * @typedef {object} Entry
 * @property {Named} declaration
 * @property {string} path where it is used: `oidc.pkce`; empty for the args themselves
 * @property {{ member: Member, path: string }[]} members none for a union of words
 */

/**
 * The interface of the args, and every type that it leads to, in the order in which they are met.
 *
 * @param {Source} source
 * @param {ts.InterfaceDeclaration} args
 * @returns {[Entry, ...Entry[]]}
 */
export function entriesOf(source, args) {
  /** @param {Named} declaration @param {string} path @returns {Entry} */
  const entry = (declaration, path) => {
    const members = ts.isInterfaceDeclaration(declaration) ? shapeOf(source, declaration).members : [];
    return {
      declaration,
      path,
      members: members.map((member) => ({ member, path: path ? `${path}.${member.name}` : member.name })),
    };
  };
  /** @type {[Entry, ...Entry[]]} */
  const entries = [entry(args, "")];
  for (const { members } of entries) {
    for (const { member, path } of members) {
      memberType(source, member, (found, isList) => {
        if (!ts.isClassDeclaration(found) && !entries.some(({ declaration }) => declaration === found)) {
          entries.push(entry(found, isList ? `${path}[]` : path));
        }
        return "";
      });
    }
  }
  return entries;
}

/** @type {Record<string, string>} */
const changes = {
  "in place": "changes in place",
  replaces: "a change replaces",
  "no effect": "a change has no effect",
};

/** Name, facts, meaning. */
const columns = [{ head: "Name" }, { head: "Facts" }, { head: "Meaning" }];

/**
 * What an entry is, and its args.
 *
 * @param {Source} source
 * @param {Entry} entry
 * @param {Linker} link
 * @param {readonly string[]} [replaceOn] the paths of args that replace; without it, nothing is said of changes
 * @returns {string[]}
 */
export function argsSection(source, { declaration, path, members }, link, replaceOn) {
  const { text, since } = commentOf(declaration);
  if (!text) source.problems.add(`${source.where(declaration)}: ${declaration.name.text} has no doc comment`);
  checkSince(source, `${source.where(declaration)}: ${declaration.name.text}`, text, since);
  const intro = [prose(text), ...(path ? [`Used in ${code(path)}${since ? `, ${serversSince(since)}` : ""}.`] : [])];
  if (ts.isTypeAliasDeclaration(declaration)) {
    return [...intro, `One of ${alternatives(words(source, declaration.type))}.`];
  }
  const rows = members.map(({ member, path }) => {
    const replaces = replaceOn?.includes(path) ?? false;
    /** @type {(Named | ts.ClassDeclaration)[]} */
    const blocks = [];
    const type = memberType(source, member, (found, isList) => {
      blocks.push(found);
      return link(found, isList);
    });
    const isBlock = blocks.some(ts.isInterfaceDeclaration);
    checkComment(source, member, replaceOn && { replaces, isBlock });
    const { value, rest } = factsOf(member.text);
    const from = member.since ?? blocks.map((block) => commentOf(block).since).find(Boolean);
    const facts = [
      type,
      `${member.optional ? "optional" : "required"}${value ? ` (default: ${prose(value)})` : ""}`,
      ...(replaceOn ? [changes[changeOf(member, replaces)]] : []),
      ...(from ? [serversSince(from)] : []),
    ];
    return [code(member.name), facts.join(", "), prose(rest)];
  });
  return [...intro, list(columns, rows)];
}

/** Where no arg is, nothing can be replaced. @param {Source} source @param {readonly Entry[]} entries @param {readonly string[]} replaceOn */
export function checkReplaceOn(source, entries, replaceOn) {
  const paths = new Set(entries.flatMap(({ members }) => members.map(({ path }) => path)));
  const [args] = entries;
  for (const path of replaceOn.filter((path) => args && !paths.has(path))) {
    source.problems.add(`${args && source.where(args.declaration)}: replaceOn has ${path}, which is no arg`);
  }
}
