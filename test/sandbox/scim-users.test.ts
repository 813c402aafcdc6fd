import { isPassword } from "../../sandbox/user/password";
import { foundIn, groups, invalid, patch, roles, scene, userBody, users } from "./scim-scene";
import { objectOf, textAt, valueAt } from "./support";

const custom = "urn:scim:schemas:extension:custom:User";
const emails = [
  { value: "a@home.example", type: "home" },
  { value: "a@work.example", type: "work" },
];

describe("a new user", () => {
  test("is in the user store that the name begins with", async () => {
    const { call } = await scene();
    const name = async (userName: string) => textAt((await call("POST", users, userBody(userName))).body, "userName");
    expect(await name("DEFAULT/kim")).toBe("DEFAULT/kim");
    expect(await name("PRIMARY/ann")).toBe("ann");
    expect(await call("POST", users, userBody("Kim"))).toMatchObject({
      status: 409,
      body: { detail: "User with the name: Kim already exists in the system." },
    });
    expect((await call("POST", users, userBody("NOWHERE/kim"))).status).toBe(500);
  });

  test("keeps the attributes that users have, and no password", async () => {
    const { call, sandbox } = await scene();
    const body = { name: { givenName: "A" }, active: true, emails: ["a@b.example", ...emails], [custom]: { x: "y" } };
    const { id } = await call("POST", users, { ...userBody("ann"), ...body, colour: "red", groups: [{ value: "x" }] });
    const answer = (await call("GET", `${users}/${id}`)).body;
    expect(answer).toMatchObject(body);
    for (const member of ["password", "passwordHash", "colour", "groups"]) expect(answer).not.toHaveProperty(member);
    const stored = sandbox.tenant.users.find((user) => user.id === id);
    expect(JSON.stringify(stored)).not.toContain("Wso2@test123");
    expect(["Wso2@test123", "Wso2@test124"].map((word) => isPassword(word, stored?.passwordHash ?? ""))).toEqual([
      true,
      false,
    ]);
  });

  test("has the role that everybody has, its own, and those of its groups", async () => {
    const { call, desmond, clerk, support } = await scene();
    await call("PATCH", `${roles}/${clerk}`, patch({ op: "add", path: "users", value: [{ value: desmond }] }));
    const members = [{ value: desmond, display: "desmond" }];
    await call("PATCH", `${groups}/${support}`, patch({ op: "add", path: "members", value: members }));
    const { body } = await call("GET", `${users}/${desmond}`);
    expect(body).toMatchObject({
      groups: [{ value: support, display: "support" }],
      roles: [
        { display: "everyone", audienceType: "organization", audienceDisplay: "acme" },
        { display: "operatorRole", audienceType: "application", audienceDisplay: "My App" },
        { display: "clerk", audienceType: "organization" },
      ],
    });
  });

  test("has no schema of the tenant's own on a server before there was one", async () => {
    const { call } = await scene("7.0");
    const { body } = await call("POST", users, { ...userBody("ann"), [custom]: { x: "y" } });
    expect(body).not.toHaveProperty([custom]);
    expect(valueAt(body, "schemas")).not.toContain(custom);
  });

  const system = (value: unknown) => ({ "urn:scim:wso2:schema": { askPassword: value } });
  test.each<[string, object, object]>([
    ["no name", { password: "Wso2@test123" }, invalid("Required attribute userName is missing in the SCIM Object.")],
    ["neither password nor invitation", { userName: "ann" }, invalid(expect.any(String))],
    ["a weak password", { userName: "ann", password: "a" }, invalid("20035 - Must be between 8 and 64 characters.")],
    [
      "a password without a number",
      { userName: "ann", password: "Password" },
      invalid(expect.stringContaining("number")),
    ],
    [
      "an invitation that is no text",
      { userName: "ann", emails: ["a@b.example"], ...system(true) },
      invalid(expect.any(String)),
    ],
    [
      "an invitation without an address",
      { userName: "ann", ...system("true") },
      invalid(expect.stringContaining("Email")),
    ],
    ["a name that is no text", { userName: 1 }, invalid(expect.any(String), "invalidSyntax")],
    ["addresses that are no list", { ...userBody("ann"), emails: "a@b" }, invalid(expect.any(String), "invalidSyntax")],
  ])("is refused with %s", async (_, body, expected) => {
    const { call } = await scene();
    expect(await call("POST", users, body)).toMatchObject(expected);
    expect(foundIn((await call("GET", users)).body)).toEqual(["kim", "desmond"]);
  });
});

