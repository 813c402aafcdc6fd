import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as ts from "typescript";
import { installPackage, link, type Sdk } from "./installed-package";

/** Compiles small programs as a user's project does: against the published types and one release of Pulumi's SDK. */
export class Compiler {
  readonly #folder = mkdtempSync(join(tmpdir(), "pulumi-asgardeo-types-"));

  constructor(sdk: Sdk) {
    installPackage(this.#folder, sdk);
    link(join(this.#folder, "node_modules"), "@types/node", "@types/node");
    writeFileSync(join(this.#folder, "package.json"), JSON.stringify({ name: "types-test", private: true }));
  }

  /** What the compiler says against each of the programs, as `TS2345: …`: nothing where one compiles. */
  errors(programs: Readonly<Record<string, string>>, options: ts.CompilerOptions = {}): Record<string, string[]> {
    const files = Object.entries(programs).map(([name, text], i) => ({ name, path: this.#written(text, i) }));
    const program = compiled(
      files.map(({ path }) => path),
      options,
    );
    return Object.fromEntries(
      files.map(({ name, path }) => {
        const source = program.getSourceFile(path);
        const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
        return [name, found.map(messageOf)];
      }),
    );
  }

  /**
   * What the compiler says of one program and of the files of this package's types that it reads, and all the files that it
   * reads: what `--listFiles` prints.
   */
  whole(text: string, options: ts.CompilerOptions = {}): { readonly errors: string[]; readonly files: string[] } {
    const path = this.#written(text, 0);
    const program = compiled([path], { skipLibCheck: false, ...options });
    const files = program.getSourceFiles();
    const own = files.filter(
      ({ fileName }) => fileName === path || fileName.includes("/node_modules/pulumi-asgardeo/"),
    );
    const found = own.flatMap((file) => [...program.getSemanticDiagnostics(file)]);
    return {
      errors: found.map((each) => `${each.file?.fileName}: ${messageOf(each)}`),
      files: files.map(({ fileName }) => fileName),
    };
  }

  #written(text: string, i: number): string {
    const path = join(this.#folder, `program-${i}.ts`);
    writeFileSync(path, text);
    return path;
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function compiled(paths: readonly string[], options: ts.CompilerOptions): ts.Program {
  return ts.createProgram(paths, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ["node"],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    ...options,
  });
}

function messageOf({ code, messageText }: ts.Diagnostic): string {
  return `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
}
