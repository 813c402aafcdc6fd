import type { Properties } from "../../../provider/core/clean";
import { MissingScopeError, PartialCreateError } from "../../../provider/errors";
import type { FaultRule, Server } from "../../../sandbox";
import { type Managed, reconnected, type TestTenant, testTenant } from "../../support/managed";

const tenants: TestTenant[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  for (const tenant of tenants.splice(0)) await tenant.close();
});

const day = 86_400_000;
const worker = { grantTypes: ["client_credentials"] };
const args = { name: "Worker", oidc: worker };

/** Lets it be later, for the provider and for the sandbox. */
function laterBy(milliseconds: number): void {
  const now = performance.timeOrigin + performance.now() + milliseconds;
  jest.spyOn(Date, "now").mockReturnValue(now);
}

/** A tenant with an application. */
async function deployed(server: Server = "asgardeo", more: Properties = {}) {
  const tenant = await testTenant({ server, now: () => Date.now() });
  tenants.push(tenant);
  const app = tenant.resource("Application");
  await app.up({ ...args, ...more });
  tenant.requests();
  const oidc = `/applications/${app.id}/inbound-protocols/oidc`;
  return {
    tenant,
    app,
    oidc,
    secrets: `${oidc}/secrets`,
    secret: () => String(app.state.clientSecret),
    live: async () => String((await tenant.live<{ clientSecret: string }>(oidc)).clientSecret),
    count: async () => (await tenant.live<{ count: number }>(`${oidc}/secrets`)).count,
    signIn: (clientSecret: string) => signIn(tenant, app, clientSecret),
  };
}

