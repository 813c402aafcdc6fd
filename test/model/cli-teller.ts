import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Gateway, startGateway } from "../support/gateway";
import { familyOf, kill, type Member } from "../support/processes";
import { type CliResult, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";
import type { CliRun, CliStory, Kill } from "./cli-story";
import type { Declared, Program } from "./declared";
import { isObject } from "./json";
import { keyOf } from "./program";
import { RunError, type Saved } from "./saved";
import { problems } from "./settled";
import { followed, tellUser } from "./user";
import { World } from "./world";

/** Figures over all stories. */
export const cliFigures = { runs: 0, kills: 0, faults: 0, renamed: 0, forced: 0 };

const source = `
const { readFileSync } = require("node:fs");
const asgardeo = require("pulumi-asgardeo");
const made = {};
for (const { name, alias, deleteBeforeReplace, type, args, refs } of JSON.parse(readFileSync("declared.json", "utf8"))) {
  const given = Object.entries(refs).map(([arg, { of, give }]) => [arg, made[of][give]]);
  const options = { aliases: alias === undefined ? [] : [{ name: alias }], deleteBeforeReplace };
  made[name] = new asgardeo[type](name, { ...args, ...Object.fromEntries(given) }, options);
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
      return [...teller.lost(), ...(await problems(world))];
    } finally {
      await project.dispose();
    }
  } finally {
    await gateway.close();
    await world.sandbox.close();
  }
}

const isSame = (a: Declared, b: Declared) => a.type === b.type && isDeepStrictEqual(a.args, b.args);

/** More than any program needs: each run may ask to adopt one object. */
const mostRuns = 12;

class CliTeller {
  /** The program that was deployed before, if that went well, and what it has made. */
  private before: Program = [];
  private deployed: readonly Saved[] = [];
  private readonly forced: string[] = [];
  /** What the state has, by name, and the names that the program does not have. */
  private readonly urns = new Map<string, string>();
  private left: readonly string[] = [];

  constructor(
    private readonly world: World,
    private readonly gateway: Gateway,
    private readonly project: PulumiProject,
    private readonly inTurn: boolean,
  ) {}

  async run(run: CliRun): Promise<void> {
    const { sandbox, stack } = this.world;
    const isRenamed = (one: Declared) =>
      one.alias === undefined &&
      !this.before.some(({ name }) => name === one.name) &&
      this.before.some((old) => isSame(old, one));
    const names = run.program.filter(isRenamed).map(({ name }) => name);
    // As a preview of such a change advises.
    for (const name of [...names, ...run.forced]) stack.adopt.add(name);
    cliFigures.renamed += names.length;
    const replace = run.forced.flatMap((name) => this.urns.get(name) ?? []).flatMap((urn) => ["--replace", urn]);
    cliFigures.forced += replace.length / 2;
    const before = sandbox.requests.length;
    sandbox.setFaults(run.faults);
    const result = await this.up(run.program, run.kill, replace);
    sandbox.setFaults([]);
    this.world.restoreBootstrap();
    cliFigures.faults += sandbox.requests.slice(before).filter(({ fault }) => fault).length;
    for (const error of this.errorsIn(result)) tellUser(this.world, error);
    if (run.kill) this.forced.push(...run.forced);
    else if (result.code === 0) await this.remember(run.program);
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

  /** What is deployed before the run that is killed. */
  private async remember(program: Program): Promise<void> {
    await this.readState();
    this.before = program;
    this.deployed = [...this.world.stack.saved.values()];
  }

  /** Objects that are declared as before under whatever name, and are others now; and what is left in the state. */
  lost(): string[] {
    const now = [...this.world.stack.saved.values()];
    const others = this.deployed.flatMap(({ declared, id, state }) => {
      const { program } = this.world;
      const wanted = program.find((one) => keyOf(one) !== undefined && isSame(declared, one));
      const found = now.find((one) => one.declared.name === wanted?.name);
      // What names one that was made anew by its id, such as a role its application, is made anew with it.
      const anew = [wanted?.name, ...Object.values(wanted?.refs ?? {}).map(({ of }) => of)];
      if (!wanted || !found || this.forced.some((name) => anew.includes(name))) return [];
      const isKept = found.id === id && found.state.clientId === state.clientId;
      return isKept ? [] : [`${declared.name} was ${id}, and ${wanted.name} is ${found.id}`];
    });
    return [...others, ...this.left.map((name) => `${name} is still in the state`)];
  }

  private async up(program: Program, killing: Kill | undefined, args: string[] = []): Promise<CliResult> {
    this.world.program = program;
    cliFigures.runs++;
    const { adopt } = this.world.stack;
    const declared = program.map(({ name, alias, deleteBeforeReplace, type, args, refs }) => ({
      name,
      alias,
      deleteBeforeReplace,
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
    await this.project.restoreCheckpoint();
    if (killing.victim !== "provider") await this.project.pulumi(["cancel", "--yes"]);
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
    this.urns.clear();
    const left: string[] = [];
    for (const { urn, id, outputs = {}, inputs = {} } of state.deployment.resources ?? []) {
      if (id === undefined || !urn.includes("dynamic/asgardeo:")) continue;
      const name = urn.split("::").at(-1) ?? "";
      this.urns.set(name, urn);
      const declared = program.find((one) => one.name === name);
      if (!declared) left.push(name);
      else {
        const plain = Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, plainOf(value)]));
        stack.saved.set(declared.name, { declared, id, state: plain, inputs, incomplete: false });
      }
    }
    this.left = left;
  }
}

/** A secret stands in the exported state as an object with its JSON. */
function plainOf(value: unknown): unknown {
  return isObject(value) && typeof value.plaintext === "string" ? JSON.parse(value.plaintext) : value;
}
