import { createPublicKey, verify } from "node:crypto";
import { answerOf, callerFor, callerWith, objectOf, requestToken, sandboxFor, textAt, valueAt } from "./support";

const tokenUrl = ({ baseUrl, organization }: { baseUrl: string; organization: string }) =>
  `${baseUrl}/t/${organization}/oauth2/token`;

describe("the token endpoint", () => {
  test("grants the scopes that were asked for and are authorized, and drops the others in silence", async () => {
    const sandbox = await sandboxFor();
    const scope = "internal_api_resource_view nothing_of_the_kind internal_email_mgt_view openid internal_login";
    const { status, body, headers } = await requestToken(sandbox, sandbox, { scope });
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      scope: "internal_api_resource_view",
      token_type: "Bearer",
      expires_in: 3600,
    });
    expect(headers.get("cache-control")).toBe("no-store");
  });

  test("says nothing of scopes when it grants none", async () => {
    const sandbox = await sandboxFor();
    const { status, body } = await requestToken(sandbox, sandbox, { scope: "nothing" });
    expect(status).toBe(200);
    expect(body).not.toHaveProperty("scope");
  });

  test("expands SYSTEM to every authorized scope of the server's own APIs", async () => {
    const sandbox = await sandboxFor();
    const { body } = await requestToken(sandbox);
    const scopes = textAt(body, "scope").split(" ");
    expect(scopes).toEqual(expect.arrayContaining(["internal_application_mgt_create", "internal_role_mgt_view"]));
    expect(new Set(scopes).size).toBe(scopes.length);
  });

  test("takes the client's credentials from the form as well, and decodes those of the header", async () => {
    const sandbox = await sandboxFor({ clientId: "boot", clientSecret: "s e:c%r&t" });
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: "boot",
      client_secret: "s e:c%r&t",
    });
    expect((await fetch(tokenUrl(sandbox), { method: "POST", body: form })).status).toBe(200);
    const encoded = { clientId: "boot", clientSecret: encodeURIComponent("s e:c%r&t") };
    expect((await requestToken(sandbox, encoded)).status).toBe(200);
  });

  test("refuses a wrong secret, and a request without a client", async () => {
    const sandbox = await sandboxFor();
    const wrong = await requestToken(sandbox, { clientId: sandbox.clientId, clientSecret: "wrong" });
    expect(wrong).toMatchObject({
      status: 401,
      body: { error: "invalid_client", error_description: "Client credentials are invalid." },
    });
    expect(wrong.headers.get("www-authenticate")).toMatch(/^Basic realm=/);
    const form = new URLSearchParams({ grant_type: "client_credentials" });
    const missing = await answerOf(await fetch(tokenUrl(sandbox), { method: "POST", body: form }));
    expect(missing).toMatchObject({
      status: 401,
      body: { error_description: "Client ID not found in the request." },
    });
  });

  test.each([
    ["no grant type", { grant_type: "" }, "invalid_request", "Missing grant_type parameter value"],
    ["an unknown grant type", { grant_type: "magic" }, "invalid_request", "Unsupported grant_type value"],
    ["a grant type the client lacks", { grant_type: "password" }, "unauthorized_client", expect.any(String)],
  ])("refuses %s", async (_, form, error, description) => {
    const sandbox = await sandboxFor();
    const { status, body } = await requestToken(sandbox, sandbox, form);
    expect(status).toBe(400);
    expect(body).toEqual({ error, error_description: description });
  });

  test("refuses a repeated parameter, and a secret in the address", async () => {
    const sandbox = await sandboxFor();
    const { clientId, clientSecret } = sandbox;
    const twice = `grant_type=client_credentials&scope=a&scope=b&client_id=${clientId}&client_secret=${clientSecret}`;
    expect((await fetch(tokenUrl(sandbox), { method: "POST", body: twice })).status).toBe(400);
    const address = `${tokenUrl(sandbox)}?client_secret=${clientSecret}`;
    const body = new URLSearchParams({ grant_type: "client_credentials", client_id: clientId });
    expect((await fetch(address, { method: "POST", body })).status).toBe(400);
  });

  test("refuses to switch to an organization that there is not", async () => {
    const sandbox = await sandboxFor();
    const token = textAt((await requestToken(sandbox)).body, "access_token");
    const form = { grant_type: "organization_switch", token, switching_organization: "b2b" };
    expect(await requestToken(sandbox, sandbox, form)).toMatchObject({
      status: 400,
      body: { error: "invalid_request" },
    });
  });

  test("knows a token until it ends", async () => {
    let now = 1_000_000;
    const sandbox = await sandboxFor({ now: () => now });
    const call = await callerFor(sandbox);
    expect((await call("GET", "/applications")).status).toBe(200);
    now += 3_600_000;
    expect((await call("GET", "/applications")).status).toBe(401);
  });

  test("does not change a token that was issued before an authorization", async () => {
    const sandbox = await sandboxFor();
    const call = await callerFor(sandbox);
    const bootstrap = sandbox.tenant.applications.find(({ id }) => id === sandbox.tenant.bootstrap);
    if (bootstrap) bootstrap.authorizations = [];
    expect((await call("GET", "/applications")).status).toBe(200);
    expect((await (await callerFor(sandbox))("GET", "/applications")).status).toBe(403);
  });
});

