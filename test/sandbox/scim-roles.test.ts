import { invalid, misplaced, namesIn, patch, readUsers, refs, roles, scene, userBody, users } from "./scim-scene";
import { bookings, objectOf, textAt } from "./support";

describe("a new role", () => {
  test("answers neither permissions nor members, and has them all the same", async () => {
    const { call, kim, support, operator } = await scene();
    const body = { displayName: "full", permissions: refs(readUsers), users: refs(kim), groups: refs(support) };
    const made = await call("POST", roles, body);
    expect(made.status).toBe(201);
    expect(Object.keys(objectOf(made.body)).sort()).toEqual(["audience", "displayName", "id", "meta", "schemas"]);
    const answer = (await call("GET", `${roles}/${made.id}`)).body;
    expect(answer).toMatchObject(body);
    expect((await call("PUT", `${roles}/${operator}`, body)).body).not.toHaveProperty("permissions");
  });

  test("is one of the organization unless it says otherwise, and an application is named in any case", async () => {
    const { call, app, organizationId } = await scene();
    const { body } = await call("POST", roles, { DISPLAYNAME: "a", unknown: 1 });
    expect(body).toMatchObject({ audience: { type: "organization", value: organizationId, display: "acme" } });
    const own = await call("POST", roles, { displayName: "a", audience: { type: "APPLICATION", value: app } });
    expect(own).toMatchObject({ status: 201, body: { audience: { type: "application", display: "My App" } } });
  });

  test.each<[string, object, object]>([
    ["an empty name", { displayName: "" }, invalid("Required attribute displayName is missing in the SCIM Object.")],
    ["a name that is a number", { displayName: 1 }, invalid(expect.any(String), "invalidSyntax")],
    ["permissions that are no list", { permissions: "p" }, invalid(expect.any(String), "invalidSyntax")],
    ["a reserved name", { displayName: "system_x" }, misplaced(expect.stringContaining("with the prefix: system_ "))],
    ["an unknown kind of audience", { audience: { type: "team", value: "x" } }, invalid("Invalid role audience")],
    [
      "an unknown application",
      { audience: { type: "application", value: "x" } },
      invalid("Invalid audience. No application found with application id: x and tenant domain : acme"),
    ],
    [
      "another organization",
      { audience: { type: "organization", value: "x" } },
      invalid("Invalid audience. Given Organization id: x is invalid"),
    ],
    ["an unknown permission", { permissions: refs("none") }, invalid("Permission: none not found")],
    ["an unknown user", { users: refs("x") }, misplaced("A user doesn't exist with id: x in the tenantDomain: acme")],
    ["an unknown group", { groups: refs("x") }, invalid(expect.stringContaining("x"))],
  ])("is refused with %s", async (_, change, expected) => {
    const { call } = await scene();
    expect(await call("POST", roles, { displayName: "new", ...change })).toMatchObject(expected);
  });

  test("of an application whose roles are the organization's is refused", async () => {
    const { call } = await scene();
    const associatedRoles = { allowedAudience: "ORGANIZATION" };
    const { id: value } = await call("POST", "/applications", { name: "other", associatedRoles });
    expect(await call("POST", roles, { displayName: "r", audience: { type: "application", value } })).toMatchObject(
      invalid(`Application: ${value} does not have Application role audience type`),
    );
  });

  test("may have a name that is taken in another audience only, in whatever case", async () => {
    const { call, app, organizationId } = await scene();
    expect((await call("POST", roles, { displayName: "operatorRole" })).status).toBe(201);
    expect(await call("POST", roles, { displayName: "OperatorRole" })).toMatchObject({
      status: 409,
      body: {
        detail: `Role already exist for the role name: OperatorRole audience: organization audienceId: ${organizationId}`,
      },
    });
    const own = { displayName: "operatorRole", audience: { type: "application", value: app } };
    expect((await call("POST", roles, own)).status).toBe(409);
  });

  test("gets an id of its own, whatever it asks for, unless that is the id of another role", async () => {
    const { call, clerk } = await scene();
    const { status, id } = await call("POST", roles, { displayName: "a", id: "mine" });
    expect([status, id === "mine"]).toEqual([201, false]);
    expect(await call("POST", roles, { displayName: "b", id: clerk })).toMatchObject({
      status: 409,
      body: { detail: `Role with id: ${clerk} already exists in the tenantDomain: acme` },
    });
  });

  test("passes over a group that does not exist, on a server that does not look", async () => {
    const { call } = await scene("7.1");
    const { id } = await call("POST", roles, { displayName: "new", groups: refs("none") });
    expect(namesIn((await call("GET", `${roles}/${id}`)).body, "groups")).toEqual([]);
  });
});

