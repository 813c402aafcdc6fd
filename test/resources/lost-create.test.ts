import type { FaultRule } from "../../sandbox/index";
import { allSubjects, subjects } from "../subjects/index";
import { type Managed, type TestTenant, testTenant } from "../support/managed";

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await testTenant();
});
afterEach(() => tenant.close());

const worker = { grantTypes: ["client_credentials"] };
const named = (name: string) => tenant.sandbox.tenant.applications.filter((application) => application.name === name);

/** What may happen to the answer of a request that was carried out. */
const losses: [string, FaultRule][] = [
  ["the connection is reset", { kind: "reset", when: "after" }],
  ["a gateway answers 502", { kind: "status", status: 502, when: "after" }],
  ["the server answers 500", { kind: "status", status: 500, when: "after" }],
];
const once = (rule: FaultRule, path: string): FaultRule => ({ ...rule, method: "POST", path, times: 1 });

const applications = subjects.Application.creation;

describe.each(losses)("a create after which %s", (_, loss) => {
  test("goes on with the application that was made: one object, with its secret", async () => {
    tenant.sandbox.setFaults([once(loss, applications)]);
    const app = tenant.resource("Application");
    await app.up({ name: "Lost", description: "ours", oidc: worker });
    expect(named("Lost")).toMatchObject([{ id: app.id }]);
    expect(app.state).toMatchObject({ clientId: named("Lost")[0]?.oidc?.clientId });
    expect(app.state.clientSecret).toBeTruthy();
    expect(await app.up({ name: "Lost", description: "ours", oidc: worker })).toBe("same");
  });

  test.each(allSubjects)("goes on with the $type that was made: one object, as declared", async (subject) => {
    const args = await subject.args(tenant.sandbox);
    tenant.sandbox.setFaults([once(loss, subject.creation)]);
    const made = tenant.resource(subject.type);
    await made.up(args);
    expect(subject.found(tenant.sandbox.tenant, args)).toEqual([made.id]);
    expect(tenant.sandbox.requests.some(({ fault }) => fault)).toBe(true);
    for (const name of subject.madeOutputs) expect(made.state[name]).toEqual(expect.stringMatching(/./));
    expect(await made.up(args)).toBe("same");
  });

  test("is an error that names the object where nobody looked before: it may be somebody else's", async () => {
    tenant.sandbox.setFaults([once(loss, applications)]);
    const app = tenant.resource("Application");
    const args = { name: "Unproved", oidc: worker };
    await expect(app.apply(args)).rejects.toThrow(`the application "Unproved" (id ${named("Unproved")[0]?.id ?? ""}`);
    await expect(app.preview(args)).resolves.toEqual([expect.stringContaining("add `adopt: true`")]);
    await app.up({ ...args, adopt: true });
    expect(named("Unproved")).toMatchObject([{ id: app.id }]);
  });
});

test("a create that never ran is an error, and the next run makes the object", async () => {
  tenant.sandbox.setFaults([once({ kind: "reset", when: "before" }, applications)]);
  const app = tenant.resource("Application");
  await expect(app.up({ name: "Never", oidc: worker })).rejects.toThrow("broke before the answer was complete");
  expect(named("Never")).toEqual([]);
  expect(await app.up({ name: "Never", oidc: worker })).toBe("create");
});

test("an object that is not what was asked for is not taken for ours", async () => {
  const app = tenant.resource("Application");
  const args = { name: "Contested", description: "ours", oidc: worker };
  expect(await app.preview(args)).toEqual([]);
  // Somebody else is quicker, and our own request fails without having run.
  await tenant.sandbox.console("POST", applications, { name: "Contested", description: "theirs" });
  tenant.sandbox.setFaults([once({ kind: "status", status: 500, when: "before" }, applications)]);
  await expect(app.apply(args)).rejects.toThrow("whether this run made it cannot be proved");
  expect(app.id).toBeUndefined();
  expect(named("Contested")).toMatchObject([{ description: "theirs" }]);
});

