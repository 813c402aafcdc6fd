import { AsgardeoError } from "../../provider/errors";
import { type Sandbox, startSandbox, type Tenant } from "../../sandbox/index";
import type { Answer } from "../fuzz/change";
import { textProblems } from "../fuzz/invariants";
import { type Relay, startRelay } from "../fuzz/relay";
import { subjects } from "../subjects/index";
import type { Args, Subject } from "../subjects/subject";
import { fakeClock } from "../support/client";
import { type Managed, reconnected, type TypeName } from "../support/managed";
import { noLists, noOffsetPages, noPages, noRefusals, noScimPages, noScimRefusals } from "./no-proof.answers";

let sandbox: Sandbox;
let relay: Relay;
beforeAll(async () => {
  sandbox = await startSandbox();
  relay = await startRelay(sandbox.baseUrl);
});
afterEach(() => {
  relay.rewrite(undefined);
  relay.play(undefined);
});
afterAll(async () => {
  await relay.close();
  await sandbox.close();
});

const resource = (type: TypeName): Managed =>
  reconnected(sandbox, { baseUrl: relay.baseUrl, clock: fakeClock() }).resource(type);

/** The same object in the state of a later run. */
function later(type: TypeName, { id, state, inputs }: Managed): Managed {
  return Object.assign(resource(type), { id, state: structuredClone(state), inputs });
}

/** What an operation says that must fail: a sentence for a user. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => new Error("it went well"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof AsgardeoError)) throw error;
  expect(textProblems(error.message, sandbox)).toEqual([]);
  return error.message;
}

/** A list that tells of objects of a type whether they are there, and answers to it that prove nothing. */
interface List {
  readonly type: TypeName;
  /** What the server answers where such an object is not there. */
  readonly gone: Answer;
  readonly path: RegExp;
  readonly answers: readonly (readonly [what: string, answer: Answer])[];
}

const gone = (code: string): Answer => ({
  status: 404,
  headers: { "content-type": "application/json" },
  text: JSON.stringify({ code, message: "Not found.", description: "Not found.", traceId: "t" }),
});
const goneByScim: Answer = {
  status: 404,
  headers: { "content-type": "application/scim+json" },
  text: JSON.stringify({ schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], detail: "No.", status: "404" }),
};

const lists: readonly (readonly [name: string, list: List])[] = [
  [
    "applications",
    {
      type: "Application",
      gone: gone("APP-60006"),
      path: /^\/api\/server\/v1\/applications$/,
      answers: noOffsetPages("applications"),
    },
  ],
  [
    "APIs",
    {
      type: "ApiResource",
      gone: gone("API-RESOURCE-60002"),
      path: /^\/api\/server\/v1\/api-resources$/,
      answers: noPages("apiResources"),
    },
  ],
  [
    "authorizations",
    { type: "ApiAuthorization", gone: gone("APP-60006"), path: /\/authorized-apis$/, answers: noLists },
  ],
  ["roles", { type: "Role", gone: goneByScim, path: /^\/scim2\/v2\/Roles$/, answers: noScimPages }],
  ["groups", { type: "Group", gone: goneByScim, path: /^\/scim2\/Groups$/, answers: noScimPages }],
  [
    "organizations",
    {
      type: "Organization",
      gone: gone("ORG-60015"),
      path: /^\/api\/server\/v1\/organizations$/,
      // An empty list of them has no members.
      answers: noLists.filter(([what]) => what !== "an object without members"),
    },
  ],
  ["users", { type: "User", gone: goneByScim, path: /^\/scim2\/Users$/, answers: noScimPages }],
];

const isOfScim = (subject: Subject) => subject.path("x").startsWith("/scim2/");
const apis = /^\/(api|scim2)\//;

const belowList = (path: string, { path: list }: List) => !list.test(path) && apis.test(path);

/** From now on the server says that no object of the type is there, and answers to the list as it is told. */
function lie(list: List, answer: Answer | undefined): void {
  relay.rewrite(({ method, path }, honest) => {
    if (method !== "GET" || !apis.test(path)) return honest;
    if (list.path.test(path)) return answer ?? honest;
    return belowList(path, list) && list.type !== "ApiAuthorization" ? list.gone : honest;
  });
}

/** Makes an object of a type before the tests of a block; each of them finds the tenant as it is then. */
function made(subject: Subject): () => { readonly args: Args; readonly one: Managed } {
  let args: Args = {};
  let one: Managed | undefined;
  let before: Tenant | undefined;
  beforeAll(async () => {
    args = await subject.args(sandbox);
    one = resource(subject.type);
    await one.up(args);
    before = structuredClone(sandbox.tenant);
  });
  afterEach(() => void Object.assign(sandbox.tenant, structuredClone(before)));
  return () => {
    if (!one) throw new Error("it is there in tests only");
    return { args, one };
  };
}

