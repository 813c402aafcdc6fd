import { invalid, patch, readUsers, refs, roles, scene } from "./scim-scene";
import { callerFor, requestToken, textAt } from "./support";

describe("a request of SCIM", () => {
  test.each([
    ["text/plain", 406],
    ["application/scim+json; charset=UTF-8", 201],
    ["*/*", 201],
  ])("with the content type %s is answered with %s", async (type, status) => {
    const { sandbox } = await scene();
    const token = textAt((await requestToken(sandbox)).body, "access_token");
    const response = await fetch(`${sandbox.baseUrl}/t/acme${roles}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": type },
      body: JSON.stringify({ displayName: "typed" }),
    });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/scim+json");
  });

  test("whose body is not JSON is refused", async () => {
    const { call } = await scene();
    expect(await call("POST", roles, "{")).toMatchObject(invalid(expect.any(String), "invalidSyntax"));
  });
});

describe("the second scopes of a role", () => {
  const some = { displayName: "some", permissions: refs(readUsers) };

  test("are needed by a newer server, for what a body or an operation names", async () => {
    const { sandbox, clerk } = await scene();
    const call = await callerFor(sandbox, "internal_role_mgt_create internal_role_mgt_update");
    expect((await call("POST", roles, { displayName: "none", users: [] })).status).toBe(201);
    expect(await call("POST", roles, some)).toMatchObject({ status: 403, body: { status: "403" } });
    expect((await call("PUT", `${roles}/${clerk}`, { displayName: "clerk" })).status).toBe(200);
    expect((await call("PUT", `${roles}/${clerk}`, { displayName: "clerk", groups: [] })).status).toBe(403);
    const users = patch({ op: "remove", path: "users" });
    expect((await call("PATCH", `${roles}/${clerk}`, users)).status).toBe(403);
    const more = "internal_role_mgt_create internal_role_mgt_permissions_update";
    expect((await (await callerFor(sandbox, more))("POST", roles, some)).status).toBe(201);
  });

  test("are not known to an older one", async () => {
    const { sandbox } = await scene("7.2");
    expect((await (await callerFor(sandbox, "internal_role_mgt_create"))("POST", roles, some)).status).toBe(201);
  });
});
