import ts from "typescript";
import { Trouble } from "../say.mjs";
import { alternatives, code } from "./markdown.mjs";

/**
 * @import { Member } from "./shape.mjs"
 * @import { Source } from "./source.mjs"
 *
 * @typedef {ts.InterfaceDeclaration | ts.TypeAliasDeclaration} Named a type that gets a section of its own
 * @typedef {(declaration: Named | ts.ClassDeclaration, isList: boolean) => string} Linker is told of every type of the
 *   package that is met, and answers where it is described
 */

/**
 * A type as readers know it: without `Input`, with a link to each type that is described elsewhere.
 *
 * @param {Source} source
 * @param {ts.TypeNode} node
 * @param {Linker} link
 * @param {boolean} [isList]
 * @returns {string}
 */
export function typeText(source, node, link, isList = false) {
  if (ts.isParenthesizedTypeNode(node) || ts.isTypeOperatorNode(node)) return typeText(source, node.type, link, isList);
  if (ts.isArrayTypeNode(node)) return `list of ${typeText(source, node.elementType, link, true)}`;
  if (ts.isUnionTypeNode(node)) return alternatives(node.types.map((type) => typeText(source, type, link, isList)));
  if (ts.isTypeReferenceNode(node)) {
    const [inner] = node.typeArguments ?? [];
    if (inner && /^(pulumi\.)?Input$/.test(node.typeName.getText())) return typeText(source, inner, link, isList);
    const [, values] = node.typeArguments ?? [];
    if (values && node.typeName.getText() === "Record") return `record of ${typeText(source, values, link, true)}`;
    if (inner && node.typeName.getText() === "Readonly") return typeText(source, inner, link, isList);
    const declaration = source.declarationOf(node.typeName);
    if (declaration && (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration))) {
      return `[${declaration.name.text}](${link(declaration, isList)})`;
    }
    if (declaration && ts.isClassDeclaration(declaration)) {
      const isOwn = source.classes().includes(declaration) && declaration.name;
      return isOwn ? `[${isOwn.text}](${link(declaration, isList)})` : code(node.getText());
    }
  }
  if (ts.isLiteralTypeNode(node) || ts.isTemplateLiteralTypeNode(node)) return code(node.getText());
  if (["string", "number", "boolean", "undefined"].includes(node.getText())) return code(node.getText());
  throw new Trouble(`${source.where(node)}: the pages have no words for the type ${node.getText()}`);
}

/**
 * The type of a property. Of an optional one it is not said that it may be undefined, which the source says for exact
 * compilers: to be optional is to be that.
 *
 * @param {Source} source
 * @param {Pick<Member, "type" | "optional">} member
 * @param {Linker} link
 */
export function memberType(source, { type, optional }, link) {
  const all = ts.isUnionTypeNode(type) ? [...type.types] : [type];
  const said = optional ? all.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword) : all;
  return alternatives(said.map((each) => typeText(source, each, link)));
}

/** The words of a union that an alias names, with those of a list of constants. @param {Source} source @param {ts.TypeNode} node @returns {string[]} */
export function words(source, node) {
  if (ts.isUnionTypeNode(node)) return node.types.flatMap((type) => words(source, type));
  const type = source.checker.getTypeFromTypeNode(node);
  if (type.isUnion()) return type.types.map((member) => code(source.checker.typeToString(member)));
  return [code(source.checker.typeToString(type))];
}
