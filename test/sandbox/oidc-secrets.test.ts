import type { Server } from "../../sandbox";
import { documentsOf, faultOf } from "./openapi-documents";
import { type Call, callerFor, requestToken, sandboxFor, sharedJson, textAt, valueAt } from "./support";

const start = Date.parse("2026-03-01T00:00:00Z");
const hour = 3600;

async function machine(server: Server = "asgardeo") {
  let now = start;
  const sandbox = await sandboxFor({ server, now: () => now });
  const call = await callerFor(sandbox);
  const { id } = await call("POST", "/applications", {
    name: "m",
    inboundProtocolConfiguration: { oidc: { grantTypes: ["client_credentials"] } },
  });
  const path = `/applications/${id}/inbound-protocols/oidc`;
  const { body } = await call("GET", path);
  const clientId = textAt(body, "clientId");
  return {
    sandbox,
    call,
    path,
    secrets: `${path}/secrets`,
    first: textAt(body, "clientSecret"),
    signIn: async (clientSecret: string) => (await requestToken(sandbox, { clientId, clientSecret })).status,
    wait: (seconds: number) => {
      now += seconds * 1000;
    },
  };
}

describe("the secrets of a client", () => {
  test("are one at first: that which the configuration shows", async () => {
    const { call, path, secrets, first } = await machine();
    expect((await call("GET", path)).body).toMatchObject({
      clientSecretExpiresAt: 0,
      multipleClientSecretsConfigured: false,
    });
    const { status, body } = await call("GET", secrets);
    expect(status).toBe(200);
    const secret = { secretValue: first, expiresAt: 0, createdAt: start / 1000, status: "ACTIVE", latest: true };
    expect(body).toMatchObject({ count: 1, list: [secret] });
    const id = textAt(valueAt(body, "list", 0), "secretId");
    expect((await call("GET", `${secrets}/${id}`)).body).toMatchObject(secret);
  });

  test("can be two, and both sign the client in; the configuration shows the newer one", async () => {
    const { call, path, secrets, first, signIn } = await machine();
    const { status, body } = await call("POST", secrets, {});
    expect(status).toBe(201);
    expect(body).toMatchObject({ expiresAt: 0, createdAt: start / 1000, status: "ACTIVE", latest: true });
    const second = textAt(body, "secretValue");
    expect(second).not.toBe(first);
    expect((await call("GET", path)).body).toMatchObject({
      clientSecret: second,
      multipleClientSecretsConfigured: true,
    });
    expect((await call("GET", secrets)).body).toMatchObject({
      count: 2,
      list: [
        { secretValue: second, latest: true },
        { secretValue: first, latest: false },
      ],
    });
    expect(await signIn(first)).toBe(200);
    expect(await signIn(second)).toBe(200);
    expect(await signIn("neither")).toBe(401);
  });

  test("are not three", async () => {
    const { call, secrets } = await machine();
    await call("POST", secrets);
    expect(await call("POST", secrets)).toMatchObject({ status: 409, body: { code: "OAUTH-60011" } });
  });

  test("can be deleted but for the newest", async () => {
    const { call, path, secrets, first, signIn } = await machine();
    const only = textAt(valueAt((await call("GET", secrets)).body, "list", 0), "secretId");
    expect(await call("DELETE", `${secrets}/${only}`)).toMatchObject({ status: 409, body: { code: "OAUTH-60006" } });
    const newest = textAt((await call("POST", secrets, { expiresAt: 0 })).body, "secretId");
    expect((await call("DELETE", `${secrets}/${newest}`)).status).toBe(409);
    expect(await call("DELETE", `${secrets}/${only}`)).toMatchObject({ status: 204, body: undefined });
    expect(await signIn(first)).toBe(401);
    expect((await call("GET", path)).body).toMatchObject({ multipleClientSecretsConfigured: false });
    for (const method of ["GET", "DELETE"]) {
      expect(await call(method, `${secrets}/${only}`)).toMatchObject({ status: 404, body: { code: "OAUTH-60010" } });
    }
  });

  test("end when they were made to, by the sandbox's clock", async () => {
    const { sandbox, call, path, secrets, signIn, wait } = await machine();
    const expiresAt = start / 1000 + hour;
    const secret = textAt((await call("POST", secrets, { expiresAt })).body, "secretValue");
    expect((await call("GET", path)).body).toMatchObject({ clientSecretExpiresAt: expiresAt });
    wait(hour - 1);
    expect(await signIn(secret)).toBe(200);
    wait(1);
    expect(await signIn(secret)).toBe(401);
    const later = await callerFor(sandbox);
    expect((await later("GET", secrets)).body).toMatchObject({ list: [{ status: "EXPIRED" }, { status: "ACTIVE" }] });
    expect((await later("POST", secrets)).status).toBe(201);
  });

  test.each([
    [-1, "is invalid"],
    [start / 1000, "is in the past"],
  ])("cannot end at %i", async (expiresAt, reason) => {
    const { call, secrets } = await machine();
    expect(await call("POST", secrets, { expiresAt })).toMatchObject({
      status: 400,
      body: { code: "OAUTH-60001", description: expect.stringContaining(reason) },
    });
    const oidc = { grantTypes: ["client_credentials"], clientSecretExpiresAt: expiresAt };
    const answer = await call("POST", "/applications", { name: "other", inboundProtocolConfiguration: { oidc } });
    expect(answer).toMatchObject({ status: 400, body: { code: "OAUTH-60001" } });
  });

  test("keep their end when the configuration is replaced", async () => {
    const { call, path } = await machine();
    const clientSecretExpiresAt = start / 1000 + hour;
    const oidc = { grantTypes: ["client_credentials"], clientSecretExpiresAt };
    const { id } = await call("POST", "/applications", { name: "e", inboundProtocolConfiguration: { oidc } });
    const own = `/applications/${id}/inbound-protocols/oidc`;
    const clientId = textAt((await call("GET", own)).body, "clientId");
    expect((await call("PUT", own, { ...oidc, clientId })).status).toBe(200);
    expect((await call("PUT", own, { grantTypes: oidc.grantTypes, clientId })).status).toBe(200);
    expect((await call("GET", own)).body).toMatchObject({ clientSecretExpiresAt });
    const moved = await call("PUT", own, { ...oidc, clientId, clientSecretExpiresAt: clientSecretExpiresAt + 1 });
    expect(moved).toMatchObject({ status: 400, body: { code: "APP-60001" } });
    expect((await call("GET", path)).body).toMatchObject({ clientSecretExpiresAt: 0 });
  });

  test("are one again after regenerate-secret", async () => {
    const { call, path, secrets, first, signIn } = await machine();
    const second = textAt((await call("POST", secrets)).body, "secretValue");
    const third = textAt((await call("POST", `${path}/regenerate-secret`)).body, "clientSecret");
    expect((await call("GET", secrets)).body).toMatchObject({ count: 1, list: [{ secretValue: third }] });
    expect(await Promise.all([first, second, third].map(signIn))).toEqual([401, 401, 200]);
  });

  test("belong to one application", async () => {
    const { call, secrets } = await machine();
    const oidc = { grantTypes: ["client_credentials"] };
    const { id } = await call("POST", "/applications", { name: "other", inboundProtocolConfiguration: { oidc } });
    const theirs = `/applications/${id}/inbound-protocols/oidc/secrets`;
    const secret = textAt(valueAt((await call("GET", theirs)).body, "list", 0), "secretId");
    expect((await call("GET", `${secrets}/${secret}`)).status).toBe(404);
    const bare = (await call("POST", "/applications", { name: "bare" })).id;
    expect((await call("GET", `/applications/${bare}/inbound-protocols/oidc/secrets`)).body).toMatchObject({
      code: "APP-60502",
    });
    expect((await call("GET", "/applications/none/inbound-protocols/oidc/secrets")).body).toMatchObject({
      code: "APP-60006",
    });
  });

  test.each(["view", "create", "delete"])(
    "need a scope of their own: %s alone gives its own requests",
    async (verb) => {
      const { sandbox, call, secrets } = await machine();
      const old = textAt(valueAt((await call("GET", secrets)).body, "list", 0), "secretId");
      if (verb === "delete") await call("POST", secrets);
      const own = await callerFor(sandbox, `internal_application_mgt_client_secret_${verb}`);
      const statuses = {
        view: [(await own("GET", secrets)).status, (await own("GET", `${secrets}/${old}`)).status],
        create: [(await own("POST", secrets)).status],
        delete: [(await own("DELETE", `${secrets}/${old}`)).status],
      };
      const good = { view: [200, 200], create: [201], delete: [204] };
      const none = { view: [403, 403], create: [403], delete: [403] };
      expect(statuses).toEqual({ ...none, [verb]: good[verb as keyof typeof good] });
    },
  );

  test("are shown, with all that is about them, only to a token that may see them", async () => {
    const { sandbox, path } = await machine();
    const call = await callerFor(sandbox, "internal_application_mgt_view");
    const { body } = await call("GET", path);
    for (const member of ["clientSecret", "clientSecretExpiresAt", "multipleClientSecretsConfigured"]) {
      expect(body).not.toHaveProperty(member);
    }
  });

  test("are never in an answer but by the names of the API", async () => {
    const { call, path, secrets } = await machine();
    await call("POST", secrets);
    const { body } = await call("GET", path);
    for (const member of ["secretId", "secretCreatedAt", "olderSecrets"]) expect(body).not.toHaveProperty(member);
  });
});

