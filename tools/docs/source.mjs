import { join, relative, sep } from "node:path";
import ts from "typescript";
import { root, Trouble } from "../say.mjs";
import { layout } from "./layout.mjs";

/** @param {string} folder */
function compilerOptions(folder) {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, folder);
  return { ...options, types: ["node"], noEmit: true };
}

/** The libraries of the language, which are the same for every package: they take longer to parse than a small one does. */
const libraries = new Map();

/** @param {ts.CompilerOptions} options */
function hostOf(options) {
  const host = ts.createCompilerHost(options, true);
  const { getSourceFile } = host;
  host.getSourceFile = (name, ...rest) => {
    if (!/[\\/]lib\.[^\\/]*\.d\.ts$/.test(name)) return getSourceFile(name, ...rest);
    if (!libraries.has(name)) libraries.set(name, getSourceFile(name, ...rest));
    return libraries.get(name);
  };
  return host;
}

/** The package's source with what its names stand for, and what is found to be wrong with it. */
export class Source {
  /** What the comments lack: all of it is told at once. @type {Set<string>} */
  problems = new Set();

  /** @param {string} folder the package's */
  constructor(folder) {
    this.folder = folder;
    this.options = compilerOptions(folder);
    const { entry, definitions, managementApis, organizationLevel, settings, served, features } = layout;
    const paths = [entry, definitions, managementApis, organizationLevel, settings, served, features];
    const files = paths.map((path) => join(folder, path));
    this.program = ts.createProgram(files, this.options, hostOf(this.options));
    this.checker = this.program.getTypeChecker();
  }

  /** @param {string} path below the package @returns {ts.SourceFile} */
  file(path) {
    const file = this.program.getSourceFile(join(this.folder, path));
    if (!file) throw new Trouble(`${path} does not exist`);
    return file;
  }

  /** The package's own files, without what they import from elsewhere. */
  files() {
    const isOwn = (/** @type {string} */ path) => !path.startsWith("..") && !path.includes("node_modules");
    return this.program.getSourceFiles().filter(({ fileName }) => isOwn(this.named(fileName)));
  }

  /** A file's path in messages. @param {string} file */
  named(file) {
    return relative(this.folder, file).split(sep).join("/");
  }

  /** @param {ts.Node} node */
  where(node) {
    const file = node.getSourceFile();
    return `${this.named(file.fileName)}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
  }

  /** What a name stands for, through imports and exports. @param {ts.Node} node */
  declarationOf(node) {
    // `{ name }` is a property and what it stands for at once.
    const isShorthand = ts.isShorthandPropertyAssignment(node.parent);
    const symbol = isShorthand
      ? this.checker.getShorthandAssignmentValueSymbol(node.parent)
      : this.checker.getSymbolAtLocation(node);
    return symbol && this.#target(symbol).declarations?.[0];
  }

  /** @param {ts.TypeNode} node */
  interfaceOf(node) {
    if (!ts.isTypeReferenceNode(node)) return undefined;
    const declaration = this.declarationOf(node.typeName);
    return declaration && ts.isInterfaceDeclaration(declaration) ? declaration : undefined;
  }

  /** What a program can import. */
  exported() {
    const module = this.checker.getSymbolAtLocation(this.file(layout.entry));
    const symbols = module ? this.checker.getExportsOfModule(module) : [];
    return symbols.flatMap((symbol) => this.#target(symbol).declarations ?? []);
  }

  classes() {
    return this.exported().filter(ts.isClassDeclaration);
  }

  /** The functions by name: look-ups, each with one that answers an output. */
  functions() {
    const all = this.exported().filter(ts.isFunctionDeclaration);
    return new Map(all.map((each) => [each.name?.text ?? "", each]));
  }

  /** @param {ts.Symbol} symbol */
  #target(symbol) {
    return symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }
}
