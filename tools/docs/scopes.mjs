import ts from "typescript";
import { managementApisOf } from "./definitions.mjs";
import { code, prose, table } from "./markdown.mjs";
import { below } from "./values.mjs";

/**
 * @import { ManagementApi, Resource } from "./definitions.mjs"
 * @import { Source } from "./source.mjs"
 */

const operations = /** @type {const} */ (["create", "read", "update", "delete"]);

/** The scopes that a resource needs, for its page. @param {ManagementApi[]} apis @param {Resource} resource */
export function scopeSection(apis, { needs, comment }) {
  /** @param {string} scope */
  const api = (scope) => apis.find(({ scopes }) => scopes.includes(scope))?.console ?? "";
  const rows = operations.flatMap((operation) => needs[operation].map((scope) => [operation, code(scope), api(scope)]));
  const sections = ["## Scopes of the bootstrap client", table(["To", "Scope", "API resource"], rows)];
  /** @param {string[]} scopes @param {string} verb */
  const whereKnown = (scopes, verb) =>
    scopes
      .filter((scope) => !comment.scopes.some(([tagged]) => tagged === scope))
      .map((scope) => `- ${code(scope)} of ${api(scope)}: to ${verb}, where the server knows this scope.`);
  const some = [
    ...whereKnown(needs.optionalView, "read"),
    ...whereKnown(needs.optionalWrite, "write"),
    ...comment.scopes.map(([scope, when]) => `- ${code(scope)} of ${api(scope)}: ${prose(when)}`),
  ];
  return some.length === 0 ? sections : [...sections, "Needed at times:", some.join("\n")];
}

/** What each scope is for, under the name that its API has in the console. @param {ManagementApi[]} apis @param {Resource[]} resources */
export function scopesBlock(apis, resources) {
  return apis
    .map(({ identifier, console, scopes }) => {
      const items = scopes.flatMap((scope) => {
        const reads = resources.some(({ needs }) => needs.read.includes(scope));
        const mayRead = resources.some(({ needs }) => needs.optionalView.includes(scope));
        const said = reads ? " (read only: yes)" : mayRead ? " (read only: optional)" : "";
        return [`- ${code(scope)}${said}`, ...resources.flatMap((resource) => usesOf(resource, scope))];
      });
      return `**${console}**, ${code(identifier)}:\n\n${items.join("\n")}`;
    })
    .join("\n\n");
}

/** @param {Resource} resource @param {string} scope */
function usesOf({ name, needs, comment }, scope) {
  const always = operations.filter((operation) => needs[operation].includes(scope));
  const whereKnown = [...needs.optionalView, ...needs.optionalWrite].includes(scope);
  const tags = comment.scopes.filter(([tagged]) => tagged === scope).map(([, when]) => when.replace(/\.$/, ""));
  const parts = [
    ...(always.length > 0 ? [always.join(", ")] : []),
    ...(tags.length > 0 ? tags : whereKnown ? ["where the server knows this scope"] : []),
  ];
  return parts.length > 0 ? [`  - ${name}: ${parts.join("; ")}`] : [];
}

/** Every scope that the code asks for beyond a definition's `needs` has to be in a comment. @param {Source} source @param {Resource[]} resources */
export function checkScopes(source, resources) {
  const tagged = new Set(resources.flatMap(({ comment }) => comment.scopes.map(([scope]) => scope)));
  const known = new Set(managementApisOf(source).flatMap(({ scopes }) => scopes));
  for (const scope of tagged) if (!known.has(scope)) source.problems.add(`@scope ${scope}: no such scope`);
  for (const call of source.files().flatMap((file) => [...below(file)].filter(ts.isCallExpression))) {
    if (!ts.isPropertyAccessExpression(call.expression) || call.expression.name.text !== "needing") continue;
    for (const { text } of call.arguments.filter(ts.isStringLiteralLike)) {
      if (tagged.has(text)) continue;
      source.problems.add(`${source.where(call)}: no resource's comment has "@scope ${text} <when>"`);
    }
  }
}
