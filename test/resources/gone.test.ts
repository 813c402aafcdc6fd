import { allSubjects, subjects } from "../subjects/index";
import { type Managed, reconnected, type TestTenant, testTenant } from "../support/managed";

let tenant: TestTenant;
let app: Managed;
beforeEach(async () => {
  tenant = await testTenant();
  app = tenant.resource("Application");
  await app.up({ name: "Worker", oidc: { grantTypes: ["client_credentials"] } });
});
afterEach(() => tenant.close());

/** The same object in the state of a run that works on another tenant. */
function seenFrom(other: TestTenant): Managed {
  const there = other.resource("Application");
  Object.assign(there, { id: app.id, state: app.state, inputs: app.inputs });
  return there;
}

const bootstrap = ({ sandbox: { tenant } }: TestTenant) =>
  tenant.applications.find(({ id }) => id === tenant.bootstrap);

test("an object that is gone leaves the state, which is said", async () => {
  await tenant.sandbox.console("DELETE", subjects.Application.path(String(app.id)));
  const { id } = app;
  await app.refresh();
  expect(app.id).toBeUndefined();
  expect(tenant.said).toEqual([expect.stringContaining(`Application "Worker" (id ${id}) does not exist`)]);
});

// The sandbox tells an old answer of what was written to the same path alone.
test.each(allSubjects.filter(({ servedAt }) => !servedAt))(
  "an answer that is some seconds old does not take an $type out of the state",
  async (subject) => {
    const { type } = subject;
    const args = subject.least(await subject.args(tenant.sandbox));
    // So that what is made next is a change for the sandbox to be behind of.
    tenant.sandbox.setFaults([{ kind: "stale-read", skip: 1000 }]);
    const made = tenant.resource(type);
    await made.up(args);
    const { id, state } = made;
    const later = reconnected(tenant.sandbox).resource(type);
    Object.assign(later, { id, state });
    tenant.sandbox.setFaults([{ kind: "stale-read", times: 1 }]);
    await expect(later.refresh()).rejects.toThrow(
      `${type} ${id}: the server answers that it does not exist, and lists it`,
    );
    expect(later.id).toBe(id);
    await later.refresh();
    expect(later.state).toMatchObject(state);
  },
);

test("a permission that is lost is an error, and the state stays", async () => {
  const record = bootstrap(tenant);
  if (record) record.authorizations = [];
  const later = seenFrom(reconnected(tenant.sandbox));
  await expect(later.refresh()).rejects.toThrow("internal_application_mgt_view");
  expect(later.id).toBe(app.id);
});

test("in another tenant, which answers 404 for it, is an error for a refresh and for a destroy", async () => {
  const other = await testTenant({ organization: "other" });
  const there = seenFrom(other);
  await expect(there.refresh()).rejects.toThrow(
    `was made in ${tenant.api.base}, and ${other.api.base} does not have it`,
  );
  await expect(there.destroy()).rejects.toThrow("organization, baseUrl");
  expect(there.id).toBe(app.id);
  await other.close();
});

test("a tenant that has moved to another address keeps its objects", async () => {
  app.state = { ...app.state, __tenant: "https://old.example.com/t/sandbox" };
  await app.refresh();
  expect(app.state.__tenant).toBe(tenant.api.base);
  app.state = { ...app.state, __tenant: "https://old.example.com/t/sandbox" };
  await app.destroy();
  expect(tenant.sandbox.tenant.applications.some(({ name }) => name === "Worker")).toBe(false);
});

test.each(allSubjects.filter(({ isMadeAgainByChange }) => !isMadeAgainByChange))(
  "an $type that is gone cannot be changed: the error says how to make it anew",
  async (subject) => {
    const { type } = subject;
    const args = await subject.args(tenant.sandbox);
    const changed = subject.changed(args);
    const made = tenant.resource(type);
    await made.up(args);
    const { id = "" } = made;
    await tenant.sandbox.console("DELETE", subject.path(id));
    await expect(made.apply(changed)).rejects.toThrow(
      `${type} ${id} is in the state, but seems to be gone from ${tenant.api.base}. Run \`pulumi refresh\`, and then \`pulumi up\`, which makes it anew.`,
    );
    expect(made.id).toBe(id);
    const later = reconnected(tenant.sandbox).resource(type);
    Object.assign(later, { id, state: made.state, inputs: made.inputs });
    await later.refresh();
    expect(await later.up(changed)).toBe("create");
  },
);

test("an authorization for an application that does not exist is an error at application", async () => {
  const api = tenant.resource("ApiResource");
  await api.up({ name: "Orders", identifier: "orders" });
  const application = "00000000-0000-4000-8000-000000000000";
  const authorization = tenant.resource("ApiAuthorization");
  await expect(authorization.up({ application, api: api.id, scopes: [] })).rejects.toThrow(
    `application: there is no application with the id ${application} in this tenant`,
  );
});

