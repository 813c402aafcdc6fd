import * as fc from "fast-check";
import { problemsOf } from "./case";
import { plan } from "./change";
import { operations } from "./operations";
import { allTypes, fuzzedTenant } from "./tenant";

/** The same in every run, so that a run tells of the code alone. More of them find more: set FUZZ_RUNS and FUZZ_SEED. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 300);
const seed = Number(process.env.FUZZ_SEED ?? 1);

jest.setTimeout(60_000 + RUNS * 1_000);

const tenant = fuzzedTenant();

test.each(allTypes)("whatever is wrong with an answer, an operation on an %s ends in order", async (type) => {
  const name = fc.constantFrom(...Object.keys(operations));
  await fc.assert(
    fc.asyncProperty(name, plan, async (operation, what) => {
      const run = operations[operation];
      if (!run) throw new Error(`no operation ${operation}`);
      const problems = await problemsOf(run, tenant().sample(type), what, tenant());
      expect(problems).toEqual([]);
    }),
    { numRuns: Math.ceil(RUNS / allTypes.length), seed },
  );
});
