import { callerFor, sandboxFor } from "./support";

const scope = { name: "orders", displayName: "Orders", claims: ["email"] };

test("an OIDC scope is made, read, replaced and deleted under its name", async () => {
  const call = await callerFor(await sandboxFor());
  expect(await call("POST", "/oidc/scopes", scope)).toMatchObject({ status: 201, id: "orders", body: undefined });
  expect((await call("GET", "/oidc/scopes/orders")).body).toEqual(scope);
  expect((await call("PUT", "/oidc/scopes/orders", { displayName: "All", claims: [] })).status).toBe(200);
  expect((await call("GET", "/oidc/scopes")).body).toContainEqual({ name: "orders", displayName: "All", claims: [] });
  for (const _ of [1, 2]) expect((await call("DELETE", "/oidc/scopes/orders")).status).toBe(204);
  expect(await call("GET", "/oidc/scopes/orders")).toMatchObject({ status: 404, body: { code: "41003" } });
});

test("an OIDC scope needs a name that is free and fit for an address", async () => {
  const call = await callerFor(await sandboxFor());
  expect(await call("POST", "/oidc/scopes", { ...scope, name: "email" })).toMatchObject({
    status: 409,
    body: { code: "41004" },
  });
  expect(await call("POST", "/oidc/scopes", { ...scope, name: "a b" })).toMatchObject({
    status: 400,
    body: { code: "OAUTH-60001" },
  });
});
