import { foundIn, groups, namesIn, roles, rolesV3, type Scene, scene, users } from "./scim-scene";
import { callerFor, objectOf, sandboxFor, sharedJson, textAt, valueAt } from "./support";

const read = sharedJson("fixtures");
/** Skipped where the fixtures are not at hand. */
const where = read ? test : test.skip;

/** A fixture, or a part of it, with the ids and addresses of a scene in the place of its own. */
function fixture(of: Partial<Scene>, name: string, ...path: string[]): unknown {
  const own: [string, string | undefined][] = [
    ["https://api.asgardeo.io", of.sandbox?.baseUrl],
    ["3645709f-ea8d-5595-7690-e1fa0efe3df9", of.app],
    ["4645709c-ea8c-4495-8590-e1fa0efe3de0", of.operator],
    ["9c2f6f5a-3c1e-4d6e-8f0b-2b7f2f6d0a11", of.kim],
    ["1f70bfac-7b2f-4a4c-9a66-0b9a4f0f2c22", of.desmond],
    ["7bac6a86-1f21-4937-9fb1-5be4a93ef469", of.support],
    ["10084a8d-113f-4211-a0d5-efe36b082211", of.organizationId],
    ["08d9f2a1-0000-4c4c-9a9a-000000000001", of.usersApi],
  ];
  const text = JSON.stringify(valueAt(read?.(name), ...path));
  return JSON.parse(own.reduce((all, [theirs, ours]) => (ours ? all.replaceAll(theirs, ours) : all), text));
}

describe("a role of the fixtures", () => {
  where("answers what they say to POST, GET and in the list", async () => {
    const its = await scene();
    const { call, operator } = its;
    await call("DELETE", `${roles}/${operator}`);
    const created = await call("POST", roles, fixture(its, "scim-role-v2.json", "createApplication"));
    expect(created.status).toBe(201);
    const made = { ...its, operator: created.id };
    const answer = fixture(made, "scim-role-v2.json", "createApplicationResponse");
    expect(created.body).toEqual(answer);
    expect(created.headers.get("location")).toBe(valueAt(answer, "meta", "location"));
    await call("PUT", `${roles}/${created.id}`, fixture(made, "scim-role-v2.json", "put"));
    await call("PATCH", `${roles}/${created.id}`, {
      Operations: [{ op: "remove", path: `users[value eq ${its.desmond}]` }],
    });
    const whole = fixture(made, "scim-role-v2.json", "getResponse");
    const { body } = await call("GET", `${roles}/${created.id}`);
    const permissions = [{ ...objectOf(valueAt(whole, "permissions", 0)), display: expect.any(String) }];
    expect(body).toEqual({ ...objectOf(whole), permissions });
    const filter = encodeURIComponent(textAt(fixture(made, "scim-role-v2.json", "search"), "filter"));
    const list = fixture(made, "scim-role-v2.json", "listResponse");
    expect((await call("GET", `${roles}?filter=${filter}`)).body).toMatchObject(objectOf(list));
    expect((await call("POST", `${roles}/.search`, fixture(made, "scim-role-v2.json", "search"))).body).toMatchObject(
      objectOf(list),
    );
  });

  where("is in the list of an older server exactly as they say, and absent from an empty one", async () => {
    const its = await scene("7.0");
    const filter = encodeURIComponent(textAt(fixture(its, "scim-role-v2.json", "search"), "filter"));
    expect((await its.call("GET", `${roles}?filter=${filter}`)).body).toEqual(
      fixture(its, "scim-role-v2.json", "listResponse"),
    );
    expect((await its.call("GET", `${roles}?filter=displayName%20eq%20nobody`)).body).toEqual(
      fixture(its, "scim-role-v2.json", "listEmptyResponse"),
    );
  });

  where("is made for the organization and for an API of one's own", async () => {
    const its = await scene();
    const { call, app } = its;
    const made = await call("POST", roles, fixture(its, "scim-role-v2.json", "createOrganization"));
    expect(made.status).toBe(201);
    expect(namesIn((await call("GET", `${roles}/${made.id}`)).body, "groups")).toEqual([its.support]);
    const greetings = { name: "Greetings", identifier: "greetings", scopes: [{ name: "greetings:write" }] };
    const { id } = await call("POST", "/api-resources", greetings);
    await call("POST", `/applications/${app}/authorized-apis`, { id, scopes: ["greetings:write"] });
    const own = await call("POST", roles, fixture(its, "role-create.json", "request"));
    const answer = objectOf(fixture({ ...its, operator: own.id }, "role-create.json", "response"));
    const location = `${its.sandbox.baseUrl}/t/acme/scim2/v2/Roles/${own.id}`;
    expect(own.body).toEqual({ ...answer, meta: { ...objectOf(answer.meta), location } });
  });

  where.each([
    ["addPermissions", "permissions", ["internal_user_mgt_view", "internal_user_mgt_list"]],
    ["replacePermissionsPathless", "permissions", ["internal_user_mgt_view", "internal_user_mgt_list"]],
    ["addGroups", "groups", ["support"]],
    ["removeOneGroup", "groups", []],
    ["noEffect", "groups", ["support"]],
    ["addAndRemoveUsers", "users", ["desmond"]],
    ["removeAllUsers", "users", []],
  ])("is patched by %s", async (name, list, expected) => {
    const its = await scene();
    const path = `${roles}/${its.operator}`;
    expect((await its.call("PATCH", path, fixture(its, "scim-role-v2-patch.json", name))).status).toBe(200);
    const ids = expected.map((each) => ({ support: its.support, desmond: its.desmond })[each] ?? each);
    expect(namesIn((await its.call("GET", path)).body, list)).toEqual(ids);
  });

  where("is renamed", async () => {
    const its = await scene();
    const { status, body } = await its.call(
      "PATCH",
      `${roles}/${its.operator}`,
      fixture(its, "scim-role-v2-patch.json", "rename"),
    );
    expect([status, textAt(body, "displayName")]).toEqual([200, "operatorRoleRenamed"]);
  });

  where("is made, replaced and given to users and groups by the third version", async () => {
    const its = await scene();
    const { call } = its;
    await call("DELETE", `${roles}/${its.operator}`);
    const { id, status } = await call("POST", rolesV3, fixture(its, "scim-role-v3.json", "create"));
    expect(status).toBe(201);
    const path = `${rolesV3}/${id}`;
    expect((await call("PATCH", `${path}/Users`, fixture(its, "scim-role-v3.json", "patchUsers"))).status).toBe(200);
    expect((await call("PATCH", `${path}/Groups`, fixture(its, "scim-role-v3.json", "patchGroups"))).status).toBe(200);
    expect((await call("PUT", path, fixture(its, "scim-role-v3.json", "put"))).status).toBe(200);
    const { body } = await call("GET", path);
    expect(["users", "groups", "permissions"].map((list) => namesIn(body, list))).toEqual([
      [its.kim],
      [its.support],
      ["internal_user_mgt_list"],
    ]);
  });
});

