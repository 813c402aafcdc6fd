import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { commentOf } from "./comment.mjs";
import { fencesOf, noteOf, testOf, withoutBlocks } from "./fences.mjs";
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

/**
 * An example that does not compile teaches nothing: neither one of a comment, nor one of a page written by hand.
 *
 * @param {Source} source
 * @param {ReadonlyMap<string, string>} pages path → text
 */
export function checkExamples(source, pages) {
  const examples = [
    ...examplesOf(source).map(({ of, code }, i) => ({
      what: `an @example of ${of}`,
      code,
      file: `examples-${i}/index.ts`,
    })),
    ...[...pages].flatMap(([path, text]) => {
      const isRun = existsSync(join(source.folder, testOf(path)));
      return programsOf(path, withoutBlocks(text), isRun);
    }),
  ];
  for (const problem of compiled(source, examples)) source.problems.add(problem);
}

/** What a part of a program on a page may speak of without importing it. */
const modules = { pulumi: "@pulumi/pulumi", asgardeo: "pulumi-asgardeo" };

/** @param {string} code */
const importsFor = (code) =>
  Object.entries(modules)
    .filter(([name]) => new RegExp(`\\b${name}\\.`).test(code))
    .map(([name, module]) => `import * as ${name} from "${module}";`)
    .join(" ");

/**
 * The programs of a page that nobody else tries: files that it lays down stand beside each other, as on a reader's disk.
 *
 * @param {string} path
 * @param {string} text
 * @param {boolean} isRun whether a test lays the files of the page down, and runs them
 * @returns {Program[]}
 */
function programsOf(path, text, isRun) {
  return fencesOf(text).flatMap((fence) => {
    const { language, code, line } = fence;
    // An excerpt of a file of the repository is compiled with that file.
    const others = ["not compiled", "not run", "run by", "from", ...(isRun ? ["file"] : [])];
    const isSkipped = others.some((name) => noteOf(fence, name) !== undefined);
    if (!["ts", "js"].includes(language) || isSkipped) return [];
    const isWhole = /^import /m.test(code) || language === "js";
    const file = `${path.replace(/\W/g, "-")}/${noteOf(fence, "file") ?? `line-${line}.${language}`}`;
    return [
      { what: `${path}:${line}: the program`, code: isWhole ? code : `${importsFor(code)}\nexport {};\n${code}`, file },
    ];
  });
}

/** @typedef {{ what: string, code: string, file: string }} Program */

/** What the compiler says of programs, which are on no disk. @param {Source} source @param {Program[]} programs @returns {string[]} */
function compiled({ folder, options, program: own }, programs) {
  const files = new Map(programs.map((each) => [join(folder, each.file), each]));
  if (files.size === 0) return [];
  const folders = new Set([...files.keys()].map(dirname));
  const paths = {
    "pulumi-asgardeo": [join(folder, layout.entry)],
    "pulumi-asgardeo/sandbox": [join(folder, layout.sandbox)],
  };
  const all = { ...options, allowJs: true, noUnusedLocals: false, noUnusedParameters: false, paths };
  const host = ts.createCompilerHost(all);
  const { fileExists, getSourceFile, directoryExists } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.directoryExists = (name) => folders.has(name) || (directoryExists?.(name) ?? true);
  host.getSourceFile = (name, version, ...rest) => {
    const program = files.get(name);
    if (program) return ts.createSourceFile(name, program.code, version, true);
    return own.getSourceFile(name) ?? getSourceFile(name, version, ...rest);
  };
  const program = ts.createProgram([...files.keys()], all, host);
  return [...files].flatMap(([path, { what, code }]) => {
    const file = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found.map(({ messageText, start = 0 }) => {
      const line = code.split("\n")[code.slice(0, start).split("\n").length - 1]?.trim();
      return `${what} does not compile at \`${line}\`: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
    });
  });
}
