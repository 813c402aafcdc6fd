import { invalid, listUsers, namesIn, patch, readUsers, refs, roles, scene } from "./scim-scene";
import { textAt } from "./support";

describe("a PATCH of a role", () => {
  test("answers permissions and groups, and no users", async () => {
    const { call, operator, clerk, kim } = await scene();
    const { status, body } = await call(
      "PATCH",
      `${roles}/${clerk}`,
      patch({ op: "Add", path: "users", value: refs(kim) }),
    );
    expect([status, textAt(body, "displayName")]).toEqual([200, "clerk"]);
    const rename = patch({ op: "replace", path: "displayName", value: "other" });
    expect((await call("PATCH", `${roles}/${operator}`, rename)).body).toMatchObject({
      permissions: refs(readUsers),
      groups: [{ display: "PRIMARY/support" }],
    });
    expect(body).not.toHaveProperty("users");
    expect(namesIn((await call("GET", `${roles}/${clerk}`)).body, "users")).toEqual([kim]);
  });

  test.each<[string, object, string, (ids: { kim: string; support: string }) => string[]]>([
    ["remove users", { op: "remove", path: "users" }, "users", () => []],
    ["remove users by a list", { op: "remove", path: "users", value: refs("x") }, "users", () => []],
    ["remove groups", { op: "remove", path: "groups" }, "groups", ({ support }) => [support]],
    [
      "remove permissions by a list",
      { op: "remove", path: "permissions", value: refs(readUsers) },
      "permissions",
      () => [readUsers],
    ],
    ["remove a permission", { op: "remove", path: `permissions[value eq ${readUsers}]` }, "permissions", () => []],
    ["remove a user by name", { op: "remove", path: 'users[display eq "kim"]' }, "users", () => []],
    ["remove a group by name", { op: "remove", path: "groups[display eq PRIMARY/support]" }, "groups", () => []],
    ["remove what is not there", { op: "remove", path: "groups[value eq x]" }, "groups", ({ support }) => [support]],
    ["replace by an empty list", { op: "replace", path: "permissions", value: [] }, "permissions", () => []],
    ["add what is there", { op: "add", path: "permissions", value: refs(readUsers) }, "permissions", () => [readUsers]],
    [
      "add two members without a path, of which one is read",
      { op: "add", value: { permissions: refs(listUsers), groups: [] } },
      "permissions",
      () => [readUsers],
    ],
  ])("with %s answers 200, and does what the server does", async (_, operation, list, expected) => {
    const { call, operator, kim, support } = await scene();
    expect((await call("PATCH", `${roles}/${operator}`, patch(operation))).status).toBe(200);
    expect(namesIn((await call("GET", `${roles}/${operator}`)).body, list)).toEqual(expected({ kim, support }));
  });

  test("that replaces users, too, empties groups and permissions that it removes", async () => {
    const { call, operator, desmond } = await scene();
    const operations = [
      { op: "remove", path: "groups" },
      { op: "remove", path: "permissions" },
      { op: "replace", path: "users", value: refs(desmond) },
    ];
    await call("PATCH", `${roles}/${operator}`, patch(...operations));
    const { body } = await call("GET", `${roles}/${operator}`);
    expect(["groups", "permissions", "users"].map((list) => namesIn(body, list))).toEqual([[], [], [desmond]]);
  });

  test("takes the last of several names", async () => {
    const { call, clerk } = await scene();
    const names = ["first", "last"].map((value) => ({ op: "replace", path: "displayName", value }));
    expect((await call("PATCH", `${roles}/${clerk}`, patch(...names))).body).toMatchObject({ displayName: "last" });
  });

  test("is not atomic: what ran before a refusal stays, in the server's own order", async () => {
    const { call, clerk } = await scene();
    const operations = [
      { op: "add", path: "users", value: refs("none") },
      { op: "add", path: "permissions", value: refs(readUsers) },
      { op: "replace", path: "displayName", value: "renamed" },
    ];
    expect(await call("PATCH", `${roles}/${clerk}`, patch(...operations))).toMatchObject(
      invalid("User can't be resolved from the given user Id."),
    );
    const { body } = await call("GET", `${roles}/${clerk}`);
    expect(body).toMatchObject({ displayName: "renamed", permissions: refs(readUsers) });
    expect(body).not.toHaveProperty("users");
  });

  const error = {
    status: 500,
    body: { detail: "Error in performing the patch operation on role resource.", status: "500" },
  };
  test.each<[string, object, object]>([
    ["another path", { op: "add", path: "audience", value: [] }, invalid("Not a valid attribute.", "invalidSyntax")],
    [
      "no value",
      { op: "add", path: "users" },
      invalid("The value is not provided to perform patch add operation.", "invalidSyntax"),
    ],
    ["an unknown operation", { op: "move" }, invalid("Unknown operation: move", "invalidSyntax")],
    ["a removal of the name", { op: "remove", path: "displayName" }, { status: 400 }],
    ["two words in brackets", { op: "remove", path: "users[value eq]" }, invalid("Invalid filter", "invalidSyntax")],
    [
      "another operator",
      { op: "remove", path: "users[value co x]" },
      { status: 501, body: { detail: "Only Eq filter is supported" } },
    ],
    ["an object in the place of a list", { op: "add", path: "users", value: { value: "x" } }, error],
    [
      "an unknown permission",
      { op: "add", path: "permissions", value: refs("none") },
      invalid("Permission: none not found"),
    ],
    ["an unknown group", { op: "add", path: "groups", value: refs("none") }, invalid(expect.any(String))],
    ["a taken name", { op: "replace", path: "displayName", value: "everyone" }, { status: 409 }],
    ["a name with a slash", { op: "replace", path: "displayName", value: "a/b" }, error],
  ])("is refused with %s", async (_, operation, expected) => {
    const { call, clerk } = await scene();
    expect(await call("PATCH", `${roles}/${clerk}`, patch(operation))).toMatchObject(expected);
  });

  test("knows its operations by one name only", async () => {
    const { call, clerk } = await scene();
    const { Operations: operations } = patch({ op: "replace", path: "displayName", value: "new" });
    expect(await call("PATCH", `${roles}/${clerk}`, { operations })).toMatchObject(
      invalid(expect.any(String), "invalidSyntax"),
    );
  });
});
