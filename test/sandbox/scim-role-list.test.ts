import { foundIn, invalid, misplaced, readUsers, roles, scene } from "./scim-scene";
import { objectOf, valueAt } from "./support";

describe("a read of roles", () => {
  test("shows the attributes that are asked for, and always those that say which role it is", async () => {
    const { call, operator } = await scene();
    const keys = async (query: string) =>
      Object.keys(objectOf((await call("GET", `${roles}/${operator}?${query}`)).body)).sort();
    expect(await keys("attributes=permissions")).toEqual(["audience", "id", "meta", "permissions", "schemas"]);
    expect(await keys("excludedAttributes=users,META,associatedApplications,properties")).toEqual([
      "audience",
      "displayName",
      "groups",
      "id",
      "permissions",
      "schemas",
    ]);
    const { body } = await call("GET", `${roles}/${operator}?attributes=users.value&excludedAttributes=users`);
    expect(valueAt(body, "users")).toEqual([{ value: expect.any(String) }]);
  });

  test("is a page, of 15 unless it says otherwise, and none at all where it asks for none", async () => {
    const { call } = await scene();
    for (let i = 0; i < 20; i += 1) await call("POST", roles, { displayName: `page-${i}` });
    const list = async (query: string) => (await call("GET", `${roles}?filter=displayName%20sw%20page-&${query}`)).body;
    expect(await list("")).toMatchObject({ totalResults: 20, startIndex: 1, itemsPerPage: 15 });
    expect(await list("startIndex=16")).toMatchObject({ totalResults: 20, startIndex: 16, itemsPerPage: 5 });
    expect(foundIn(await list("startIndex=-1&count=2"))).toEqual(["page-0", "page-1"]);
    const beyond = await list("startIndex=21");
    expect(beyond).toMatchObject({ totalResults: 20, itemsPerPage: 0 });
    expect(beyond).not.toHaveProperty("Resources");
    for (const count of [0, -1]) expect(await list(`count=${count}`)).toMatchObject({ totalResults: 0 });
  });

  test.each<[string, string[]]>([
    ['displayName eq "operatorRole"', ["operatorRole"]],
    ["displayName EQ operatorrole", ["operatorRole"]],
    ["displayName sw oper", ["operatorRole"]],
    ["displayName co LER", ["clerk"]],
    ["displayName ew rk", ["clerk"]],
    ["displayName sw e and audience.type eq organization", ["everyone"]],
    ["audience.type eq application and displayName ne Administrator", ["operatorRole"]],
  ])("finds by %s", async (filter, names) => {
    const { call } = await scene();
    const query = `filter=${encodeURIComponent(filter)}`;
    expect(foundIn((await call("GET", `${roles}?${query}`)).body)).toEqual(names);
    expect(foundIn((await call("POST", `${roles}/.search`, { filter })).body)).toEqual(names);
  });

  test.each<[string, object]>([
    ["filter=id eq x", misplaced("Filtering based on attribute: id is not supported.")],
    ["filter=displayName eq a or displayName eq b", invalid(expect.any(String), "invalidFilter")],
    ["filter=displayName gt a", invalid(expect.any(String), "invalidFilter")],
    ["filter=displayName", invalid(expect.any(String), "invalidFilter")],
    ["sortBy=displayName", { status: 501, body: { detail: "Sorting is not supported.", status: "501" } }],
  ])("refuses %s", async (query, expected) => {
    const { call } = await scene();
    expect(await call("GET", `${roles}?${new URLSearchParams([query.split("=") as [string, string]])}`)).toMatchObject(
      expected,
    );
    expect((await call("GET", `${roles}?sortOrder=descending`)).status).toBe(200);
  });

  test("shows all of each role in a list of a newer server, and little of it in one of an older server", async () => {
    const [newer, older] = [await scene("asgardeo"), await scene("7.2")];
    const item = async ({ call }: typeof newer) =>
      valueAt((await call("GET", `${roles}?filter=displayName%20eq%20operatorRole`)).body, "Resources", 0);
    expect(await item(newer)).toMatchObject({ permissions: [{ value: readUsers }], properties: expect.any(Array) });
    expect(Object.keys(objectOf(await item(older))).sort()).toEqual(["audience", "displayName", "id", "meta"]);
  });
});
