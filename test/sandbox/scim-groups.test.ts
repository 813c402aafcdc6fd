import { foundIn, groups, invalid, misplaced, namesIn, patch, roles, scene, userBody, users } from "./scim-scene";
import { objectOf, textAt, valueAt } from "./support";

/** A tenant whose second user store has a user, too. */
async function stores() {
  const its = await scene();
  const { id: ann } = await its.call("POST", users, userBody("DEFAULT/ann"));
  return { ...its, ann, path: `${groups}/${its.support}` };
}

const cannotCreate = (name: string) =>
  invalid(
    `One or more group members do not exist in the same user store. Hence, can not create the group: PRIMARY/${name}`,
  );
const doesNotMatch = (id: string) =>
  invalid(
    `Provided SCIM user Id: ${id} doesn't match with the userID obtained from user-store for the provided username.`,
  );

describe("a new group", () => {
  test.each([
    ["plain", "plain"],
    ["PRIMARY/named", "PRIMARY/named"],
    ["default/other", "DEFAULT/other"],
  ])("of the name %s is answered as %s", async (displayName, answered) => {
    const { call } = await scene();
    const { status, id, body } = await call("POST", groups, { displayName });
    expect([status, textAt(body, "displayName")]).toEqual([201, answered]);
    expect(body).not.toHaveProperty("members");
    expect((await call("GET", `${groups}/${id}`)).body).toEqual(body);
  });

  test("may have the name of one in another user store", async () => {
    const { call } = await scene();
    expect((await call("POST", groups, { displayName: "DEFAULT/support" })).status).toBe(201);
    expect(await call("POST", groups, { displayName: "DEFAULT/Support" })).toMatchObject({
      status: 409,
      body: { detail: "Group with name: DEFAULT/Support already exists in the system." },
    });
    expect((await call("POST", groups, { displayName: "PRIMARY/support" })).status).toBe(409);
  });

  test("has members of its own user store, by their ids", async () => {
    const { call, kim, ann } = await stores();
    const made = async (displayName: string, member: object) =>
      call("POST", groups, { displayName, members: [member] });
    expect((await made("one", { value: kim })).status).toBe(201);
    expect(valueAt((await made("DEFAULT/two", { value: ann })).body, "members", 0, "display")).toBe("DEFAULT/ann");
    expect(await made("three", { value: "none" })).toMatchObject(cannotCreate("three"));
    expect(await made("three", { value: ann })).toMatchObject(cannotCreate("three"));
    expect(await made("three", { value: kim, display: "desmond" })).toMatchObject(cannotCreate("three"));
    expect(foundIn((await call("GET", groups)).body)).not.toContain("three");
  });

  test.each([
    ["no name", {}],
    ["a name of an unknown user store", { displayName: "NOWHERE/x" }],
    ["the name of a group of the server itself", { displayName: "Internal/x" }],
    ["nothing behind the user store", { displayName: "DEFAULT/" }],
  ])("is refused with %s", async (_, body) => {
    const { call } = await scene();
    expect(await call("POST", groups, body)).toMatchObject(invalid(expect.any(String)));
  });

  test("is in the primary user store of a server that has only that", async () => {
    const { call } = await scene("7.2");
    expect((await call("POST", groups, { displayName: "DEFAULT/x" })).status).toBe(400);
  });
});

describe("a list of groups", () => {
  test.each<[string, string[]]>([
    ["", ["support", "DEFAULT/support", "sales"]],
    ["filter=displayName eq support", ["support", "DEFAULT/support"]],
    ["filter=displayName eq DEFAULT/support", ["DEFAULT/support"]],
    ["filter=displayName eq PRIMARY/support", ["support"]],
    ["filter=displayName sw s&domain=PRIMARY", ["support", "sales"]],
    ["filter=displayName ew LES", ["sales"]],
    ["filter=displayName co upp&count=1", ["support"]],
    ["filter=members.display eq kim", ["support"]],
    ["filter=meta.created gt 2020-01-01T00:00:00Z&startIndex=3", ["sales"]],
    ["startIndex=20&count=5", []],
  ])("for %p has %j", async (query, expected) => {
    const { call } = await stores();
    for (const displayName of ["DEFAULT/support", "sales"]) await call("POST", groups, { displayName });
    const { body } = await call("GET", `${groups}?${query.replaceAll(" ", "%20")}`);
    expect(foundIn(body)).toEqual(expected);
    const search = Object.fromEntries(new URLSearchParams(query));
    expect(foundIn((await call("POST", `${groups}/.search`, search)).body)).toEqual(expected);
  });

  test("has all of them, however many there are", async () => {
    const { call } = await scene();
    for (let i = 0; i < 120; i += 1) await call("POST", groups, { displayName: `group-${i}` });
    expect((await call("GET", groups)).body).toMatchObject({ totalResults: 121, itemsPerPage: 121 });
    expect((await call("POST", `${groups}/.search`, {})).body).toMatchObject({ totalResults: 121, itemsPerPage: 100 });
  });

  test.each<[string, object]>([
    ["filter=displayName ne x", invalid(expect.any(String), "invalidFilter")],
    ["filter=colour eq x", invalid(expect.any(String), "invalidFilter")],
    ["filter=not (id eq x)", invalid(expect.any(String), "invalidFilter")],
    ["domain=NOWHERE", invalid(expect.stringMatching(/^Invalid user store domain: 'NOWHERE'/))],
  ])("refuses %s", async (query, expected) => {
    const { call } = await scene();
    expect(await call("GET", `${groups}?${query.replaceAll(" ", "%20")}`)).toMatchObject(expected);
  });

  test("shows what is asked for", async () => {
    const { call } = await scene();
    const { body } = await call("GET", `${groups}?excludedAttributes=members,roles`);
    expect(Object.keys(objectOf(valueAt(body, "Resources", 0))).sort()).toEqual([
      "displayName",
      "id",
      "meta",
      "schemas",
    ]);
  });
});

