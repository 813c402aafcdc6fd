import { allSubjects } from "../subjects/index";
import { type Managed, reconnected, type TestTenant, testTenant } from "../support/managed";
import { wholePath } from "../support/paths";

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await testTenant();
});
afterEach(() => tenant.close());

/** A value that Pulumi does not know yet at preview. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const worker = { grantTypes: ["client_credentials"] };
const console = (method: string, path: string, body?: unknown) => tenant.sandbox.console(method, wholePath(path), body);

describe.each(allSubjects)("an $type that exists", (subject) => {
  test("fails at preview, with the line to add, and is left alone", async () => {
    const args = await subject.args(tenant.sandbox);
    await subject.exists(tenant.sandbox, args);
    const before = structuredClone(tenant.sandbox.tenant);
    const [id = ""] = subject.found(tenant.sandbox.tenant, args);
    const reasons = await tenant.resource(subject.type).preview(args);
    expect(reasons).toEqual([
      expect.stringContaining(`(id ${id}).\n- Was this resource renamed or moved in the program?`),
    ]);
    expect(reasons[0]).toContain("add `adopt: true` to the resource");
    expect(tenant.sandbox.tenant).toEqual(before);
  });

  test("is taken over with `adopt`, is then as declared, and is managed like any other", async () => {
    const args = await subject.args(tenant.sandbox);
    await subject.exists(tenant.sandbox, args);
    const ids = subject.found(tenant.sandbox.tenant, args);
    const resource = tenant.resource(subject.type);
    expect(await resource.preview({ ...args, adopt: true })).toEqual([]);
    const found = subject.isKeyAlone ? "It is as declared\\." : "What changes: ";
    expect(tenant.said).toEqual([expect.stringMatching(new RegExp(`^will adopt the .*\\(id .*\\)\\. ${found}`))]);
    await resource.up({ ...args, adopt: true });
    expect([resource.id]).toEqual(ids);
    expect(subject.found(tenant.sandbox.tenant, args)).toEqual(ids);
    await resource.refresh();
    expect(resource.state).toMatchObject(args);
    expect(await resource.up(args)).toBe("same");
    await resource.destroy();
    expect(subject.found(tenant.sandbox.tenant, args)).toEqual([]);
  });
});

describe.each(allSubjects)("an $type that is already as declared", (subject) => {
  test("is taken over without a write", async () => {
    const args = await subject.args(tenant.sandbox);
    await tenant.resource(subject.type).up(args);
    // Another run, in which a resource of another stack declares the same.
    const sent = tenant.sandbox.requests.length;
    const taken = reconnected(tenant.sandbox).resource(subject.type);
    await taken.up({ ...args, adopt: true });
    const writes = tenant.sandbox.requests
      .slice(sent)
      .filter(({ method, path }) => method !== "GET" && !path.endsWith("/oauth2/token"));
    expect(writes).toEqual([]);
    await taken.refresh();
    expect(taken.state).toMatchObject(args);
  });
});

const limits =
  "Where another resource that has it is deleted, the object is kept; where the run replaces it by force, it is made anew.";

describe("an application that exists", () => {
  let id: string | undefined;
  beforeEach(async () => {
    const oidc = { ...worker, allowedOrigins: ["https://theirs.example"] };
    const body = { name: "Existing", description: "old", inboundProtocolConfiguration: { oidc } };
    ({ id } = await console("POST", "/applications", body));
  });

  const args = { name: "Existing", description: "new", oidc: { ...worker, accessToken: { type: "JWT" } } };

  test("fails at preview, with the line to add", async () => {
    expect(await tenant.resource("Application").preview(args)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^name: "Existing" is taken by the application "Existing" \\(id ${id}\\)\\.\n- .*renamed or moved.*\`aliases: .*\n- .*add \`adopt: true\`.*\n- .*declare it, too.*\n- Else choose another\\.$`,
        ),
      ),
    ]);
  });

  test("is taken over with `adopt`, after a preview that says which, and what will change", async () => {
    const app = tenant.resource("Application");
    expect(await app.preview({ ...args, adopt: true })).toEqual([]);
    expect(tenant.said).toEqual([
      `will adopt the application "Existing" (id ${id}). What changes: description: "old" becomes "new"; oidc.accessToken.type: "Default" becomes "JWT". ${limits}`,
    ]);
    await app.up({ ...args, adopt: true });
    expect(app.id).toBe(id);
    const oidc = await tenant.live(`/applications/${id}/inbound-protocols/oidc`);
    expect(oidc).toMatchObject({ accessToken: { type: "JWT" }, allowedOrigins: ["https://theirs.example"] });
    expect(app.state).toMatchObject({ clientId: oidc.clientId, clientSecret: oidc.clientSecret });
    expect(await tenant.live(`/applications/${id}`)).toMatchObject({ description: "new" });
    expect(tenant.sandbox.tenant.applications.filter(({ name }) => name === "Existing")).toHaveLength(1);
  });

  test("is then like any other: no drift from `adopt`, which can be taken out again", async () => {
    const app = tenant.resource("Application");
    await app.up({ ...args, adopt: true });
    await app.refresh();
    expect(app.inputs).toMatchObject({ adopt: true });
    expect(await app.up({ ...args, adopt: true })).toBe("same");
    expect(await app.up(args)).toBe("same");
    await app.destroy();
    expect((await console("GET", `/applications/${id}`)).status).toBe(404);
  });

  test("is not taken over where what cannot change would have to", async () => {
    const app = tenant.resource("Application");
    const other = { ...args, adopt: true, oidc: { ...worker, clientId: "another" } };
    expect(await app.preview(other)).toEqual([
      expect.stringMatching(/^adopt: the application "Existing" .* oidc\.clientId: ".*" becomes "another"$/),
    ]);
    await expect(app.apply(other)).rejects.toThrow("oidc.clientId");
  });

  test("is not taken over under another client secret than it has, which cannot change", async () => {
    const { oidc } = tenant.sandbox.tenant.applications.find((one) => one.id === id) ?? {};
    const app = tenant.resource("Application");
    const client = { ...worker, clientId: oidc?.clientId };
    const given = (clientSecret: unknown) => ({ ...args, adopt: true, oidc: { ...client, clientSecret } });
    expect(await app.preview(given("another"))).toEqual([
      expect.stringMatching(
        /^adopt: the application "Existing" .* this cannot change: oidc\.clientSecret: \[secret\]$/,
      ),
    ]);
    await expect(app.apply(given("another"))).rejects.toThrow("oidc.clientSecret: [secret]");
    expect(await app.preview(given(unknown))).toEqual([]);
    await app.up(given(oidc?.clientSecret));
    expect(app.id).toBe(id);
    await app.refresh();
    expect(await app.up(given(oidc?.clientSecret))).toBe("same");
  });

  test("shows no client secret of the program at preview, even where all of `oidc` is new", async () => {
    await console("POST", "/applications", { name: "Bare" });
    const oidc = { clientId: "bare", clientSecret: "hush-hush", ...worker };
    const app = tenant.resource("Application");
    expect(await app.preview({ name: "Bare", adopt: true, oidc })).toEqual([]);
    expect(tenant.said).toEqual([
      expect.stringContaining('oidc: becomes {"clientId":"bare","clientSecret":"[secret]"'),
    ]);
  });

  test("is read once for a preview, and once for the run", async () => {
    const app = tenant.resource("Application");
    const reads = () => tenant.requests().filter((request) => request === `GET /applications/${id}`);
    await app.preview({ ...args, adopt: true });
    expect(reads()).toHaveLength(1);
    await app.apply({ ...args, adopt: true });
    expect(reads()).toHaveLength(1);
  });

  test("of nearly the same name is not taken: another case is another application", async () => {
    const app = tenant.resource("Application");
    await app.up({ ...args, name: "existing", adopt: true });
    expect(app.id).not.toBe(id);
  });
});

test("`adopt` makes what does not exist", async () => {
  const app = tenant.resource("Application");
  expect(await app.up({ name: "Fresh", oidc: worker, adopt: true })).toBe("create");
});

test.each(["Console", "My Account"])("the tenant's own application %s is never taken over", async (name) => {
  expect(await tenant.resource("Application").preview({ name, adopt: true })).toEqual([
    expect.stringContaining("It is a part of the tenant itself and cannot be managed"),
  ]);
  await expect(tenant.resource("Application").apply({ name, adopt: true })).rejects.toThrow("part of the tenant");
});

test("an API is taken over by its identifier, and its scopes are those that are declared", async () => {
  const identifier = "https://api.example.com/orders";
  const scopes = [{ name: "orders:read" }, { name: "orders:old" }];
  const { id } = await console("POST", "/api-resources", { name: "Theirs", identifier, scopes });
  const api = tenant.resource("ApiResource");
  const args = { name: "Orders", identifier, scopes: [{ name: "orders:read" }, { name: "orders:new" }] };
  expect(await api.preview(args)).toEqual([
    expect.stringContaining(`identifier: "${identifier}" is taken by the API "Theirs" (id ${id})`),
  ]);
  await api.up({ ...args, adopt: true });
  expect(api.id).toBe(id);
  const live = await tenant.live<{ scopes: { name: string }[] }>(`/api-resources/${id}`);
  expect(live.scopes.map(({ name }) => name).sort()).toEqual(["orders:new", "orders:read"]);
});

test("an API that needs no authorization is not taken over by a program that leaves this out: it means the default", async () => {
  const theirs = { name: "Theirs", identifier: "open", requiresAuthorization: false };
  await console("POST", "/api-resources", theirs);
  const api = tenant.resource("ApiResource");
  const args = { name: "Theirs", identifier: "open", adopt: true };
  expect(await api.preview(args)).toEqual([expect.stringContaining("requiresAuthorization: false becomes true")]);
  await expect(api.apply(args)).rejects.toThrow("requiresAuthorization: false becomes true");
  await api.up({ ...args, requiresAuthorization: false });
  expect(api.id).toBeDefined();
});

test("a management API is never taken over", async () => {
  const args = { name: "Mine", identifier: "/api/server/v1/applications", adopt: true };
  expect(await tenant.resource("ApiResource").preview(args)).toEqual([
    expect.stringContaining("management API of the server itself"),
  ]);
});

describe("an authorization that exists", () => {
  let app: Managed;
  beforeEach(async () => {
    app = tenant.resource("Application");
    await app.up({ name: "Worker", oidc: worker });
    const { body } = await console("GET", "/api-resources?filter=identifier+eq+/api/server/v1/applications");
    const [{ id }] = (body as { apiResources: [{ id: string }] }).apiResources;
    await console("POST", `/applications/${app.id}/authorized-apis`, { id, scopes: ["internal_application_mgt_view"] });
  });

  const args = () => ({
    application: app.id,
    api: "/api/server/v1/applications",
    scopes: ["internal_application_mgt_view", "internal_application_mgt_update"],
  });

  test("fails at preview in a later run, and is taken over with `adopt`", async () => {
    const later = reconnected(tenant.sandbox);
    const authorization = later.resource("ApiAuthorization");
    expect(await authorization.preview(args())).toEqual([expect.stringContaining("add `adopt: true`")]);
    await authorization.up({ ...args(), adopt: true });
    expect(later.said).toEqual([
      `will adopt the authorization of the application ${app.id} for the API ${args().api} (id ${authorization.id}). What changes: scopes: + internal_application_mgt_update. ${limits}`,
    ]);
    const [live] = await tenant.live<{ authorizedScopes: unknown[] }[]>(`/applications/${app.id}/authorized-apis`);
    expect(live?.authorizedScopes).toHaveLength(2);
  });

  test("has the declared scopes afterwards, and no other", async () => {
    const fewer = { ...args(), scopes: ["internal_application_mgt_create"], adopt: true };
    await reconnected(tenant.sandbox).resource("ApiAuthorization").up(fewer);
    const [live] = await tenant.live<{ authorizedScopes: { name: string }[] }[]>(
      `/applications/${app.id}/authorized-apis`,
    );
    expect(live?.authorizedScopes.map(({ name }) => name)).toEqual(fewer.scopes);
  });

  test("is not taken over under another policy, which cannot change", async () => {
    const authorization = reconnected(tenant.sandbox).resource("ApiAuthorization");
    expect(await authorization.preview({ ...args(), policy: "No Policy", adopt: true })).toEqual([
      expect.stringContaining('policy: "RBAC" becomes "No Policy"'),
      expect.stringContaining("accepts the policy `RBAC` only"),
    ]);
  });
});

describe("looking ahead", () => {
  test("costs at most one request for ten new resources at 100", async () => {
    for (let n = 0; n < 40; n++) await console("POST", "/applications", { name: `Before ${n}` });
    const later = reconnected(tenant.sandbox);
    later.requests();
    for (let n = 0; n < 50; n++) {
      expect(await later.resource("Application").preview({ name: `New ${n}`, oidc: worker })).toEqual([]);
      expect(await later.resource("ApiResource").preview({ name: `API ${n}`, identifier: `api-${n}` })).toEqual([]);
    }
    expect(later.requests().length).toBeLessThanOrEqual(10);
  });

  test("finds one name by a filter where the tenant has many applications", async () => {
    for (let n = 0; n < 200; n++) await console("POST", "/applications", { name: `Before ${n}` });
    const later = reconnected(tenant.sandbox);
    later.requests();
    expect(await later.resource("Application").preview({ name: "Before 3" })).toHaveLength(1);
    expect(await later.resource("Application").preview({ name: "New" })).toEqual([]);
    expect(later.requests()).toHaveLength(3);
  });

  test("is not done again for what does not change, nor takes an object that is being replaced for another's", async () => {
    const api = tenant.resource("ApiResource");
    const args = { name: "Orders", identifier: "orders", scopes: [{ name: "orders:read" }] };
    await api.up(args);
    const later = reconnected(tenant.sandbox);
    const again = later.resource("ApiResource");
    Object.assign(again, { id: api.id, state: api.state, inputs: api.inputs });
    expect(await again.up(args)).toBe("same");
    expect(later.requests()).toEqual([]);
    expect(await again.up({ ...args, requiresAuthorization: false })).toBe("replace");
  });

  test("lets an identifier be that the same program is about to make", async () => {
    const args = { name: "Orders", identifier: "https://api.example.com/orders", scopes: [{ name: "orders:read" }] };
    expect(await tenant.resource("ApiResource").preview(args)).toEqual([]);
    const authorization = { application: unknown, api: args.identifier, scopes: ["orders:read"] };
    expect(await tenant.resource("ApiAuthorization").preview(authorization)).toEqual([]);
  });

  test("finds references that do not exist, with their near misses", async () => {
    const app = tenant.resource("Application");
    await app.up({ name: "Worker", oidc: worker });
    const authorization = tenant.resource("ApiAuthorization");
    const preview = (args: object) => authorization.preview({ application: unknown, scopes: [], ...args });
    expect(await preview({ api: "/api/server/v1/application" })).toEqual([
      expect.stringContaining("did you mean `/api/server/v1/applications`?"),
    ]);
    expect(await preview({ api: "/api/server/v1/applications", scopes: ["internal_application_mgt_veiw"] })).toEqual([
      expect.stringMatching(
        /^scopes\[0\]: the API "Application Management API" .* has no scope `internal_application_mgt_veiw`; did you mean/,
      ),
    ]);
    expect(await preview({ api: "00000000-0000-4000-8000-000000000000" })).toEqual([
      "api: there is no API with the id 00000000-0000-4000-8000-000000000000 in this tenant",
    ]);
    expect(await preview({ api: unknown, scopes: ["x"] })).toEqual([]);
  });
});
