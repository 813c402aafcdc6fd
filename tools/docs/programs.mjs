import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { layout, pageOf } from "./layout.mjs";
import { fenced, href } from "./markdown.mjs";
import { below } from "./values.mjs";

/** @import { Source } from "./source.mjs" */

/**
 * The shortest program in examples/ that makes a resource of a class: its statement, and those whose names it uses.
 *
 * @param {Source} source
 * @param {string} name
 * @returns {string[]} none where no program does
 */
export function programThatMakes({ folder }, name) {
  const examples = join(folder, layout.examples);
  const found = (existsSync(examples) ? readdirSync(examples) : [])
    .sort()
    .flatMap((example) => {
      const path = `${layout.examples}/${example}/index.ts`;
      if (!existsSync(join(folder, path))) return [];
      const program = readFileSync(join(folder, path), "utf8");
      const text = statementsFor(ts.createSourceFile(path, program, ts.ScriptTarget.ES2022, true), name);
      return text === undefined ? [] : [{ text, path }];
    })
    .sort((a, b) => a.text.length - b.text.length);
  return found.slice(0, 1).map(({ text, path }) => `From [${path}](${href(pageOf(name), path)}):\n\n${fenced(text)}`);
}

/** @param {ts.SourceFile} file @param {string} name */
function statementsFor(file, name) {
  /** @param {ts.Node} node */
  const makes = (node) =>
    [...below(node)].some((n) => ts.isNewExpression(n) && n.expression.getText().split(".").at(-1) === name);
  const wanted = file.statements.find((statement) => !ts.isImportDeclaration(statement) && makes(statement));
  if (!wanted) return undefined;
  const kept = new Set([wanted]);
  for (const statement of kept) {
    const used = new Set([...below(statement)].filter(ts.isIdentifier).map(({ text }) => text));
    for (const other of file.statements) {
      if (ts.isImportDeclaration(other)) kept.add(other);
      if (!ts.isVariableStatement(other)) continue;
      if (other.declarationList.declarations.some((d) => used.has(d.name.getText()))) kept.add(other);
    }
  }
  const imports = file.statements.filter((statement) => kept.has(statement) && ts.isImportDeclaration(statement));
  const rest = file.statements.filter((statement) => kept.has(statement) && !ts.isImportDeclaration(statement));
  return [imports.map((s) => s.getText()).join("\n"), ...rest.map((s) => s.getText())].join("\n\n");
}