describe("a list of users", () => {
  test.each<[string, string[]]>([
    ["", ["kim", "desmond", "DEFAULT/ann"]],
    ["filter=userName eq ann", ["DEFAULT/ann"]],
    ["filter=userName eq DEFAULT/ann", ["DEFAULT/ann"]],
    ["filter=userName co m", ["kim", "desmond"]],
    ["filter=userName co m&domain=DEFAULT", []],
    ["filter=name.givenName sw an and userName ew n", ["DEFAULT/ann"]],
    ["filter=emails co home", ["DEFAULT/ann"]],
    ['filter=urn:scim:schemas:extension:custom:User:country eq "France"', ["DEFAULT/ann"]],
    ["filter=urn:ietf:params:scim:schemas:core:2.0:User:userName eq kim", ["kim"]],
    ["filter=groups eq support", ["kim"]],
    ["filter=groups eq support and groups eq other", []],
    ["filter=meta.created ge 2020-01-01T00:00:00Z&count=1", ["kim"]],
    ["startIndex=3", ["DEFAULT/ann"]],
  ])("for %p has %j", async (query, expected) => {
    const { call } = await scene();
    await call("POST", users, {
      ...userBody("DEFAULT/ann"),
      name: { givenName: "Ann" },
      emails,
      [custom]: { country: "France" },
    });
    expect(foundIn((await call("GET", `${users}?${query.replaceAll(" ", "%20")}`)).body)).toEqual(expected);
    const search = Object.fromEntries(new URLSearchParams(query));
    expect(foundIn((await call("POST", `${users}/.search`, search)).body)).toEqual(expected);
  });

  test("shows what is asked for, and has nothing where none is asked for", async () => {
    const { call } = await scene();
    const { body } = await call("GET", `${users}?attributes=userName`);
    expect(Object.keys(objectOf(valueAt(body, "Resources", 0))).sort()).toEqual(["id", "meta", "schemas", "userName"]);
    const none = (await call("GET", `${users}?count=0`)).body;
    expect(none).toMatchObject({ totalResults: 0, itemsPerPage: 0 });
    expect(none).not.toHaveProperty("Resources");
  });

  test.each(["filter=userName eq a or userName eq b", "filter=userName ne a", "filter=colour eq red"])(
    "refuses %s",
    async (query) => {
      const { call } = await scene();
      expect(await call("GET", `${users}?${query.replaceAll(" ", "%20")}`)).toMatchObject(
        invalid(expect.any(String), "invalidFilter"),
      );
    },
  );
});

