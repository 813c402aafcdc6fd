import { foundIn, invalid, namesIn, patch, readUsers, refs, roles, rolesV3, scene } from "./scim-scene";
import { callerFor, sandboxFor } from "./support";

describe("the third version of the API", () => {
  test("passes over users and groups of a new role, which have paths of their own", async () => {
    const { call, kim, support } = await scene();
    const body = { displayName: "third", permissions: refs(readUsers), users: refs(kim), groups: refs(support) };
    const { id, headers } = await call("POST", rolesV3, body);
    expect(headers.get("location")).toContain(rolesV3);
    const path = `${rolesV3}/${id}`;
    const made = (await call("GET", path)).body;
    expect(["permissions", "users", "groups"].map((list) => namesIn(made, list))).toEqual([[readUsers], [], []]);
    await call("PUT", `${path}/Users`, { users: refs(kim) });
    await call("PATCH", `${path}/Groups`, patch({ op: "add", value: refs(support) }));
    await call("PATCH", path, patch({ op: "replace", path: "permissions", value: [] }));
    const whole = (await call("GET", path)).body;
    expect(["permissions", "users", "groups"].map((list) => namesIn(whole, list))).toEqual([[], [kim], [support]]);
    expect((await call("PATCH", `${path}/Users`, patch({ op: "remove", path: "users" }))).status).toBe(200);
    expect(namesIn((await call("GET", `${roles}/${id}`)).body, "users")).toEqual([]);
  });

  test("takes no users where it changes a role", async () => {
    const { call, clerk, kim } = await scene();
    const add = patch({ op: "add", path: "users", value: refs(kim) });
    expect(await call("PATCH", `${rolesV3}/${clerk}`, add)).toMatchObject(
      invalid("Not a valid attribute.", "invalidSyntax"),
    );
    await call("PATCH", `${rolesV3}/${clerk}/Users`, add);
    await call("PUT", `${rolesV3}/${clerk}`, { displayName: "clerk" });
    expect(namesIn((await call("GET", `${roles}/${clerk}`)).body, "users")).toEqual([kim]);
  });

  test.each(["7.0", "7.1", "7.2"] as const)("is not served by %s", async (server) => {
    const call = await callerFor(await sandboxFor({ server }));
    expect((await call("GET", rolesV3)).status).toBe(404);
    expect(foundIn((await call("GET", roles)).body)).toContain("everyone");
  });
});
