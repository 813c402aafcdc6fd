import fc from "fast-check";
import { changeWell } from "./changed";
import { type ChangeName, changes } from "./changes";
import type { Program } from "./declared";
import { program } from "./program";
import { settle } from "./settled";
import { World } from "./world";

jest.setTimeout(120_000);

/** The same in every run. Many more are tried in the stories of model.test.ts, by tools/chaos.mjs. */
const numRuns = 5;
const names = Object.keys(changes) as ChangeName[];

interface Step {
  readonly name: ChangeName;
  readonly pick: number;
  readonly isParallel: boolean;
}

const steps = (name: fc.Arbitrary<ChangeName>, count: number) =>
  fc.array(fc.record({ name, pick: fc.nat(11), isParallel: fc.boolean() }), { minLength: count, maxLength: count });

/** Deploys a program, and changes it again and again. */
async function lifeOf(given: Program, all: readonly Step[]): Promise<void> {
  const world = await World.make();
  try {
    world.program = given;
    await settle(world);
    for (const { name, pick, isParallel } of all) {
      const found = await changeWell(world, name, pick, isParallel);
      if (found.length > 0) throw new Error(found.join("\n"));
    }
  } finally {
    await world.sandbox.close();
  }
}

// Twice, since what one change leaves behind must not be in the way of the next.
test.each(names)("%s, and the tenant is as declared, with nothing lost", async (name) => {
  await fc.assert(fc.asyncProperty(program, steps(fc.constant(name), 2), lifeOf), { numRuns, seed: 1 });
});

test("a program may change again and again", async () => {
  await fc.assert(fc.asyncProperty(program, steps(fc.constantFrom(...names), 6), lifeOf), { numRuns, seed: 1 });
});