describe("a user that is changed", () => {
  test("keeps the name, which may be said with its user store", async () => {
    const { call, kim } = await scene();
    const path = `${users}/${kim}`;
    const cannot = invalid("Attribute userName cannot be modified.", "mutability");
    for (const userName of ["kim", "PRIMARY/kim"]) {
      expect((await call("PUT", path, { userName, title: "Dr" })).body).toMatchObject({ title: "Dr" });
    }
    expect(await call("PUT", path, { userName: "DEFAULT/kim" })).toMatchObject(cannot);
    expect(await call("PATCH", path, patch({ op: "replace", path: "userName", value: "x" }))).toMatchObject(cannot);
    expect(await call("PATCH", path, patch({ op: "remove", path: "userName" }))).toMatchObject(cannot);
    expect((await call("PUT", path, {})).status).toBe(400);
  });

  test("loses what a PUT leaves out, but for the password", async () => {
    const { call, sandbox, kim } = await scene();
    const path = `${users}/${kim}`;
    await call("PUT", path, { userName: "kim", title: "Dr", emails });
    const { body } = await call("PUT", path, { userName: "kim", nickName: "K" });
    expect(body).toMatchObject({ nickName: "K" });
    for (const member of ["title", "emails"]) expect(body).not.toHaveProperty(member);
    expect(sandbox.tenant.users[0]?.passwordHash).toEqual(expect.any(String));
  });

  test.each<[string, object[], object]>([
    [
      "a part of the name",
      [{ op: "add", path: "name.givenName", value: "Kim" }],
      { name: { givenName: "Kim", familyName: "F" } },
    ],
    [
      "a partial user",
      [{ op: "replace", value: { name: { givenName: "K" }, title: "T" } }],
      { name: { givenName: "K", familyName: "F" }, title: "T" },
    ],
    ["an address that is removed", [{ op: "remove", path: "emails[type eq work]" }], { emails: [emails[0]] }],
    [
      "an address that is replaced",
      [{ op: "replace", path: "emails[type eq work].value", value: "n@w.example" }],
      { emails: [emails[0], { value: "n@w.example", type: "work" }] },
    ],
    [
      "an address that is added",
      [{ op: "add", path: "emails", value: ["x@y.example"] }],
      { emails: [...emails, "x@y.example"] },
    ],
    [
      "addresses that are replaced",
      [{ op: "replace", path: "emails", value: ["x@y.example"] }],
      { emails: ["x@y.example"] },
    ],
    [
      "a schema's attribute",
      [{ op: "add", path: `${custom}:manager.email`, value: "m@w.example" }],
      { [custom]: { manager: { email: "m@w.example" } } },
    ],
    [
      "a core attribute with its schema",
      [{ op: "add", path: "urn:ietf:params:scim:schemas:core:2.0:User:title", value: "T" }],
      { title: "T" },
    ],
  ])("by a PATCH has %s", async (_, operations, expected) => {
    const { call, kim } = await scene();
    await call("PUT", `${users}/${kim}`, { userName: "kim", name: { givenName: "G", familyName: "F" }, emails });
    const { status, body } = await call("PATCH", `${users}/${kim}`, patch(...operations));
    expect(status).toBe(200);
    expect(body).toMatchObject(expected);
    expect((await call("GET", `${users}/${kim}`)).body).toEqual(body);
  });

  test("gets a new password, if it is a good one", async () => {
    const { call, sandbox, kim } = await scene();
    const set = (value: string) => call("PATCH", `${users}/${kim}`, patch({ op: "replace", path: "password", value }));
    expect((await set("weak")).status).toBe(400);
    expect((await set("Better-pass-1")).status).toBe(200);
    expect(isPassword("Better-pass-1", sandbox.tenant.users[0]?.passwordHash ?? "")).toBe(true);
  });

  test.each<[string, object, string]>([
    ["roles", { op: "add", path: "roles", value: [] }, "mutability"],
    ["what users do not have", { op: "add", path: "colour", value: "red" }, "invalidPath"],
    ["no path to remove", { op: "remove" }, "noTarget"],
  ])("is refused a PATCH of %s, all of it", async (_, operation, scimType) => {
    const { call, kim } = await scene();
    const { status, body } = await call(
      "PATCH",
      `${users}/${kim}`,
      patch({ op: "add", path: "title", value: "T" }, operation),
    );
    expect([status, valueAt(body, "scimType")]).toEqual([400, scimType]);
    expect((await call("GET", `${users}/${kim}`)).body).not.toHaveProperty("title");
  });
});

test("a user that is deleted is in no group any more", async () => {
  const { call, kim, support } = await scene();
  expect((await call("DELETE", `${users}/${kim}`)).status).toBe(204);
  for (const method of ["GET", "DELETE"]) {
    expect(await call(method, `${users}/${kim}`)).toMatchObject({
      status: 404,
      body: { detail: "Specified resource (e.g., User) or endpoint does not exist.", status: "404" },
    });
  }
  expect((await call("GET", `${groups}/${support}`)).body).not.toHaveProperty("members");
});

test("what the API can do, and which resources it has, is told to anybody", async () => {
  const { sandbox } = await scene();
  const ask = async (path: string) => (await fetch(`${sandbox.baseUrl}/t/acme/scim2/${path}`)).json();
  expect(await ask("ServiceProviderConfig")).toMatchObject({ patch: { supported: true }, sort: { supported: false } });
  expect(await ask("ResourceTypes")).toMatchObject({ totalResults: 2, Resources: [{ id: "User" }, { id: "Group" }] });
});
