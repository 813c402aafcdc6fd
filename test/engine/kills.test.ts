import { writeFileSync } from "node:fs";
import { type CliStory, type Kill, storyOf } from "../model/cli-story";
import { cliFigures, liveByCli } from "../model/cli-teller";
import type { Program } from "../model/declared";
import { cliAvailable } from "../support/pulumi";

/** Set by tools/chaos.mjs: seeds of random stories, with commas. */
const { CHAOS_STORIES, CHAOS_REPORT } = process.env;
const engine = cliAvailable() ? describe : describe.skip;
jest.setTimeout(300_000);

const program: Program = [
  {
    name: "app0",
    type: "Application",
    args: { name: "App 0", oidc: { grantTypes: ["client_credentials"] } },
    refs: {},
    live: { name: "App 0" },
    client: { grantTypes: ["client_credentials"] },
  },
  {
    name: "api0",
    type: "ApiResource",
    args: { name: "API 0", identifier: "https://api.example/0", scopes: [{ name: "s0:read" }] },
    refs: {},
    live: { identifier: "https://api.example/0", scopes: [{ name: "s0:read" }] },
    client: undefined,
  },
  {
    name: "app0-api0",
    type: "ApiAuthorization",
    args: { scopes: ["s0:read"] },
    refs: { application: { of: "app0", give: "id" }, api: { of: "api0", give: "identifier" } },
    live: { policyId: "RBAC", authorizedScopes: [{ name: "s0:read" }] },
    client: undefined,
  },
];

const killed = (victim: Kill["victim"], when: Kill["when"], skip: number): CliStory => ({
  runs: [{ program, forced: [], faults: [], kill: { victim, when, skip, only: "writes" } }],
  inTurn: true,
});

/** The first write is the application, the second the API, the third the authorization. */
const inACreate: [string, CliStory][] = [
  ["the provider is killed before the server has made an application", killed("provider", "before", 0)],
  ["the provider is killed after the server has made an API", killed("provider", "after", 1)],
  ["the CLI is killed while the provider makes an application", killed("CLI", "before", 0)],
  ["both are killed after the server has made an authorization", killed("both", "after", 2)],
];

const failed: number[] = [];
afterAll(() => {
  if (CHAOS_REPORT !== undefined) writeFileSync(CHAOS_REPORT, JSON.stringify({ ...cliFigures, failed }));
});

engine("a run that is killed, and the next one", () => {
  const seeds = CHAOS_STORIES?.split(",").map(Number);
  if (!seeds) {
    test.each(inACreate)("end in what is declared: %s", async (_, story) => {
      expect(await liveByCli(story)).toEqual([]);
      expect(cliFigures.kills).toBeGreaterThan(0);
    });
    return;
  }
  test.each(seeds)("end in what is declared: story %i", async (seed) => {
    const started = Date.now();
    try {
      failed.push(seed);
      expect(await liveByCli(storyOf(seed))).toEqual([]);
      failed.pop();
    } finally {
      const took = Math.round((Date.now() - started) / 1000);
      process.stdout.write(`  story ${seed}: ${failed.includes(seed) ? "FAILED" : "ok"} (${took} s)\n`);
    }
  });
});
