import { parseTenant } from "../../sandbox/tenant";
import { groups, invalid, patch, readUsers, refs, roles, rolesV3, scene, users } from "./scim-scene";
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

describe("a body that makes no sense", () => {
  const values = [null, 1, "x", [], [1], {}, [{}], [{ value: {} }]];
  const members = ["displayName", "audience", "permissions", "users", "members", "emails", "name"];
  const bodies = [...values, ...members.flatMap((member) => values.map((value) => ({ [member]: value })))];
  const paths = [
    "displayName",
    "users",
    "members",
    "emails[type eq work]",
    "urn:scim:wso2:schema:a.b",
    "members[]",
    "]",
  ];
  const operations = [undefined, ...paths].flatMap((path) =>
    values.flatMap((value) => [
      { op: "add", path, value: path === undefined ? { members: value, users: value, name: value } : value },
      { op: "remove", path },
    ]),
  );

  test("is refused, or passed over, without a fall of the server", async () => {
    const { call, sandbox, clerk, support, kim } = await scene();
    const said = jest.spyOn(process.stderr, "write").mockReturnValue(true);
    const objects = [
      `${roles}/${clerk}`,
      `/scim2/Roles/${clerk}`,
      `${rolesV3}/${clerk}`,
      `${groups}/${support}`,
      `${users}/${kim}`,
    ];
    for (const path of objects) {
      const collection = path.slice(0, path.lastIndexOf("/"));
      for (const body of bodies) {
        await call("POST", collection, body);
        await call("PUT", path, body);
        await call("PATCH", path, body);
      }
      for (const each of [...values, ...operations]) await call("PATCH", path, { Operations: [each] });
      for (const filter of ["(", "a eq", 'x eq "', "meta eq 1", "groups.value eq 1", "id eq 1 and", "__proto__ eq 1"]) {
        await call("GET", `${collection}?${new URLSearchParams({ filter, attributes: ",a.b,:", count: "5" })}`);
      }
      expect((await call("GET", path)).status).toBe(200);
    }
    expect(said.mock.calls).toEqual([]);
    said.mockRestore();
    expect(parseTenant(JSON.parse(JSON.stringify(sandbox.tenant))).success).toBe(true);
  }, 60_000);
});
