import { type Call, callerFor, requestToken, sandboxFor, textAt, webApplication } from "./support";

async function web(server: "asgardeo" | "7.0" | "7.1" | "7.2" = "asgardeo") {
  const sandbox = await sandboxFor({ server });
  const call = await callerFor(sandbox);
  const { id } = await call("POST", "/applications", webApplication);
  const path = `/applications/${id}/inbound-protocols/oidc`;
  const { body } = await call("GET", path);
  return { sandbox, call, id, path, clientId: textAt(body, "clientId"), clientSecret: textAt(body, "clientSecret") };
}

const replacement = { grantTypes: ["refresh_token"] };

describe("PUT oidc", () => {
  test("replaces everything: what is left out goes to its zero value", async () => {
    const { call, path, clientId } = await web();
    const given = {
      ...replacement,
      clientId,
      publicClient: true,
      allowedOrigins: ["https://web.example.com"],
      refreshToken: { expiryInSeconds: 100, renewRefreshToken: true },
    };
    expect(await call("PUT", path, given)).toMatchObject({ status: 200, body: undefined });
    expect((await call("GET", path)).body).toMatchObject({
      publicClient: true,
      refreshToken: { expiryInSeconds: 100 },
    });
    await call("PUT", path, { ...replacement, clientId });
    const { body } = await call("GET", path);
    expect(body).toMatchObject({
      grantTypes: ["refresh_token"],
      callbackURLs: [],
      allowedOrigins: [],
      publicClient: false,
      refreshToken: { expiryInSeconds: 86_400, renewRefreshToken: false },
    });
    expect(body).not.toHaveProperty("accessToken.type");
  });

  test("needs the id of the client as it is", async () => {
    const { call, path } = await web();
    for (const body of [replacement, { ...replacement, clientId: "other" }]) {
      expect(await call("PUT", path, body)).toMatchObject({
        status: 400,
        body: { code: "APP-60001", description: "Invalid ClientID provided for update." },
      });
    }
  });

  test.each([
    ["7.0", 400],
    ["7.1", 400],
    ["7.2", 200],
    ["asgardeo", 200],
  ] as const)("without the secret is answered by %s with %i", async (server, status) => {
    const { call, path, clientId, clientSecret } = await web(server);
    expect((await call("PUT", path, { ...replacement, clientId })).status).toBe(status);
    expect((await call("PUT", path, { ...replacement, clientId, clientSecret })).status).toBe(200);
    expect((await call("PUT", path, { ...replacement, clientId, clientSecret: "wrong" })).status).toBe(400);
    expect((await call("GET", path)).body).toMatchObject({ clientId, clientSecret });
  });

  test("fails where an object is given in part", async () => {
    const { call, path, clientId } = await web();
    const body = { ...replacement, clientId, pkce: { mandatory: true } };
    expect(await call("PUT", path, body)).toMatchObject({ status: 500, body: { code: "SE-50000" } });
  });

  test("gives the protocol to an application without it", async () => {
    const { call } = await web();
    const { id } = await call("POST", "/applications", { name: "bare" });
    const path = `/applications/${id}/inbound-protocols/oidc`;
    expect(await call("GET", path)).toMatchObject({ status: 404, body: { code: "APP-60502" } });
    expect((await call("PUT", path, { ...replacement, clientId: "chosen" })).status).toBe(200);
    expect((await call("GET", `/applications/${id}`)).body).toMatchObject({ clientId: "chosen" });
    expect((await call("GET", path)).body).toMatchObject({ accessToken: { type: "Default" } });
  });

  test("does not take the client id of another application", async () => {
    const { call, clientId } = await web();
    const { id } = await call("POST", "/applications", { name: "bare" });
    expect(await call("PUT", `/applications/${id}/inbound-protocols/oidc`, { ...replacement, clientId })).toMatchObject(
      {
        status: 409,
        body: { code: "OAUTH-60008" },
      },
    );
  });
});

