import { callerFor, objectOf, sandboxFor, webApplication } from "./support";

async function callerOf() {
  return callerFor(await sandboxFor());
}

describe("POST /applications", () => {
  test("answers with the address of the application and no body", async () => {
    const sandbox = await sandboxFor();
    const call = await callerFor(sandbox);
    const { status, body, headers, id } = await call("POST", "/applications", webApplication);
    expect([status, body]).toEqual([201, undefined]);
    expect(headers.get("location")).toBe(`${sandbox.baseUrl}/t/sandbox/api/server/v1/applications/${id}`);
  });

  test.each([
    ["without a name", { description: "d" }, 400, "UE-10000"],
    ["that is not JSON", "{", 400, "UE-10000"],
    ["that is not an object", [], 400, "UE-10000"],
    ["with a number as name", { name: 1 }, 400, "UE-10000"],
    ["with an empty name", { name: "" }, 400, "APP-60001"],
    ["with a bad name", { name: "test@failing.com" }, 400, "APP-60001"],
    ["with a portal's name", { name: "Console" }, 400, "APP-60515"],
    ["with the resident application's name", { name: "wso2carbon-local-sp" }, 409, "APP-60007"],
    ["with a taken name", { name: "taken" }, 409, "APP-60007"],
    ["with a taken name and a client", { ...webApplication, name: "taken" }, 409, "OAUTH-60008"],
    [
      "with a taken client id",
      { name: "n", inboundProtocolConfiguration: { oidc: { clientId: "taken", grantTypes: ["password"] } } },
      409,
      "OAUTH-60008",
    ],
    [
      "with an object given in part",
      {
        name: "n",
        inboundProtocolConfiguration: { oidc: { grantTypes: ["password"], refreshToken: { renewRefreshToken: true } } },
      },
      500,
      "APP-65006",
    ],
    ["with an unknown audience", { name: "n", associatedRoles: { allowedAudience: "ALL" } }, 400, "UE-10000"],
    [
      "with properties of the server",
      { name: "n", advancedConfigurations: { additionalSpProperties: [{ name: "a", value: "b" }] } },
      400,
      "APP-60506",
    ],
    [
      "discoverable without an address",
      { name: "n", advancedConfigurations: { discoverableByEndUsers: true } },
      400,
      "APP-60001",
    ],
    [
      "with an unknown local claim",
      { name: "n", claimConfiguration: { requestedClaims: [{ claim: { uri: "http://wso2.org/claims/none" } }] } },
      400,
      "APP-60001",
    ],
    [
      "with steps that do not begin at 1",
      {
        name: "n",
        authenticationSequence: {
          type: "USER_DEFINED",
          steps: [{ id: 2, options: [{ idp: "LOCAL", authenticator: "BasicAuthenticator" }] }],
        },
      },
      400,
      "APP-60001",
    ],
  ])("refuses a body %s", async (_, body, status, code) => {
    const call = await callerOf();
    const oidc = { clientId: "taken", grantTypes: ["password"] };
    await call("POST", "/applications", { name: "taken", inboundProtocolConfiguration: { oidc } });
    expect(await call("POST", "/applications", body)).toMatchObject({
      status,
      body: { code, traceId: expect.any(String) },
    });
  });

  test("does not know templates", async () => {
    const call = await callerOf();
    expect(await call("POST", "/applications?template=x", { name: "n" })).toMatchObject({
      status: 501,
      body: { code: "APP-65501" },
    });
  });

  test("gives a name to only one of those who ask for it at the same time", async () => {
    const call = await callerOf();
    const answers = await Promise.all(Array.from({ length: 8 }, () => call("POST", "/applications", { name: "one" })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
  });
});

describe("GET /applications/{id}", () => {
  test("answers the defaults of an application with nothing but a name", async () => {
    const call = await callerOf();
    const { id } = await call("POST", "/applications", { name: "bare", logoutReturnUrl: "https://ignored" });
    const { body } = await call("GET", `/applications/${id}`);
    expect(body).toMatchObject({
      id,
      name: "bare",
      clientId: "",
      issuer: "",
      realm: "",
      associatedRoles: { allowedAudience: "APPLICATION", roles: [] },
      inboundProtocols: [],
      authenticationSequence: { type: "DEFAULT", steps: [{ id: 1 }] },
      claimConfiguration: { dialect: "LOCAL", claimMappings: [], requestedClaims: [] },
      advancedConfigurations: { saas: false, fragment: false },
      access: "WRITE",
    });
    expect(body).not.toHaveProperty("logoutReturnUrl");
  });

  test("tells the roles of an application whose audience is the application only", async () => {
    const call = await callerOf();
    const { id } = await call("POST", "/applications", {
      name: "web",
      associatedRoles: { allowedAudience: "ORGANIZATION" },
    });
    const { associatedRoles } = objectOf((await call("GET", `/applications/${id}`)).body);
    expect(associatedRoles).toEqual({ allowedAudience: "ORGANIZATION" });
  });

  test("does not find an unknown one, while deleting it is no error", async () => {
    const call = await callerOf();
    expect(await call("GET", "/applications/none")).toMatchObject({ status: 404, body: { code: "APP-60006" } });
    expect((await call("DELETE", "/applications/none")).status).toBe(204);
  });

  test("answers only what a server knows", async () => {
    const call = await callerFor(await sandboxFor({ server: "7.0" }));
    const { id } = await call("POST", "/applications", { name: "bare", applicationEnabled: false });
    const { body } = await call("GET", `/applications/${id}`);
    expect(body).not.toHaveProperty("applicationEnabled");
    expect(body).not.toHaveProperty("applicationVersion");
  });
});

test("a portal is part of the server: listed, read only", async () => {
  const sandbox = await sandboxFor();
  const call = await callerFor(sandbox);
  const portal = sandbox.tenant.applications.find(({ name }) => name === "Console")?.id;
  expect((await call("GET", `/applications/${portal}`)).body).toMatchObject({ access: "READ" });
  for (const [method, path] of [
    ["PATCH", ""],
    ["DELETE", ""],
    ["POST", "/authorized-apis"],
    ["DELETE", "/inbound-protocols/oidc"],
  ] as const) {
    const answer = await call(method, `/applications/${portal}${path}`, method === "DELETE" ? undefined : {});
    expect(answer).toMatchObject({ status: 403, body: { code: "APP-60008" } });
  }
});
