import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Gateway, startGateway } from "../support/gateway";
import { familyOf, kill, type Member } from "../support/processes";
import { type CliResult, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";
import { CliSide } from "./cli-side";
import { type CliRun, type CliStory, isWithin, type Kill } from "./cli-story";
import { below } from "./inside";
import { problems } from "./settled";
import { followed } from "./user";
import { World } from "./world";

/** Figures over all stories. */
export const cliFigures = { runs: 0, kills: 0, faults: 0, renamed: 0, forced: 0, inside: 0 };

const source = `
const { readFileSync } = require("node:fs");
const asgardeo = require("pulumi-asgardeo");
const { organization, declared } = JSON.parse(readFileSync("declared.json", "utf8"));
const customer = organization && new asgardeo.Provider("customer", { childOrganization: organization });
const made = {};
for (const { name, alias, deleteBeforeReplace, type, args, refs, isInside } of declared) {
  const given = Object.entries(refs).map(([arg, { of, give }]) => [arg, made[of][give]]);
  const options = { aliases: alias === undefined ? [] : [{ name: alias }], deleteBeforeReplace };
  if (isInside) options.provider = customer;
  made[name] = new asgardeo[type](name, { ...args, ...Object.fromEntries(given) }, options);
}
`;

/** Lives through a story with the real CLI; answers in what the tenant is not as it should be at the end. */
export async function liveByCli(story: CliStory): Promise<string[]> {
  const world = await World.make();
  const inside = story.runs.some((run) => run.inside) ? await below(world) : undefined;
  const gateway = await startGateway(world.sandbox.baseUrl);
  try {
    const env = { ...settingsOf(world.sandbox), ASGARDEO_BASE_URL: gateway.baseUrl };
    const project = await pulumiProject(source, { language: "javascript", env });
    try {
      const sides = [
        new CliSide(world, (name) => !isWithin(name)),
        ...(inside ? [new CliSide(inside, (name) => isWithin(name))] : []),
      ];
      const teller = new CliTeller(sides, gateway, project, story.inTurn);
      for (const run of story.runs) await teller.run(run);
      await teller.settle();
      cliFigures.inside += inside?.program.length ?? 0;
      const found = sides.map(async (side) => [...side.lost(), ...(await problems(side.world))]);
      return (await Promise.all(found)).flat();
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
    /** That of the tenant, and that of the organization where there is one. */
    private readonly sides: readonly CliSide[],
    private readonly gateway: Gateway,
    private readonly project: PulumiProject,
    private readonly inTurn: boolean,
  ) {}

  async run({ program, inside = [], forced, faults, kill: killing }: CliRun): Promise<void> {
    const [{ sandbox }] = this.worlds;
    const programs = [program, inside];
    this.sides.forEach((side, i) => {
      side.world.program = programs[i] ?? [];
      cliFigures.renamed += side.adoptRenamed(side.world.program);
      // As a preview of such a change advises.
      side.adopt(forced);
    });
    const replace = this.sides.flatMap((side) => side.urnsOf(forced)).flatMap((urn) => ["--replace", urn]);
    cliFigures.forced += replace.length / 2;
    const before = sandbox.requests.length;
    sandbox.setFaults(faults);
    const result = await this.up(killing, replace);
    sandbox.setFaults([]);
    for (const world of this.worlds) world.restoreBootstrap();
    cliFigures.faults += sandbox.requests.slice(before).filter(({ fault }) => fault).length;
    for (const side of this.sides) side.tell(result.output);
    if (killing) for (const side of this.sides) side.force(forced);
    else if (result.code === 0) {
      await this.readState();
      for (const side of this.sides) side.remember(side.world.program);
    }
  }

  async settle(): Promise<void> {
    for (let i = 1; ; i++) {
      const result = await this.up(undefined, ["--refresh"]);
      if (result.code === 0) return this.readState();
      await this.readState().catch((error: unknown) => {
        throw new Error(`${error}\nThe run before it:\n${result.output}`);
      });
      const asked = this.sides.flatMap((side) =>
        side.errorsIn(result.output).map((error) => followed(side.world, error)),
      );
      const done = await Promise.all(asked);
      if (i === mostRuns || !done.includes(true)) throw new Error(`pulumi up did not succeed:\n${result.output}`);
    }
  }

  private get worlds(): readonly [World, ...World[]] {
    const [tenant, ...others] = this.sides.map(({ world }) => world);
    if (!tenant) throw new Error("there is no tenant");
    return [tenant, ...others];
  }

  private async up(killing: Kill | undefined, args: string[] = []): Promise<CliResult> {
    cliFigures.runs++;
    const declared = this.worlds.flatMap(({ program, organization, stack: { adopt } }) =>
      program.map(({ name, alias, deleteBeforeReplace, type, args, refs }) => ({
        name,
        alias,
        deleteBeforeReplace,
        type,
        args: { ...args, ...(adopt.has(name) && { adopt: true }) },
        refs,
        isInside: organization !== undefined,
      })),
    );
    const [, { organization } = { organization: undefined }] = this.worlds;
    await writeFile(join(this.project.dir, "declared.json"), JSON.stringify({ organization, declared }));
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

  private async readState(): Promise<void> {
    const exported = await this.project.pulumi(["stack", "export", "--show-secrets"]);
    if (exported.code !== 0) throw new Error(`pulumi stack export failed:\n${exported.output}`);
    const { deployment }: Awaited<ReturnType<PulumiProject["state"]>> = JSON.parse(exported.stdout);
    for (const side of this.sides) side.read(deployment.resources ?? []);
  }
}
