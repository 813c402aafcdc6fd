import { AsgardeoError } from "../../provider/errors";
import { type Sandbox, startSandbox } from "../../sandbox/index";
import { textProblems } from "../fuzz/invariants";
import { type Relay, startRelay } from "../fuzz/relay";
import { subjects } from "../subjects/index";
import { fakeClock } from "../support/client";
import { type Managed, reconnected, type TypeName } from "../support/managed";

let sandbox: Sandbox;
let relay: Relay;
beforeAll(async () => {
  sandbox = await startSandbox();
  relay = await startRelay(sandbox.baseUrl);
});
beforeEach(() => {
  relay.rewrite(undefined);
  relay.play(undefined);
});
afterAll(async () => {
  await relay.close();
  await sandbox.close();
});

const resource = (type: TypeName): Managed =>
  reconnected(sandbox, { baseUrl: relay.baseUrl, clock: fakeClock() }).resource(type);

/** What a server may say in the place of an id, as it stands in a URL. */
const hostile = [
  "..",
  ".",
  "%2e%2e",
  "a%2Fb",
  "..%2F..",
  "a%5Cb",
  "%00",
  "%1B%5D0;x%07",
  "%C2%9B2J",
  "%E2%80%AEa",
  "%20",
  "%FF",
];
const places = [...hostile.map((id) => [id]), ["x".repeat(4000)], [""]];

// An authorization has no id of its own: its Location says nothing.
const located = [subjects.Application, subjects.ApiResource];

describe.each(located)("an $type whose Location", (subject) => {
  test.each(places)("ends in /%s is found by its natural key, and is the one that was made", async (id) => {
    const args = await subject.args(sandbox);
    relay.rewrite(({ method, path }, honest) =>
      method === "POST" && path === subject.creation
        ? { ...honest, headers: { ...honest.headers, location: `${relay.baseUrl}${subject.creation}/${id}` } }
        : honest,
    );
    const one = resource(subject.type);
    await one.up(args);
    expect(subject.found(sandbox.tenant, args)).toEqual([one.id]);
    expect(await one.up(args)).toBe("same");
    await one.destroy();
    expect(subject.found(sandbox.tenant, args)).toEqual([]);
  });

  test("leads nowhere, and nobody has looked before, is told with its id", async () => {
    const args = await subject.args(sandbox);
    relay.rewrite(({ method }, honest) =>
      method === "POST" ? { ...honest, headers: { ...honest.headers, location: "/.." } } : honest,
    );
    const one = resource(subject.type);
    const error = await one.apply(args).catch((reason: unknown) => reason);
    expect(String(error)).toContain(`(id ${subject.found(sandbox.tenant, args)[0]}) exists now`);
    expect(one.id).toBeUndefined();
  });
});

describe.each(Object.values(subjects))("an id in state that is none, of an $type,", (subject) => {
  const ids = ["..", "a\\b", "\u001b[2J", "\u202ea", " ", "x".repeat(300)].map((id) =>
    subject.type === "ApiAuthorization" ? `${id}/${id}` : id,
  );

  test.each(ids)("%j, is told with what to do about it, and nothing is sent", async (id) => {
    const args = await subject.args(sandbox);
    const made = resource(subject.type);
    await made.up(args);
    const one = resource(subject.type);
    for (const work of [() => one.refresh(), () => one.apply(subject.changed(args)), () => one.destroy()]) {
      Object.assign(one, { id, state: made.state, inputs: made.inputs });
      const before = structuredClone(sandbox.tenant);
      const error: unknown = await work().catch((reason: unknown) => reason);
      if (!(error instanceof AsgardeoError)) throw error;
      expect(error.message).toMatch(/cannot be the id of an object.*`pulumi state delete`.*`adopt: true`/);
      expect(textProblems(error.message, sandbox)).toEqual([]);
      expect(one.id).toBe(id);
      expect(sandbox.tenant).toEqual(before);
    }
    await made.destroy();
  });
});
