import { type Sandbox, startSandbox } from "../../sandbox/index";
import { type PulumiProject, pulumiProject } from "./pulumi";
import { settingsOf } from "./settings";

/** A program that is deployed to a tenant of its own before each test, and what a test does to it by the CLI. */
export interface DeployedProgram<Said> {
  readonly sandbox: Sandbox;
  readonly project: PulumiProject;
  /** Runs the CLI with these arguments, which has to go well; answers its output. */
  done(...args: string[]): Promise<string>;
  /** The program says something else, and that is done at the first try; afterwards everything is as declared. */
  edited(said: Said): Promise<string>;
  /** Everything is as declared, on the server as in state. */
  settled(): Promise<void>;
  /** The program says something else, which a preview refuses; answers its output. */
  refused(said: Said): Promise<string>;
}

/** Which runs have a preview before them; it takes seconds. */
interface Previews {
  readonly ofTheFirstRun: boolean;
  readonly ofEdits: boolean;
}

/**
 * To be called in a `describe`. `program` writes the program, as it is at the start where it gets nothing; `furnish` is for
 * what the tenant has to have before.
 */
export function deployedProgram<Said>(
  program: (said?: Said) => string,
  previews: Previews,
  furnish: (sandbox: Sandbox) => Promise<void> = async () => {},
): DeployedProgram<Said> {
  let sandbox: Sandbox | undefined;
  let project: PulumiProject | undefined;
  const up = (hasPreview: boolean) => ["up", "--yes", ...(hasPreview ? [] : ["--skip-preview"])];

  beforeEach(async () => {
    sandbox = await startSandbox();
    await furnish(sandbox);
    project = await pulumiProject(program(), { language: "javascript", env: settingsOf(sandbox) });
    await done(...up(previews.ofTheFirstRun));
  });
  afterEach(async () => {
    await project?.dispose();
    await sandbox?.close();
    project = undefined;
    sandbox = undefined;
  });

  async function done(...args: string[]): Promise<string> {
    const { code, output } = await started(project).pulumi(args);
    if (code !== 0) throw new Error(output);
    return output;
  }

  async function settled(): Promise<void> {
    await done("preview", "--refresh", "--expect-no-changes");
  }

  return {
    get sandbox() {
      return started(sandbox);
    },
    get project() {
      return started(project);
    },
    done,
    settled,

    async edited(said) {
      await started(project).writeProgram(program(said));
      const output = await done(...up(previews.ofEdits));
      await settled();
      return output;
    },

    async refused(said) {
      await started(project).writeProgram(program(said));
      const { code, output } = await started(project).pulumi(["preview"]);
      expect(code).not.toBe(0);
      return output;
    },
  };
}

function started<T>(one: T | undefined): T {
  if (one === undefined) throw new Error("This is there in a test alone, after its `beforeEach`.");
  return one;
}
