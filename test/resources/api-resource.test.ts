import { reconnected, type TestTenant, testTenant } from "../support/managed";

let tenant: TestTenant;
beforeAll(async () => {
  tenant = await testTenant();
});
afterAll(() => tenant.close());
beforeEach(() => void tenant.requests());

interface Live {
  name: string;
  description?: string;
  scopes: { id: string; name: string; displayName: string; description?: string }[];
}

const liveApi = (id: string | undefined) => tenant.live<Live>(`/api-resources/${id}`);

let count = 0;

/** An API with scopes of its own: scope names are unique in a tenant. */
function orders(...verbs: string[]) {
  const n = ++count;
  return {
    name: `Orders ${n}`,
    identifier: `https://api.example.com/orders/${n}`,
    scopes: verbs.map((verb) => ({ name: `orders${n}:${verb}`, displayName: verb })),
  };
}

test("an API is created with its scopes in one request, and deleted in one", async () => {
  const api = tenant.resource("ApiResource");
  const args = orders("read", "write");
  await api.apply(args);
  expect(tenant.requests()).toEqual(["POST /api-resources"]);
  expect((await liveApi(api.id)).scopes.map(({ name }) => name)).toEqual(args.scopes.map(({ name }) => name));
  const { id } = api;
  await api.destroy();
  expect(tenant.requests()).toEqual([`DELETE /api-resources/${id}`]);
});

test("an API that did not change costs no request, whatever the order of its scopes", async () => {
  const api = tenant.resource("ApiResource");
  const args = orders("read", "write");
  await api.up(args);
  await api.refresh();
  tenant.requests();
  expect(await api.up({ ...args, scopes: args.scopes.toReversed() })).toBe("same");
  expect(tenant.requests()).toEqual([]);
});

test("scopes are added, changed and removed one by one, so that those that stay keep their ids", async () => {
  const api = tenant.resource("ApiResource");
  const args = orders("read", "write", "delete");
  await api.up(args);
  const before = await liveApi(api.id);
  tenant.requests();
  const [read, write] = args.scopes;
  const added = { name: `${read?.name}:own`, displayName: "Own" };
  await api.up({ ...args, name: "Renamed", scopes: [read, { ...write, description: "More" }, added] });
  const [, , last] = args.scopes;
  expect(tenant.requests()).toEqual([
    `GET /api-resources/${api.id}`,
    `PATCH /api-resources/${api.id}`,
    `PATCH /api-resources/${api.id}/scopes/${encodeURIComponent(write?.name ?? "")}`,
    `DELETE /api-resources/${api.id}/scopes/${encodeURIComponent(last?.name ?? "")}`,
  ]);
  const after = await liveApi(api.id);
  expect(after).toMatchObject({ name: "Renamed" });
  expect(after.scopes.find(({ name }) => name === read?.name)?.id).toBe(before.scopes[0]?.id);
  expect(after.scopes.find(({ name }) => name === write?.name)).toMatchObject({
    id: before.scopes[1]?.id,
    description: "More",
  });
  expect(after.scopes.map(({ name }) => name)).toEqual([read?.name, write?.name, added.name]);
});

test("what was half done by a run that failed is not done twice", async () => {
  const api = tenant.resource("ApiResource");
  const args = orders("read");
  await api.up(args);
  const scope = { name: `${args.scopes[0]?.name}:new` };
  await tenant.sandbox.console("PATCH", `/api/server/v1/api-resources/${api.id}`, { addedScopes: [scope] });
  expect(await api.up({ ...args, scopes: [...args.scopes, scope] })).toBe("update");
  expect((await liveApi(api.id)).scopes).toHaveLength(2);
});

test("an arg that is taken out of the program is cleared, and scopes that it declared go", async () => {
  const api = tenant.resource("ApiResource");
  const { scopes, ...bare } = orders("read");
  const [scope] = scopes;
  const full = { name: scope?.name, displayName: "Read", description: "All of it" };
  await api.up({ ...bare, description: "About orders", scopes: [full] });
  await api.up({ ...bare, scopes: [{ name: scope?.name }] });
  expect(await liveApi(api.id)).toMatchObject({
    description: "",
    scopes: [{ displayName: scope?.name, description: "" }],
  });
  const theirs = { name: `${scope?.name}:theirs` };
  await tenant.sandbox.console("PATCH", `/api/server/v1/api-resources/${api.id}`, { addedScopes: [theirs] });
  await api.up(bare);
  expect((await liveApi(api.id)).scopes.map(({ name }) => name)).toEqual([theirs.name]);
  await api.refresh();
  expect(await api.up(bare)).toBe("same");
});

