import { type Managed, reconnected, type TestTenant, testTenant } from "../support/managed";

let tenant: TestTenant;
let application: Managed;
let orders: Managed;
beforeEach(async () => {
  tenant = await testTenant();
  application = tenant.resource("Application");
  await application.up({ name: "Worker", oidc: { grantTypes: ["client_credentials"] } });
  orders = tenant.resource("ApiResource");
  const scopes = ["orders:read", "orders:write", "orders:delete"].map((name) => ({ name }));
  await orders.up({ name: "Orders", identifier: "https://api.example.com/orders", scopes });
  tenant.requests();
});
afterEach(() => tenant.close());

const args = (more: object = {}) => ({ application: application.id, api: orders.id, scopes: ["orders:read"], ...more });
const path = () => `/applications/${application.id}/authorized-apis`;
const scopes = async () => {
  const live = await tenant.live<{ authorizedScopes: { name: string }[] }[]>(path());
  return live.map(({ authorizedScopes }) => authorizedScopes.map(({ name }) => name).sort());
};

test("an authorization is created in one request, and its id is made of both others", async () => {
  const authorization = tenant.resource("ApiAuthorization");
  await authorization.up(args());
  expect(tenant.requests()).toEqual([`POST ${path()}`]);
  expect(authorization.id).toBe(`${application.id}/${orders.id}`);
  expect(authorization.state).toMatchObject({ apiId: orders.id });
  expect(await scopes()).toEqual([["orders:read"]]);
});

test("scopes change in place, in two requests; one that was withdrawn in the console comes back", async () => {
  const authorization = tenant.resource("ApiAuthorization");
  await authorization.up(args({ scopes: ["orders:read", "orders:write"] }));
  await tenant.sandbox.console("PATCH", `/api/server/v1${path()}/${orders.id}`, { removedScopes: ["orders:read"] });
  tenant.requests();
  expect(await authorization.up(args({ scopes: ["orders:read", "orders:delete"] }))).toBe("update");
  expect(tenant.requests()).toEqual([`GET ${path()}`, `PATCH ${path()}/${orders.id}`]);
  expect(await scopes()).toEqual([["orders:delete", "orders:read"]]);
});

test("an authorization that did not change costs no request, whatever the order of its scopes", async () => {
  const authorization = tenant.resource("ApiAuthorization");
  await authorization.up(args({ scopes: ["orders:read", "orders:write"] }));
  await authorization.refresh();
  tenant.requests();
  expect(await authorization.up(args({ scopes: ["orders:write", "orders:read"], policy: "RBAC" }))).toBe("same");
  expect(tenant.requests()).toEqual([]);
});

test("all authorizations of an application are refreshed with one request", async () => {
  const ours = tenant.resource("ApiAuthorization");
  const theirs = tenant.resource("ApiAuthorization");
  await ours.up(args());
  await theirs.up(args({ api: "/api/server/v1/applications", scopes: ["internal_application_mgt_view"] }));
  tenant.requests();
  await Promise.all([ours.refresh(), theirs.refresh()]);
  expect(tenant.requests()).toEqual([`GET ${path()}`]);
  expect(ours.state).toMatchObject(args());
});

test("a refresh after a write shows what the write has done", async () => {
  const authorization = tenant.resource("ApiAuthorization");
  await authorization.up(args());
  await authorization.refresh();
  await authorization.up(args({ scopes: ["orders:write"] }));
  await authorization.refresh();
  expect(authorization.state.scopes).toEqual(["orders:write"]);
});

test("a change leaves the declared scopes alone, also where somebody else has added one", async () => {
  const authorization = tenant.resource("ApiAuthorization");
  await authorization.up(args());
  await tenant.sandbox.console(
    "PATCH",
    `/api/server/v1/applications/${authorization.id?.replace("/", "/authorized-apis/")}`,
    {
      addedScopes: ["orders:delete"],
    },
  );
  await authorization.up(args({ scopes: ["orders:write"] }));
  expect(await scopes()).toEqual([["orders:write"]]);
});

