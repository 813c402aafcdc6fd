import ts from "typescript";
import { commentOf } from "./comment.mjs";
import { propertyName } from "./values.mjs";

/**
 * @import { Source } from "./source.mjs"
 *
 * @typedef {object} Member a property of an interface
 * @property {string} name
 * @property {{ name: string, text: string }} owner the interface that declares it
 * @property {ts.TypeNode} type
 * @property {boolean} optional
 * @property {string} text
 * @property {string | undefined} since the server that brought it
 * @property {string} where for messages
 *
 * @typedef {object} Shape an interface
 * @property {string} name
 * @property {string} text
 * @property {Member[]} members
 */

/** An interface with its properties, the inherited ones last. @param {Source} source @param {ts.InterfaceDeclaration} declaration @returns {Shape} */
export function shapeOf(source, declaration) {
  const owner = { name: declaration.name.text, text: commentOf(declaration).text };
  const own = declaration.members.filter(ts.isPropertySignature).flatMap((member) => {
    const { name, type, questionToken } = member;
    if (!type) return [];
    const { text, since } = commentOf(member);
    const optional = questionToken !== undefined;
    return [{ name: propertyName(name), owner, type, optional, text, since, where: source.where(member) }];
  });
  const bases = (declaration.heritageClauses ?? []).flatMap(({ types }) =>
    types.map(({ expression }) => source.declarationOf(expression)),
  );
  const inherited = bases.flatMap((base) =>
    base && ts.isInterfaceDeclaration(base) ? shapeOf(source, base).members : [],
  );
  return { ...owner, members: [...own, ...inherited] };
}
