import * as fc from "fast-check";
import { DynamicProvider, RpcError } from "../support/dynamic-provider";
import type { TypeName } from "../support/managed";
import { plan } from "./change";
import { textProblems } from "./invariants";
import { allTypes, fuzzedTenant, type Sample } from "./tenant";

jest.setTimeout(120_000);

const RUNS = Number(process.env.FUZZ_RUNS ?? 300) / 5;

const tenant = fuzzedTenant();
let provider: DynamicProvider;
beforeAll(async () => {
  const { sandbox, relay } = tenant();
  provider = await DynamicProvider.start({
    sdk: "pulumi-sdk-newest",
    env: { ASGARDEO_CLIENT_SECRET: sandbox.clientSecret },
  });
  await provider.configure({
    "asgardeo:baseUrl": relay.baseUrl,
    "asgardeo:organization": sandbox.organization,
    "asgardeo:clientId": sandbox.clientId,
    "asgardeo:requestsPerMinute": "100000",
  });
});
afterAll(async () => {
  await provider?.stop();
});

type Call = (type: TypeName, id: string, state: Record<string, unknown>, sample: Sample) => Promise<unknown>;

const calls: Readonly<Record<string, Call>> = {
  check: (type, _, __, { other }) => provider.check(type, other),
  read: (type, id, state) => provider.read(type, id, state),
  "look-up": (type, id) => provider.readById(type, id, "properties"),
  update: (type, id, state, { changed }) => provider.update(type, id, state, changed),
  delete: (type, id, state) => provider.delete(type, id, state),
};

/** A refusal has an explanation for a user; anything else has none. */
async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof RpcError) return error.message;
    throw error;
  }
}

test("whatever is wrong with an answer, Pulumi's provider process lives on and says it in a sentence", async () => {
  // Repetitions take their real time here.
  const { sandbox, relay, sample: sampleOf, wipe } = tenant();
  const quick = plan.filter(({ change }) => change.kind !== "status");
  const cases = fc.record({
    type: fc.constantFrom(...allTypes),
    call: fc.constantFrom("create", ...Object.keys(calls)),
    what: quick,
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ type, call, what }) => {
      wipe();
      const sample = sampleOf(type);
      relay.play(call === "create" ? what : undefined);
      const creation = provider.create(type, sample.args);
      const refusals = call === "create" ? [await refusalOf(creation)] : [];
      if (call !== "create") {
        const { id, properties } = await creation;
        relay.play(what);
        refusals.push(await refusalOf(calls[call]?.(type, id, properties, sample) ?? Promise.resolve()));
      }
      for (const text of refusals) if (text !== undefined) expect(textProblems(text, sandbox)).toEqual([]);
    }),
    { numRuns: RUNS, seed: 1 },
  );
  relay.play(undefined);
  wipe();
  await expect(provider.create("ApiResource", sampleOf("ApiResource").args)).resolves.toMatchObject({
    id: expect.any(String),
  });
  expect(provider.stderr).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  expect(textProblems(`said: ${provider.stderr}`, sandbox).filter((problem) => !/characters/.test(problem))).toEqual(
    [],
  );
  expect(provider.stdout).toBe("");
});
