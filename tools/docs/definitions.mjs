import ts from "typescript";
import { Trouble } from "../say.mjs";
import { commentOf } from "./comment.mjs";
import { layout } from "./layout.mjs";
import { bare, below, constant, propertiesOf, readValue } from "./values.mjs";

/**
 * @import { Comment } from "./comment.mjs"
 * @import { Source } from "./source.mjs"
 *
 * @typedef {Record<"create" | "read" | "update" | "delete" | "optionalView" | "optionalWrite", string[]>} Needs
 *
 * @typedef {object} Resource a class with the definition of its type
 * @property {string} name of the class
 * @property {Comment} comment
 * @property {ts.InterfaceDeclaration} args
 * @property {ts.InterfaceDeclaration | undefined} outputs
 * @property {string[]} replaceOn
 * @property {string[]} secrets
 * @property {Needs} needs
 *
 * @typedef {{ identifier: string, console: string, scopes: string[] }} ManagementApi
 */

/** Each class that a program can import and that has a definition, by name. @param {Source} source @returns {Resource[]} */
export function resourcesOf(source) {
  const definitions = definitionsOf(source);
  const resources = source.classes().flatMap((declaration) => {
    const name = declaration.name?.text ?? "";
    const definition = definitions.get(name);
    definitions.delete(name);
    if (definition) return [resourceOf(source, name, declaration, definition)];
    if (/^resource\b/.test(baseOf(declaration))) {
      source.problems.add(`${source.where(declaration)}: ${layout.definitions} has no definition of the type ${name}`);
    }
    return [];
  });
  for (const [type, { where }] of definitions) {
    source.problems.add(`${where}: ${layout.entry} exports no class ${type}`);
  }
  return resources.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The class for explicit providers, and its args. @param {Source} source */
export function providerOf(source) {
  const declaration = source.classes().find((each) => /ProviderResource$/.test(baseOf(each)));
  const parameter = declaration?.members.find(ts.isConstructorDeclaration)?.parameters[1];
  const args = parameter?.type && source.interfaceOf(parameter.type);
  return declaration && args
    ? { name: declaration.name?.text ?? "", comment: commentOf(declaration), args }
    : undefined;
}

/** The management APIs with their scopes. @param {Source} source @returns {ManagementApi[]} */
export function managementApisOf(source) {
  const apis = constant(source, layout.managementApis, "managementApis");
  return Object.entries(/** @type {Record<string, { console: string, scopes: Record<string, string> }>} */ (apis)).map(
    ([identifier, { console, scopes }]) => ({ identifier, console, scopes: Object.keys(scopes) }),
  );
}

/** @param {ts.ClassDeclaration} declaration */
const baseOf = (declaration) => declaration.heritageClauses?.[0]?.types[0]?.expression.getText() ?? "";

/** @typedef {{ types: readonly ts.TypeNode[], properties: ReadonlyMap<string, ts.Expression>, where: string }} Definition */

/** The constants that the list of resources speaks of, by the type that they define. @param {Source} source */
function definitionsOf(source) {
  /** @type {Map<string, Definition>} */
  const found = new Map();
  for (const node of below(source.file(layout.definitions))) {
    const declaration = ts.isIdentifier(node) ? source.declarationOf(node) : undefined;
    if (!declaration || !ts.isVariableDeclaration(declaration)) continue;
    const definition = definitionOf(source, declaration);
    const type = definition?.properties.get("type");
    const name = type && readValue(source, type);
    if (definition && typeof name === "string") found.set(name, definition);
  }
  return found;
}

/**
 * `const x: Definition<Args, Outputs> = { … }`, `{ … } satisfies Definition<…>`, or a call with either.
 *
 * @param {Source} source
 * @param {ts.VariableDeclaration} declaration
 * @returns {Definition | undefined}
 */
function definitionOf(source, { type: annotation, initializer, name }) {
  if (!initializer) return undefined;
  const value = bare(initializer);
  const isCall = ts.isCallExpression(value);
  const object = isCall ? value.arguments.map(bare).find(ts.isObjectLiteralExpression) : value;
  if (!object || !ts.isObjectLiteralExpression(object)) return undefined;
  const around = ts.isSatisfiesExpression(initializer) || ts.isAsExpression(initializer) ? initializer.type : undefined;
  const type = annotation ?? around;
  const types = (type && ts.isTypeReferenceNode(type) ? type : isCall ? value : undefined)?.typeArguments ?? [];
  return { types, properties: propertiesOf(source, object), where: source.where(name) };
}

/**
 * @param {Source} source
 * @param {string} name
 * @param {ts.ClassDeclaration} declaration
 * @param {Definition} definition
 * @returns {Resource}
 */
function resourceOf(source, name, declaration, { types, properties, where }) {
  const [args, outputs] = types.map((node) => source.interfaceOf(node));
  if (!args) throw new Trouble(`${where}: the args are not an interface`);
  /** @param {string} property */
  const value = (property) => {
    const node = properties.get(property);
    const found = node && readValue(source, node);
    if (found === undefined) throw new Trouble(`${where}: ${property} cannot be read from the source`);
    return found;
  };
  const needs = /** @type {Partial<Needs>} */ (value("needs"));
  return {
    name,
    comment: commentOf(declaration),
    args,
    outputs,
    replaceOn: /** @type {string[]} */ (value("replaceOn")),
    secrets: /** @type {string[]} */ (value("secrets")),
    needs: { create: [], read: [], update: [], delete: [], optionalView: [], optionalWrite: [], ...needs },
  };
}
