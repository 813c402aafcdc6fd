import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { providerOn } from "./provider";
import { problems, settle } from "./settled";
import { live, story } from "./story";
import { figures } from "./user";
import { World } from "./world";

/** Set by tools/chaos.mjs. Without it the sequences are the same in every run, so that a run tells of the code alone. */
const { CHAOS_RUNS, CHAOS_SEED, CHAOS_PATH, CHAOS_REPORT } = process.env;
const numRuns = Number(CHAOS_RUNS ?? 200);
const seed = Number(CHAOS_SEED ?? 1);
jest.setTimeout(60_000 + numRuns * 1_000);

/** What a run does, and how many requests it takes. */
async function counted<T>(world: World, run: () => Promise<T>): Promise<{ did: T; requests: string[] }> {
  const before = world.sandbox.requests.length;
  const did = await run();
  return { did, requests: world.sandbox.requests.slice(before).map(({ method, path }) => `${method} ${path}`) };
}

test("whatever happens, the next run without faults ends in what is declared", async () => {
  const property = fc.asyncProperty(story, async (given) => {
    figures.stories++;
    const world = await World.make(given.server);
    try {
      await live(world, given);
      await settle(world);
      const found = await problems(world);
      if (found.length > 0) throw new Error([...found, "What was told:", ...world.told.map(String)].join("\n"));

      const { stack, sandbox, program } = world;
      const again = await counted(world, () => stack.up(providerOn(sandbox), program));
      expect(again).toEqual({ did: new Map(program.map(({ name }) => [name, "same"])), requests: [] });

      const refreshed = await counted(world, async () => {
        const provider = providerOn(sandbox);
        await stack.refresh(provider);
        return stack.up(provider, program);
      });
      expect(refreshed.did).toEqual(new Map(program.map(({ name }) => [name, "same"])));
      expect(refreshed.requests.filter((request) => !/^(GET|POST .*\/oauth2\/token)/.test(request))).toEqual([]);

      const ours = new Set([...stack.saved.values()].map(({ id }) => id));
      await stack.destroyAll(providerOn(sandbox));
      expect(world.objects().filter(({ id }) => ours.has(id))).toEqual([]);
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
    });
  } finally {
    if (CHAOS_REPORT !== undefined) writeFileSync(CHAOS_REPORT, JSON.stringify(figures));
  }
});

const every = 8_000;
let spokeAt = Date.now();

function tellProgress(): void {
  if (CHAOS_RUNS === undefined || Date.now() - spokeAt < every) return;
  spokeAt = Date.now();
  process.stdout.write(`  ${figures.stories} of ${numRuns} sequences\n`);
}
