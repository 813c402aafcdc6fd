import { bookings, type Call, callerFor, sandboxFor, textAt } from "./support";

async function callerOf() {
  return callerFor(await sandboxFor());
}

const text = (length: number) => "a".repeat(length);
const pattern = (length: number) => `regexp=(https://a\\.example|${text(length - 28)})`;

async function application(call: Call): Promise<string> {
  return (await call("POST", "/applications", { name: "web" })).id;
}

/** The bodies of creations that are as long as the database keeps them, and with one character more. */
describe.each([
  ["the name", 255, (length: number) => ({ name: text(length) })],
  ["the description", 1024, (length: number) => ({ description: text(length) })],
  ["the address of the image", 1024, (length: number) => ({ imageUrl: text(length) })],
  ["the address", 1024, (length: number) => ({ accessUrl: text(length) })],
])("%s of an application", (_, limit, body) => {
  test(`has at most ${limit} characters when it is made`, async () => {
    const call = await callerOf();
    const make = (length: number) => call("POST", "/applications", { name: "web", ...body(length) });
    expect(await make(limit + 1)).toMatchObject({ status: 500, body: { code: "APP-65001" } });
    const { status, id } = await make(limit);
    expect(status).toBe(201);
    expect((await call("GET", `/applications/${id}`)).body).toMatchObject(body(limit));
  });

  test(`has at most ${limit} characters after a PATCH, and stays as it was when there are more`, async () => {
    const call = await callerOf();
    const path = `/applications/${await application(call)}`;
    expect((await call("PATCH", path, body(limit))).status).toBe(200);
    expect(await call("PATCH", path, body(limit + 1))).toMatchObject({ status: 500, body: { code: "APP-65001" } });
    expect((await call("GET", path)).body).toMatchObject(body(limit));
  });
});

test("characters are counted, not the units of UTF-16", async () => {
  const call = await callerOf();
  expect((await call("POST", "/applications", { name: "web", description: "😀".repeat(1024) })).status).toBe(201);
});

test.each(["regexp pattern", "single address"])("a %s of callbacks has at most 2048 characters", async (kind) => {
  const call = await callerOf();
  const callbacks = (length: number) => [kind === "regexp pattern" ? pattern(length) : `https://${text(length - 8)}`];
  const oidc = (length: number) => ({ grantTypes: ["authorization_code"], callbackURLs: callbacks(length) });
  const make = (length: number) =>
    call("POST", "/applications", { name: "web", inboundProtocolConfiguration: { oidc: oidc(length) } });
  expect(await make(2049)).toMatchObject({ status: 500, body: { code: "APP-65001" } });
  const { status, id } = await make(2048);
  expect(status).toBe(201);
  const path = `/applications/${id}/inbound-protocols/oidc`;
  const { body } = await call("GET", path);
  const replacement = (length: number) => ({ clientId: textAt(body, "clientId"), ...oidc(length) });
  expect((await call("PUT", path, replacement(2047))).status).toBe(200);
  expect(await call("PUT", path, replacement(2049))).toMatchObject({ status: 500, body: { code: "APP-65001" } });
  expect((await call("GET", path)).body).toMatchObject({ callbackURLs: callbacks(2047) });
});

test("a client id has at most 255 characters", async () => {
  const call = await callerOf();
  const make = (length: number) =>
    call("POST", "/applications", {
      name: "web",
      inboundProtocolConfiguration: { oidc: { clientId: text(length), grantTypes: ["client_credentials"] } },
    });
  expect((await make(256)).status).toBe(500);
  expect((await make(255)).status).toBe(201);
});

test("an application that is refused for its length leaves its name free", async () => {
  const call = await callerOf();
  await call("POST", "/applications", { name: "web", description: text(1025) });
  expect((await call("POST", "/applications", { name: "web" })).status).toBe(201);
});

describe("an API resource", () => {
  test.each([
    ["name", 255],
    ["identifier", 255],
    ["description", 1023],
  ])("has a %s of at most %i characters", async (member, limit) => {
    const call = await callerOf();
    const make = (length: number) => call("POST", "/api-resources", { ...bookings, [member]: text(length) });
    const refused = await make(limit + 1);
    expect(refused).toMatchObject({ status: 500, body: { code: "API-RESOURCE-65003" } });
    expect(refused.body).not.toHaveProperty("traceId");
    expect((await make(limit)).status).toBe(201);
  });

  test.each([
    ["name", 255],
    ["description", 1023],
  ])("keeps its %s when a PATCH has more than %i characters", async (member, limit) => {
    const call = await callerOf();
    const { id } = await call("POST", "/api-resources", bookings);
    const path = `/api-resources/${id}`;
    expect((await call("PATCH", path, { [member]: text(limit) })).status).toBe(204);
    expect(await call("PATCH", path, { [member]: text(limit + 1) })).toMatchObject({
      status: 500,
      body: { code: "API-RESOURCE-65005" },
    });
    expect((await call("GET", path)).body).toMatchObject({ [member]: text(limit) });
  });

  test.each(["name", "displayName"])("has scopes whose %s has at most 255 characters", async (member) => {
    const call = await callerOf();
    const scopes = (length: number) => [{ name: "s", [member]: text(length) }];
    const make = (length: number) => call("POST", "/api-resources", { ...bookings, scopes: scopes(length) });
    expect(await make(256)).toMatchObject({ status: 500, body: { code: "API-RESOURCE-65003" } });
    const { id } = await make(255);
    const path = `/api-resources/${id}`;
    expect(await call("PATCH", path, { addedScopes: [{ name: "t", [member]: text(256) }] })).toMatchObject({
      status: 500,
      body: { code: "API-RESOURCE-65005" },
    });
    expect(await call("PUT", `${path}/scopes`, scopes(256))).toMatchObject({
      status: 500,
      body: { code: "API-RESOURCE-65007" },
    });
    expect((await call("GET", `${path}/scopes`)).body).toMatchObject(scopes(255));
  });

  test("keeps the display name of a scope when a PATCH has more than 255 characters", async () => {
    const call = await callerOf();
    const { id } = await call("POST", "/api-resources", bookings);
    const path = `/api-resources/${id}/scopes/bookings:read`;
    expect(await call("PATCH", path, { displayName: text(256), description: "lost" })).toMatchObject({
      status: 500,
      body: { code: "API-RESOURCE-65007" },
    });
    const { body } = await call("GET", `/api-resources/${id}/scopes`);
    expect(body).toContainEqual(expect.objectContaining({ name: "bookings:read", displayName: "Read bookings" }));
    expect(body).not.toContainEqual(expect.objectContaining({ description: "lost" }));
  });
});

test.each([
  ["a blank name", " ", 400, "API-RESOURCE-60005"],
  ["a management API's prefix", "internal_mine", 400, "API-RESOURCE-60008"],
  ["the console's prefix", "console:mine", 400, "API-RESOURCE-60008"],
  ["an OIDC scope's name", "openid", 400, "API-RESOURCE-60009"],
])("a scope cannot have %s, whichever request brings it", async (_, name, status, code) => {
  const call = await callerOf();
  const scopes = [{ name }];
  expect(await call("POST", "/api-resources", { ...bookings, scopes })).toMatchObject({ status, body: { code } });
  const { id } = await call("POST", "/api-resources", bookings);
  const path = `/api-resources/${id}`;
  expect(await call("PATCH", path, { addedScopes: scopes })).toMatchObject({ status, body: { code } });
  expect(await call("PUT", `${path}/scopes`, scopes)).toMatchObject({ status, body: { code } });
});
