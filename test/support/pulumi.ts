import { spawn } from "node:child_process";
import { accessSync, constants, cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { leaksBelow, leaksIn } from "./canary";
import { familyOf, kill } from "./processes";

const root = resolve(__dirname, "..", "..");
const STACK = "test";

/**
 * A debug message of Pulumi's own SDK, shown by --debug and by -v: the engine's answer about each resource of the program,
 * secrets in plain text. From -v=9 on, the engine prints every property. No package can keep them from it.
 */
const debugOfPulumi = /^.*\bRegisterResource RPC finished: .*$/gm;

/** What a run of the CLI came to. */
export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order in which they came. */
  readonly output: string;
}

export interface CliOptions {
  /** Added to the environment of the CLI, and so of the program and the provider; undefined removes a variable. */
  readonly env?: Record<string, string | undefined>;
  /** Milliseconds after which the run is killed and throws; 120 s unless told. */
  readonly limit?: number;
  /** Gives the process, for tests that interrupt it. */
  readonly onStart?: (pid: number) => void;
}

export interface ProjectOptions extends CliOptions {
  /** The language of a program given as text. JavaScript starts a second earlier. */
  readonly language?: "typescript" | "javascript";
  /** More packages of the repository's node_modules to be linked. */
  readonly packages?: readonly string[];
  /** Folders to be linked in place of the repository's packages, such as another release of the SDK: name → folder. */
  readonly links?: Record<string, string>;
}

/** What a test looks at in an exported stack. */
export interface StackState {
  readonly deployment: {
    readonly resources?: readonly {
      readonly urn: string;
      readonly type: string;
      readonly id?: string;
      readonly custom: boolean;
      readonly inputs?: Record<string, unknown>;
      readonly outputs?: Record<string, unknown>;
      readonly initErrors?: readonly string[];
    }[];
    readonly pending_operations?: readonly { readonly type: string }[];
  };
}

