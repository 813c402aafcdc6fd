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
    const files = Object.entries(programs).map(([name, text], i) => {
      const path = join(this.#folder, `program-${i}.ts`);
      writeFileSync(path, text);
      return { name, path };
    });
    const program = ts.createProgram(
      files.map(({ path }) => path),
      {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.Node16,
        moduleResolution: ts.ModuleResolutionKind.Node16,
        types: ["node"],
        strict: true,
        skipLibCheck: true,
        noEmit: true,
        ...options,
      },
    );
    return Object.fromEntries(
      files.map(({ name, path }) => {
        const source = program.getSourceFile(path);
        const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
        return [
          name,
          found.map(({ code, messageText }) => `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`),
        ];
      }),
    );
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