describe("a group of the fixtures", () => {
  where("answers what they say, but for the prefix of the primary store, which is as it was sent", async () => {
    const its = await scene();
    const { call, support, operator } = its;
    await call("DELETE", `${groups}/${support}`);
    const { id, status } = await call("POST", groups, fixture(its, "scim-group.json", "create"));
    expect(status).toBe(201);
    const made = { ...its, support: id };
    await call("PATCH", `${roles}/${operator}`, fixture(made, "scim-role-v2-patch.json", "addGroups"));
    const answer = objectOf(fixture(made, "scim-group.json", "response"));
    const time = expect.stringMatching(/^\d{4}-.*Z$/);
    expect((await call("GET", `${groups}/${id}`)).body).toEqual({
      ...answer,
      displayName: "support",
      meta: { ...objectOf(answer.meta), created: time, lastModified: time },
    });
    const other = await call("POST", groups, fixture(its, "scim-group.json", "createOtherStore"));
    expect([other.status, textAt(other.body, "displayName")]).toEqual([201, "DEFAULT/support"]);
  });

  where("is patched and replaced", async () => {
    const its = await scene();
    const path = `${groups}/${its.support}`;
    const members = async (method: string, name: string) => {
      const { status, body } = await its.call(method, path, fixture(its, "scim-group.json", name));
      expect(status).toBe(200);
      return namesIn(body, "members");
    };
    expect(await members("PATCH", "patchAddMember")).toEqual([its.kim, its.desmond]);
    expect(await members("PATCH", "patchRemoveMember")).toEqual([its.desmond]);
    expect(await members("PUT", "put")).toEqual([its.kim, its.desmond]);
    expect(await members("PATCH", "patchRename")).toEqual([its.kim, its.desmond]);
    expect(foundIn((await its.call("GET", groups)).body)).toEqual(["supportTeam"]);
  });
});