function holdsCli(folder: string): boolean {
  try {
    accessSync(join(folder, "pulumi"), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The folder of the copy that the set-up has built or downloaded: see tools/pulumi-cli.mjs. */
function cachedCli(): string {
  const xdg = process.env.XDG_CACHE_HOME;
  const cache = xdg && isAbsolute(xdg) ? xdg : join(homedir(), ".cache");
  const goMod = readFileSync(join(root, "tools", "pulumi-cli", "go.mod"), "utf8");
  const version = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\d+\.\d+\.\d+)/.exec(goMod)?.[1] ?? "unknown";
  return join(cache, "pulumi-asgardeo", `pulumi-${version}-${process.platform}-${process.arch}`, "bin");
}

function findCli(): string | undefined {
  const given = process.env.PULUMI_ASGARDEO_CLI_DIR;
  const candidates = [given ?? "", ...(process.env.PATH ?? "").split(delimiter), cachedCli()];
  return candidates.find((folder) => folder !== "" && holdsCli(folder));
}

/**
 * Whether there is a Pulumi CLI to test with. Where there is none, a test may skip; on CI it must not, so this throws there.
 *
 * Use: `const engine = cliAvailable() ? describe : describe.skip;`
 */
export function cliAvailable(): boolean {
  if (findCli()) return true;
  const message = "There is no Pulumi CLI: npm test sets one up, or set PULUMI_ASGARDEO_CLI_DIR.";
  if (process.env.CI === "true") throw new Error(message);
  process.stderr.write(`Skipped: ${message}\n`);
  return false;
}

/** The environment without the settings of whoever runs the tests. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PULUMI|ASGARDEO)_/.test(name)));
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file));
}

/** Whether a JSON file was written to its end. */
function isWhole(file: string): boolean {
  return readFileSync(file, "utf8").trimEnd().endsWith("}");
}

/** A Pulumi project of its own outside of the repository, with a backend of its own, run by the real CLI. */
export class PulumiProject {
  /** The folder with Pulumi.yaml and the program. */
  readonly dir: string;
  readonly #base: string;
  readonly #cli: string;
  readonly #options: ProjectOptions;
  /** What the runs have printed, but for those that were asked to show secrets. */
  readonly #printed: { readonly command: string; readonly output: string }[] = [];

  private constructor(base: string, cli: string, options: ProjectOptions) {
    this.#base = base;
    this.#cli = cli;
    this.#options = options;
    this.dir = join(base, "project");
  }

  /** @internal use pulumiProject */
  static async make(program: string | { dir: string }, options: ProjectOptions): Promise<PulumiProject> {
    const cli = findCli();
    if (!cli) throw new Error("There is no Pulumi CLI: npm test sets one up, or set PULUMI_ASGARDEO_CLI_DIR.");
    const base = await mkdtemp(join(tmpdir(), "pulumi-asgardeo-engine-"));
    const project = new PulumiProject(base, cli, options);
    try {
      await project.#lay(program);
      const init = await project.pulumi(["stack", "init"]);
      if (init.code !== 0) throw new Error(`pulumi stack init failed:\n${init.output}`);
    } catch (error) {
      await project.dispose();
      throw error;
    }
    return project;
  }

  async #lay(program: string | { dir: string }): Promise<void> {
    for (const folder of ["backend", "home", "project"]) await mkdir(join(this.#base, folder), { recursive: true });
    if (typeof program === "string") {
      const main = this.#options.language === "javascript" ? "index.js" : "index.ts";
      await this.#writeJson("package.json", { name: "engine-test", private: true, main });
      await this.#writeJson("tsconfig.json", {
        compilerOptions: {
          target: "ES2022",
          module: "node16",
          moduleResolution: "node16",
          types: ["node"],
          strict: true,
          skipLibCheck: true,
        },
      });
      await writeFile(join(this.dir, "Pulumi.yaml"), "name: engine-test\nruntime: nodejs\n");
      await this.writeProgram(program);
    } else {
      const from = resolve(root, program.dir);
      cpSync(from, this.dir, { recursive: true, filter: (source) => !source.includes("node_modules", from.length) });
    }
    const installed = join(root, "node_modules");
    const names = ["@pulumi/pulumi", "typescript", "ts-node", "@types/node", ...(this.#options.packages ?? [])];
    const links: Record<string, string> = Object.fromEntries(names.map((name) => [name, join(installed, name)]));
    for (const [name, target] of Object.entries({ ...links, "pulumi-asgardeo": root, ...this.#options.links })) {
      if (!existsSync(target)) continue;
      const link = join(this.dir, "node_modules", name);
      await mkdir(dirname(link), { recursive: true });
      await symlink(target, link, "dir");
    }
  }

  #writeJson(name: string, value: unknown): Promise<void> {
    return writeFile(join(this.dir, name), `${JSON.stringify(value, null, 2)}\n`);
  }

  /** Replaces the program. */
  async writeProgram(text: string): Promise<void> {
    await writeFile(join(this.dir, this.#options.language === "javascript" ? "index.js" : "index.ts"), text);
  }

  up(args: readonly string[] = [], options?: CliOptions): Promise<CliResult> {
    return this.pulumi(["up", "--yes", "--skip-preview", ...args], options);
  }

  preview(args: readonly string[] = [], options?: CliOptions): Promise<CliResult> {
    return this.pulumi(["preview", ...args], options);
  }

  refresh(args: readonly string[] = [], options?: CliOptions): Promise<CliResult> {
    // A preview of the refresh and --yes exclude each other.
    const yes = args.includes("--preview-only") ? [] : ["--yes", "--skip-preview"];
    return this.pulumi(["refresh", ...yes, ...args], options);
  }

  destroy(args: readonly string[] = [], options?: CliOptions): Promise<CliResult> {
    return this.pulumi(["destroy", "--yes", "--skip-preview", ...args], options);
  }

  /** The stack's outputs, secrets in plain text. */
  async outputs(): Promise<Record<string, unknown>> {
    return JSON.parse((await this.#succeed(["stack", "output", "--json", "--show-secrets"])).stdout);
  }

  /** The exported stack, secrets encrypted. */
  async state(): Promise<StackState> {
    return JSON.parse((await this.#succeed(["stack", "export"])).stdout);
  }

  /** Sets a value of the stack's configuration. */
  async config(key: string, value: string, options: { secret?: boolean } = {}): Promise<void> {
    await this.#succeed(["config", "set", ...(options.secret ? ["--secret"] : []), key, "--", value]);
  }

  async #succeed(args: readonly string[]): Promise<CliResult> {
    const result = await this.pulumi(args);
    if (result.code !== 0) throw new Error(`pulumi ${args.join(" ")} failed:\n${result.output}`);
    return result;
  }

  /** Runs any command of the CLI on the project's stack. */
  pulumi(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
    const limit = options.limit ?? this.#options.limit ?? 120_000;
    const flags = ["--non-interactive", "--color", "never", "--stack", STACK];
    // Everything after "--" would be taken for a value.
    const end = args.indexOf("--");
    const all = end < 0 ? [...args, ...flags] : [...args.slice(0, end), ...flags, ...args.slice(end)];
    return this.#run(join(this.#cli, "pulumi"), all, `pulumi ${args.join(" ")}`, { ...options, limit });
  }

  /** Runs a script by `bash -e` in the project's folder, where `pulumi` is the CLI and the stack is selected. */
  bash(script: string, options: CliOptions = {}): Promise<CliResult> {
    const limit = options.limit ?? this.#options.limit ?? 120_000;
    return this.#run("bash", ["-e", "-c", script], script, { ...options, limit });
  }

  #run(file: string, args: readonly string[], command: string, options: CliOptions & { limit: number }) {
    return new Promise<CliResult>((done, fail) => {
      const child = spawn(file, args, {
        cwd: this.dir,
        env: this.#environment(options),
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
      });
      const text = { stdout: "", stderr: "", output: "" };
      for (const name of ["stdout", "stderr"] as const) {
        child[name].setEncoding("utf8").on("data", (chunk: string) => {
          text[name] += chunk;
          text.output += chunk;
        });
      }
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        if (child.pid !== undefined) kill(familyOf(child.pid));
      }, options.limit);
      child.once("error", (error) => {
        clearTimeout(timer);
        fail(error);
      });
      child.once("close", (code) => {
        clearTimeout(timer);
        if (late) fail(new Error(`${command} did not end within ${options.limit / 1000} s:\n${text.output}`));
        else done({ code: code ?? -1, ...text });
        this.#note(command, text.output);
      });
      if (child.pid !== undefined) options.onStart?.(child.pid);
    });
  }

  #note(command: string, output: string): void {
    const isAsked = command.includes("--show-secrets");
    if (!isAsked) this.#printed.push({ command, output: output.replaceAll(debugOfPulumi, "") });
  }

  #environment(options: CliOptions): NodeJS.ProcessEnv {
    return {
      ...cleanEnvironment(),
      PATH: [this.#cli, process.env.PATH].filter(Boolean).join(delimiter),
      PULUMI_HOME: join(this.#base, "home"),
      PULUMI_BACKEND_URL: pathToFileURL(join(this.#base, "backend")).href,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // The programs are type-checked before the tests; doing it again takes seconds of each run.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      ...this.#options.env,
      ...options.env,
    };
  }

  /**
   * Puts a copy of the stack's file in its place where a kill has cut the file off: the CLI's file backend does not write
   * it atomically, nor the copy that it makes before. The last one that is whole serves. Answers whether that was so.
   */
  async restoreCheckpoint(): Promise<boolean> {
    const backend = join(this.#base, "backend", ".pulumi");
    const name = filesBelow(join(backend, "stacks")).find((file) => file.endsWith(`${STACK}.json`));
    if (name === undefined || isWhole(name)) return false;
    const history = filesBelow(join(backend, "history")).filter((file) => file.endsWith(".checkpoint.json"));
    const copy = [`${name}.bak`, ...history.sort().reverse()].find((file) => existsSync(file) && isWhole(file));
    if (copy === undefined) return false;
    cpSync(copy, name);
    return true;
  }

  /** Where a secret is in what the runs have printed or left on the disk: state and its history, logs, and the project. */
  leaks(): string[] {
    const printed = this.#printed.flatMap(({ command, output }) => leaksIn(output).map((at) => `${command}: ${at}`));
    return [...printed, ...leaksBelow(this.#base)];
  }

  /** Deletes the project and its backend, and throws where they have leaks. What the program has deployed is left to the test. */
  async dispose(): Promise<void> {
    const leaks = this.leaks();
    await rm(this.#base, { recursive: true, force: true, maxRetries: 3 });
    if (leaks.length > 0) throw new Error(`Secrets in what the runs of the CLI have left:\n${leaks.join("\n")}`);
  }
}

/**
 * Makes a Pulumi project out of a program's text, or of a copy of a folder of the repository such as an example.
 * The package under test is linked as `pulumi-asgardeo`, and has to be built.
 */
export function pulumiProject(program: string | { dir: string }, options: ProjectOptions = {}): Promise<PulumiProject> {
  return PulumiProject.make(program, options);
}