describe("the client's secret", () => {
  async function without(call: Call, path: string) {
    return (await call("GET", path)).body;
  }

  test("is shown by newer servers only to a token that may see it", async () => {
    const { sandbox, path } = await web();
    const view = await callerFor(sandbox, "internal_application_mgt_view");
    expect(await without(view, path)).not.toHaveProperty("clientSecret");
    const old = await web("7.1");
    const oldView = await callerFor(old.sandbox, "internal_application_mgt_view");
    expect(await without(oldView, old.path)).toHaveProperty("clientSecret");
  });

  test("is made anew by regenerate-secret, which answers it without the scope to see it", async () => {
    const { sandbox, path, clientSecret } = await web();
    const call = await callerFor(sandbox, "internal_application_mgt_client_secret_create");
    const { status, body } = await call("POST", `${path}/regenerate-secret`);
    expect(status).toBe(200);
    expect(textAt(body, "clientSecret")).not.toBe(clientSecret);
    const old = await web("7.1");
    const oldCall = await callerFor(old.sandbox, "internal_application_mgt_create");
    expect((await oldCall("POST", `${old.path}/regenerate-secret`)).status).toBe(200);
  });

  test("is of no use while the client is revoked, until a new one is made", async () => {
    const { sandbox, call } = await web();
    const machine = { name: "m", inboundProtocolConfiguration: { oidc: { grantTypes: ["client_credentials"] } } };
    const { id } = await call("POST", "/applications", machine);
    const path = `/applications/${id}/inbound-protocols/oidc`;
    const { body } = await call("GET", path);
    const client = { clientId: textAt(body, "clientId"), clientSecret: textAt(body, "clientSecret") };
    expect(await call("POST", `${path}/revoke`)).toMatchObject({ status: 200, body: undefined });
    expect((await call("GET", path)).body).toMatchObject({ state: "REVOKED" });
    expect((await requestToken(sandbox, client)).status).toBe(401);
    const renewed = (await call("POST", `${path}/regenerate-secret`)).body;
    expect(renewed).toMatchObject({ state: "ACTIVE", clientId: client.clientId });
    const { status } = await requestToken(sandbox, { ...client, clientSecret: textAt(renewed, "clientSecret") });
    expect(status).toBe(200);
  });

  test("is not taken from a body without a client id", async () => {
    const { call } = await web();
    const oidc = { grantTypes: ["client_credentials"], clientSecret: "mine" };
    const { id } = await call("POST", "/applications", { name: "m", inboundProtocolConfiguration: { oidc } });
    const { body } = await call("GET", `/applications/${id}/inbound-protocols/oidc`);
    expect(textAt(body, "clientSecret")).not.toBe("mine");
  });
});

test("DELETE oidc takes the protocol away, and can be repeated", async () => {
  const { call, id, path } = await web();
  for (const _ of [1, 2]) expect((await call("DELETE", path)).status).toBe(204);
  expect((await call("GET", path)).status).toBe(404);
  expect((await call("GET", `/applications/${id}`)).body).toMatchObject({ clientId: "", inboundProtocols: [] });
});

test.each([
  [{ callbackURLs: ["https://a/1", "https://a/2"] }, 501, undefined],
  [{ callbackURLs: [] }, 400, "OAUTH-60001"],
  [{ grantTypes: ["magic"] }, 400, "OAUTH-60001"],
  [{ grantTypes: [] }, 400, "UE-10000"],
  [{ allowedOrigins: ["https://a/path"] }, 400, "APP-60001"],
  [{ allowedOrigins: ["https://a", "https://a"] }, 400, "APP-60001"],
  [{ hybridFlow: { enable: true } }, 400, "APP-60517"],
  [{ hybridFlow: { enable: true, responseType: "token" } }, 400, "APP-60518"],
  [{ idToken: { audience: ["a", "a"] } }, 400, "OAUTH-60001"],
  [{ subject: { subjectType: "secret" } }, 400, "OAUTH-60001"],
  [{ publicClient: "yes" }, 400, "UE-10000"],
])("PUT oidc with %j is answered with %i", async (change, status, code) => {
  const { call, path, clientId } = await web();
  const body = { grantTypes: ["authorization_code"], callbackURLs: ["https://a/cb"], clientId, ...change };
  const answer = await call("PUT", path, body);
  expect(answer).toMatchObject({ status, body: code === undefined ? {} : { code } });
});
