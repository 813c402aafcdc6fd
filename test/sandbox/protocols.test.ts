import { callerFor, sandboxFor } from "./support";

const provider = {
  issuer: "https://sp.example.com",
  assertionConsumerUrls: ["https://sp.example.com/acs", "https://sp.example.com/acs2"],
};
const passiveSts = { realm: "https://rp.example.com", replyTo: "https://rp.example.com/reply" };

async function bare() {
  const call = await callerFor(await sandboxFor());
  const { id } = await call("POST", "/applications", { name: "bare" });
  return { call, id, path: `/applications/${id}/inbound-protocols` };
}

describe("SAML", () => {
  test("is written wrapped and read flat, with the first address as the default one", async () => {
    const { call, id, path } = await bare();
    expect(await call("GET", `${path}/saml`)).toMatchObject({ status: 404, body: { code: "APP-60502" } });
    expect(await call("PUT", `${path}/saml`, { manualConfiguration: provider })).toMatchObject({
      status: 200,
      body: undefined,
    });
    expect((await call("GET", `${path}/saml`)).body).toMatchObject({
      ...provider,
      defaultAssertionConsumerUrl: "https://sp.example.com/acs",
      enableAssertionQueryProfile: false,
    });
    expect((await call("GET", `/applications/${id}`)).body).toMatchObject({
      issuer: provider.issuer,
      clientId: "",
      inboundProtocols: [{ type: "samlsso", self: `/t/sandbox/api/server/v1${path}/saml` }],
    });
    for (const _ of [1, 2]) expect((await call("DELETE", `${path}/saml`)).status).toBe(204);
    expect((await call("GET", `${path}/saml`)).status).toBe(404);
  });

  test.each([
    ["a body without a configuration", {}, 400, "APP-60001"],
    [
      "a configuration without addresses",
      { manualConfiguration: { issuer: "i", assertionConsumerUrls: [] } },
      400,
      "UE-10000",
    ],
    ["a file that is no metadata", { metadataFile: "bm9uZQ==" }, 400, "APP-60001"],
    ["an address that does not answer", { metadataURL: "https://none.invalid" }, 404, "APP-60001"],
    ["another application's issuer", { manualConfiguration: { ...provider, issuer: "taken" } }, 409, "SAML-60002"],
    [
      "bindings without POST",
      { manualConfiguration: { ...provider, singleSignOnProfile: { bindings: ["HTTP_REDIRECT"] } } },
      409,
      "APP-60007",
    ],
  ])("refuses %s", async (_, body, status, code) => {
    const { call, path } = await bare();
    const saml = { manualConfiguration: { ...provider, issuer: "taken" } };
    await call("POST", "/applications", { name: "other", inboundProtocolConfiguration: { saml } });
    expect(await call("PUT", `${path}/saml`, body)).toMatchObject({ status, body: { code } });
  });
});

describe("passive STS", () => {
  test("is replaced, but never gets another realm", async () => {
    const { call, id, path } = await bare();
    expect((await call("PUT", `${path}/passive-sts`, passiveSts)).status).toBe(200);
    expect((await call("GET", `${path}/passive-sts`)).body).toEqual(passiveSts);
    expect((await call("GET", `/applications/${id}`)).body).toMatchObject({ realm: passiveSts.realm });
    expect((await call("PUT", `${path}/passive-sts`, { ...passiveSts, realm: "other" })).status).toBe(400);
    for (const _ of [1, 2]) expect((await call("DELETE", `${path}/passive-sts`)).status).toBe(204);
  });

  test("refuses the realm of another application", async () => {
    const { call, path } = await bare();
    await call("POST", "/applications", { name: "other", inboundProtocolConfiguration: { passiveSts } });
    expect(await call("PUT", `${path}/passive-sts`, passiveSts)).toMatchObject({
      status: 409,
      body: { code: "APP-60009" },
    });
  });
});

test("other protocols are not there", async () => {
  const { call, path } = await bare();
  expect(await call("GET", `${path}/mine`)).toMatchObject({ status: 404, body: { code: "APP-60501" } });
  expect(await call("GET", `${path}/ws-trust`)).toMatchObject({ status: 404, body: { code: "APP-60502" } });
  expect((await call("PUT", `${path}/mine`, {})).status).toBe(400);
  expect((await call("DELETE", `${path}/mine`)).status).toBe(204);
  expect(await call("GET", path)).toMatchObject({ status: 200, body: [] });
});

test("the protocols of an unknown application are not found", async () => {
  const { call } = await bare();
  for (const protocol of ["oidc", "saml", "passive-sts", "mine"]) {
    const path = `/applications/none/inbound-protocols/${protocol}`;
    expect(await call("GET", path)).toMatchObject({ status: 404, body: { code: "APP-60006" } });
    expect(await call("DELETE", path)).toMatchObject({ status: 404, body: { code: "APP-60006" } });
  }
});

test("the metadata tells one server from another", async () => {
  const { call } = await bare();
  expect((await call("GET", "/applications/meta/inbound-protocols/")).body).toContainEqual({
    name: "oidc",
    displayName: expect.any(String),
  });
  const path = "/applications/meta/inbound-protocols/oidc";
  expect((await call("GET", path)).body).toHaveProperty("cibaMetadata");
  const older = await callerFor(await sandboxFor({ server: "7.2" }));
  expect((await older("GET", path)).body).not.toHaveProperty("cibaMetadata");
});
