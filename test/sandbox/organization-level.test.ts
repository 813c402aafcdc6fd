import { authorize, callerIn, organization, type Scene, sceneFor, shareWithAll } from "./organization-scene";
import { answerOf, bookings, type Call, callerWith, textAt, valueAt, webApplication } from "./support";

const applications = "/o/api/server/v1/applications";
const apis = "/o/api/server/v1/api-resources";

interface Inside {
  readonly scene: Scene;
  readonly id: string;
  readonly inside: Call;
  /** The copy of the client's application. */
  readonly copy: string;
}

async function insideFor(server: "asgardeo" | "7.1" = "asgardeo"): Promise<Inside> {
  const scene = await sceneFor({ server });
  const id = await organization(scene.call, "Central Hospital");
  await shareWithAll(scene);
  const { body } = await scene.call("GET", `/applications/${scene.applicationId}/shared-apps`);
  const copy = textAt(valueAt(body, "sharedApplications", 0), "applicationId");
  return { scene, id, inside: await callerIn(scene, id), copy };
}

describe("the copy of a shared application", () => {
  test("is an application of the organization, with a client of its own, and named as the one that it is of", async () => {
    const { scene, inside, copy } = await insideFor();
    const { body } = await inside("GET", `${applications}/${copy}`);
    expect(body).toMatchObject({
      id: copy,
      name: "b2b",
      clientId: expect.any(String),
      advancedConfigurations: { fragment: true },
    });
    expect(textAt(body, "clientId")).not.toBe(scene.client.clientId);
    const list = (await inside("GET", `${applications}?attributes=advancedConfigurations`)).body;
    expect(valueAt(list, "applications")).toMatchObject([{ name: "b2b", advancedConfigurations: { fragment: true } }]);
    expect((await inside("GET", `${applications}/${scene.applicationId}`)).status).toBe(404);
    expect((await scene.call("GET", `/applications/${copy}`)).status).toBe(404);
    const own = (await scene.call("GET", `/applications/${scene.applicationId}`)).body;
    expect(own).toMatchObject({ advancedConfigurations: { fragment: false } });
    const authorized = (await inside("GET", `${applications}/${copy}/authorized-apis`)).body;
    expect(JSON.stringify(authorized)).toContain("internal_org_organization_view");
  });

  test("follows the one that it is of", async () => {
    const { scene, inside, copy } = await insideFor();
    await scene.call("PATCH", `/applications/${scene.applicationId}`, {
      name: "renamed",
      accessUrl: "https://b2b.example.com",
      associatedRoles: { allowedAudience: "ORGANIZATION" },
      advancedConfigurations: { enableAPIBasedAuthentication: true, discoverableByEndUsers: true },
    });
    expect((await inside("GET", `${applications}/${copy}`)).body).toMatchObject({
      name: "renamed",
      accessUrl: "https://b2b.example.com",
      associatedRoles: { allowedAudience: "ORGANIZATION" },
      advancedConfigurations: { enableAPIBasedAuthentication: true, discoverableByEndUsers: true },
    });
    await scene.call("DELETE", `/applications/${scene.applicationId}`);
    expect(scene.sandbox.tenant.inside).toMatchObject({
      [Object.keys(scene.sandbox.tenant.inside)[0] ?? ""]: { applications: [] },
    });
    expect(scene.sandbox.tenant.applicationShares).toEqual([]);
  });

  test("takes a login flow of its own, keeps what it signs in with, and refuses the rest", async () => {
    const { inside, copy } = await insideFor();
    const path = `${applications}/${copy}`;
    const flow = { type: "USER_DEFINED", steps: [{ id: 1, options: [{ idp: "LOCAL", authenticator: "totp" }] }] };
    expect((await inside("PATCH", path, { authenticationSequence: flow, description: "mine" })).status).toBe(200);
    const { body } = await inside("GET", path);
    expect(body).toMatchObject({ authenticationSequence: { steps: flow.steps } });
    expect(body).not.toHaveProperty("description", "mine");
    const refused = (answer: unknown, text: string) =>
      expect(answer).toMatchObject({
        status: 400,
        body: { code: "APP-60001", description: expect.stringContaining(text) },
      });
    refused(await inside("PATCH", path, { name: "mine" }), "name modification is not allowed");
    const script = { ...flow, script: "var onLoginRequest = 1;" };
    refused(await inside("PATCH", path, { authenticationSequence: script }), "script modification is not allowed");
    refused(await inside("POST", `${path}/authorized-apis`, {}), "Cannot add authorized APIs to a shared application.");
    refused(await inside("DELETE", path), "Deletion is not allowed");
    const oidc = (await inside("GET", `${path}/inbound-protocols/oidc`)).body;
    expect(valueAt(oidc, "callbackURLs", 0)).toMatch(/\/commonauth$/);
    expect((await inside("PUT", `${path}/inbound-protocols/oidc`, { grantTypes: ["password"] })).status).toBe(200);
    expect((await inside("DELETE", `${path}/inbound-protocols/oidc`)).status).toBe(204);
    expect((await inside("GET", `${path}/inbound-protocols/oidc`)).body).toEqual(oidc);
  });
});