test.each(["7.0", "7.1", "7.2"] as const)("%s has one secret, and no path for more", async (server) => {
  const { call, secrets } = await machine(server);
  const requests: [string, string][] = [
    ["GET", secrets],
    ["POST", secrets],
    ["DELETE", `${secrets}/x`],
  ];
  for (const [method, path] of requests) expect([404, 405]).toContain((await call(method, path)).status);
});

/** Skipped where the documents are not at hand. */
const where = sharedJson("openapi") ? test : test.skip;

where(
  "requests and answers are those of the OpenAPI document",
  async () => {
    const documents = await documentsOf("asgardeo");
    if (!documents) throw new Error("The documents are gone.");
    const { call, path, secrets } = await machine();
    const checked: Call = async (method, asked, body) => {
      const answer = await call(method, asked, body);
      const fault = faultOf(documents, { method, path: asked, body }, answer);
      expect({ method, asked, fault }).toEqual({ method, asked });
      return answer;
    };
    const old = textAt(valueAt((await checked("GET", secrets)).body, "list", 0), "secretId");
    await checked("POST", secrets, { expiresAt: start / 1000 + hour });
    await checked("POST", secrets, { expiresAt: 1 });
    await checked("POST", secrets, {});
    await checked("GET", path);
    await checked("GET", `${secrets}/${old}`);
    await checked("DELETE", `${secrets}/${old}`);
    await checked("DELETE", `${secrets}/${old}`);
    await checked("GET", `${secrets}/${old}`);
    await checked("POST", `${path}/regenerate-secret`);
  },
  60_000,
);
