import { callerIn, organization, requestSwitch, type Scene, sceneFor, shareWithAll } from "./organization-scene";
import { bookings, callerWith, requestToken, textAt, valueAt } from "./support";

const organizations = "/o/api/server/v1/organizations";

/** A scene with an organization that the client's application is shared with. */
async function shared(): Promise<{ scene: Scene; id: string }> {
  const scene = await sceneFor({ organization: "acme" });
  const id = await organization(scene.call, "Central Hospital", { orgHandle: "central.com" });
  await shareWithAll(scene);
  return { scene, id };
}

const scopesOf = (body: unknown) => textAt(body, "scope").split(" ");

describe("a switched token", () => {
  test("has the scopes of organizations that are asked for, by name or all of them, and nothing to renew it by", async () => {
    const { scene, id } = await shared();
    const { status, body } = await requestSwitch(scene, id);
    expect(status).toBe(200);
    expect(Object.keys(Object(body)).sort()).toEqual(["access_token", "expires_in", "scope", "token_type"]);
    expect(scopesOf(body)).toContain("internal_org_organization_create");
    expect(scopesOf(body).filter((scope) => !scope.startsWith("internal_org_"))).toEqual([]);
    const scope = "internal_org_organization_view internal_organization_view openid internal_org_idp_view";
    expect(scopesOf((await requestSwitch(scene, id, { scope })).body)).toEqual(["internal_org_organization_view"]);
    expect((await requestSwitch(scene, id, { scope: "" })).body).not.toHaveProperty("scope");
  });

  test("has the scopes of the tenant's own APIs, too, where they are asked for", async () => {
    const { scene, id } = await shared();
    const api = (await scene.call("POST", "/api-resources", bookings)).id;
    const path = `/applications/${scene.applicationId}/authorized-apis`;
    await scene.call("POST", path, { id: api, scopes: ["bookings:read"] });
    const scope = "bookings:read bookings:write internal_org_organization_view";
    expect(scopesOf((await requestSwitch(scene, id, { scope })).body)).toEqual([
      "bookings:read",
      "internal_org_organization_view",
    ]);
  });

  test("acts in its organization, and on no path of the tenant", async () => {
    const { scene, id } = await shared();
    const inside = await callerIn(scene, id);
    expect((await inside("GET", `${organizations}/self`)).body).toMatchObject({ id, name: "Central Hospital" });
    expect((await inside("GET", "/organizations")).status).toBe(403);
    const child = await inside("POST", organizations, { name: "Ward A", parentId: id });
    expect(child).toMatchObject({
      status: 201,
      body: { parent: { id, ref: `/t/acme/o/api/server/v1/organizations/${id}` } },
    });
    expect(await scene.call("POST", "/organizations", { name: "Ward B", parentId: id })).toMatchObject({
      status: 403,
      body: { code: "ORG-60021" },
    });
  });

  test("can be switched on to an organization below, and back to the tenant's own", async () => {
    const { scene, id } = await shared();
    const inside = await callerIn(scene, id);
    const child = await organization(inside, "Ward A", {}, "/o/api/server/v1");
    const token = textAt((await requestSwitch(scene, id)).body, "access_token");
    const below = await requestSwitch(scene, child, { token });
    expect(below.status).toBe(200);
    const root = scene.sandbox.tenant.organizations[0]?.id ?? "";
    const back = await requestSwitch(scene, root, { token: textAt(below.body, "access_token") });
    expect(back.status).toBe(200);
    const caller = callerWith(scene.sandbox, textAt(back.body, "access_token"));
    expect((await caller("GET", `${organizations}/self`)).body).toMatchObject({ id: root });
  });

  test("is a JWT that tells the organization and the one that the application lives in, as the tenant's own does", async () => {
    const { scene, id } = await shared();
    await scene.call("PUT", `/applications/${scene.applicationId}/inbound-protocols/oidc`, {
      clientId: scene.client.clientId,
      grantTypes: ["client_credentials", "organization_switch"],
      accessToken: { type: "JWT", userAccessTokenExpiryInSeconds: 60, applicationAccessTokenExpiryInSeconds: 120 },
    });
    const root = scene.sandbox.tenant.organizations[0]?.id;
    const { body } = await requestSwitch(scene, id);
    expect(body).toMatchObject({ expires_in: 120 });
    const claims = (answer: unknown): unknown =>
      JSON.parse(Buffer.from(textAt(answer, "access_token").split(".")[1] ?? "", "base64url").toString());
    expect(claims(body)).toMatchObject({
      iss: `${scene.sandbox.baseUrl}/t/acme/oauth2/token`,
      aut: "APPLICATION",
      client_id: scene.client.clientId,
      org_id: id,
      org_name: "Central Hospital",
      org_handle: "central.com",
      user_org: root,
    });
    const own = (await requestToken(scene.sandbox, scene.client)).body;
    expect(claims(own)).toMatchObject({ org_id: root, org_name: "acme", org_handle: "acme", user_org: root });
  });

  test("ends with the organization, and with the share", async () => {
    const { scene, id } = await shared();
    const inside = await callerIn(scene, id);
    const { applicationId } = scene;
    await scene.call("POST", "/applications/unshare-with-all", { applicationId });
    expect((await inside("GET", organizations)).status).toBe(401);
    await shareWithAll(scene);
    const again = await callerIn(scene, id);
    await scene.call("DELETE", `/organizations/${id}`);
    expect((await again("GET", organizations)).status).toBe(401);
  });

  test("is of no use while its organization is disabled, and again when it is active", async () => {
    const { scene, id } = await shared();
    const inside = await callerIn(scene, id);
    const become = (value: string) =>
      scene.call("PATCH", `/organizations/${id}`, [{ operation: "REPLACE", path: "/status", value }]);
    await become("DISABLED");
    expect((await inside("GET", organizations)).status).toBe(403);
    await become("ACTIVE");
    expect((await inside("GET", organizations)).status).toBe(200);
  });
});

