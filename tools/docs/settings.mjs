import ts from "typescript";
import { oneLine } from "./comment.mjs";
import { providerOf } from "./definitions.mjs";
import { layout } from "./layout.mjs";
import { code, prose, tableOrList } from "./markdown.mjs";
import { shapeOf } from "./shape.mjs";
import { below, constant } from "./values.mjs";

/** @import { Source } from "./source.mjs" */

/** The settings with the ways to give them. @param {Source} source */
export function settingsBlock(source) {
  const names = /** @type {Record<string, string>} */ (constant(source, layout.settings, "names"));
  const beginning = layout.settings.replace(/\.ts$/, "");
  const files = source.files().filter(({ fileName }) => source.named(fileName).startsWith(beginning));
  const all = files.flatMap((file) => [...below(file)]);
  // Further keys and variables belong to the setting whose name theirs begins with.
  const keys = all.filter(ts.isStringLiteralLike).flatMap(({ text }) => /^asgardeo:(\w+)$/.exec(text)?.[1] ?? []);
  const variables = all.filter(ts.isIdentifier).flatMap(({ text }) => /^ASGARDEO_\w+$/.exec(text)?.[0] ?? []);
  const args = providerOf(source)?.args;
  const members = args ? shapeOf(source, args).members : [];
  const rows = Object.entries(names).map(([name, variable]) => {
    const own = withKin(name, keys);
    const texts = own.map((key) => members.find((member) => member.name === key)?.text ?? "");
    if (texts.includes("")) {
      source.problems.add(`${layout.settings}: ${own.join(", ")} is not documented in ProviderArgs`);
    }
    const meanings = own.length === 1 ? texts : own.map((key, i) => `${code(key)}: ${texts[i]}`).reverse();
    return [
      own.map(code).reverse().join(" or "),
      own.map((key) => code(`asgardeo:${key}`)).join(" or "),
      withKin(variable, variables).map(code).join(" or "),
      prose(meanings.map(withoutVariable).join("\n\n")),
    ];
  });
  const known = Object.keys(names).flatMap((name) => withKin(name, keys));
  for (const { name, where } of members) {
    if (known.includes(name)) continue;
    source.problems.add(`${where}: ProviderArgs.${name} is no setting of ${layout.settings}`);
  }
  const columns = [
    { head: "Explicit provider" },
    { head: "Stack config", said: (/** @type {string} */ cell) => `in the stack's config ${cell}` },
    { head: "Environment", said: (/** @type {string} */ cell) => `in the environment ${cell}` },
    { head: "Meaning" },
  ];
  return tableOrList(columns, rows);
}

/** @param {string} own @param {string[]} others */
const withKin = (own, others) => [own, ...new Set(others.filter((other) => other !== own && other.startsWith(own)))];

/** @param {string} text without what has a place of its own */
const withoutVariable = (text) => oneLine(text).replace(/ ?`ASGARDEO_[A-Z_]+` in the environment\./g, "");
