import ts from "typescript";
import { layout } from "./layout.mjs";
import { bare, below, readValue } from "./values.mjs";

/**
 * @import { Source } from "./source.mjs"
 *
 * @typedef {object} Route what the sandbox serves
 * @property {string} mount where it is mounted: `/api/server/v1/applications`; empty for the tenant itself
 * @property {string} path below the tenant, all of it: `/api/server/v1/applications/{id}`
 * @property {string} method
 * @property {string | undefined} since the server that brought it; undefined where all have it
 */

const methods = ["get", "post", "put", "patch", "delete"];

/** The routes that the sandbox puts together, read from its source. @param {Source} source @returns {Route[]} */
export function routesOf(source) {
  const routes = mountedIn(source, source.file(layout.served), "", undefined);
  if (routes.length === 0) source.problems.add(`${layout.served}: no route is found in it`);
  return routes;
}

/** `app.route("/prefix", routes(…))` @param {Source} source @param {ts.Node} node @param {string} prefix @param {string | undefined} since @returns {Route[]} */
function mountedIn(source, node, prefix, since) {
  return callsIn(node).flatMap(({ call, name, args: [first, second] }) => {
    const path = first && readValue(source, first);
    if (typeof path !== "string" || !path.startsWith("/") || !second) return [];
    const from = sinceOf(source, call, node) ?? since;
    const full = joined(prefix, path);
    if (methods.includes(name)) {
      const shown = full.replace(/:(\w+)/g, "{$1}");
      return [{ mount: prefix, path: shown, method: name.toUpperCase(), since: from }];
    }
    // What is mounted as a whole is found where it is put together.
    const mounted = bare(second);
    if (name !== "route" || !ts.isCallExpression(mounted)) return [];
    const made = source.declarationOf(mounted.expression);
    const routes = made && ts.isFunctionDeclaration(made) ? mountedIn(source, made, full, from) : [];
    if (routes.length === 0) source.problems.add(`${source.where(call)}: no route is found in what is mounted here`);
    return routes;
  });
}

/** The calls of methods. @param {ts.Node} node */
function callsIn(node) {
  return [...below(node)].flatMap((call) => {
    if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return [];
    return [{ call, name: call.expression.name.text, args: call.arguments }];
  });
}

/** @param {string} prefix @param {string} path */
const joined = (prefix, path) => (path === "/" ? prefix : `${prefix}${path}`);

/**
 * The server in the `if (knows(server, "7.1"))` around a node, or around the only call of the function that it is in.
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
      const server = expression.getText() === "knows" && args[1] && readValue(source, args[1]);
      if (typeof server === "string") return server;
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