test("where even the look for it fails, that is said, with what to do", async () => {
  const app = tenant.resource("Application");
  tenant.sandbox.setFaults([
    once({ kind: "reset", when: "after" }, applications),
    { kind: "status", status: 500, method: "GET", path: applications, skip: 1 },
  ]);
  await expect(app.up({ name: "Dark", oidc: worker })).rejects.toThrow(
    /not known, since looking for it failed.*\n.*adopt: true/,
  );
});

test("where the object is found, and then cannot be read, that is said, with what to do", async () => {
  const app = tenant.resource("Application");
  tenant.sandbox.setFaults([
    once({ kind: "reset", when: "after" }, applications),
    { kind: "status", status: 500, method: "GET", path: `${applications}/*`, times: 1 },
  ]);
  const error = await app.up({ name: "Blurred", oidc: worker }).catch(String);
  expect(error).toContain(`the application "Blurred" (id ${named("Blurred")[0]?.id}) exists now`);
  expect(error).toMatch(/cannot be proved: GET .* 500 .*\n.*adopt: true/s);
});

describe("an application that was made, and whose client could not be read", () => {
  const oidcPath = "/api/server/v1/applications/*/inbound-protocols/oidc";
  let app: Managed;
  const args = { name: "Half", oidc: worker };
  beforeEach(async () => {
    tenant.sandbox.setFaults([{ kind: "status", status: 500, method: "GET", path: oidcPath, times: 1 }]);
    app = tenant.resource("Application");
    await expect(app.up(args)).rejects.toThrow("its client could not be read");
    expect(app.id).toBe(named("Half")[0]?.id);
  });

  test("is finished by the next run", async () => {
    expect(await app.up(args)).toBe("update");
    expect(app.state.clientSecret).toBe(named("Half")[0]?.oidc?.clientSecret);
    expect(named("Half")).toHaveLength(1);
  });

  test("is removed by destroy", async () => {
    await app.destroy();
    expect(named("Half")).toEqual([]);
  });

  test("is not replaced where its secret was changed meanwhile", async () => {
    const own = tenant.resource("Application");
    const given = { name: "Own", oidc: { ...worker, clientId: "own-client", clientSecret: "own-secret" } };
    tenant.sandbox.setFaults([{ kind: "status", status: 500, method: "GET", path: oidcPath, times: 1 }]);
    await expect(own.up(given)).rejects.toThrow("its client could not be read");
    await tenant.sandbox.console("POST", `${applications}/${own.id}/inbound-protocols/oidc/regenerate-secret`);
    await own.refresh();
    expect(await own.up(given)).toBe("update");
    expect(named("Own")).toHaveLength(1);
  });
});

test.each<[string, FaultRule]>([
  ["429 with Retry-After", { kind: "status", status: 429, retryAfter: 0, times: 1 }],
  ["503 with Retry-After", { kind: "status", status: 503, retryAfter: 0, times: 1 }],
  ["tokens that end in the middle of a run", { kind: "expire-tokens", path: "/api/**", times: 1 }],
])("a run survives %s", async (_, rule) => {
  tenant.sandbox.setFaults([{ ...rule, path: rule.path ?? applications, method: "POST" }]);
  const app = tenant.resource("Application");
  await app.up({ name: "Survivor", oidc: worker });
  expect(named("Survivor")).toMatchObject([{ id: app.id }]);
});

test("a stale read just after the create is no loss: the secret comes with the next look", async () => {
  tenant.sandbox.setFaults([
    { kind: "stale-read", path: "/api/server/v1/applications/*/inbound-protocols/oidc", times: 1 },
  ]);
  const app = tenant.resource("Application");
  const args = { name: "Stale", oidc: worker };
  await app.up(args).catch(() => app.up(args));
  expect(app.state.clientSecret).toBe(named("Stale")[0]?.oidc?.clientSecret);
  expect(named("Stale")).toHaveLength(1);
});