test("looking up what does not exist is an error", async () => {
  const looked = tenant.resource("Application");
  looked.id = "00000000-0000-4000-8000-000000000000";
  await expect(looked.refresh()).rejects.toThrow("has no Application with the id");
});

describe("the bootstrap client's own application", () => {
  let own: Managed;
  const args = { name: "Bootstrap Client", adopt: true, oidc: { grantTypes: ["client_credentials"] } };
  beforeEach(async () => {
    own = tenant.resource("Application");
    await own.up(args);
    expect(own.state.clientId).toBe(tenant.sandbox.clientId);
  });

  test("is never deleted", async () => {
    await expect(own.destroy()).rejects.toThrow(
      "will not delete the application: the provider signs in with its client",
    );
    expect(bootstrap(tenant)).toBeDefined();
  });

  test.each([
    ["enabled: will not disable", { ...args, enabled: false }],
    ["oidc: will not remove the client", { name: args.name, adopt: true }],
    ["oidc.grantTypes: will not take the grant", { ...args, oidc: { grantTypes: ["refresh_token"] } }],
  ])("%s it, which a preview says already", async (message, change) => {
    expect(await own.preview(change)).toEqual([expect.stringContaining(message)]);
    await expect(own.apply(change)).rejects.toThrow(message);
    expect(bootstrap(tenant)).toMatchObject({ applicationEnabled: true, oidc: { grantTypes: ["client_credentials"] } });
  });

  test("may be managed without its client, which then stays", async () => {
    const fresh = reconnected(tenant.sandbox).resource("Application");
    await fresh.up({ name: args.name, description: "Managed", adopt: true });
    expect(bootstrap(tenant)).toMatchObject({ description: "Managed", oidc: { clientId: tenant.sandbox.clientId } });
  });

  test("costs no look where a change does not touch what it needs", async () => {
    const other = tenant.resource("Application");
    const code = { grantTypes: ["authorization_code"], callbackUrls: ["https://other.example/callback"] };
    await other.up({ name: "Other", oidc: code });
    tenant.requests();
    expect(await other.preview({ name: "Other", oidc: code, description: "Changed" })).toEqual([]);
    expect(tenant.requests()).toEqual([]);
    expect(await other.preview({ name: "Other" })).toEqual([]);
    expect(tenant.requests()).toHaveLength(1);
  });

  test("cannot be disabled while it is adopted either", async () => {
    const fresh = reconnected(tenant.sandbox).resource("Application");
    const disabled = { ...args, enabled: false };
    expect(await fresh.preview(disabled)).toEqual([expect.stringContaining("enabled: will not disable")]);
    await expect(fresh.apply(disabled)).rejects.toThrow("enabled: will not disable");
  });

  test("keeps the scopes that the provider needs; others may go", async () => {
    const authorization = tenant.resource("ApiAuthorization");
    const api = tenant.sandbox.tenant.apiResources.find(
      ({ identifier }) => identifier === "/api/server/v1/applications",
    );
    const scopes = (api?.scopes ?? []).map(({ name }) => name);
    const given = { application: own.id, api: "/api/server/v1/applications", scopes, adopt: true };
    await authorization.up(given);
    const less = scopes.filter((scope) => scope !== "internal_application_mgt_delete");
    const message = "scopes: will not take internal_application_mgt_delete";
    expect(await authorization.preview({ ...given, scopes: less })).toEqual([expect.stringContaining(message)]);
    await expect(authorization.apply({ ...given, scopes: less })).rejects.toThrow(message);
    await expect(authorization.destroy()).rejects.toThrow("since the provider signs in with its client");
    const other = tenant.resource("ApiAuthorization");
    const unneeded = { ...given, api: "/api/server/v1/identity-providers", scopes: ["internal_idp_view"] };
    await other.up(unneeded);
    expect(await other.up({ ...unneeded, scopes: ["internal_idp_create"] })).toBe("update");
  });

  test("keeps them also where the program does not know of them: adopted, or given by somebody else", async () => {
    const authorization = tenant.resource("ApiAuthorization");
    const given = {
      application: own.id,
      api: "/api/server/v1/applications",
      scopes: ["internal_application_mgt_view"],
      adopt: true,
    };
    const before = structuredClone(bootstrap(tenant)?.authorizations);
    const message = "scopes: will not take internal_application_mgt_";
    expect(await authorization.preview(given)).toEqual([expect.stringContaining(message)]);
    await expect(authorization.apply(given)).rejects.toThrow(message);
    expect(bootstrap(tenant)?.authorizations).toEqual(before);
    const id = `${own.id}/${tenant.sandbox.tenant.apiResources.find(({ identifier }) => identifier === given.api)?.id}`;
    const later = reconnected(tenant.sandbox).resource("ApiAuthorization");
    Object.assign(later, { id, state: { ...given, apiId: id.split("/")[1] }, inputs: given });
    await expect(later.destroy()).rejects.toThrow("since the provider signs in with its client");
    expect(bootstrap(tenant)?.authorizations).toEqual(before);
  });
});
