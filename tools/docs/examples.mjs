import { join } from "node:path";
import ts from "typescript";
import { commentOf } from "./comment.mjs";
import { layout } from "./layout.mjs";

/**
 * @import { Source } from "./source.mjs"
 *
 * @typedef {{ of: string, code: string }} Example a program of a comment, and what it is an example of
 */

/** The `@example`s of all that a program can import. @param {Source} source @returns {Example[]} */
export function examplesOf(source) {
  return source.exported().flatMap((declaration) => {
    const name = ts.getNameOfDeclaration(declaration)?.getText() ?? "";
    return commentOf(declaration).examples.map((code) => ({ of: name, code }));
  });
}

/** An example that does not compile teaches nothing. @param {Source} source */
export function checkExamples(source) {
  const { folder, options, program: own, problems } = source;
  const examples = new Map(examplesOf(source).map((example, i) => [join(folder, `example-${i + 1}.ts`), example]));
  if (examples.size === 0) return;
  const paths = {
    "pulumi-asgardeo": [join(folder, layout.entry)],
    "pulumi-asgardeo/sandbox": [join(folder, layout.sandbox)],
  };
  const all = { ...options, noUnusedLocals: false, paths };
  const host = ts.createCompilerHost(all);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => examples.has(name) || fileExists(name);
  host.getSourceFile = (name, version, ...rest) => {
    const example = examples.get(name);
    if (example) return ts.createSourceFile(name, example.code, version, true);
    return own.getSourceFile(name) ?? getSourceFile(name, version, ...rest);
  };
  const program = ts.createProgram([...examples.keys()], all, host);
  for (const [path, { of, code }] of examples) {
    const file = program.getSourceFile(path);
    for (const { messageText, start = 0 } of [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]) {
      const line = code.split("\n")[code.slice(0, start).split("\n").length - 1]?.trim();
      const why = ts.flattenDiagnosticMessageText(messageText, " ");
      problems.add(`an @example of ${of} does not compile at \`${line}\`: ${why}`);
    }
  }
}