test("a scope that was added or changed in the console is drift, and is put right", async () => {
  const api = tenant.resource("ApiResource");
  const args = orders("read");
  await api.up(args);
  const [scope] = args.scopes;
  const path = `/api/server/v1/api-resources/${api.id}`;
  await tenant.sandbox.console("PATCH", path, { addedScopes: [{ name: `${scope?.name}:theirs` }] });
  await tenant.sandbox.console("PATCH", `${path}/scopes/${scope?.name}`, { displayName: "Theirs" });
  await api.refresh();
  expect(api.state).toMatchObject({
    scopes: [{ name: scope?.name, displayName: "Theirs" }, { name: `${scope?.name}:theirs` }],
  });
  expect(await api.up(args)).toBe("update");
  expect((await liveApi(api.id)).scopes).toMatchObject([scope]);
});

test("another identifier replaces the API, and so does whether it needs authorization; saying the default does not", async () => {
  const api = tenant.resource("ApiResource");
  const args = orders("read");
  await api.up(args);
  expect(await api.up({ ...args, requiresAuthorization: true })).toBe("same");
  expect(await api.up({ ...args, requiresAuthorization: false })).toBe("replace");
  expect(await api.up({ ...args, requiresAuthorization: false, identifier: `${args.identifier}/v2` })).toBe("replace");
});

test("an identifier that is taken is an error at identifier, a scope name that is taken one at scopes", async () => {
  const args = orders("read");
  await tenant.resource("ApiResource").up(args);
  await expect(tenant.resource("ApiResource").up(args)).rejects.toThrow(
    `identifier: "${args.identifier}" is taken by another API of the tenant.`,
  );
  const other = { ...orders(), scopes: args.scopes };
  const failed = reconnected(tenant.sandbox).resource("ApiResource");
  await expect(failed.up(other)).rejects.toThrow(
    /^scopes: the API "Orders \d+" \(id .*\) has the scope `.*:read` already, .*Choose another name\./,
  );
  expect(failed.id).toBeUndefined();
});

test("an API that was deleted behind our back is gone after a refresh, and made again", async () => {
  const api = tenant.resource("ApiResource");
  const args = orders("read");
  await api.up(args);
  await tenant.sandbox.console("DELETE", `/api/server/v1/api-resources/${api.id}`);
  await api.refresh();
  expect(api.id).toBeUndefined();
  expect(await api.up(args)).toBe("create");
});

test("an API is read whole by its id alone", async () => {
  const api = tenant.resource("ApiResource");
  const args = orders("read");
  await api.up(args);
  const looked = tenant.resource("ApiResource");
  looked.id = api.id;
  await looked.refresh();
  expect(looked.state).toMatchObject({ ...args, requiresAuthorization: true });
});

test("a scope that is there twice is refused before any request", async () => {
  const args = orders("read", "read");
  await expect(tenant.resource("ApiResource").up(args)).rejects.toThrow("scopes[1].name: is in the list twice");
  expect(tenant.requests()).toEqual([]);
});

test.each(["7.1", "7.2", "asgardeo"] as const)("on server %s an API and its scopes change in place", async (server) => {
  const own = await testTenant({ server });
  const api = own.resource("ApiResource");
  const args = orders("read", "write");
  await api.up(args);
  await api.up({ ...args, description: "New", scopes: args.scopes.map((scope) => ({ ...scope, description: "New" })) });
  await api.refresh();
  expect(api.state).toMatchObject({ description: "New", scopes: [{ description: "New" }, { description: "New" }] });
  await api.destroy();
  await own.close();
});

test("on server 7.0, which cannot change a scope, that is an error that says what to do, and the scope stays", async () => {
  const own = await testTenant({ server: "7.0" });
  const api = own.resource("ApiResource");
  const args = orders("read");
  await api.up(args);
  const [scope] = args.scopes;
  await expect(api.up({ ...args, scopes: [{ ...scope, displayName: "Other" }] })).rejects.toThrow(
    `scopes[0]: this server cannot change the scope \`${scope?.name}\` in place`,
  );
  expect(await own.live(`/api-resources/${api.id}`)).toMatchObject({ scopes: [scope] });
  await own.close();
});

describe("the name of a scope that no API can have", () => {
  test.each([
    ["orders read", /^scopes\[1\]\.name: has a blank, so no application could ever ask for it/],
    ['orders"read', /^scopes\[1\]\.name: has a `"`/],
    ["orders\\read", /^scopes\[1\]\.name: has a `\\`/],
    ["openid", /^scopes\[1\]\.name: is the scope that makes a request one of OpenID Connect/],
    ["internal_orders", /^scopes\[1\]\.name: begins with `internal_`, which the server keeps/],
    ["console:orders", /^scopes\[1\]\.name: begins with `console:`, which the server keeps/],
  ])("fails at preview, without a request: %j", async (name, message) => {
    const { scopes, ...args } = orders("read");
    expect(await tenant.resource("ApiResource").preview({ ...args, scopes: [...scopes, { name }] })).toEqual([
      expect.stringMatching(message),
    ]);
    expect(tenant.requests()).toEqual([]);
  });
});