test("an API is found by its identifier, once for all that name it", async () => {
  const other = tenant.resource("Application");
  await other.up({ name: "Other", oidc: { grantTypes: ["client_credentials"] } });
  tenant.requests();
  const management = { api: "/api/server/v1/applications", scopes: ["internal_application_mgt_view"] };
  const first = tenant.resource("ApiAuthorization");
  const second = tenant.resource("ApiAuthorization");
  await Promise.all([first.up(args(management)), second.up(args({ ...management, application: other.id }))]);
  const requests = tenant.requests();
  expect(requests.filter((request) => request.startsWith("GET /api-resources"))).toHaveLength(1);
  expect(requests).toHaveLength(3);
  await first.refresh();
  expect(first.state.api).toBe("/api/server/v1/applications");
  expect(await first.up(args(management))).toBe("same");
});

test.each([
  ["that the server's filter cannot find", "https://api.example.com/search?kind=orders&page=1"],
  ["that is further away than a page", "https://api.example.com/far"],
])("an API %s is found by its identifier, too", async (_, identifier) => {
  const wanted = tenant.resource("ApiResource");
  await wanted.up({ name: "Wanted", identifier, scopes: [{ name: "wanted" }] });
  for (let n = 0; n < 120; n++) {
    await tenant.sandbox.console("POST", "/api/server/v1/api-resources", {
      name: `Other ${n}`,
      identifier: `other-${n}`,
    });
  }
  const authorization = tenant.resource("ApiAuthorization");
  await authorization.up(args({ api: identifier, scopes: ["wanted"] }));
  expect(authorization.state.apiId).toBe(wanted.id);
});

test("an identifier that does not exist is an error that names the near miss, and nothing is authorized", async () => {
  const authorization = tenant.resource("ApiAuthorization");
  await expect(authorization.up(args({ api: "https://api.example.com/order" }))).rejects.toThrow(
    'api: no API of this tenant has the identifier "https://api.example.com/order"; did you mean `https://api.example.com/orders`?',
  );
  expect(await scopes()).toEqual([]);
});

test("an id that does not exist is an error at api", async () => {
  const authorization = tenant.resource("ApiAuthorization");
  const api = "00000000-0000-4000-8000-000000000000";
  await expect(authorization.up(args({ api }))).rejects.toThrow(`api: there is no API with the id ${api}`);
});

test("a scope that the API does not have is an error at its place, with the near miss and what there is", async () => {
  const authorization = tenant.resource("ApiAuthorization");
  const failed = authorization.up(args({ scopes: ["orders:read", "orders:raed", "internal_application_mgt_view"] }));
  await expect(failed).rejects.toThrow(
    'scopes[1]: the API "Orders" of this program has no scope `orders:raed`; did you mean `orders:read`?',
  );
  await expect(failed).rejects.toThrow(
    'scopes[2]: the API "Orders" of this program has no scope `internal_application_mgt_view`',
  );
  await expect(failed).rejects.toThrow("its scopes are orders:read, orders:write, orders:delete");
  expect(authorization.id).toBeUndefined();
  const good = tenant.resource("ApiAuthorization");
  await good.up(args());
  await expect(good.up(args({ scopes: ["orders:raed"] }))).rejects.toThrow(
    'scopes[0]: the API "Orders" of this program has no scope',
  );
  expect(await scopes()).toEqual([["orders:read"]]);
});

test("what is authorized already is an error, and stays as it is", async () => {
  await tenant.resource("ApiAuthorization").up(args());
  await expect(tenant.resource("ApiAuthorization").up(args({ scopes: ["orders:write"] }))).rejects.toThrow(
    `api: "${orders.id}" is taken by the authorization of the application "Worker" of this program for the API "Orders" of this program`,
  );
  expect(await scopes()).toEqual([["orders:read"]]);
});

test("a management API refuses the policy that it does not accept, at policy", async () => {
  const management = { api: "/api/server/v1/applications", scopes: [], policy: "No Policy" };
  await expect(tenant.resource("ApiAuthorization").up(args(management))).rejects.toThrow(
    "accepts the policy `RBAC` only",
  );
});

