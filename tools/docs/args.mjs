import ts from "typescript";
import { commentOf } from "./comment.mjs";
import { alternatives, code, prose, tableOrList } from "./markdown.mjs";
import { changeOf, checkComment } from "./rules.mjs";
import { shapeOf } from "./shape.mjs";
import { memberType, words } from "./types.mjs";

/**
 * @import { Column } from "./markdown.mjs"
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

/** @type {Record<"name" | "type" | "required" | "change" | "meaning", Column>} */
const columns = {
  name: { head: "Name" },
  type: { head: "Type" },
  required: { head: "Required", said: (cell) => (cell === "yes" ? "required" : "optional") },
  change: { head: "A change", said: (cell) => changes[cell] ?? cell },
  meaning: { head: "Meaning" },
};

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
  const { text } = commentOf(declaration);
  if (!text) source.problems.add(`${source.where(declaration)}: ${declaration.name.text} has no doc comment`);
  const intro = [prose(text), ...(path ? [`Used in ${code(path)}.`] : [])];
  if (ts.isTypeAliasDeclaration(declaration)) {
    return [...intro, `One of ${alternatives(words(source, declaration.type))}.`];
  }
  const { name, type, required, change, meaning } = columns;
  const rows = members.map(({ member, path }) => {
    const replaces = replaceOn?.includes(path) ?? false;
    checkComment(source, member, replaceOn && replaces);
    return [
      code(member.name),
      memberType(source, member, link),
      member.optional ? "no" : "yes",
      ...(replaceOn ? [changeOf(member, replaces)] : []),
      prose(member.text),
    ];
  });
  return [...intro, tableOrList([name, type, required, ...(replaceOn ? [change] : []), meaning], rows)];
}

/** Where no arg is, nothing can be replaced. @param {Source} source @param {readonly Entry[]} entries @param {readonly string[]} replaceOn */
export function checkReplaceOn(source, entries, replaceOn) {
  const paths = new Set(entries.flatMap(({ members }) => members.map(({ path }) => path)));
  const [args] = entries;
  for (const path of replaceOn.filter((path) => args && !paths.has(path))) {
    source.problems.add(`${args && source.where(args.declaration)}: replaceOn has ${path}, which is no arg`);
  }
}
