import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { CliResult, PulumiProject } from "./pulumi";

const root = resolve(__dirname, "..", "..");

/** A fenced block of a page, or a comment of its own that says what happens in the meantime. */
export interface Step {
  readonly kind: "block" | "meanwhile";
  /** The word behind the fence, such as `sh`. */
  readonly language: string;
  readonly text: string;
  /** The HTML comments on the lines directly before the fence, such as `file: index.ts`. */
  readonly notes: readonly string[];
  readonly line: number;
}

/** What a page has to be run, in its order. */
export function stepsOf(page: string): Step[] {
  const steps: Step[] = [];
  let notes: string[] = [];
  let open: { fence: string; language: string; lines: string[]; line: number } | undefined;
  for (const [i, line] of page.split("\n").entries()) {
    if (open) {
      if (line.trim() !== open.fence) open.lines.push(line);
      else {
        steps.push({ kind: "block", language: open.language, text: open.lines.join("\n"), notes, line: open.line });
        [open, notes] = [undefined, []];
      }
      continue;
    }
    const [, fence, language = ""] = /^(`{3,})(\w*)/.exec(line) ?? [];
    const comment = /^<!-- (.*) -->$/.exec(line)?.[1];
    if (fence !== undefined) open = { fence, language, lines: [], line: i + 1 };
    else if (comment?.startsWith("meanwhile: ")) {
      steps.push({ kind: "meanwhile", language: "", text: comment.slice(11), notes: [], line: i + 1 });
    } else notes = comment === undefined ? [] : [...notes, comment];
  }
  return steps;
}

/** The first line that the output does not have in its turn; `…` stands for anything, be it lines. Undefined where all are there. */
export function missingLine(expected: string, output: string): string | undefined {
  const plain = (line: string) => line.trim().replace(/\s+/g, " ");
  const left = output.split("\n").map(plain);
  return expected.split("\n").find((line) => {
    if (plain(line) === "" || plain(line) === "…") return false;
    const words = plain(line).split("…");
    const pattern = new RegExp(`^${words.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join(".*")}$`);
    const at = left.findIndex((each) => pattern.test(each));
    left.splice(0, at < 0 ? 0 : at + 1);
    return at < 0;
  });
}

/** A file after the edit that a block of the language `diff` shows, with `@@` between two places. The lines without `+` have to be there, once. */
export function edited(file: string, diff: string): string {
  return diff.split(/\n@@.*\n/).reduce((text, hunk) => {
    const side = (but: string) =>
      hunk
        .split("\n")
        .filter((line) => !line.startsWith(but))
        .map((line) => `${line.slice(1)}\n`)
        .join("");
    const [whole, old] = [`\n${text}`, `\n${side("+")}`];
    const at = whole.indexOf(old);
    if (at < 0 || at !== whole.lastIndexOf(old)) throw new Error(`these lines are not there once:${old}`);
    return `${whole.slice(0, at)}\n${side("-")}${whole.slice(at + old.length)}`.slice(1);
  }, file);
}

/** The environment of a reader who says yes to each question of the CLI, and does not wait for what is checked elsewhere. Not for `pulumi refresh --preview-only`. */
export const quickReader = {
  PULUMI_SKIP_CONFIRMATIONS: "true",
  PULUMI_OPTION_SKIP_PREVIEW: "true",
  PULUMI_NODEJS_TRANSPILE_ONLY: "true",
};

export interface PageOptions {
  /** What stands on the page in the place of a value, such as `<client id>`, with the value. */
  readonly values?: Readonly<Record<string, string>>;
  /** What a comment `<!-- meanwhile: … -->` stands for, by its text. Its output is that of the next block `text`. */
  readonly meanwhile?: Readonly<Record<string, () => Promise<CliResult | undefined>>>;
}

/**
 * Runs a page from top to bottom in a project, and throws where the page is not what happens.
 *
 * - `sh` is run by `bash -e`; variables and the folder last from one block to the next. `<!-- exit code: 1 -->` before it
 *   says that it fails. A block `text` behind it has lines of its output.
 * - `<!-- file: index.ts -->` before a block says which file it is, and `<!-- edit: index.ts -->` which file a `diff` changes.
 * - `<!-- from: path -->` says which file of the repository has the block word for word, but for how far its lines are indented.
 * - `<!-- run by: test/… -->` leaves the block to another test.
 * - `<!-- not run: reason -->` leaves the block out. The page has to say so to its readers: "Not run by our tests: reason".
 */
export async function runPage(page: string, project: PulumiProject, options: PageOptions = {}): Promise<void> {
  const text = readFileSync(join(root, page), "utf8");
  const memory = mkdtempSync(join(tmpdir(), "pulumi-asgardeo-page-"));
  let last: CliResult | undefined;
  try {
    for (const step of stepsOf(text)) {
      try {
        last = await carryOut(step, { text, project, options, shell: join(memory, "shell"), last });
      } catch (error) {
        throw new Error(`${page}:${step.line}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } finally {
    rmSync(memory, { recursive: true });
  }
}

interface Surroundings {
  /** The whole page. */
  readonly text: string;
  readonly project: PulumiProject;
  readonly options: PageOptions;
  /** The file that has the shell's variables and folder after the last block. */
  readonly shell: string;
  readonly last: CliResult | undefined;
}

async function carryOut(step: Step, { text, project, options, shell, last }: Surroundings) {
  const note = (name: string) => step.notes.find((each) => each.startsWith(`${name}: `))?.slice(name.length + 2);
  if (step.kind === "meanwhile") {
    const happens = options.meanwhile?.[step.text];
    if (!happens) throw new Error(`the test does not know what happens by "${step.text}"`);
    return (await happens()) ?? last;
  }
  if (note("run by") !== undefined) return last;
  const [reason, file, edit, from] = [note("not run"), note("file"), note("edit"), note("from")];
  if (reason !== undefined) {
    if (!text.includes(`Not run by our tests: ${reason}`)) throw new Error(`no sentence says: Not run by our tests`);
  } else if (file !== undefined) {
    mkdirSync(dirname(join(project.dir, file)), { recursive: true });
    writeFileSync(join(project.dir, file), `${step.text}\n`);
  } else if (edit !== undefined) {
    const path = join(project.dir, edit);
    writeFileSync(path, edited(readFileSync(path, "utf8"), step.text));
  } else if (from !== undefined) {
    const plain = (lines: string) => lines.replace(/^ +/gm, "");
    const isThere = plain(readFileSync(join(root, from), "utf8")).includes(plain(step.text));
    if (!isThere) throw new Error(`${from} does not have these lines`);
  } else if (step.language === "sh") {
    const filled = Object.entries(options.values ?? {}).reduce(
      (sh, [name, value]) => sh.replaceAll(name, value),
      step.text,
    );
    const remember = `trap 'code=$?; { export -p; printf "cd %q\\n" "$PWD"; } >"${shell}"; exit $code' EXIT`;
    const result = await project.bash(`[ ! -f "${shell}" ] || . "${shell}"\n${remember}\n${filled}`);
    const code = Number(note("exit code") ?? 0);
    if (result.code !== code) throw new Error(`exit code ${result.code} instead of ${code}:\n${result.output}`);
    return result;
  } else if (step.language === "text" && last) {
    const missing = missingLine(step.text, last.output);
    if (missing !== undefined) throw new Error(`the output does not have, in its turn: ${missing}\n${last.output}`);
  } else throw new Error("the block is neither run nor marked");
  return last;
}
