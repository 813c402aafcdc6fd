import ts from "typescript";
import { layout } from "./layout.mjs";
import { bare, below, constant, initializerOf, readValue } from "./values.mjs";

/**
 * @import { Source } from "./source.mjs"
 *
 * @typedef {object} Route what the sandbox serves
 * @property {string} mount where it is mounted: `/api/server/v1/applications`; empty for the tenant itself
 * @property {string} path below the tenant, all of it: `/api/server/v1/applications/{id}`
 * @property {string} method
 * @property {string | undefined} since the server that brought it; undefined where all have it
 *
 * @typedef {{ name: string, args: readonly ts.Expression[], call: ts.CallExpression }} Call a call of a method
 */

const methods = ["get", "post", "put", "patch", "delete"];

/** The routes that the sandbox puts together, read from its source. @param {Source} source @returns {Route[]} */
export function routesOf(source) {
  const routes = routesIn(source, source.file(layout.served), "", undefined);
  if (routes.length === 0) source.problems.add(`${layout.served}: no route is found in it`);
  return routes;
}

/** @param {Source} source @param {ts.Node} node @param {string} prefix @param {string | undefined} since @returns {Route[]} */
function routesIn(source, node, prefix, since) {
  return callsIn(node).flatMap((each) => {
    const [first, second] = each.args;
    const from = sinceOf(source, each.call, node) ?? since;
    if (each.name === "route" && first && second) return mountedBy(source, each, prefix, from);
    const path = first && methods.includes(each.name) && readValue(source, first);
    if (typeof path !== "string" || !path.startsWith("/")) return [];
    const whole = braced(joined(prefix, path));
    return [{ mount: braced(prefix), path: whole, method: each.name.toUpperCase(), since: from }];
  });
}

/** Parameters as readers know them: `:id` is `{id}`. @param {string} path */
const braced = (path) => path.replace(/:(\w+)/g, "{$1}");

/**
 * `app.route("/prefix", routes(…))`, be it once or for each row of a table.
 *
 * @param {Source} source
 * @param {Call} call
 * @param {string} prefix
 * @param {string | undefined} since
 * @returns {Route[]}
 */
function mountedBy(source, { call, args }, prefix, since) {
  const mounted = args[1] && bare(args[1]);
  // What is mounted as a whole is found where it is put together.
  if (!mounted || !ts.isCallExpression(mounted)) return [];
  return rowsAround(source, call).flatMap((row) => {
    const [path, made] = [args[0], mounted.expression].map((node) => node && (row.get(node.getText()) ?? node));
    const where = path && readValue(source, path);
    if (typeof where !== "string" || !made) {
      source.problems.add(`${source.where(call)}: where this is mounted cannot be read`);
      return [];
    }
    const maker = source.declarationOf(made);
    const full = joined(prefix, where);
    const from = featureOf(source, row) ?? since;
    const routes = maker && ts.isFunctionDeclaration(maker) ? routesIn(source, maker, full, from) : [];
    if (routes.length === 0) source.problems.add(`${source.where(made)}: no route is found in what is mounted here`);
    return routes;
  });
}

/**
 * What the names of a `for (const [path, routes, feature] of table)` around a node stand for, one time after the other;
 * once without any where there is no such loop.
 *
 * @param {Source} source
 * @param {ts.Node} node
 * @returns {Map<string, ts.Expression>[]}
 */
function rowsAround(source, node) {
  const loop = ts.findAncestor(node, ts.isForOfStatement);
  const names = loop && ts.isVariableDeclarationList(loop.initializer) && loop.initializer.declarations[0]?.name;
  const table = loop && bare(initializerOf(source, loop.expression) ?? loop.expression);
  if (!names || !ts.isArrayBindingPattern(names) || !table || !ts.isArrayLiteralExpression(table)) return [new Map()];
  return table.elements.map(bare).map((row) => {
    const cells = ts.isArrayLiteralExpression(row) ? row.elements : [];
    return new Map(cells.map((cell, i) => [names.elements[i]?.getText() ?? "", cell]));
  });
}

/** The server that brought what a row of such a table needs. @param {Source} source @param {Map<string, ts.Expression>} row */
function featureOf(source, row) {
  const [, , feature] = row.values();
  return feature && serverOf(source, feature);
}

/** The server that brought a feature. @param {Source} source @param {ts.Expression} node its name @returns {string | undefined} */
function serverOf(source, node) {
  const feature = readValue(source, node);
  if (typeof feature !== "string") return undefined;
  const features = /** @type {Record<string, string>} */ (constant(source, layout.features, "features"));
  const server = features[feature];
  if (!server) source.problems.add(`${source.where(node)}: ${layout.features} has no feature ${feature}`);
  return server;
}

/** The calls of methods. @param {ts.Node} node @returns {Call[]} */
function callsIn(node) {
  return [...below(node)].flatMap((call) => {
    if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return [];
    return [{ call, name: call.expression.name.text, args: call.arguments }];
  });
}

/** @param {string} prefix @param {string} path */
const joined = (prefix, path) => (path === "/" ? prefix : `${prefix}${path}`);

/**
 * The server in the `if (knows(server, "feature"))` around a node, or around the only call of the function that it is in.
 *
 * @param {Source} source
 * @param {ts.Node} node
 * @param {ts.Node} end where to stop looking
 * @returns {string | undefined}
 */
function sinceOf(source, node, end) {
  for (let at = node; at !== end && at.parent; at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) && parent.thenStatement === at && ts.isCallExpression(parent.expression)) {
      const { expression, arguments: args } = parent.expression;
      const server = expression.getText() === "knows" && args[1] && serverOf(source, args[1]);
      if (server) return server;
    }
    if (ts.isFunctionDeclaration(at) && at.name) {
      const { text } = at.name;
      const uses = [...below(end)].filter((each) => ts.isCallExpression(each) && each.expression.getText() === text);
      const [use] = uses;
      return uses.length === 1 && use ? sinceOf(source, use, end) : undefined;
    }
  }
  return undefined;
}