describe("a PUT of a group", () => {
  test("knows members by their names, and lets go of all whom it does not name", async () => {
    const { call, path, desmond } = await stores();
    const put = (body: object) => call("PUT", path, { displayName: "support", ...body });
    expect(namesIn((await put({ members: [{ display: "desmond" }] })).body, "members")).toEqual([desmond]);
    expect(await put({ members: [{ value: desmond }] })).toMatchObject(
      misplaced("Display name attribute of a member is empty while adding to the group: support"),
    );
    expect((await put({})).body).not.toHaveProperty("members");
  });

  test("renames it inside its user store", async () => {
    const { call, path } = await stores();
    expect((await call("PUT", path, { displayName: "helpers" })).body).toMatchObject({ displayName: "helpers" });
    expect(await call("PUT", path, { displayName: "DEFAULT/helpers" })).toMatchObject({
      status: 500,
      body: { detail: expect.stringMatching(/^User store domain of the group is not matching/) },
    });
    await call("POST", groups, { displayName: "taken" });
    expect((await call("PUT", path, { displayName: "taken" })).status).toBe(409);
  });
});

describe("a PATCH of a group", () => {
  test("adds a member by id and name, of which the name may be empty", async () => {
    const { call, path, kim, desmond } = await stores();
    const add = (...members: object[]) => call("PATCH", path, patch({ op: "add", path: "members", value: members }));
    expect(namesIn((await add({ value: desmond, display: "" })).body, "members")).toEqual([kim, desmond]);
    expect((await add({ value: kim, display: "kim" })).status).toBe(200);
    expect(await add({ value: desmond })).toMatchObject(invalid(expect.any(String), "invalidSyntax"));
    expect(await add({ display: "kim" })).toMatchObject(invalid(expect.any(String), "invalidSyntax"));
    expect(await add({ value: kim, display: "desmond" })).toMatchObject(doesNotMatch(kim));
    expect(await add({ value: "none", display: "" })).toMatchObject(doesNotMatch("none"));
  });

  test("sets and removes members", async () => {
    const { call, path, desmond } = await stores();
    const members = async (operation: object) => namesIn((await call("PATCH", path, patch(operation))).body, "members");
    const value = [{ value: desmond, display: "desmond" }];
    expect(await members({ op: "replace", value: { members: value } })).toEqual([desmond]);
    expect(await members({ op: "remove", path: "members[display eq desmond]" })).toEqual([]);
    expect(await members({ op: "replace", path: "members", value })).toEqual([desmond]);
    expect(await members({ op: "remove", path: "members" })).toEqual([]);
  });

  test("renames it, and keeps its user store", async () => {
    const { call } = await scene();
    const { id } = await call("POST", groups, { displayName: "DEFAULT/one" });
    const rename = (value: string) =>
      call("PATCH", `${groups}/${id}`, patch({ op: "replace", path: "displayName", value }));
    expect((await rename("two")).body).toMatchObject({ displayName: "DEFAULT/two" });
    expect((await rename("PRIMARY/two")).status).toBe(500);
  });

  test.each([
    ["another path", { op: "add", path: "roles", value: [] }],
    ["another member", { op: "add", value: { roles: [] } }],
    ["a removal of the name", { op: "remove", path: "displayName" }],
  ])("is refused with %s", async (_, operation) => {
    const { call, path } = await stores();
    expect(await call("PATCH", path, patch(operation))).toMatchObject(
      invalid("Not a valid attribute.", "invalidSyntax"),
    );
  });
});

test("a group that does not exist is told in the words of each method", async () => {
  const { call } = await scene();
  const said = async (method: string, body?: unknown) => {
    const answer = await call(method, `${groups}/x`, body);
    expect(answer.status).toBe(404);
    return textAt(answer.body, "detail");
  };
  expect(await said("GET")).toBe("Group not found in the user store.");
  expect(await said("PUT", { displayName: "a" })).toBe("No group with the id : x in the user store.");
  expect(await said("PATCH", patch({ op: "remove", path: "members" }))).toBe("Group not found for ID: x");
  expect(await said("DELETE")).toBe("Specified resource (e.g., User) or endpoint does not exist.");
});

test("a group that is deleted has no role, and no user is in it", async () => {
  const { call, support, kim, operator } = await scene();
  expect((await call("DELETE", `${groups}/${support}`)).status).toBe(204);
  expect((await call("GET", `${users}/${kim}`)).body).not.toHaveProperty("groups");
  expect((await call("GET", `${roles}/${operator}`)).body).not.toHaveProperty("groups");
});
