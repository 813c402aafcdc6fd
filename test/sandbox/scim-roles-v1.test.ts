import { foundIn, patch, readUsers, refs, roles, scene } from "./scim-scene";
import { callerFor, textAt } from "./support";

const path = "/scim2/Roles";

describe("the first version of the API of roles", () => {
  test("makes, reads, replaces and deletes a role, whose permissions are texts", async () => {
    const { call, kim } = await scene();
    const body = { displayName: "first", permissions: [readUsers], users: refs(kim) };
    const { status, id, body: made } = await call("POST", path, { ...body, audience: { type: "none" } });
    expect([status, made]).toMatchObject([201, body]);
    expect(made).not.toHaveProperty("audience");
    expect((await call("GET", `${path}/${id}`)).body).toEqual(made);
    expect((await call("GET", `${roles}/${id}`)).body).toMatchObject({ permissions: refs(readUsers) });
    const renamed = { schemas: ["urn:scim:schemas:core:1.0"], displayName: "renamed" };
    expect(await call("PUT", `${path}/${id}`, renamed)).toMatchObject({
      status: 200,
      body: { displayName: "renamed" },
    });
    expect((await call("DELETE", `${path}/${id}`)).status).toBe(204);
    for (const method of ["GET", "DELETE"]) expect((await call(method, `${path}/${id}`)).status).toBe(404);
  });

  test("patches its lists", async () => {
    const { call, clerk, kim } = await scene();
    const changed = async (operation: object) => (await call("PATCH", `${path}/${clerk}`, patch(operation))).body;
    expect(await changed({ op: "replace", path: "users", value: refs(kim) })).toMatchObject({ users: refs(kim) });
    expect(await changed({ op: "add", value: { permissions: [readUsers] } })).toMatchObject({
      permissions: [readUsers],
    });
    expect(await changed({ op: "replace", path: "permissions", value: [] })).not.toHaveProperty("permissions");
  });

  test("refuses a taken name, and fails at an unknown user and at a role of an application", async () => {
    const { call, operator } = await scene();
    expect((await call("POST", path, { displayName: "clerk" })).status).toBe(409);
    const unknown = await call("POST", path, { displayName: "new", users: refs("none") });
    expect([unknown.status, textAt(unknown.body, "status")]).toEqual([500, "500"]);
    expect((await call("GET", `${path}/${operator}`)).status).toBe(500);
    expect((await call("DELETE", `${path}/${operator}`)).status).toBe(500);
    expect((await call("GET", `${roles}/${operator}`)).status).toBe(200);
  });

  test("lists the roles of the organization only", async () => {
    const { call } = await scene();
    for (const displayName of ["list-a", "list-b", "list-c"]) await call("POST", path, { displayName });
    expect(foundIn((await call("GET", path)).body)).toEqual([
      "everyone",
      "admin",
      "clerk",
      "list-a",
      "list-b",
      "list-c",
    ]);
    const { body } = await call("POST", `${path}/.search`, { filter: "displayName sw list", startIndex: 2, count: 1 });
    expect(body).toMatchObject({ totalResults: 3, itemsPerPage: 1, Resources: [{ displayName: "list-b" }] });
  });

  test("needs the second scopes that the second version needs", async () => {
    const { sandbox, clerk } = await scene();
    const call = await callerFor(sandbox, "internal_role_mgt_create internal_role_mgt_update");
    expect((await call("POST", path, { displayName: "a", permissions: [readUsers] })).status).toBe(403);
    expect((await call("PATCH", `${path}/${clerk}`, patch({ op: "remove", path: "users" }))).status).toBe(403);
    expect((await call("POST", path, { displayName: "a" })).status).toBe(201);
  });
});