describe.each(lists)("where the list of %s answers 200 with", (_, list) => {
  const subject: Subject = subjects[list.type];
  const known = made(subject);

  test.each(list.answers)("%s, a refresh keeps what is in the state", async (_, answer) => {
    const { args, one } = known();
    const seen = later(subject.type, one);
    lie(list, answer);
    await refusal(seen.refresh());
    expect([seen.id, seen.state]).toEqual([one.id, one.state]);
    relay.rewrite(undefined);
    await seen.refresh();
    expect(seen.state).toMatchObject(args);
  });

  test.each(list.answers)("%s, a destroy that is told of nothing to delete keeps it", async (_, answer) => {
    const { args, one } = known();
    const kept = later(subject.type, one);
    const tenant = structuredClone(sandbox.tenant);
    relay.rewrite(({ method, path }, honest) => {
      if (method === "GET") return list.path.test(path) ? answer : honest;
      if (method !== "DELETE") return honest;
      // The relay has handed it on.
      Object.assign(sandbox.tenant, structuredClone(tenant));
      return list.gone;
    });
    await refusal(kept.destroy());
    expect(kept.id).toBe(one.id);
    relay.rewrite(undefined);
    await kept.destroy();
    expect(subject.found(sandbox.tenant, args)).toEqual([]);
  });

  test.each(list.answers)("%s, an object is not thought to be new", async (_, answer) => {
    const { args } = known();
    const another = resource(subject.type);
    lie(list, answer);
    const reasons = await another.preview(args);
    expect(reasons.flatMap((reason) => textProblems(reason, sandbox))).toEqual([]);
    expect(reasons.length).toBeGreaterThan(0);
    await refusal(another.apply({ ...args, adopt: true }));
    expect(another.id).toBeUndefined();
    relay.rewrite(undefined);
    expect(await another.preview(args)).toEqual([expect.stringContaining("add `adopt: true`")]);
    expect(subject.found(sandbox.tenant, args)).toHaveLength(1);
  });

  test.each(list.answers)("%s after a create whose answer was lost, the object stays known", async (_, answer) => {
    const args = await subject.args(sandbox);
    const fresh = resource(subject.type);
    await fresh.plan(args);
    const lost: Answer = { status: 502, headers: {}, text: "" };
    relay.rewrite(({ method, path }, honest) => {
      if (method === "POST" && !path.includes("oauth2")) return lost;
      return method === "GET" && list.path.test(path) ? answer : honest;
    });
    expect(await refusal(fresh.carryOut(args, "create"))).toMatch(/not known.*\n.*adopt: true/s);
    expect(fresh.id).toBeUndefined();
    relay.rewrite(undefined);
    const next = resource(subject.type);
    expect(await next.preview(args)).toEqual([expect.stringContaining("add `adopt: true`")]);
    await next.up({ ...args, adopt: true });
    expect(subject.found(sandbox.tenant, args)).toEqual([next.id]);
  });

  test("a list that is well-formed and empty of it, a refresh takes it out of the state", async () => {
    const { one } = known();
    const seen = later(subject.type, one);
    await sandbox.console("DELETE", subject.path(String(one.id)));
    await seen.refresh();
    expect(seen.id).toBeUndefined();
  });
});

describe.each(Object.values(subjects))("a 404 for an $type", (subject: Subject) => {
  const known = made(subject);

  const refusals = isOfScim(subject) ? noScimRefusals : noRefusals;

  test.each(refusals)("with %s proves nothing: it is neither gone nor deleted", async (_, answer) => {
    const { args, one } = known();
    // An authorization is read from the list of all that its application has.
    const at = subject.path(String(one.id)).replace(/\/authorized-apis\/.*/, "/authorized-apis");
    const refuse = (...only: string[]) =>
      relay.rewrite(({ method, path }, honest) =>
        only.includes(method) && (subject.servedAt?.test(path) ?? path.startsWith(at)) ? answer : honest,
      );
    const posts = subject.servedAt ? ["POST"] : [];
    const works: [methods: string[], work: (seen: Managed) => Promise<unknown>][] = [
      [["GET"], (seen) => seen.refresh()],
      [["GET", "PATCH", "PUT", ...posts], (seen) => seen.apply(subject.changed(args))],
      [["DELETE", ...posts], (seen) => seen.destroy()],
    ];
    for (const [methods, work] of works) {
      const seen = later(subject.type, one);
      refuse(...methods);
      await refusal(work(seen));
      expect([seen.id, seen.state]).toEqual([one.id, one.state]);
    }
  });

  test("with its own code counts as deleted", async () => {
    const { args, one } = known();
    await sandbox.console("DELETE", subject.path(String(one.id)));
    const answer = isOfScim(subject) ? goneByScim : lists.find(([, { type }]) => type === subject.type)?.[1].gone;
    relay.rewrite(({ method }, honest) => (method === "DELETE" && answer ? answer : honest));
    const seen = later(subject.type, one);
    await seen.destroy();
    expect(seen.id).toBeUndefined();
    expect(subject.found(sandbox.tenant, args)).toEqual([]);
  });
});

describe.each(Object.values(subjects))("a write to an $type that is answered 200 with", (subject: Subject) => {
  const known = made(subject);
  const errors = noLists.filter(([what]) => what.startsWith("an error of"));

  test.each(errors)("%s is not taken for done", async (_, answer) => {
    const { args, one } = known();
    const works = [(seen: Managed) => seen.apply(subject.changed(args)), (seen: Managed) => seen.destroy()];
    const isWrite = (method: string, path: string) =>
      (["PATCH", "PUT", "DELETE"].includes(method) && apis.test(path)) ||
      (method === "POST" && subject.servedAt?.test(path) === true);
    relay.rewrite(({ method, path }, honest) => (isWrite(method, path) ? answer : honest));
    for (const work of works) {
      const seen = later(subject.type, one);
      expect(await refusal(work(seen))).toContain("200");
      expect([seen.id, seen.state]).toEqual([one.id, one.state]);
    }
  });
});
