import ts from "typescript";
import { Trouble } from "../say.mjs";

/** @import { Source } from "./source.mjs" */

/**
 * The value of an expression that can be read without running anything: texts, lists and objects of them, and constants
 * that stand for such. Anything else is undefined.
 *
 * @param {Source} source
 * @param {ts.Expression} expression
 * @returns {unknown}
 */
export function readValue(source, expression) {
  const node = bare(expression);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    const parts = node.templateSpans.map(({ expression, literal }) => [readValue(source, expression), literal.text]);
    const isKnown = parts.every(([value]) => typeof value === "string");
    return isKnown ? node.head.text + parts.flat().join("") : undefined;
  }
  if (ts.isArrayLiteralExpression(node)) {
    return node.elements.flatMap((element) => {
      return ts.isSpreadElement(element) ? readValue(source, element.expression) : [readValue(source, element)];
    });
  }
  if (ts.isObjectLiteralExpression(node)) {
    return Object.assign({}, ...node.properties.map((property) => readProperty(source, property)));
  }
  const declaration = ts.isIdentifier(node) ? source.declarationOf(node) : undefined;
  const isConstant = declaration && ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name);
  return isConstant && declaration.initializer ? readValue(source, declaration.initializer) : undefined;
}

/** @param {Source} source @param {ts.ObjectLiteralElementLike} property */
function readProperty(source, property) {
  if (ts.isSpreadAssignment(property)) return readValue(source, property.expression);
  if (!ts.isPropertyAssignment(property)) return {};
  return { [propertyName(property.name)]: readValue(source, property.initializer) };
}

/** An expression without what TypeScript alone puts around it. @param {ts.Expression} node @returns {ts.Expression} */
export function bare(node) {
  const isAround = ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node);
  return isAround ? bare(node.expression) : node;
}

/** @param {ts.PropertyName} name */
export const propertyName = (name) =>
  ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : name.getText();

/** All nodes below a node. @param {ts.Node} node @returns {Generator<ts.Node>} */
export function* below(node) {
  /** @type {ts.Node[]} */
  const children = [];
  node.forEachChild((child) => void children.push(child));
  for (const child of children) {
    yield child;
    yield* below(child);
  }
}

/** The value of a constant of a file. @param {Source} source @param {string} path @param {string} name */
export function constant(source, path, name) {
  for (const node of below(source.file(path))) {
    if (ts.isVariableDeclaration(node) && node.name.getText() === name && node.initializer) {
      return readValue(source, node.initializer);
    }
  }
  throw new Trouble(`${path} has no constant ${name}`);
}
