import * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import {
  getApiResource,
  getApiResources,
  getApplication,
  getGroup,
  getOrganizationInfo,
  getRole,
  getUser,
} from "../../provider";
import { subjects } from "../subjects/index";
import { madeByConsole } from "../subjects/subject";
import type { fakeClock } from "../support/client";
import { plan } from "./change";
import { errorProblems, textProblems } from "./invariants";
import { ENOUGH } from "./relay";
import { fuzzedTenant } from "./tenant";

// Pauses take no time: a program has no say in the clock of its look-ups.
jest.mock("../../provider/connect", () => {
  const { connect } = jest.requireActual<typeof import("../../provider/connect")>("../../provider/connect");
  const client = jest.requireActual<{ fakeClock: typeof fakeClock }>("../support/client");
  return { connect: (settings: Parameters<typeof connect>[0]) => connect(settings, { clock: client.fakeClock() }) };
});

jest.setTimeout(120_000);

const runs = Number(process.env.FUZZ_RUNS ?? 300);
const seed = Number(process.env.FUZZ_SEED ?? 1);

const tenant = fuzzedTenant();
const name = "Target";
const identifier = "https://fuzzed.example/target";
let ids: {
  readonly role: string;
  readonly application: string;
  readonly api: string;
  readonly group: string;
  readonly user: string;
};
beforeAll(async () => {
  const { sandbox } = tenant();
  const scopes = ["target:a", "target:b"].map((scope) => ({ name: scope, displayName: scope }));
  ids = {
    application: await madeByConsole(sandbox, subjects.Application.creation, { name }),
    api: await madeByConsole(sandbox, subjects.ApiResource.creation, { name, identifier, scopes }),
    role: await madeByConsole(sandbox, subjects.Role.creation, { displayName: name }),
    group: await madeByConsole(sandbox, subjects.Group.creation, { displayName: name }),
    user: await madeByConsole(sandbox, subjects.User.creation, { userName: name, password: "Correct-Horse-7" }),
  };
});

const questions: Readonly<Record<string, () => Promise<object>>> = {
  "getApplication by name": () => getApplication({ name }),
  "getApplication by id": () => getApplication({ id: ids.application }),
  "getApplication by client id": () => getApplication({ clientId: tenant().sandbox.clientId }),
  "getApiResource by identifier": () => getApiResource({ identifier }),
  "getApiResource by id": () => getApiResource({ id: ids.api }),
  getApiResources: () => getApiResources({ filter: `name eq ${name}` }),
  "getGroup by name": () => getGroup({ displayName: name }),
  "getGroup by id": () => getGroup({ id: ids.group }),
  "getUser by name": () => getUser({ userName: name }),
  "getUser by id": () => getUser({ id: ids.user }),
  getOrganizationInfo: () => getOrganizationInfo(),
  "getRole by name": () => getRole({ displayName: name }),
  "getRole by id": () => getRole({ id: ids.role }),
};

/** A run of a program that knows nothing of the earlier ones: other settings, another client. */
function configured(run: number): void {
  const { sandbox, relay } = tenant();
  pulumi.runtime.setAllConfig({
    "asgardeo:baseUrl": relay.baseUrl,
    "asgardeo:organization": sandbox.organization,
    "asgardeo:clientId": sandbox.clientId,
    "asgardeo:clientSecret": sandbox.clientSecret,
    "asgardeo:requestsPerMinute": String(100_000 + run),
  });
}

/** How a value is made, as far as a program relies on it; members may be absent. */
function shapeProblems(honest: unknown, value: unknown, path: string): string[] {
  if (value === undefined || honest === undefined) return [];
  const isList = Array.isArray(honest);
  if (typeof honest !== typeof value || isList !== Array.isArray(value) || value === null) {
    return [`${path} is ${JSON.stringify(value)}`];
  }
  if (typeof honest !== "object" || honest === null) return [];
  const pairs = isList
    ? (value as unknown[]).map((each, i): [string, unknown, unknown] => [String(i), honest[0], each])
    : Object.entries(value as object).map(([key, each]): [string, unknown, unknown] => [
        key,
        (honest as Record<string, unknown>)[key],
        each,
      ]);
  return pairs.flatMap(([key, inner, each]) => shapeProblems(inner, each, `${path}.${key}`));
}

function problemsOf(error: unknown): string[] {
  const { sandbox } = tenant();
  if (!(error instanceof pulumi.RunError)) return [`it is no RunError: ${String(error)}`];
  return [...errorProblems(error.cause, sandbox), ...textProblems(`${error.message}\n${error.stack}`, sandbox)];
}

test("whatever is wrong with an answer, a look-up ends in order", async () => {
  const { relay } = tenant();
  let run = 0;
  const question = fc.constantFrom(...Object.keys(questions));
  await fc.assert(
    fc.asyncProperty(question, plan, async (what, changes) => {
      const ask = questions[what];
      if (!ask) throw new Error(`no question ${what}`);
      relay.play(undefined);
      configured(run++);
      const honest = await ask();
      relay.play(changes);
      configured(run++);
      const problems = await ask().then((found) => shapeProblems(honest, found, what), problemsOf);
      expect(problems).toEqual([]);
      expect(relay.requests).toBeLessThanOrEqual(ENOUGH);
    }),
    { numRuns: runs, seed },
  );
});
