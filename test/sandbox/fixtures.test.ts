import { type Call, callerFor, objectOf, requestToken, sandboxFor, sharedJson, textAt, valueAt } from "./support";

const read = sharedJson("fixtures");
/** Skipped where the fixtures are not at hand. */
const where = read ? test : test.skip;

function fixture(name: string, ...path: string[]): unknown {
  return valueAt(read?.(name), ...path);
}

async function caller(): Promise<Call> {
  return callerFor(await sandboxFor());
}

describe("the fixtures of the server's own tests", () => {
  where.each([
    "application-create-basic.request.json",
    "application-create-oidc.request.json",
    "application-create-oidc-predefined-client.request.json",
    "application-create-oidc-full.request.json",
    "application-create-saml-manual.request.json",
  ])("%s makes an application that answers what was sent", async (name) => {
    const call = await caller();
    const body = fixture(name);
    const { status, id } = await call("POST", "/applications", body);
    expect(status).toBe(201);
    const application = (await call("GET", `/applications/${id}`)).body;
    for (const member of ["name", "description", "imageUrl", "accessUrl"]) {
      expect(valueAt(application, member)).toEqual(valueAt(body, member));
    }
    const oidc = valueAt(body, "inboundProtocolConfiguration", "oidc");
    if (oidc) {
      expect((await call("GET", `/applications/${id}/inbound-protocols/oidc`)).body).toMatchObject(objectOf(oidc));
    }
    const saml = valueAt(body, "inboundProtocolConfiguration", "saml", "manualConfiguration");
    if (saml) {
      expect((await call("GET", `/applications/${id}/inbound-protocols/saml`)).body).toMatchObject(objectOf(saml));
    }
  });

  where("a client with an id of its own is replaced with the matching body", async () => {
    const call = await caller();
    const body = fixture("application-create-oidc-predefined-client.request.json");
    const { id } = await call("POST", "/applications", body);
    const path = `/applications/${id}/inbound-protocols/oidc`;
    const replacement = fixture("application-oidc-put.request.json");
    expect((await call("PUT", path, replacement)).status).toBe(200);
    expect((await call("GET", path)).body).toMatchObject(objectOf(replacement));
    expect(await call("POST", "/applications", body)).toMatchObject({
      status: 409,
      body: { code: textAt(fixture("errors-application-conflict-409.json", "oauthClient"), "code") },
    });
  });

  where("a taken name is the conflict of the fixture", async () => {
    const call = await caller();
    const body = fixture("application-create-basic.request.json");
    await call("POST", "/applications", body);
    const { code } = objectOf(fixture("errors-application-conflict-409.json", "appName"));
    expect(await call("POST", "/applications", body)).toMatchObject({ status: 409, body: { code } });
  });

  where.each(["advanced", "claims"])("the PATCH of %s is taken", async (key) => {
    const call = await caller();
    const { id } = await call("POST", "/applications", { name: "app", accessUrl: "https://app.example.com" });
    const patch = fixture("application-patch.json", key);
    expect((await call("PATCH", `/applications/${id}`, patch)).status).toBe(200);
    expect((await call("GET", `/applications/${id}`)).body).toMatchObject(objectOf(patch));
  });

  where("an API resource and its authorization look as they do in the fixtures", async () => {
    const call = await caller();
    const created = await call("POST", "/api-resources", fixture("api-resource-create.json", "request"));
    const expected = objectOf(fixture("api-resource-create.json", "response"));
    const scopes: unknown[] = Array.isArray(expected.scopes) ? expected.scopes : [];
    const own = { id: expect.any(String) };
    expect(created.body).toMatchObject({
      ...expected,
      ...own,
      scopes: scopes.map((scope) => ({ ...objectOf(scope), ...own })),
    });
    const application = (await call("POST", "/applications", { name: "app" })).id;
    const path = `/applications/${application}/authorized-apis`;
    const request = objectOf(fixture("authorized-api-add.request.json"));
    expect((await call("POST", path, { ...request, id: created.id })).status).toBe(200);
    const authorized = objectOf(fixture("authorized-apis-list.response.json", "0"));
    expect((await call("GET", path)).body).toEqual([
      {
        ...authorized,
        id: created.id,
        authorizedScopes: [{ ...objectOf(valueAt(authorized, "authorizedScopes", 0)), ...own }],
        authorizedAuthorizationDetailsTypes: null,
      },
    ]);
    await call("PATCH", `/api-resources/${created.id}`, { addedScopes: [{ name: "greetings:read" }] });
    const patch = fixture("authorized-api-patch.request.json");
    expect((await call("PATCH", `${path}/${created.id}`, patch)).status).toBe(200);
    expect(valueAt((await call("GET", path)).body, 0, "authorizedScopes")).toMatchObject([{ name: "greetings:read" }]);
  });

  where("lists have the members of the fixtures", async () => {
    const call = await caller();
    const members = (value: unknown) => Object.keys(objectOf(value)).sort();
    for (const [path, name, list] of [
      ["/applications?limit=1", "application-list.response.json", "applications"],
      ["/api-resources?limit=1", "api-resource-list.response.json", "apiResources"],
    ] as const) {
      const { body } = await call("GET", path);
      expect(members(body)).toEqual(members(fixture(name)));
      const item = members(valueAt(body, list, 0));
      expect(members(valueAt(fixture(name), list, 0))).toEqual(expect.arrayContaining(item));
    }
  });

  where("the metadata of OpenID Connect are those of the fixture", async () => {
    const call = await caller();
    const { body } = await call("GET", "/applications/meta/inbound-protocols/oidc");
    expect(Object.keys(objectOf(body))).toEqual(
      expect.arrayContaining(Object.keys(objectOf(fixture("meta-oidc.response.json")))),
    );
  });

  where("an OIDC scope is made and replaced", async () => {
    const call = await caller();
    const { id, status } = await call("POST", "/oidc/scopes", fixture("oidc-scope.json", "create"));
    expect([id, status]).toEqual(["scope-one", 201]);
    const replacement = fixture("oidc-scope.json", "put");
    expect((await call("PUT", "/oidc/scopes/scope-one", replacement)).status).toBe(200);
    expect((await call("GET", "/oidc/scopes/scope-one")).body).toMatchObject(objectOf(replacement));
  });

  where("refusals of the gateway have the members of the fixture", async () => {
    const sandbox = await sandboxFor();
    const weak = await callerFor(sandbox, "internal_idp_view");
    const { code, message, description } = objectOf(fixture("errors-401-403.json", "forbidden403"));
    expect((await weak("GET", "/applications")).body).toMatchObject({ code, message, description });
  });

  where("a token's answer has the members of the fixture", async () => {
    const { body } = await requestToken(await sandboxFor());
    expect(Object.keys(objectOf(body)).sort()).toEqual(
      Object.keys(objectOf(fixture("token.json", "responses", "success"))).sort(),
    );
  });
});
