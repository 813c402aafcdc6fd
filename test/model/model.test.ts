import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { allSubjects } from "../subjects/index";
import { below, elsewhere } from "./inside";
import { problems, settle } from "./settled";
import { live, story } from "./story";
import { countType, figures, figuresOfTypes } from "./user";
import { World } from "./world";

/** Set by tools/chaos.mjs. Without it the sequences are the same in every run, so that a run tells of the code alone. */
const { CHAOS_RUNS, CHAOS_SEED, CHAOS_PATH, CHAOS_REPORT } = process.env;
const numRuns = Number(CHAOS_RUNS ?? 200);
const seed = Number(CHAOS_SEED ?? 1);
const limit = 300_000 + numRuns * 1_000;
jest.setTimeout(limit);

/** What a run does, and how many requests it takes. */
async function counted<T>(world: World, run: () => Promise<T>): Promise<{ did: T; requests: string[] }> {
  const before = world.sandbox.requests.length;
  const did = await run();
  return { did, requests: world.sandbox.requests.slice(before).map(({ method, path }) => `${method} ${path}`) };
}

/** A stack is brought to what it declares: a second run has nothing to do, and a destroy leaves nothing behind. */
async function endsWell(world: World): Promise<void> {
  await settle(world);
  const found = await problems(world);
  if (found.length > 0) throw new Error([...found, "What was told:", ...world.told.map(String)].join("\n"));
  const { stack, program } = world;
  for (const { type } of program) countType(type, "declared");
  const same = new Map(program.map(({ name }) => [name, "same"]));

  const again = await counted(world, () => stack.up(world.provider(), program));
  expect(again).toEqual({ did: same, requests: [] });

  const refreshed = await counted(world, async () => {
    const provider = world.provider();
    await stack.refresh(provider);
    return stack.up(provider, program);
  });
  expect(refreshed.did).toEqual(same);
  expect(refreshed.requests.filter((request) => !/^(GET|POST .*\/oauth2\/token)/.test(request))).toEqual([]);
}

async function endsInNothing(world: World): Promise<void> {
  const { stack } = world;
  const ours = new Set([...stack.saved.values()].map(({ id }) => id));
  await stack.destroyAll(world.provider());
  expect(world.objects().filter(({ id }) => ours.has(id))).toEqual([]);
}

test("whatever happens, the next run without faults ends in what is declared", async () => {
  const property = fc.asyncProperty(story, async (given) => {
    figures.stories++;
    const world = await World.make(given.server);
    try {
      const inside = given.programsInside.length > 0 ? await below(world) : undefined;
      await live(world, inside, given);
      const worlds = inside ? [world, inside] : [world];
      for (const one of worlds) await endsWell(one);
      figures.inside += inside?.program.length ?? 0;
      for (const one of worlds) {
        const before = elsewhere(one);
        await endsInNothing(one);
        expect(elsewhere(one)).toBe(before);
      }
      tellProgress();
    } finally {
      await world.sandbox.close();
    }
  });
  try {
    await fc.assert(property, {
      numRuns,
      seed,
      ...(CHAOS_PATH !== undefined && { path: CHAOS_PATH }),
      endOnFailure: CHAOS_PATH !== undefined,
      // What was found is told although it could still be shorter.
      interruptAfterTimeLimit: limit - 15_000,
      markInterruptAsFailure: true,
    });
  } finally {
    if (CHAOS_REPORT !== undefined) writeFileSync(CHAOS_REPORT, JSON.stringify({ ...figures, ...declaredOf() }));
  }
  // Of what never happens, all of this would say nothing.
  if (numRuns < 200) return;
  for (const { type } of allSubjects) {
    const { declared = 0, edited = 0 } = figuresOfTypes[type] ?? {};
    expect([type, declared > 0, edited > 0]).toEqual([type, true, true]);
  }
  expect(figures.inside).toBeGreaterThan(0);
});

/** How many resources of each type were declared at the end of all stories. */
const declaredOf = () =>
  Object.fromEntries(Object.entries(figuresOfTypes).map(([type, { declared }]) => [type, declared]));

const every = 8_000;
let spokeAt = Date.now();

function tellProgress(): void {
  if (CHAOS_RUNS === undefined || Date.now() - spokeAt < every) return;
  spokeAt = Date.now();
  process.stdout.write(`  ${figures.stories} of ${numRuns} sequences\n`);
}