describe("an application that lives in the organization", () => {
  test("is made, changed and deleted there, and unknown in the tenant", async () => {
    const { scene, inside } = await insideFor();
    const created = await inside("POST", applications, webApplication);
    expect(created.status).toBe(201);
    expect(created.headers.get("location")).toBe(`${scene.sandbox.baseUrl}/t/sandbox${applications}/${created.id}`);
    expect((await inside("PATCH", `${applications}/${created.id}`, { description: "d" })).status).toBe(200);
    expect((await inside("GET", `${applications}/${created.id}`)).body).toMatchObject({
      name: "web",
      description: "d",
      advancedConfigurations: { fragment: false },
    });
    expect((await scene.call("GET", `/applications/${created.id}`)).status).toBe(404);
    expect((await scene.call("POST", "/applications", webApplication)).status).toBe(201);
    expect((await inside("DELETE", `${applications}/${created.id}`)).status).toBe(204);
    expect((await inside("GET", `${applications}/${created.id}`)).status).toBe(404);
  });

  test("has a token endpoint of its own, and needs no switch", async () => {
    const { scene, id, inside } = await insideFor();
    const grants = { oidc: { grantTypes: ["client_credentials"] } };
    const { id: own } = await inside("POST", applications, { name: "own", inboundProtocolConfiguration: grants });
    const list = (await inside("GET", `${apis}?filter=identifier+eq+/o/api/server/v1/organizations`)).body;
    const api = textAt(valueAt(list, "apiResources", 0), "id");
    const body = { id: api, policyIdentifier: "RBAC", scopes: ["internal_org_organization_view"] };
    expect((await inside("POST", `${applications}/${own}/authorized-apis`, body)).status).toBe(200);
    const client = (await inside("GET", `${applications}/${own}/inbound-protocols/oidc`)).body;
    const credentials = `${textAt(client, "clientId")}:${textAt(client, "clientSecret")}`;
    const ask = async (base: string) =>
      answerOf(
        await fetch(`${scene.sandbox.baseUrl}${base}/oauth2/token`, {
          method: "POST",
          headers: { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` },
          body: new URLSearchParams({ grant_type: "client_credentials", scope: "SYSTEM" }),
        }),
      );
    expect((await ask("/t/sandbox")).status).toBe(401);
    const token = await ask(`/t/sandbox/o/${id}`);
    expect(token).toMatchObject({ status: 200, body: { scope: "internal_org_organization_view" } });
    const caller = callerWith(scene.sandbox, textAt(token.body, "access_token"));
    expect((await caller("GET", "/o/api/server/v1/organizations/self")).body).toMatchObject({ id });
    expect((await caller("GET", "/organizations")).status).toBe(403);
  });

  test("cannot be made where the server has nothing but copies", async () => {
    const { inside } = await insideFor("7.1");
    expect((await inside("POST", applications, { name: "own" })).status).toBe(403);
    expect((await inside("GET", applications)).status).toBe(200);
  });
});

describe("what an organization has from the tenant", () => {
  test("is of discovery a check, and no more", async () => {
    const { scene, id } = await insideFor();
    await authorize(scene.sandbox, scene.applicationId, "/o/api/server/v1/organizations/check-discovery");
    const inside = await callerIn(scene, id);
    const path = "/o/api/server/v1/organizations";
    const check = await inside("POST", `${path}/check-discovery`, { type: "emailDomain", value: "a.com" });
    expect(check).toMatchObject({ status: 200, body: { available: false } });
    expect((await inside("GET", `${path}/discovery`)).status).toBe(404);
    expect((await inside("GET", "/o/api/server/v1/organization-configs/discovery")).status).toBe(404);
  });

  test("are its APIs, to read: those that work on the tenant alone are not among them", async () => {
    const { scene, inside } = await insideFor();
    const { id } = await scene.call("POST", "/api-resources", bookings);
    expect((await inside("GET", `${apis}/${id}`)).body).toMatchObject({ name: "Bookings", type: "BUSINESS" });
    expect((await inside("GET", `${apis}/${id}/scopes`)).body).toMatchObject([{ name: "bookings:read" }, {}]);
    const tenant = (await inside("GET", `${apis}?filter=type+eq+TENANT`)).body;
    expect(tenant).toMatchObject({ totalResults: 0 });
    expect(await inside("POST", apis, bookings)).toMatchObject({ status: 400, body: { code: "API-RESOURCE-60006" } });
    expect((await inside("PATCH", `${apis}/${id}`, { name: "n" })).status).toBe(403);
    expect((await inside("DELETE", `${apis}/${id}`)).status).toBe(403);
  });

  test("are its OIDC scopes, to read", async () => {
    const { inside } = await insideFor();
    const scopes = (await inside("GET", "/o/api/server/v1/oidc/scopes")).body;
    expect(JSON.stringify(scopes)).toContain('"openid"');
    expect((await inside("POST", "/o/api/server/v1/oidc/scopes", {})).status).toBe(403);
  });
});

test("the second scope of an authorization is that of organizations", async () => {
  const { scene, inside } = await insideFor();
  const { id: api } = await scene.call("POST", "/api-resources", bookings);
  const { id: own } = await inside("POST", applications, { name: "own" });
  const path = `${applications}/${own}/authorized-apis`;
  expect((await inside("POST", path, { id: api, scopes: ["bookings:read"] })).status).toBe(200);
  const withdrawn = scene.sandbox.tenant.applications.find(({ id }) => id === scene.applicationId);
  const scope = scene.sandbox.tenant.apiResources
    .flatMap(({ scopes }) => scopes)
    .find(({ name }) => name === "internal_org_application_business_api_update");
  for (const authorization of withdrawn?.authorizations ?? []) {
    authorization.scopeIds = authorization.scopeIds.filter((id) => id !== scope?.id);
  }
  const ids = Object.keys(scene.sandbox.tenant.inside);
  const weak = await callerIn(scene, ids[0] ?? "");
  await inside("DELETE", `${path}/${api}`);
  expect(await weak("POST", path, { id: api, scopes: ["bookings:read"] })).toMatchObject({
    status: 403,
    body: { code: "APP-60520" },
  });
});

test("somebody in the console looks into every organization by its path", async () => {
  const { scene, id, copy } = await insideFor();
  const { status, body } = await scene.sandbox.console("GET", `/o/${id}/api/server/v1/applications/${copy}`);
  expect([status, valueAt(body, "name")]).toEqual([200, "b2b"]);
});
