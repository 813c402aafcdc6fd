import { randomUUID } from "node:crypto";
import { getApplication, getApplicationOutput } from "../../provider";
import type { Sandbox } from "../../sandbox/index";
import { answered, application, configuredTenant, requestsOf, withdraw } from "./program";

const worker = {
  name: "Order_Worker",
  description: "Works on orders",
  imageUrl: "https://example.com/logo.png",
  accessUrl: "https://orders.example.com",
  templateId: "m2m-application",
  inboundProtocolConfiguration: { oidc: { grantTypes: ["client_credentials"] } },
};

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await configuredTenant();
});

const record = (id: string) => sandbox.tenant.applications.find((each) => each.id === id);

test("an application is found by its name, its client id and its id, and is the same each time", async () => {
  const id = await application(sandbox, worker);
  const clientId = record(id)?.oidc?.clientId ?? "";
  const tenant = `${sandbox.baseUrl}/t/${sandbox.organization}`;
  const found = await getApplication({ name: "Order_Worker" });
  expect(found).toEqual({
    id,
    name: "Order_Worker",
    description: "Works on orders",
    clientId,
    templateId: "m2m-application",
    enabled: true,
    accessUrl: "https://orders.example.com",
    imageUrl: "https://example.com/logo.png",
    issuer: `${tenant}/oauth2/token`,
    authorizationEndpoint: `${tenant}/oauth2/authorize`,
    tokenEndpoint: `${tenant}/oauth2/token`,
    endSessionEndpoint: `${tenant}/oidc/logout`,
    jwksUri: `${tenant}/oauth2/jwks`,
    discoveryUrl: `${tenant}/oauth2/token/.well-known/openid-configuration`,
  });
  expect(await getApplication({ clientId })).toEqual(found);
  expect(await getApplication({ id })).toEqual(found);
  expect(await answered(getApplicationOutput({ name: "Order_Worker" }))).toEqual(found);
});

test("the client secret is in no answer", async () => {
  const id = await application(sandbox, worker);
  const secret = record(id)?.oidc?.clientSecret ?? "";
  expect(secret).not.toBe("");
  expect(JSON.stringify(await getApplication({ id }))).not.toContain(secret);
  expect(requestsOf(sandbox).filter((request) => request.includes("inbound-protocols"))).toEqual([]);
});

test("what an application does not have is undefined", async () => {
  const id = await application(sandbox, { name: "Bare" });
  expect(await getApplication({ id })).toMatchObject({
    description: undefined,
    clientId: undefined,
    templateId: undefined,
    accessUrl: undefined,
    imageUrl: undefined,
    enabled: true,
  });
});

describe("a name", () => {
  test("is compared exactly, though the server's filter regards neither case nor `_`", async () => {
    const ids = new Map<string, string>();
    for (const name of ["OrderXWorker", "Order_Worker", "order_worker", "Order Worker", "Order-Worker"]) {
      ids.set(name, await application(sandbox, { name }));
    }
    for (const [name, id] of ids) expect(await getApplication({ name })).toMatchObject({ id, name });
  });

  test.each(["Terms and Conditions", "not", "A eq B", "Research or not"])(
    "may have words in it that mean something to the filter: %s",
    async (name) => {
      const id = await application(sandbox, { name });
      expect(await getApplication({ name })).toMatchObject({ id });
    },
  );

  test("is found on the last of several pages", async () => {
    // Newest first: the one that is wanted comes last. Its filter lets all of them through.
    const id = await application(sandbox, { name: "App__" });
    for (let i = 10; i < 75; i++) await application(sandbox, { name: `App${i}` });
    expect(await getApplication({ name: "App__" })).toMatchObject({ id });
    expect(requestsOf(sandbox).filter((request) => request.startsWith("GET /applications?"))).toHaveLength(3);
  });

  test("is found on a later page where everything has to be listed", async () => {
    const id = await application(sandbox, { name: "Terms and Conditions" });
    for (let i = 0; i < 31; i++) await application(sandbox, { name: `App${i}` });
    expect(await getApplication({ name: "Terms and Conditions" })).toMatchObject({ id });
  });

  test.each([
    ["order_worker", "Order_Worker"],
    ["Order_Wroker", "Order_Worker"],
  ])("%s is told that there is %s", async (name, near) => {
    await application(sandbox, worker);
    await expect(getApplication({ name })).rejects.toThrow(
      `getApplication: name: "${name}" is the name of no application of this tenant; did you mean \`${near}\`?`,
    );
  });

  test("that two applications have is refused with the ids of both", async () => {
    const id = await application(sandbox, worker);
    const twin = { ...structuredClone(record(id)), id: randomUUID() } as Sandbox["tenant"]["applications"][number];
    sandbox.tenant.applications.push(twin);
    await expect(getApplication({ name: "Order_Worker" })).rejects.toThrow(
      new RegExp(`^getApplication: name: "Order_Worker" stands for 2 objects: give the id, one of ${twin.id}, ${id}$`),
    );
  });
});

test("a client id is compared exactly", async () => {
  const oidc = { grantTypes: ["client_credentials"] };
  const made = await Promise.all(
    ["my_client", "myXclient", "MY_CLIENT"].map((clientId) =>
      application(sandbox, { name: clientId, inboundProtocolConfiguration: { oidc: { ...oidc, clientId } } }),
    ),
  );
  expect(await getApplication({ clientId: "my_client" })).toMatchObject({ id: made[0], clientId: "my_client" });
  await expect(getApplication({ clientId: "My_Client" })).rejects.toThrow(
    'getApplication: clientId: "My_Client" is the client id of no application of this tenant',
  );
});

test("a client id with characters that the filter drops is found by looking at all", async () => {
  const oidc = { grantTypes: ["client_credentials"], clientId: "my~client!" };
  const id = await application(sandbox, { name: "Odd", inboundProtocolConfiguration: { oidc } });
  expect(await getApplication({ clientId: "my~client!" })).toMatchObject({ id, clientId: "my~client!" });
});

test("an id that is not there is an error", async () => {
  const id = randomUUID();
  await expect(getApplication({ id })).rejects.toThrow(
    `getApplication: id: no application of this tenant has the id "${id}"`,
  );
});

test("a scope that the bootstrap client lacks is named", async () => {
  withdraw(sandbox, "internal_application_mgt_view");
  await expect(getApplication({ name: "Order_Worker" })).rejects.toThrow(
    /^getApplication: the bootstrap client .* internal_application_mgt_view of "Application Management API"/s,
  );
  expect(requestsOf(sandbox)).toEqual([]);
});

test("the tenant is only read, by a token that can do no more", async () => {
  await application(sandbox, worker);
  await getApplication({ name: "Order_Worker" });
  expect(sandbox.requests.map(({ method, path }) => `${method} ${path.replace(/\?.*/, "")}`)).toEqual([
    `POST /t/${sandbox.organization}/oauth2/token`,
    `GET /t/${sandbox.organization}/api/server/v1/applications`,
    expect.stringMatching(/^GET .*\/api\/server\/v1\/applications\/[0-9a-f-]{36}$/),
  ]);
});

test("a failure shows no stack, which would lead through this package alone", async () => {
  await expect(getApplication({ name: "Nobody" })).rejects.toMatchObject({
    stack: expect.stringMatching(/^[^\n]*"Nobody" is the name of no application of this tenant$/),
  });
});
