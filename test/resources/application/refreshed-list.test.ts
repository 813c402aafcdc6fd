import type { Properties } from "../../../provider/core/clean";
import type { Server } from "../../../sandbox";
import { type Managed, reconnected, type TestTenant, testTenant } from "../../support/managed";

jest.setTimeout(30_000);

const tenants: TestTenant[] = [];
afterEach(async () => {
  for (const tenant of tenants.splice(0)) await tenant.close();
});

const worker = { grantTypes: ["client_credentials"] };
/** What the sandbox answers at most at once, however much is asked for. */
const pageSize = 30;

interface Deployed {
  /** A further run, which knows nothing of the one that made them. */
  readonly tenant: TestTenant;
  readonly apps: readonly Managed[];
  /** What the program says of each. */
  readonly args: readonly Properties[];
}

async function deployed(
  count: number,
  more: (i: number) => Properties = () => ({}),
  { server = "asgardeo" as Server, others = 0 } = {},
): Promise<Deployed> {
  const first = await testTenant({ server });
  tenants.push(first);
  const args = Array.from({ length: count }, (_, i) => ({
    name: `App ${i}`,
    description: "ours",
    oidc: worker,
    ...more(i),
  }));
  const made = args.map(() => first.resource("Application"));
  for (const [i, app] of made.entries()) await app.apply(args[i] ?? {});
  for (let i = 0; i < others; i++) await console(first, "POST", "", { name: `Other ${i}` });
  const tenant = reconnected(first.sandbox);
  const apps = made.map((app) => {
    const again = tenant.resource("Application");
    Object.assign(again, { id: app.id, state: app.state, inputs: app.inputs });
    return again;
  });
  return { tenant, apps, args };
}

const console = (tenant: TestTenant, method: string, path: string, body?: unknown) =>
  tenant.sandbox.console(method, `/api/server/v1/applications${path}`, body);

const together = (apps: readonly Managed[]) => Promise.all(apps.map((app) => app.refresh()));

/** How many requests there were of each kind since the last call. */
function counts({ sandbox, requests }: TestTenant, since = 0): { lists: number; own: number; oidc: number } {
  requests();
  const all = sandbox.requests.slice(since).filter(({ method, path }) => method === "GET" && !path.includes("token"));
  const of = (pattern: RegExp) => all.filter(({ path }) => pattern.test(path)).length;
  return { lists: of(/\/applications\?/), own: of(/\/applications\/[^/?]+$/), oidc: of(/\/inbound-protocols\/oidc$/) };
}

async function refreshed({ tenant, apps }: Deployed, way: typeof together = together) {
  const since = tenant.sandbox.requests.length;
  await way(apps);
  return counts(tenant, since);
}

const inTurn: typeof together = async (apps) => {
  for (const app of apps) await app.refresh();
  return [];
};

test("100 applications are refreshed with their clients' requests and the pages of one list", async () => {
  const all = await deployed(100);
  expect(await refreshed(all)).toEqual({ lists: Math.ceil(100 / pageSize), own: 0, oidc: 100 });
  for (const [i, app] of all.apps.entries()) expect(await app.up(all.args[i] ?? {})).toBe("same");
});

test("one after the other, the first few are read by themselves", async () => {
  const { lists, own, oidc } = await refreshed(await deployed(40), inTurn);
  expect({ lists, oidc }).toEqual({ lists: 2, oidc: 40 });
  // Newest first: those at the end of the list are asked for before it has paid for its second page.
  expect(own).toBeLessThan(10);
});

test("one application in a tenant of many costs two requests, and four cost eight", async () => {
  expect(await refreshed(await deployed(1, undefined, { others: 100 }))).toEqual({ lists: 0, own: 1, oidc: 1 });
  expect(await refreshed(await deployed(4, undefined, { others: 100 }))).toEqual({ lists: 0, own: 4, oidc: 4 });
});

test.each<[string, number, Properties, typeof together]>([
  ["10 at once", 10, {}, together],
  ["10 one after the other", 10, {}, inTurn],
  ["20 at once", 20, {}, together],
  ["10 without a client", 10, { oidc: undefined }, together],
])("in a tenant of many more, a list costs a tenth more at most: %s", async (_, count, more, way) => {
  const { lists, own, oidc } = await refreshed(await deployed(count, () => more, { others: 400 }), way);
  expect(lists + own + oidc).toBeLessThanOrEqual((count + oidc) * 1.1);
});

test("where the list finds what it is asked for, it is read on, also in a larger tenant", async () => {
  const { lists, own } = await refreshed(await deployed(100, undefined, { others: 60 }));
  expect({ lists, own }).toEqual({ lists: Math.ceil(160 / pageSize), own: 0 });
});

