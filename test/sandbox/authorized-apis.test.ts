import { bookings, callerFor, requestToken, sandboxFor, textAt } from "./support";

async function scene(server: "asgardeo" | "7.0" | "7.1" | "7.2" = "asgardeo") {
  const sandbox = await sandboxFor({ server });
  const call = await callerFor(sandbox);
  const { id: api } = await call("POST", "/api-resources", bookings);
  const machine = { name: "m", inboundProtocolConfiguration: { oidc: { grantTypes: ["client_credentials"] } } };
  const { id: application } = await call("POST", "/applications", machine);
  const path = `/applications/${application}/authorized-apis`;
  const systemApi = (identifier: string) =>
    sandbox.tenant.apiResources.find((candidate) => candidate.identifier === identifier)?.id;
  return { sandbox, call, api, application, path, systemApi };
}

describe("an authorization", () => {
  test("is made without an answer's body, listed in a bare array, and lets the client have the scopes", async () => {
    const { sandbox, call, api, application, path } = await scene();
    const answer = await call("POST", path, { id: api, policyIdentifier: "rbac", scopes: ["bookings:read"] });
    expect(answer).toMatchObject({ status: 200, body: undefined, id: "" });
    expect((await call("GET", path)).body).toEqual([
      {
        id: api,
        identifier: bookings.identifier,
        displayName: "Bookings",
        policyId: "RBAC",
        type: "BUSINESS",
        authorizedScopes: [{ id: expect.any(String), name: "bookings:read", displayName: "Read bookings" }],
        authorizedAuthorizationDetailsTypes: null,
      },
    ]);
    const { body } = await call("GET", `/applications/${application}/inbound-protocols/oidc`);
    const client = { clientId: textAt(body, "clientId"), clientSecret: textAt(body, "clientSecret") };
    const form = { scope: "bookings:read bookings:write" };
    expect((await requestToken(sandbox, client, form)).body).toMatchObject({ scope: "bookings:read" });
  });

  test("has its policy in upper case", async () => {
    const { call, path } = await scene();
    const open = { name: "Open", identifier: "open", requiresAuthorization: false };
    const { id } = await call("POST", "/api-resources", open);
    expect((await call("POST", path, { id, policyIdentifier: "No Policy" })).status).toBe(200);
    expect((await call("GET", path)).body).toMatchObject([{ policyId: "NO POLICY", authorizedScopes: [] }]);
  });

  test("is refused in the server's order: twice, unknown API, forbidden, unknown scope, bad policy", async () => {
    const { sandbox, call, api, path } = await scene();
    const bad = { id: api, scopes: ["none"], policyIdentifier: "none" };
    const post = async (body: unknown, as = call) => {
      const answer = await as("POST", path, body);
      return [answer.status, textAt(answer.body, "code")];
    };
    const weak = await callerFor(sandbox, "internal_application_mgt_update");
    expect(await post({ ...bad, id: "none" }, weak)).toEqual([400, "APP-60507"]);
    expect(await post(bad, weak)).toEqual([403, "APP-60520"]);
    expect(await post(bad)).toEqual([400, "APP-60508"]);
    expect(await post({ id: api, policyIdentifier: "none" })).toEqual([400, "APP-60511"]);
    expect(await post({ id: api, policyIdentifier: "No Policy" })).toEqual([400, "APP-60512"]);
    await call("POST", path, { id: api });
    expect(await post(bad, weak)).toEqual([409, "APP-60509"]);
  });

  test.each(["asgardeo", "7.2", "7.1", "7.0"] as const)(
    "needs on %s a second scope, if that server has it",
    async (server) => {
      const { sandbox, api, path, systemApi } = await scene(server);
      const weak = await callerFor(sandbox, "internal_application_mgt_update");
      const enforced = server === "asgardeo" || server === "7.2";
      const business = "internal_application_mgt_update internal_application_business_api_update";
      const internal = "internal_application_mgt_update internal_application_internal_api_update";
      const system = systemApi("/api/server/v1/identity-providers");
      expect((await weak("POST", path, { id: system })).status).toBe(enforced ? 403 : 200);
      expect((await weak("POST", path, { id: api })).status).toBe(enforced ? 403 : 200);
      if (!enforced) return;
      expect((await (await callerFor(sandbox, internal))("POST", path, { id: api })).status).toBe(403);
      expect((await (await callerFor(sandbox, business))("POST", path, { id: api })).status).toBe(200);
      expect((await (await callerFor(sandbox, business))("POST", path, { id: system })).status).toBe(403);
      expect((await (await callerFor(sandbox, internal))("POST", path, { id: system })).status).toBe(200);
      expect((await weak("PATCH", `${path}/${api}`, {})).status).toBe(403);
      expect((await weak("DELETE", `${path}/${api}`)).status).toBe(403);
    },
  );

  test("changes its scopes by PATCH: what is both added and removed is removed, unknown removals are let be", async () => {
    const { call, api, path } = await scene();
    await call("POST", path, { id: api, scopes: ["bookings:read"] });
    const change = { addedScopes: ["bookings:read", "bookings:write"], removedScopes: ["bookings:read", "none"] };
    expect(await call("PATCH", `${path}/${api}`, change)).toMatchObject({ status: 200, body: undefined });
    expect((await call("GET", path)).body).toMatchObject([{ authorizedScopes: [{ name: "bookings:write" }] }]);
    expect(await call("PATCH", `${path}/${api}`, { addedScopes: ["none"] })).toMatchObject({
      status: 400,
      body: { code: "APP-60508" },
    });
  });

  test("cannot be changed where it is not", async () => {
    const { call, api, path } = await scene();
    const change = { addedScopes: ["bookings:read"] };
    expect(await call("PATCH", `${path}/none`, change)).toMatchObject({ status: 400, body: { code: "APP-60507" } });
    expect(await call("PATCH", `${path}/${api}`, change)).toMatchObject({ status: 400, body: { code: "APP-60510" } });
  });

  test("is deleted, and it does not matter whether it was there", async () => {
    const { call, api, path } = await scene();
    await call("POST", path, { id: api });
    for (const _ of [1, 2]) expect((await call("DELETE", `${path}/${api}`)).status).toBe(204);
    expect((await call("DELETE", "/applications/none/authorized-apis/none")).status).toBe(204);
    expect((await call("GET", path)).body).toEqual([]);
  });

  test("of an unknown application is no error on GET, and one on POST", async () => {
    const { call, api } = await scene();
    expect(await call("GET", "/applications/none/authorized-apis")).toMatchObject({ status: 200, body: [] });
    expect((await call("POST", "/applications/none/authorized-apis", { id: api })).status).toBe(404);
  });

  test("to a scope that two system APIs share can be had through one of them only", async () => {
    const { call, path, systemApi } = await scene();
    const scopes = ["internal_role_mgt_view"];
    expect((await call("POST", path, { id: systemApi("/scim2/v3/Roles"), scopes })).status).toBe(200);
    expect(await call("POST", path, { id: systemApi("/scim2/Roles"), scopes })).toMatchObject({
      status: 500,
      body: { code: "APP-65001" },
    });
    expect((await call("POST", path, { id: systemApi("/scim2/Roles") })).status).toBe(200);
  });

  test("has no authorization details types on a server that does not know them", async () => {
    const { call, api, path } = await scene("7.0");
    await call("POST", path, { id: api });
    expect((await call("GET", path)).body).not.toHaveProperty([0, "authorizedAuthorizationDetailsTypes"]);
  });
});

test("authorizations that are made at the same time are all kept", async () => {
  const { call, path } = await scene();
  const ids = await Promise.all(
    Array.from(
      { length: 12 },
      async (_, n) => (await call("POST", "/api-resources", { name: "n", identifier: `n${n}` })).id,
    ),
  );
  const answers = await Promise.all(ids.map((id) => call("POST", path, { id })));
  expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200));
  expect((await call("GET", path)).body).toHaveLength(12);
});