describe("a user of the fixtures", () => {
  where("answers what they say", async () => {
    const sandbox = await sandboxFor({ organization: "acme" });
    const call = await callerFor(sandbox);
    const made = await call("POST", users, fixture({}, "scim-user.json", "create"));
    expect(made.status).toBe(201);
    const everyone = sandbox.tenant.roles.find(({ displayName }) => displayName === "everyone");
    const of = { sandbox, kim: made.id, organizationId: everyone?.audience.value };
    const answer = objectOf(fixture(of, "scim-user.json", "response"));
    const role = objectOf(valueAt(answer, "roles", 0));
    const time = expect.stringMatching(/^\d{4}-.*Z$/);
    const expected = {
      ...answer,
      name: { familyName: "john", givenName: "jackson" },
      roles: [{ ...role, value: everyone?.id, $ref: `${sandbox.baseUrl}/t/acme/scim2/v2/Roles/${everyone?.id}` }],
      meta: { ...objectOf(answer.meta), created: time, lastModified: time },
    };
    expect(made.body).toEqual(expected);
    expect((await call("GET", `${users}/${made.id}`)).body).toEqual(expected);
  });

  where("has attributes of the tenant's own, which are patched, removed and replaced", async () => {
    const call = await callerFor(await sandboxFor());
    const { id } = await call("POST", users, fixture({}, "scim-user.json", "createCustomAttribute"));
    const path = `${users}/${id}`;
    const custom = async (method: string, name: string) => {
      const { status, body } = await call(method, path, fixture({}, "scim-user.json", name));
      expect(status).toBe(200);
      return valueAt(body, "urn:scim:schemas:extension:custom:User");
    };
    const manager = { email: "manager@work.example" };
    expect(await custom("PATCH", "patchReplaceCustom")).toEqual({ country: "Sri Lanka", manager });
    expect(await custom("PATCH", "patchRemoveCustom")).toEqual({ manager });
    expect(await custom("PUT", "put")).toEqual({ country: "India" });
  });

  where("is invited without a password", async () => {
    const call = await callerFor(await sandboxFor());
    const { status, body } = await call("POST", users, fixture({}, "scim-user.json", "createInvitation"));
    expect([status, textAt(body, "userName")]).toEqual([201, "DEFAULT/john@work.example"]);
    expect(body).toMatchObject({ emails: ["john@work.example"] });
    expect(JSON.stringify(body)).not.toContain("askPassword");
  });
});

describe("a refusal of the fixtures", () => {
  const john = { userName: "john", password: "John#wso2" };
  const role = (more: object) => ({ displayName: "operatorRole", ...more });
  where.each<[string, (its: Scene) => Parameters<Scene["call"]>]>([
    [
      "400-message-in-detail",
      ({ app }) => [
        "POST",
        roles,
        role({ audience: { type: "application", value: app }, permissions: [{ value: "internal_user_mgt_view" }] }),
      ],
    ],
    ["400-message-in-scimType", () => ["POST", roles, { displayName: "a/b" }]],
    ["400-required-attribute", () => ["POST", roles, {}]],
    [
      "400-patch-remove-without-path",
      ({ clerk }) => ["PATCH", `${roles}/${clerk}`, { Operations: [{ op: "remove" }] }],
    ],
    ["400-userName", ({ kim }) => ["PUT", `${users}/${kim}`, { userName: "other" }]],
    ["404-role", () => ["GET", `${roles}/4645709c-ea8c-4495-8590-e1fa0efe3de0`]],
    ["404-default", () => ["GET", `${users}/none`]],
    ["409-role", () => ["POST", roles, role({})]],
    ["409-group", () => ["POST", groups, { displayName: "support" }]],
    ["409-user", () => ["POST", users, john]],
    ["501-sort", () => ["GET", `${users}?sortBy=userName`]],
    ["501-group-filter", () => ["GET", `${groups}?filter=displayName%20eq%20a%20and%20id%20eq%20b`]],
  ])("is that of %s", async (name, request) => {
    const its = await scene();
    const { call, app, usersApi } = its;
    await call("DELETE", `/applications/${app}/authorized-apis/${usersApi}`);
    await call("POST", users, john);
    await call("POST", roles, role({}));
    const expected = fixture({ app, organizationId: its.organizationId }, "scim-errors.json", name);
    const answer = await call(...request(its));
    expect(answer.body).toEqual(expected);
    expect(String(answer.status)).toBe(textAt(expected, "status"));
    expect(answer.headers.get("content-type")).toBe("application/scim+json");
  });
});