test("another policy, API or application replaces the authorization", async () => {
  await orders.up({ ...orders.state, requiresAuthorization: false });
  const authorization = tenant.resource("ApiAuthorization");
  await authorization.up(args());
  expect(await authorization.up(args({ policy: "No Policy" }))).toBe("replace");
  await authorization.refresh();
  expect(authorization.state.policy).toBe("No Policy");
  expect(await authorization.up(args({ policy: "No Policy" }))).toBe("same");
  const other = tenant.resource("Application");
  await other.up({ name: "Other" });
  expect(await authorization.up(args({ application: other.id }))).toBe("replace");
  expect(await scopes()).toEqual([]);
});

test("what was withdrawn in the console is drift; an authorization that is gone is made again", async () => {
  const authorization = tenant.resource("ApiAuthorization");
  await authorization.up(args({ scopes: ["orders:read", "orders:write"] }));
  const live = `/api/server/v1${path()}/${orders.id}`;
  await tenant.sandbox.console("PATCH", live, { removedScopes: ["orders:read"] });
  await authorization.refresh();
  expect(authorization.state.scopes).toEqual(["orders:write"]);
  await authorization.up(args({ scopes: ["orders:read", "orders:write"] }));
  expect(await scopes()).toEqual([["orders:read", "orders:write"]]);
  await tenant.sandbox.console("DELETE", live);
  await authorization.refresh();
  expect(authorization.id).toBeUndefined();
  expect(await authorization.up(args())).toBe("create");
});

test("is deleted in one request, also where the application is gone with it", async () => {
  const authorization = tenant.resource("ApiAuthorization");
  await authorization.up(args());
  tenant.requests();
  const { id, state } = authorization;
  await authorization.destroy();
  expect(tenant.requests()).toEqual([`DELETE ${path()}/${orders.id}`]);
  await application.destroy();
  authorization.id = id;
  authorization.state = state;
  await authorization.destroy();
});

test("is read by its id alone, and an id of another form is an error", async () => {
  const authorization = tenant.resource("ApiAuthorization");
  await authorization.up(args());
  const looked = tenant.resource("ApiAuthorization");
  looked.id = authorization.id;
  await looked.refresh();
  expect(looked.state).toMatchObject({ ...args(), policy: "RBAC", apiId: orders.id });
  looked.id = "no-slash";
  await expect(looked.refresh()).rejects.toThrow("must be `<application id>/<API id>`");
});

test("many authorizations of one application at once are all there in the end", async () => {
  const apis = await Promise.all(
    Array.from({ length: 12 }, async (_, n) => {
      const api = tenant.resource("ApiResource");
      await api.up({ name: `API ${n}`, identifier: `api-${n}`, scopes: [{ name: `api-${n}:use` }] });
      return { api: api.id, scopes: [`api-${n}:use`] };
    }),
  );
  await Promise.all(apis.map((api) => tenant.resource("ApiAuthorization").up(args(api))));
  expect(await scopes()).toHaveLength(12);
});

test("a bootstrap client without the right for business APIs is told which scope it lacks", async () => {
  const { tenant: records } = tenant.sandbox;
  const lacking = records.apiResources
    .flatMap((api) => api.scopes)
    .find(({ name }) => name.endsWith("business_api_update"));
  for (const authorization of records.applications.find(({ id }) => id === records.bootstrap)?.authorizations ?? []) {
    authorization.scopeIds = authorization.scopeIds.filter((id) => id !== lacking?.id);
  }
  const later = reconnected(tenant.sandbox).resource("ApiAuthorization");
  await expect(later.up(args())).rejects.toThrow("internal_application_business_api_update");
});

test("a scope that nobody could ask for fails at preview, at its place", async () => {
  const wrong = args({ scopes: ["orders:read", "orders write"] });
  expect(await tenant.resource("ApiAuthorization").preview(wrong)).toEqual([
    expect.stringMatching(/^scopes\[1\]: has a blank, so no application could ever ask for it/),
  ]);
});
