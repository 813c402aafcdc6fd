import { bookings, callerFor, sandboxFor } from "./support";

const scope = { name: "orders", displayName: "Orders", claims: ["email"] };
const text = (length: number) => "a".repeat(length);

test("an OIDC scope is made, read, replaced and deleted under its name", async () => {
  const call = await callerFor(await sandboxFor());
  expect(await call("POST", "/oidc/scopes", scope)).toMatchObject({ status: 201, id: "orders", body: undefined });
  expect((await call("GET", "/oidc/scopes/orders")).body).toEqual(scope);
  expect((await call("PUT", "/oidc/scopes/orders", { displayName: "All", claims: [] })).status).toBe(200);
  expect((await call("GET", "/oidc/scopes")).body).toContainEqual({ name: "orders", displayName: "All", claims: [] });
  for (const _ of [1, 2]) expect((await call("DELETE", "/oidc/scopes/orders")).status).toBe(204);
  expect(await call("GET", "/oidc/scopes/orders")).toMatchObject({
    status: 404,
    body: {
      code: "41003",
      message: "Server encountered an error while retrieving OIDC scope: orders",
      description: "Scope orders is not found.",
    },
  });
});

test.each([
  ["another OIDC scope", "email"],
  ["a scope of an API", "bookings:read"],
  ["a scope of a management API", "internal_oidc_scope_mgt_view"],
])("an OIDC scope cannot have the name of %s", async (_, name) => {
  const call = await callerFor(await sandboxFor());
  await call("POST", "/api-resources", bookings);
  expect(await call("POST", "/oidc/scopes", { ...scope, name })).toMatchObject({
    status: 409,
    body: { code: "41004", message: `Server encountered an error while adding OIDC scope: ${name}` },
  });
});

test.each([
  ["no name", { name: null }, "UE-10000"],
  ["no display name", { displayName: null }, "UE-10000"],
  ["no claims", { claims: null }, "UE-10000"],
  ["a blank in the name", { name: "a b" }, "OAUTH-60001"],
  ["a slash in the name", { name: "a/b" }, "OAUTH-60001"],
  ["an empty name", { name: "" }, "OAUTH-60001"],
  ["a name of 256 characters", { name: text(256) }, "OAUTH-60001"],
  ["a display name of 256 characters", { displayName: text(256) }, "OAUTH-60001"],
  ["a blank display name", { displayName: " " }, "OAUTH-60001"],
  ["a description of 513 characters", { description: text(513) }, "OAUTH-60001"],
])("an OIDC scope cannot be made with %s", async (_, change, code) => {
  const call = await callerFor(await sandboxFor());
  expect(await call("POST", "/oidc/scopes", { ...scope, ...change })).toMatchObject({ status: 400, body: { code } });
});

test("an OIDC scope can be as long as the server allows", async () => {
  const call = await callerFor(await sandboxFor());
  const long = { ...scope, name: text(255), displayName: text(255), description: text(512) };
  expect((await call("POST", "/oidc/scopes", long)).status).toBe(201);
});