describe("an application that is not able to sign in", () => {
  const machine = { name: "m", inboundProtocolConfiguration: { oidc: { grantTypes: ["client_credentials"] } } };

  async function machineClient() {
    const sandbox = await sandboxFor();
    const call = await callerFor(sandbox);
    const { id } = await call("POST", "/applications", machine);
    const { body } = await call("GET", `/applications/${id}/inbound-protocols/oidc`);
    return {
      sandbox,
      call,
      id,
      client: { clientId: textAt(body, "clientId"), clientSecret: textAt(body, "clientSecret") },
    };
  }

  test("is refused while it is disabled", async () => {
    const { sandbox, call, id, client } = await machineClient();
    expect((await requestToken(sandbox, client)).status).toBe(200);
    await call("PATCH", `/applications/${id}`, { applicationEnabled: false });
    expect(await requestToken(sandbox, client)).toMatchObject({
      status: 401,
      body: { error_description: "Application is disabled." },
    });
  });

  test("loses its tokens when it is deleted", async () => {
    const { sandbox, call, id, client } = await machineClient();
    const token = textAt((await requestToken(sandbox, client)).body, "access_token");
    const asMachine = callerWith(sandbox, token);
    expect((await asMachine("GET", "/applications")).status).toBe(403);
    await call("DELETE", `/applications/${id}`);
    expect((await asMachine("GET", "/applications")).status).toBe(401);
    expect((await requestToken(sandbox, client)).status).toBe(401);
  });
});

describe("a JWT", () => {
  test("is signed with the key that the tenant publishes", async () => {
    const sandbox = await sandboxFor();
    const call = await callerFor(sandbox);
    await call("PUT", `/applications/${sandbox.tenant.bootstrap}/inbound-protocols/oidc`, {
      clientId: sandbox.clientId,
      grantTypes: ["client_credentials"],
      accessToken: {
        type: "JWT",
        userAccessTokenExpiryInSeconds: 60,
        applicationAccessTokenExpiryInSeconds: 120,
      },
    });
    const { body } = await requestToken(sandbox);
    expect(body).toMatchObject({ expires_in: 120 });
    const [header = "", claims = "", signature = ""] = textAt(body, "access_token").split(".");
    const tenant = `${sandbox.baseUrl}/t/${sandbox.organization}`;
    const jwks: unknown = await (await fetch(`${tenant}/oauth2/jwks`)).json();
    const key = createPublicKey({ key: objectOf(valueAt(jwks, "keys", 0)), format: "jwk" });
    const content = Buffer.from(`${header}.${claims}`);
    expect(verify("RSA-SHA256", content, key, Buffer.from(signature, "base64url"))).toBe(true);
    expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({
      iss: `${tenant}/oauth2/token`,
      client_id: sandbox.clientId,
    });
    const discovery = await fetch(`${tenant}/oauth2/token/.well-known/openid-configuration`);
    expect(await discovery.json()).toMatchObject({ token_endpoint: `${tenant}/oauth2/token` });
  });
});