describe("a switch", () => {
  test.each([
    ["without a token", { token: "" }, "invalid_request", "Missing parameters: token"],
    [
      "without an organization",
      { switching_organization: "" },
      "invalid_request",
      "Missing parameters: switching_organization",
    ],
    [
      "to an unknown organization",
      { switching_organization: "none" },
      "invalid_request",
      "Invalid organization id: none",
    ],
    ["with an unknown token", { token: "none" }, "invalid_grant", "Invalid token received."],
  ])("%s is refused", async (_, form, error, error_description) => {
    const { scene, id } = await shared();
    expect(await requestSwitch(scene, id, form)).toMatchObject({ status: 400, body: { error, error_description } });
  });

  test("is refused where the application is not shared, whatever the order in which things are wrong", async () => {
    const scene = await sceneFor();
    const id = await organization(scene.call, "One");
    const description = "Organization switching is not allowed for organizations that have not shared the application";
    expect((await requestSwitch(scene, id)).body).toEqual({ error: "invalid_grant", error_description: description });
    expect((await requestSwitch(scene, id, { token: "none" })).body).toMatchObject({
      error_description: "Invalid token received.",
    });
    await scene.call("PATCH", `/organizations/${id}`, [{ operation: "REPLACE", path: "/status", value: "DISABLED" }]);
    expect((await requestSwitch(scene, id, { token: "none" })).body).toEqual({
      error: "invalid_request",
      error_description: "The switching organization is in deactivated state.",
    });
  });

  test("is refused where the client may not use the grant, before all else", async () => {
    const { scene, id } = await shared();
    await scene.call("PUT", `/applications/${scene.applicationId}/inbound-protocols/oidc`, {
      clientId: scene.client.clientId,
      grantTypes: ["client_credentials"],
    });
    expect(await requestSwitch(scene, id, { switching_organization: "none" })).toMatchObject({
      status: 400,
      body: {
        error: "unauthorized_client",
        error_description: "The authenticated client is not authorized to use this authorization grant type",
      },
    });
  });

  test("is not looked at for whose the token is: one of another client will do", async () => {
    const { scene, id } = await shared();
    const token = textAt((await requestToken(scene.sandbox)).body, "access_token");
    expect((await requestSwitch(scene, id, { token })).status).toBe(200);
  });
});

test("a token of the tenant with scopes of organizations acts on the tenant's own organization there", async () => {
  const { scene, id } = await shared();
  const root = scene.sandbox.tenant.organizations[0]?.id;
  const { body } = await requestToken(scene.sandbox, scene.client);
  const caller = callerWith(scene.sandbox, textAt(body, "access_token"));
  expect((await caller("GET", `${organizations}/self`)).body).toMatchObject({ id: root });
  expect(valueAt((await caller("GET", organizations)).body, "organizations", 0, "id")).toBe(id);
  const weak = await requestToken(scene.sandbox, scene.client, { scope: "internal_organization_view" });
  const without = callerWith(scene.sandbox, textAt(weak.body, "access_token"));
  expect((await without("GET", organizations)).status).toBe(403);
});

test("a path may name the organization, which has to be that of the token", async () => {
  const { scene, id } = await shared();
  const other = await organization(scene.call, "Other");
  const inside = await callerIn(scene, id);
  expect((await inside("GET", `/o/${id}/api/server/v1/organizations/self`)).body).toMatchObject({ id });
  expect((await inside("GET", `/o/${other}/api/server/v1/organizations/self`)).status).toBe(403);
  expect((await inside("GET", "/o/none/api/server/v1/organizations/self")).status).toBe(403);
  expect((await inside("GET", "/o/api/server/v1/nothing")).status).toBe(404);
  expect((await inside("PUT", organizations, {})).status).toBe(405);
  const anybody = await fetch(`${scene.sandbox.baseUrl}/t/acme${organizations}`);
  expect(anybody.status).toBe(401);
});

test("a release of WSO2 Identity Server has these paths without a tenant as well", async () => {
  const { sandbox, client } = await sceneFor({ server: "7.2" });
  const token = textAt((await requestToken(sandbox, client)).body, "access_token");
  const headers = { authorization: `Bearer ${token}` };
  const { status } = await fetch(`${sandbox.baseUrl}/o/api/server/v1/organizations/self`, { headers });
  expect(status).toBe(200);
  const unknown = await fetch(`${sandbox.baseUrl}/o/none/oauth2/token`, { method: "POST" });
  expect([unknown.status, await unknown.text()]).toEqual([404, "Unsupported organization specific routing endpoint."]);
});