describe("a PUT of a role", () => {
  test("empties what it leaves out", async () => {
    const { call, operator } = await scene();
    expect((await call("PUT", `${roles}/${operator}`, { displayName: "operatorRole" })).status).toBe(200);
    const { body } = await call("GET", `${roles}/${operator}`);
    expect(body).toMatchObject({ audience: { type: "application" } });
    for (const list of ["permissions", "users", "groups"]) expect(body).not.toHaveProperty(list);
  });

  test("that is refused in the middle keeps what it has done before", async () => {
    const { call, clerk, kim } = await scene();
    const body = { displayName: "renamed", users: refs(kim), permissions: refs("none") };
    expect(await call("PUT", `${roles}/${clerk}`, body)).toMatchObject(invalid("Permission: none not found"));
    expect((await call("GET", `${roles}/${clerk}`)).body).toMatchObject({ displayName: "renamed", users: refs(kim) });
  });

  test.each<[string, object, object]>([
    ["a taken name", { displayName: "everyone" }, { status: 409 }],
    ["a name with a slash", { displayName: "a/b" }, misplaced("Invalid character: / contains in the role name: a/b.")],
    ["no name", {}, invalid("Required attribute displayName is missing in the SCIM Object.")],
  ])("is refused with %s", async (_, body, expected) => {
    const { call, clerk } = await scene();
    expect(await call("PUT", `${roles}/${clerk}`, body)).toMatchObject(expected);
    expect((await call("PUT", `${roles}/none`, { displayName: "a" })).status).toBe(404);
  });
});

describe("a role of the server", () => {
  test("says so, and can be neither deleted nor renamed nor given other permissions, and everybody has it", async () => {
    const { call, sandbox, kim } = await scene();
    const everyone = sandbox.tenant.roles.find(({ displayName }) => displayName === "everyone");
    const path = `${roles}/${everyone?.id}`;
    expect((await call("GET", path)).body).toMatchObject({ meta: { systemRole: true } });
    expect(await call("DELETE", path)).toMatchObject(
      misplaced("Invalid operation. Role: everyone Cannot be deleted since it's a read only system role."),
    );
    expect((await call("PUT", path, { displayName: "all" })).status).toBe(400);
    const rename = patch({ op: "replace", path: "displayName", value: "all" });
    expect((await call("PATCH", path, rename)).status).toBe(500);
    const more = patch({ op: "add", path: "permissions", value: refs(readUsers) });
    expect((await call("PATCH", path, more)).status).toBe(400);
    const members = patch({ op: "add", path: "users", value: refs(kim) });
    expect((await call("PATCH", path, members)).status).toBe(400);
    const { body } = await call("GET", path);
    expect([textAt(body, "displayName"), namesIn(body, "permissions")]).toEqual(["everyone", []]);
  });
});

test("a role that is a copy of another one is changed in nothing but who has it", async () => {
  const { call, sandbox, clerk, kim } = await scene();
  Object.assign(sandbox.tenant.roles.find(({ id }) => id === clerk) ?? {}, { sharedFrom: "another" });
  const path = `${roles}/${clerk}`;
  const add = (list: string, value: string) =>
    call("PATCH", path, patch({ op: "add", path: list, value: refs(value) }));
  expect((await call("GET", path)).body).toMatchObject({ properties: [{ name: "isSharedRole", value: "true" }] });
  const name = invalid("Role name modification is not allowed for shared roles.");
  expect(await call("PUT", path, { displayName: "other" })).toMatchObject(name);
  expect(await call("PATCH", path, patch({ op: "replace", value: { displayName: "other" } }))).toMatchObject(name);
  expect(await add("permissions", readUsers)).toMatchObject(
    invalid("Role permission modification is not allowed for shared roles."),
  );
  expect(await call("DELETE", path)).toMatchObject(invalid("Shared role deletion is not allowed."));
  expect((await add("users", kim)).status).toBe(200);
  expect(namesIn((await call("GET", path)).body, "users")).toEqual([kim]);
});

test("a role is deleted once, whoever has it", async () => {
  const { call, operator } = await scene();
  expect((await call("DELETE", `${roles}/${operator}`)).status).toBe(204);
  expect(await call("DELETE", `${roles}/${operator}`)).toMatchObject({
    status: 404,
    body: { detail: `Error occurred while deleting role : ${operator} and tenant domain : acme` },
  });
});

test("what is gone has no role any more: a user, a group, a scope", async () => {
  const { call, operator, kim, support } = await scene();
  const { id: api } = await call("POST", "/api-resources", bookings);
  const { id } = await call("POST", roles, {
    displayName: "booker",
    permissions: refs("bookings:read", "bookings:write"),
  });
  await call("DELETE", `${users}/${kim}`);
  await call("DELETE", `/scim2/Groups/${support}`);
  await call("DELETE", `/api-resources/${api}/scopes/bookings:read`);
  const { body } = await call("GET", `${roles}/${operator}`);
  expect(["users", "groups"].map((list) => namesIn(body, list))).toEqual([[], []]);
  expect(namesIn((await call("GET", `${roles}/${id}`)).body, "permissions")).toEqual(["bookings:write"]);
  await call("DELETE", `/api-resources/${api}`);
  expect(namesIn((await call("GET", `${roles}/${id}`)).body, "permissions")).toEqual([]);
  expect((await call("POST", users, userBody("kim"))).status).toBe(201);
});