describe("an application of many", () => {
  const many = (more: (i: number) => Properties, server: Server = "asgardeo") => deployed(12, more, { server });

  test.each<[string, Properties]>([
    [
      "every member that the list has",
      {
        imageUrl: "https://a.example/logo.png",
        accessUrl: "https://a.example",
        templateId: "m2m-application",
        enabled: true,
        secretVersion: "1",
      },
    ],
    ["nothing but a name", { description: undefined }],
    ["an empty description", { description: "" }],
    ["no client", { oidc: undefined }],
  ])("is answered by the list where it declares %s", async (_, more) => {
    const all = await many(() => more);
    expect(await refreshed(all)).toMatchObject({ lists: 1, own: 0 });
    for (const [i, app] of all.apps.entries()) expect(await app.up(all.args[i] ?? {})).toBe("same");
  });

  test.each<[string, Properties]>([
    ["claims", { claimConfiguration: { subject: { includeUserDomain: true } } }],
    ["a login flow", { authenticationSequence: { type: "DEFAULT" } }],
    ["an audience of roles", { associatedRoles: { allowedAudience: "APPLICATION" } }],
    ["advanced settings", { advancedConfiguration: { saas: false } }],
  ])("is read by itself where it declares %s", async (_, more) => {
    expect(await refreshed(await many(() => more))).toEqual({ lists: 0, own: 12, oidc: 12 });
  });

  test.each<[string, Properties, Properties]>([
    ["name", { name: "Renamed" }, { name: "Renamed" }],
    ["description", { description: "theirs" }, { description: "theirs" }],
    ["description that was taken away", { description: "" }, {}],
    ["logo", { imageUrl: "https://b.example" }, { imageUrl: "https://b.example" }],
    ["access URL", { accessUrl: "https://b.example" }, { accessUrl: "https://b.example" }],
    ["template", { templateId: "mobile-application" }, { templateId: "mobile-application" }],
    ["switch", { applicationEnabled: false }, { enabled: false }],
  ])("that was changed in the console shows it, by a look of its own: %s", async (_, change, state) => {
    const all = await many(() => ({
      imageUrl: "https://a.example",
      accessUrl: "https://a.example",
      templateId: "m2m-application",
      enabled: true,
    }));
    const [app] = all.apps;
    expect((await console(all.tenant, "PATCH", `/${app?.id}`, change)).status).toBe(200);
    expect(await refreshed(all)).toMatchObject({ lists: 1, own: 1 });
    expect(app?.state).toMatchObject(state);
    expect(await app?.up(all.args[0] ?? {})).toBe("update");
  });

  test("whose client was changed, or taken away, shows it", async () => {
    const all = await many(() => ({}));
    const [first, second] = all.apps;
    const path = `/${first?.id}/inbound-protocols/oidc`;
    const { body } = await console(all.tenant, "GET", path);
    await console(all.tenant, "PUT", path, { ...(body as Properties), grantTypes: ["password"] });
    await console(all.tenant, "DELETE", `/${second?.id}/inbound-protocols/oidc`);
    await refreshed(all);
    expect(first?.state).toMatchObject({ oidc: { grantTypes: ["password"] } });
    expect(second?.state).not.toHaveProperty("oidc");
    expect(second?.state).not.toHaveProperty("clientId");
  });

  test("that got a client in the console is given its id as an output", async () => {
    const all = await many(() => ({ oidc: undefined }));
    const [app] = all.apps;
    await console(all.tenant, "PUT", `/${app?.id}/inbound-protocols/oidc`, worker);
    await refreshed(all);
    expect(app?.state.clientId).toBeTruthy();
  });

  test("that is gone leaves the state by its own 404, and the others stay", async () => {
    const all = await many(() => ({}));
    const [app, ...rest] = all.apps;
    await console(all.tenant, "DELETE", `/${app?.id}`);
    await refreshed(all);
    expect(app?.id).toBeUndefined();
    expect(rest.every(({ id }) => id !== undefined)).toBe(true);
  });

  test("that went after the list was read is found gone by its client, and proven by its own 404", async () => {
    const all = await many(() => ({}));
    const [app, ...rest] = all.apps;
    await together(rest);
    await console(all.tenant, "DELETE", `/${app?.id}`);
    await app?.refresh();
    expect(app?.id).toBeUndefined();
  });

  test("that came after the list was read is read by itself", async () => {
    const all = await many(() => ({}));
    await together(all.apps);
    const later = all.tenant.resource("Application");
    await later.up({ name: "Later", oidc: worker });
    await later.refresh();
    expect(later.state).toMatchObject({ name: "Later", oidc: worker });
  });

  test("is never answered by a list that is older than a write of this process", async () => {
    const all = await many(() => ({}));
    await together(all.apps);
    const [app] = all.apps;
    await app?.up({ ...all.args[0], description: "new" });
    await console(all.tenant, "PATCH", `/${app?.id}`, { description: "theirs" });
    // Back to what the old list says, as far as the program is concerned.
    Object.assign(app?.state ?? {}, { description: "ours" });
    await app?.refresh();
    expect(app?.state).toMatchObject({ description: "theirs" });
  });

  test("declares `enabled` on a server whose list does not know it: it is read by itself, the others are not", async () => {
    const all = await many((i) => (i < 3 ? { enabled: true } : {}), "7.0");
    // The list is asked for twice, since the server refuses the attribute.
    expect(await refreshed(all)).toEqual({ lists: 2, own: 3, oidc: 12 });
    for (const [i, app] of all.apps.entries()) expect(await app.up(all.args[i] ?? {})).toBe("same");
  });

  test.each(["7.1", "7.2"] as const)("is answered by the list of %s, too", async (server) => {
    expect(await refreshed(await many(() => ({ enabled: true }), server))).toEqual({ lists: 1, own: 0, oidc: 12 });
  });
});

test.each([
  ["is refused", { kind: "status" as const, status: 403 }],
  ["is cut short", { kind: "truncate" as const }],
])("a list that %s is no trouble: all are read by themselves", async (_, fault) => {
  const all = await deployed(12);
  all.tenant.sandbox.setFaults([{ ...fault, method: "GET", path: "/api/server/v1/applications" }]);
  const { own, oidc } = await refreshed(all);
  expect({ own, oidc }).toEqual({ own: 12, oidc: 12 });
  for (const app of all.apps) expect(app.state).toMatchObject({ description: "ours" });
});