async function signIn({ sandbox }: TestTenant, { state }: Managed, clientSecret: string): Promise<number> {
  const { status } = await fetch(`${sandbox.baseUrl}/t/${sandbox.organization}/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${state.clientId}:${clientSecret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  return status;
}

const path = (end: string) => `/api/server/v1/applications/*/inbound-protocols/oidc/${end}`;
const older = ["7.0", "7.1", "7.2"] as const;
const all = [...older, "asgardeo"] as const;

describe.each(all)("on %s, with storeSecret: false", (server) => {
  test("the secret is never in state, over the whole life of an application", async () => {
    const { app, live } = await deployed(server, { storeSecret: false, secretVersion: "1" });
    const seen: string[] = [];
    const noted = async () => seen.push(JSON.stringify([app.state, app.inputs]), await live());
    await noted();
    await app.refresh();
    await noted();
    const versions = { ...args, storeSecret: false, secretVersion: "2" };
    await app.up({ ...versions, description: "d" });
    await noted();
    await app.up({ ...versions, oidc: { ...worker, allowedOrigins: ["https://a.example"] } });
    await app.refresh();
    await noted();
    const secrets = seen.filter((_, i) => i % 2 === 1);
    const states = seen.filter((_, i) => i % 2 === 0);
    expect(new Set(secrets).size).toBe(2);
    for (const state of states) for (const secret of secrets) expect(state).not.toContain(secret);
    expect(app.state).not.toHaveProperty("clientSecret");
    expect(app.state.clientId).toBeTruthy();
  });

  test("a change to it takes the secret out of state, and a change back reads it", async () => {
    const { tenant, app, oidc, secret, live } = await deployed(server);
    const before = secret();
    expect(await app.up({ ...args, storeSecret: false })).toBe("update");
    expect(tenant.requests()).toEqual([]);
    expect(JSON.stringify(app.state)).not.toContain(before);
    expect(await app.up({ ...args, storeSecret: true })).toBe("update");
    expect(tenant.requests()).toEqual([`GET ${oidc}`]);
    expect(secret()).toBe(await live());
    expect(await app.up(args)).toBe("same");
  });
});

test("with storeSecret: false the bootstrap client need not see secrets", async () => {
  const tenant = await testTenant();
  tenants.push(tenant);
  loseScope(tenant, "internal_application_mgt_client_secret_view");
  const app = tenant.resource("Application");
  expect(await app.up({ ...args, storeSecret: false })).toBe("create");
  expect(await app.up({ ...args, storeSecret: false, oidc: { ...worker, publicClient: false } })).toBe("update");
});

describe.each(all)("on %s, secretVersion", (server) => {
  test("is just noted with the creation, and costs nothing until it changes", async () => {
    const { tenant, app, oidc, secret, live } = await deployed(server, { secretVersion: "1" });
    expect(tenant.sandbox.requests.filter(({ path: asked }) => /secret/.test(asked))).toEqual([]);
    const before = secret();
    await app.refresh();
    tenant.requests();
    expect(await app.up({ ...args, secretVersion: "1" })).toBe("same");
    expect(await app.up(args)).toBe("update");
    expect(await app.up(args)).toBe("same");
    expect(tenant.requests()).toEqual([]);
    expect(await live()).toBe(before);
    expect(await app.up({ ...args, secretVersion: "1" })).toBe("update");
    expect(secret()).toBe(await live());
    expect(secret()).not.toBe(before);
    expect(tenant.requests()).toContain(`GET ${oidc}/secrets`);
  });

  test("is no drift, and no difference for an adoption, which leaves the secret as it is", async () => {
    const { tenant, secret } = await deployed(server);
    const again = reconnected(tenant.sandbox);
    const other = again.resource("Application");
    const adopting = { ...args, adopt: true, secretVersion: "7", secretOverlapDays: 3, storeSecret: true };
    expect(await other.up(adopting)).toBe("create");
    expect(again.said.join("\n")).toContain("It is as declared.");
    expect(other.state.clientSecret).toBe(secret());
    await other.refresh();
    expect(other.inputs).toMatchObject({ secretVersion: "7", secretOverlapDays: 3, storeSecret: true });
    expect(await other.up(adopting)).toBe("same");
  });

  test("changes together with other args, and the new secret is the one in state", async () => {
    const { app, secret, live, signIn: signsIn } = await deployed(server, { secretVersion: "1" });
    const oidc = { ...worker, allowedOrigins: ["https://a.example"] };
    await app.up({ ...args, oidc, description: "d", secretVersion: "2" });
    expect(secret()).toBe(await live());
    expect(await signsIn(secret())).toBe(200);
    // Servers up to 7.1 want the secret with every change of the configuration: the one that is valid now.
    await app.up({ ...args, oidc: worker, secretVersion: "2" });
    expect(secret()).toBe(await live());
  });

  test("leaves an unrelated update to the live secret, where somebody has changed it meanwhile", async () => {
    const { tenant, app, oidc, live } = await deployed(server, { secretVersion: "1" });
    await tenant.sandbox.console("POST", `/api/server/v1${oidc}/regenerate-secret`);
    await app.up({ ...args, oidc: { ...worker, allowedOrigins: ["https://a.example"] }, secretVersion: "1" });
    expect(app.state.clientSecret).toBe(await live());
  });
});

describe("where the server has several secrets", () => {
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const inSevenDays = () => new Date(Date.now() + 7 * day).toISOString().slice(0, 10);

  test.each<[string, Properties, () => string]>([
    ["without secretOverlapDays", {}, () => "the old one stays valid until the next change of `secretVersion`."],
    [
      "with secretOverlapDays",
      { secretOverlapDays: 7 },
      () =>
        `the old one stays valid until ${inSevenDays()} (secretOverlapDays: 7), and the first \`pulumi up\` after that deletes it.`,
    ],
    [
      "with secretOverlapDays: 0",
      { secretOverlapDays: 0 },
      () => "the old one ends with this update (secretOverlapDays: 0).",
    ],
    [
      "with secretOverlapDays that are not known yet",
      { secretOverlapDays: unknown },
      () => "the old one stays valid for as long as `secretOverlapDays` says, which is not known yet.",
    ],
  ])("a preview says that there will be a new one, and until when the old one lives: %s", async (_, more, until) => {
    const { tenant, app } = await deployed();
    laterBy(0);
    expect(await app.preview({ ...args, secretVersion: "a", ...more })).toEqual([]);
    expect(tenant.said).toEqual([
      `warning: secretVersion: makes a new client secret for the application "Worker" (id ${app.id}); ${until()}`,
    ]);
  });

  test("a preview says which secret has to go, since there is room for two", async () => {
    const { tenant, app } = await deployed();
    await app.up({ ...args, secretVersion: "a" });
    const before = tenant.said.length;
    await app.preview({ ...args, secretVersion: "b" });
    expect(tenant.said.slice(before)).toEqual([
      expect.stringMatching(
        /until the next change of `secretVersion`\. The one before it, which is still valid, ends with this update\.$/,
      ),
    ]);
  });

  test("a version that is not known yet may be another one, and the preview says so", async () => {
    const { tenant, app } = await deployed();
    await app.preview({ ...args, secretVersion: unknown });
    expect(tenant.said).toEqual([
      expect.stringMatching(/^warning: secretVersion: is not known yet; another one makes a new client secret for the/),
    ]);
  });

  test("a preview of an application that is adopted says nothing of a new one, since none is made", async () => {
    const { tenant } = await deployed();
    const other = reconnected(tenant.sandbox);
    for (const secretVersion of ["a", unknown]) {
      await other.resource("Application").preview({ ...args, adopt: true, secretVersion });
    }
    expect(other.said.filter((text) => text.startsWith("warning"))).toEqual([]);
  });

  test("the old one signs in beside the new one, until the next change", async () => {
    const { tenant, app, secrets, secret, signIn: signsIn, count } = await deployed();
    const first = secret();
    await app.up({ ...args, secretVersion: "a" });
    expect(tenant.requests().filter((request) => !request.includes("?filter="))).toEqual([
      `GET ${secrets}`,
      `GET ${secrets}`,
      `POST ${secrets}`,
    ]);
    const second = secret();
    expect(app.state.previousSecretId).toBeTruthy();
    expect(await Promise.all([first, second].map(signsIn))).toEqual([200, 200]);
    await app.up({ ...args, secretVersion: "b" });
    expect(await Promise.all([first, second, secret()].map(signsIn))).toEqual([401, 200, 200]);
    expect(await count()).toBe(2);
  });

  test("the old one is deleted by the first run after secretOverlapDays, and a run before costs nothing", async () => {
    const { tenant, app, secret, signIn: signsIn, count } = await deployed();
    const first = secret();
    const rotated = { ...args, secretVersion: "a", secretOverlapDays: 7 };
    await app.up(rotated);
    laterBy(7 * day - 5000);
    await app.refresh();
    tenant.requests();
    expect(await app.up(rotated)).toBe("same");
    expect(tenant.requests()).toEqual([]);
    expect(await signsIn(first)).toBe(200);
    laterBy(7 * day);
    expect(await app.up(rotated)).toBe("update");
    expect(tenant.said.join()).toMatch(/old client secret .* is over \(secretOverlapDays: 7\)/);
    expect(await count()).toBe(1);
    expect(await Promise.all([first, secret()].map(signsIn))).toEqual([401, 200]);
    expect(app.state).not.toHaveProperty("previousSecretId");
    expect(await app.up(rotated)).toBe("same");
  });

  test("secretOverlapDays: 0 ends the old one at once, also when it is set later", async () => {
    const { app, secret, signIn: signsIn, count } = await deployed();
    const first = secret();
    await app.up({ ...args, secretVersion: "a", secretOverlapDays: 0 });
    expect(await Promise.all([first, secret()].map(signsIn))).toEqual([401, 200]);
    await app.up({ ...args, secretVersion: "b" });
    expect(await count()).toBe(2);
    expect(await app.up({ ...args, secretVersion: "b", secretOverlapDays: 0 })).toBe("update");
    expect(await count()).toBe(1);
  });

  test("a refresh forgets an old one that somebody has deleted", async () => {
    const { tenant, app, secrets } = await deployed();
    const rotated = { ...args, secretVersion: "a", secretOverlapDays: 7 };
    await app.up(rotated);
    await tenant.sandbox.console("DELETE", `/api/server/v1${secrets}/${app.state.previousSecretId}`);
    await app.refresh();
    expect(app.state).not.toHaveProperty("previousSecretId");
    expect(await app.up(rotated)).toBe("same");
  });

  test("a newer secret than the one in state is not passed over: a refresh takes it in, then the change goes on", async () => {
    const { tenant, app, secrets, secret, count } = await deployed();
    await tenant.sandbox.console("POST", `/api/server/v1${secrets}`, {});
    tenant.requests();
    await expect(app.up({ ...args, description: "d", secretVersion: "a" })).rejects.toThrow(
      "newer than the one in state",
    );
    expect(tenant.requests().filter((request) => !request.startsWith("GET"))).toEqual([]);
    await app.refresh();
    const theirs = secret();
    await app.up({ ...args, secretVersion: "a" });
    expect(secret()).not.toBe(theirs);
    expect(await count()).toBe(2);
  });
});

describe.each(older)("on %s, which has one secret for an application", (server) => {
  test("a new one ends the old one, and the preview says that tokens are revoked", async () => {
    const { tenant, app, oidc, secret, signIn: signsIn } = await deployed(server);
    const first = secret();
    expect(await app.preview({ ...args, secretVersion: "a", secretOverlapDays: 7 })).toEqual([]);
    expect(tenant.said).toEqual([
      `warning: secretVersion: this server has one secret for an application, so the new secret of the application "Worker" (id ${app.id}) ends the old one and revokes all its tokens at once`,
    ]);
    tenant.requests();
    await app.apply({ ...args, secretVersion: "a", secretOverlapDays: 7 });
    expect(tenant.requests()).toEqual([`GET ${oidc}/secrets`, `GET ${oidc}`, `POST ${oidc}/regenerate-secret`]);
    expect(await Promise.all([first, secret()].map(signsIn))).toEqual([401, 200]);
    expect(await app.up({ ...args, secretVersion: "a", secretOverlapDays: 7 })).toBe("same");
  });

  test("an answer that is lost does not lose the new secret", async () => {
    const { tenant, app, secret, live } = await deployed(server);
    const first = secret();
    tenant.sandbox.setFaults([{ kind: "reset", when: "after", method: "POST", path: path("regenerate-secret") }]);
    expect(await app.up({ ...args, secretVersion: "a" })).toBe("update");
    expect(secret()).toBe(await live());
    expect(secret()).not.toBe(first);
  });

  test("one that was not made is an error, and the next run makes it", async () => {
    const { tenant, app, secret, live } = await deployed(server);
    const first = secret();
    const rule: FaultRule = { kind: "status", status: 500, method: "POST", path: path("regenerate-secret"), times: 1 };
    tenant.sandbox.setFaults([rule]);
    await expect(app.up({ ...args, secretVersion: "a" })).rejects.toThrow("500");
    expect(secret()).toBe(first);
    expect(await live()).toBe(first);
    expect(await app.up({ ...args, secretVersion: "a" })).toBe("update");
    expect(secret()).not.toBe(first);
  });
});

describe("a change of the secret that is cut off", () => {
  const rotated = { ...args, secretVersion: "a" };

  test.each<[string, FaultRule]>([
    ["reset", { kind: "reset", when: "after", method: "POST", path: path("secrets") }],
    ["answered with 500", { kind: "status", status: 500, when: "after", method: "POST", path: path("secrets") }],
    ["cut short", { kind: "truncate", method: "POST", path: path("secrets") }],
  ])("while the new one is made, and is %s, is finished in the same run", async (_, fault) => {
    const { tenant, app, secret, live, count, signIn: signsIn } = await deployed();
    const first = secret();
    tenant.sandbox.setFaults([fault]);
    expect(await app.up(rotated)).toBe("update");
    expect(secret()).toBe(await live());
    expect(await Promise.all([first, secret()].map(signsIn))).toEqual([200, 200]);
    expect(await count()).toBe(2);
  });

  test("before the new one is made leaves the old one, and the next run makes it", async () => {
    const { tenant, app, secret, count } = await deployed();
    const first = secret();
    tenant.sandbox.setFaults([{ kind: "reset", method: "POST", path: path("secrets"), times: 1 }]);
    await expect(app.up(rotated)).rejects.toThrow();
    expect(secret()).toBe(first);
    expect(await count()).toBe(1);
    expect(await app.up(rotated)).toBe("update");
    expect(await count()).toBe(2);
  });

  test("with the answer lost and the look-up, too, is told in the next run, and a refresh puts it right", async () => {
    const { tenant, app, secret, count, signIn: signsIn, live } = await deployed();
    const first = secret();
    tenant.sandbox.setFaults([
      { kind: "reset", when: "after", method: "POST", path: path("secrets") },
      // The look of the preview and that before the change are served.
      { kind: "status", status: 400, method: "GET", path: path("secrets"), skip: 2 },
    ]);
    await expect(app.up(rotated)).rejects.toThrow();
    tenant.sandbox.setFaults([]);
    expect(secret()).toBe(first);
    expect(await signsIn(first)).toBe(200);
    const later = reconnected(tenant.sandbox).resource("Application");
    Object.assign(later, { id: app.id, state: app.state, inputs: app.inputs });
    await expect(later.up(rotated)).rejects.toThrow("Run `pulumi refresh`");
    expect(await count()).toBe(2);
    await later.refresh();
    expect(await later.up(rotated)).toBe("update");
    expect(later.state.clientSecret).toBe(await live());
    expect(await count()).toBe(2);
  });

  test("where the one before the old one cannot be deleted, makes none, and the next run does", async () => {
    const { tenant, app, secret, count, signIn: signsIn } = await deployed();
    await app.up(rotated);
    const second = secret();
    tenant.sandbox.setFaults([{ kind: "status", status: 400, method: "DELETE", path: path("secrets/*"), times: 1 }]);
    await expect(app.up({ ...args, secretVersion: "b" })).rejects.toThrow("400");
    expect(secret()).toBe(second);
    expect(await signsIn(second)).toBe(200);
    expect(await app.up({ ...args, secretVersion: "b" })).toBe("update");
    expect(await count()).toBe(2);
  });

  test("where the old one cannot be deleted at once, keeps the new one, and the next run deletes it", async () => {
    const { tenant, app, secret, live, count } = await deployed();
    const first = secret();
    tenant.sandbox.setFaults([{ kind: "status", status: 400, method: "DELETE", path: path("secrets/*"), times: 1 }]);
    const at0 = { ...rotated, secretOverlapDays: 0 };
    const failed = app.up(at0);
    await expect(failed).rejects.toBeInstanceOf(PartialCreateError);
    await expect(failed).rejects.toThrow("is still valid");
    expect(secret()).not.toBe(first);
    expect(secret()).toBe(await live());
    expect(app.state).toMatchObject({ ...at0, clientId: expect.any(String), issuer: expect.any(String) });
    expect(await app.up(at0)).toBe("update");
    expect(await count()).toBe(1);
    expect(secret()).toBe(await live());
  });
});

describe("a scope that is missing", () => {
  test.each(["create", "delete"])("to %s secrets fails the preview, and nothing is written", async (verb) => {
    const { tenant, app } = await deployed();
    loseScope(tenant, `internal_application_mgt_client_secret_${verb}`);
    const later = reconnected(tenant.sandbox);
    const own = later.resource("Application");
    Object.assign(own, { id: app.id, state: app.state, inputs: app.inputs });
    const [reason] = await own.preview({ ...args, description: "d", secretVersion: "a" });
    expect(reason).toContain(`internal_application_mgt_client_secret_${verb}`);
    later.requests();
    await expect(own.apply({ ...args, description: "d", secretVersion: "a" })).rejects.toBeInstanceOf(
      MissingScopeError,
    );
    expect(later.requests().filter((request) => !request.startsWith("GET"))).toEqual([]);
  });

  test.each([
    ["asgardeo", "internal_application_mgt_client_secret_view"],
    ["7.2", "internal_application_mgt_client_secret_create"],
    ["7.1", "internal_application_mgt_create"],
  ] as const)("on %s is named: %s", async (server, scope) => {
    const { tenant, app } = await deployed(server);
    loseScope(tenant, scope);
    const own = reconnected(tenant.sandbox).resource("Application");
    Object.assign(own, { id: app.id, state: app.state, inputs: app.inputs });
    const failed = own.apply({ ...args, secretVersion: "a" });
    await expect(failed).rejects.toBeInstanceOf(MissingScopeError);
    await expect(failed).rejects.toThrow(scope);
  });
});

/** The bootstrap client may no longer do something: tokens taken from now on lack the scope. */
function loseScope({ sandbox: { tenant } }: TestTenant, scope: string): void {
  const lost = tenant.apiResources.flatMap((api) => api.scopes).find(({ name }) => name === scope);
  if (!lost) throw new Error(`The tenant has no scope ${scope}.`);
  for (const authorization of tenant.applications.find(({ id }) => id === tenant.bootstrap)?.authorizations ?? []) {
    authorization.scopeIds = authorization.scopeIds.filter((id) => id !== lost.id);
  }
}

test.each([
  ["asgardeo", 403],
  ["7.2", 401],
  ["7.1", 401],
  ["7.0", 401],
] as const)("on %s, a token from before a new secret is then answered with %i", async (server, after) => {
  const { tenant, app, secret } = await deployed(server);
  const { baseUrl, organization } = tenant.sandbox;
  const base = `${baseUrl}/t/${organization}`;
  const credentials = Buffer.from(`${app.state.clientId}:${secret()}`).toString("base64");
  const headers = { authorization: `Basic ${credentials}` };
  const body = new URLSearchParams({ grant_type: "client_credentials" });
  const answer: unknown = await (await fetch(`${base}/oauth2/token`, { method: "POST", headers, body })).json();
  const authorization = `Bearer ${(answer as { access_token: string }).access_token}`;
  const used = async () => (await fetch(`${base}/api/server/v1/applications`, { headers: { authorization } })).status;
  // The token is good, but is not authorized to any API.
  expect(await used()).toBe(403);
  await app.up({ ...args, secretVersion: "a" });
  expect(await used()).toBe(after);
});

describe("args that do not go together are refused before any request", () => {
  test.each<[Properties, string]>([
    [
      { secretVersion: "1", oidc: { ...worker, publicClient: true } },
      "secretVersion: a public client signs in without a secret",
    ],
    [{ secretVersion: "1", oidc: undefined }, "secretVersion: there is no client"],
    [
      { storeSecret: false, oidc: { ...worker, clientId: "c", clientSecret: "s" } },
      "storeSecret: cannot keep out of state",
    ],
    [{ secretOverlapDays: 366 }, "secretOverlapDays: must be a whole number of days, from 0 to 365"],
    [{ secretOverlapDays: -1 }, "secretOverlapDays: must be a whole number of days, from 0 to 365"],
    [{ secretOverlapDays: 1.5 }, "secretOverlapDays: must be a whole number"],
    [{ secretVersion: "" }, "secretVersion: must not be empty"],
  ])("%j", async (more, reason) => {
    const { tenant, app } = await deployed();
    expect(await app.preview({ ...args, ...more })).toEqual([expect.stringContaining(reason)]);
    expect(tenant.requests()).toEqual([]);
  });
});

test("the secret of the provider's own client is not changed", async () => {
  const { tenant, app } = await deployed();
  app.state = { ...app.state, clientId: tenant.sandbox.clientId };
  await expect(app.apply({ ...args, secretVersion: "a" })).rejects.toThrow("the provider signs in with it");
  expect(tenant.requests()).toEqual([]);
});
