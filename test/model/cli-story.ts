import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import type { FaultRule } from "../../sandbox/index";
import { type Gateway, type Hold, startGateway } from "../support/gateway";
import { familyOf, kill, type Member } from "../support/processes";
import { type CliResult, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";
import type { Program } from "./declared";
import { faults } from "./fault-rules";
import { isObject } from "./json";
import { program } from "./program";
import { problems } from "./settled";
import { RunError } from "./stack";
import { followed, tellUser } from "./user";
import { World } from "./world";

/** Who is killed while a request of the run is under way. */
export interface Kill extends Hold {
  readonly victim: "provider" | "CLI" | "both";
}

export interface CliRun {
  readonly program: Program;
  readonly faults: readonly FaultRule[];
  readonly kill: Kill | undefined;
}

/** Some runs of `pulumi up`, the last of which is to be without any fault. */
export interface CliStory {
  readonly runs: readonly CliRun[];
  /** Whether the engine does one thing after the other, so that everything comes in the same order each time. */
  readonly inTurn: boolean;
}

const aKill: fc.Arbitrary<Kill> = fc.record({
  victim: fc.constantFrom("provider" as const, "CLI" as const, "both" as const),
  skip: fc.nat(4),
  only: fc.constantFrom("writes" as const, "writes" as const, "all" as const),
  when: fc.constantFrom("before" as const, "after" as const),
});

const stories: fc.Arbitrary<CliStory> = fc
  .record({
    first: fc.option(fc.record({ program, faults, kill: fc.constant(undefined) }), { nil: undefined }),
    program,
    // Who changes the program before the killed run is repeated cannot know of an object that it has left behind.
    killed: fc.array(fc.record({ faults, kill: aKill }), {
      minLength: 1,
      maxLength: 2,
    }),
    inTurn: fc.boolean(),
  })
  .map(({ first, program: last, killed, inTurn }) => ({
    runs: [...(first ? [first] : []), ...killed.map((run) => ({ ...run, program: last }))],
    inTurn,
  }));

export function storyOf(seed: number): CliStory {
  const [story] = fc.sample(stories, { seed, numRuns: 1 });
  if (!story) throw new Error("there is no story");
  return story;
}

/** Figures over all stories. */
export const cliFigures = { runs: 0, kills: 0, faults: 0 };

const source = `
const { readFileSync } = require("node:fs");
const asgardeo = require("pulumi-asgardeo");
const made = {};
for (const { name, type, args, refs } of JSON.parse(readFileSync("declared.json", "utf8"))) {
  const given = Object.entries(refs).map(([arg, { of, give }]) => [arg, made[of][give]]);
  made[name] = new asgardeo[type](name, { ...args, ...Object.fromEntries(given) });
}
`;

/** Lives through a story with the real CLI; answers in what the tenant is not as it should be at the end. */
export async function liveByCli(story: CliStory): Promise<string[]> {
  const world = await World.make();
  const gateway = await startGateway(world.sandbox.baseUrl);
  try {
    const env = { ...settingsOf(world.sandbox), ASGARDEO_BASE_URL: gateway.baseUrl };
    const project = await pulumiProject(source, { language: "javascript", env });
    try {
      const teller = new CliTeller(world, gateway, project, story.inTurn);
      for (const run of story.runs) await teller.run(run);
      await teller.settle();
      return await problems(world);
    } finally {
      await project.dispose();
    }
  } finally {
    await gateway.close();
    await world.sandbox.close();
  }
}

/** More than any program needs: each run may ask to adopt one object. */
const mostRuns = 12;

class CliTeller {
  constructor(
    private readonly world: World,
    private readonly gateway: Gateway,
    private readonly project: PulumiProject,
    private readonly inTurn: boolean,
  ) {}

  async run(run: CliRun): Promise<void> {
    const { sandbox } = this.world;
    const before = sandbox.requests.length;
    sandbox.setFaults(run.faults);
    const result = await this.up(run.program, run.kill);
    sandbox.setFaults([]);
    this.world.restoreBootstrap();
    cliFigures.faults += sandbox.requests.slice(before).filter(({ fault }) => fault).length;
    for (const error of this.errorsIn(result)) tellUser(this.world, error);
  }

  async settle(): Promise<void> {
    for (let i = 1; ; i++) {
      const result = await this.up(this.world.program, undefined, ["--refresh"]);
      if (result.code === 0) return this.readState();
      await this.readState().catch((error: unknown) => {
        throw new Error(`${error}\nThe run before it:\n${result.output}`);
      });
      const done = await Promise.all(this.errorsIn(result).map((error) => followed(this.world, error)));
      if (i === mostRuns || !done.includes(true)) throw new Error(`pulumi up did not succeed:\n${result.output}`);
    }
  }

  private async up(program: Program, killing: Kill | undefined, args: string[] = []): Promise<CliResult> {
    this.world.program = program;
    cliFigures.runs++;
    const { adopt } = this.world.stack;
    const declared = program.map(({ name, type, args, refs }) => ({
      name,
      type,
      args: { ...args, ...(adopt.has(name) && { adopt: true }) },
      refs,
    }));
    await writeFile(join(this.project.dir, "declared.json"), JSON.stringify(declared));
    const started: { pid?: number } = {};
    const held = killing && this.gateway.hold(killing);
    const up = this.project.up([...args, ...(this.inTurn ? ["--parallel", "1"] : [])], {
      onStart: (pid) => {
        started.pid = pid;
      },
    });
    const request = held && (await Promise.race([held, up.then(() => undefined)]));
    this.gateway.letAllGo();
    if (!killing || !request || started.pid === undefined) return up;
    cliFigures.kills++;
    const family = familyOf(started.pid);
    const isVictim = ({ pid, command }: Member) =>
      (killing.victim !== "provider" && pid === started.pid) ||
      (killing.victim !== "CLI" && /^\S*node .*dynamic-provider/.test(command));
    kill(family.filter(isVictim));
    // Nobody has told a provider that lives on that its engine is dead: it does what it was about to do.
    if (killing.victim === "CLI") await request.release();
    const result = await up;
    kill(family);
    if (killing.victim !== "provider") {
      await this.project.restoreCheckpoint();
      await this.project.pulumi(["cancel", "--yes"]);
    }
    return result;
  }

  /** What the run says of each resource that is in trouble. */
  private errorsIn({ output }: CliResult): RunError[] {
    const diagnostics = output.slice(output.indexOf("\nDiagnostics:"));
    const blocks = diagnostics.split(/^ {2}(?=\S+ \(\S+\):$)/m);
    return blocks.flatMap((block) => {
      const [, name] = /^\S+ \((\S+)\):/.exec(block) ?? [];
      const declared = this.world.program.find((one) => one.name === name);
      return declared ? [new RunError(declared, new Error(block))] : [];
    });
  }

  private async readState(): Promise<void> {
    const { stack, program } = this.world;
    const exported = await this.project.pulumi(["stack", "export", "--show-secrets"]);
    if (exported.code !== 0) throw new Error(`pulumi stack export failed:\n${exported.output}`);
    const state: Awaited<ReturnType<PulumiProject["state"]>> = JSON.parse(exported.stdout);
    stack.saved.clear();
    for (const { urn, id, outputs = {}, inputs = {} } of state.deployment.resources ?? []) {
      const name = urn.split("::").at(-1);
      const declared = program.find((one) => one.name === name);
      if (declared && id !== undefined) {
        const plain = Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, plainOf(value)]));
        stack.saved.set(declared.name, { declared, id, state: plain, inputs, incomplete: false });
      }
    }
  }
}

/** A secret stands in the exported state as an object with its JSON. */
function plainOf(value: unknown): unknown {
  return isObject(value) && typeof value.plaintext === "string" ? JSON.parse(value.plaintext) : value;
}
