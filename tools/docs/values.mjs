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
    const properties = [...propertiesOf(source, node)].map(([name, value]) => [name, readValue(source, value)]);
    return Object.fromEntries(properties);
  }
  if (ts.isPropertyAccessExpression(node)) {
    const object = readValue(source, node.expression);
    return Object(object)[node.name.text];
  }
  const constant = initializerOf(source, node);
  return constant && readValue(source, constant);
}

/** The properties of an object in the source, with those that are spread into it. @param {Source} source @param {ts.ObjectLiteralExpression} object @returns {Map<string, ts.Expression>} */
export function propertiesOf(source, object) {
  return new Map(
    object.properties.flatMap((property) => {
      if (ts.isPropertyAssignment(property)) return [[propertyName(property.name), property.initializer]];
      if (ts.isShorthandPropertyAssignment(property)) return [[property.name.text, property.name]];
      const spread = ts.isSpreadAssignment(property) ? bare(property.expression) : undefined;
      const from = spread && bare(initializerOf(source, spread) ?? spread);
      return from && ts.isObjectLiteralExpression(from) ? [...propertiesOf(source, from)] : [];
    }),
  );
}

/** What a name stands for, where it is a constant. @param {Source} source @param {ts.Expression} node */
export function initializerOf(source, node) {
  const declaration = ts.isIdentifier(node) ? source.declarationOf(node) : undefined;
  const isConstant = declaration && ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name);
  return isConstant ? declaration.initializer : undefined;
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
