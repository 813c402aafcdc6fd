import { callerFor, sandboxFor } from "./support";

async function callerOf() {
  return callerFor(await sandboxFor());
}

describe("PATCH /applications/{id}", () => {
  async function patched(creation: object, ...patches: object[]) {
    const call = await callerOf();
    const { id } = await call("POST", "/applications", { name: "app", ...creation });
    for (const patch of patches) expect((await call("PATCH", `/applications/${id}`, patch)).status).toBe(200);
    return (await call("GET", `/applications/${id}`)).body;
  }

  test("keeps what is left out, and takes an empty text for a text", async () => {
    const body = await patched({ description: "d", accessUrl: "https://a" }, { description: "" }, { name: "renamed" });
    expect(body).toMatchObject({ name: "renamed", description: "", accessUrl: "https://a" });
  });

  test("makes .* of a blank address to return to", async () => {
    expect(await patched({}, { logoutReturnUrl: "https://a" })).toMatchObject({ logoutReturnUrl: "https://a" });
    expect(await patched({}, { logoutReturnUrl: "" })).toMatchObject({ logoutReturnUrl: ".*" });
  });

  test("rebuilds the claims from the body, so that a subject alone wipes the requested ones", async () => {
    const uri = "http://wso2.org/claims/emailaddress";
    const claims = { claimConfiguration: { requestedClaims: [{ claim: { uri }, mandatory: true }] } };
    expect(await patched(claims)).toMatchObject({
      claimConfiguration: {
        requestedClaims: [{ claim: { uri }, mandatory: true }],
        claimMappings: [{ applicationClaim: uri }],
      },
    });
    const wiped = await patched(claims, { claimConfiguration: { subject: { includeTenantDomain: true } } });
    expect(wiped).toMatchObject({
      claimConfiguration: { requestedClaims: [], claimMappings: [], subject: { includeTenantDomain: true } },
    });
  });

  test("merges the advanced settings member by member", async () => {
    const body = await patched(
      { advancedConfigurations: { skipLoginConsent: true } },
      { advancedConfigurations: { returnAuthenticatedIdpList: true } },
    );
    expect(body).toMatchObject({
      advancedConfigurations: { skipLoginConsent: true, returnAuthenticatedIdpList: true },
    });
  });

  test("keeps a script that is left blank, and drops it with the steps", async () => {
    const steps = [{ id: 1, options: [{ idp: "LOCAL", authenticator: "BasicAuthenticator" }] }];
    const flow = { authenticationSequence: { type: "USER_DEFINED", steps, script: "var a;" } };
    const kept = await patched(flow, { authenticationSequence: { type: "USER_DEFINED", steps } });
    expect(kept).toMatchObject({ authenticationSequence: { type: "USER_DEFINED", script: "var a;" } });
    const dropped = await patched(flow, { authenticationSequence: {} });
    expect(dropped).toMatchObject({ authenticationSequence: { type: "DEFAULT" } });
    expect(dropped).not.toHaveProperty("authenticationSequence.script");
  });

  test.each([
    ["a taken name", { name: "taken" }, 409, "APP-60007"],
    ["the resident application's name", { name: "wso2carbon-local-sp" }, 403, "APP-60008"],
    ["a portal's name", { name: "My Account" }, 400, "APP-60516"],
    ["another version", { applicationVersion: "v9.0.0" }, 400, "APP-60001"],
    [
      "an unknown authenticator",
      {
        authenticationSequence: {
          type: "USER_DEFINED",
          steps: [{ id: 1, options: [{ idp: "LOCAL", authenticator: "x" }] }],
        },
      },
      400,
      "APP-60001",
    ],
  ])("refuses %s", async (_, patch, status, code) => {
    const call = await callerOf();
    await call("POST", "/applications", { name: "taken" });
    const { id } = await call("POST", "/applications", { name: "app" });
    expect(await call("PATCH", `/applications/${id}`, patch)).toMatchObject({ status, body: { code } });
  });
});

test("roles are refused for an application of the organization's audience, even with a change of the audience", async () => {
  const call = await callerOf();
  const organization = { associatedRoles: { allowedAudience: "ORGANIZATION" } };
  const { id } = await call("POST", "/applications", { name: "app", ...organization });
  const change = { associatedRoles: { allowedAudience: "APPLICATION", roles: [{ id: "r" }] } };
  expect(await call("PATCH", `/applications/${id}`, change)).toMatchObject({
    status: 403,
    body: { code: "APP-60008" },
  });
});

test("changes that are made at the same time are all kept", async () => {
  const call = await callerOf();
  const { id } = await call("POST", "/applications", { name: "app" });
  const changes = [{ description: "d" }, { imageUrl: "https://a/i" }, { accessUrl: "https://a" }, { templateId: "t" }];
  await Promise.all(changes.map((change) => call("PATCH", `/applications/${id}`, change)));
  expect((await call("GET", `/applications/${id}`)).body).toMatchObject(Object.assign({}, ...changes));
});

test("a script has a path of its own on newer servers, and can be cleared there", async () => {
  const call = await callerOf();
  const steps = [{ id: 1, options: [{ idp: "LOCAL", authenticator: "BasicAuthenticator" }] }];
  const { id } = await call("POST", "/applications", {
    name: "app",
    authenticationSequence: { type: "USER_DEFINED", steps },
  });
  const path = `/applications/${id}/authenticationSequence/script`;
  expect((await call("PUT", path, { script: "var a;" })).status).toBe(200);
  expect((await call("GET", `/applications/${id}`)).body).toHaveProperty("authenticationSequence.script", "var a;");
  expect((await call("PUT", path, { script: "" })).status).toBe(200);
  expect((await call("GET", `/applications/${id}`)).body).not.toHaveProperty("authenticationSequence.script");
  const older = await sandboxFor({ server: "7.1" });
  expect((await (await callerFor(older))("PUT", path, { script: "" })).status).toBe(404);
});
