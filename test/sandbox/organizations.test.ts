import { organization, sceneFor } from "./organization-scene";
import { callerFor, sandboxFor, textAt, valueAt } from "./support";

const path = "/organizations";

async function caller() {
  const sandbox = await sandboxFor({ organization: "acme" });
  return { sandbox, call: await callerFor(sandbox) };
}

describe("a new organization", () => {
  test("answers all of itself, with its place, and is read with what is above it", async () => {
    const { sandbox, call } = await caller();
    const created = await call("POST", path, {
      name: "Central Hospital",
      orgHandle: "centralhospital.com",
      description: "Hospitals",
      attributes: [{ key: " Region ", value: " South " }],
    });
    const root = sandbox.tenant.organizations[0]?.id;
    expect(created).toMatchObject({
      status: 201,
      body: {
        name: "Central Hospital",
        orgHandle: "centralhospital.com",
        description: "Hospitals",
        status: "ACTIVE",
        version: "v1.0.0",
        type: "TENANT",
        parent: { id: root, ref: `/t/acme/api/server/v1/organizations/${root}` },
        hasChildren: false,
        attributes: [{ key: "Region", value: "South" }],
      },
    });
    const id = textAt(created.body, "id");
    expect(created.headers.get("location")).toBe(`${sandbox.baseUrl}/t/acme/api/server/v1/organizations/${id}`);
    expect(created.body).not.toHaveProperty("ancestorPath");
    const { body } = await call("GET", `${path}/${id}`);
    expect(body).toEqual({ ...Object(created.body), ancestorPath: [{ id: root, name: "acme", depth: 0 }] });
  });

  test("has its id as handle where it names none, and no attributes where it has none", async () => {
    const { call } = await caller();
    const { body } = await call("POST", path, { name: "Plain" });
    expect(valueAt(body, "orgHandle")).toBe(textAt(body, "id"));
    expect(body).not.toHaveProperty("attributes");
    expect(body).not.toHaveProperty("description");
  });

  test.each([
    ["without a name", {}, 400, "UE-10000"],
    ["with a blank name", { name: " " }, 400, "ORG-60002"],
    ["with HTML in its name", { name: "<b>x</b>" }, 400, "ORG-60097"],
    ["that is called Super", { name: "sUPER" }, 400, "ORG-60017"],
    ["that is called as the tenant", { name: "Acme" }, 400, "ORG-60017"],
    ["with a blank key", { name: "x", attributes: [{ key: " ", value: "v" }] }, 400, "ORG-60003"],
    ["with a blank value", { name: "x", attributes: [{ key: "k", value: " " }] }, 400, "ORG-60016"],
    [
      "with a key twice",
      {
        name: "x",
        attributes: [
          { key: "k", value: "1" },
          { key: "k ", value: "2" },
        ],
      },
      400,
      "ORG-60004",
    ],
    ["of an unknown type", { name: "x", type: "CITY" }, 400, "UE-10000"],
    ["below another organization", { name: "x", parentId: "b4526d91-a8bf-43d2-8b14-c548cf73065b" }, 403, "ORG-60021"],
    ["with a taken name", { name: "Taken", orgHandle: "free.com" }, 400, "ORG-60076"],
    ["with a taken handle", { name: "x", orgHandle: "taken.com" }, 400, "ORG-60100"],
    ["with the handle of the tenant", { name: "x", orgHandle: "acme" }, 400, "ORG-60100"],
    ["with a malformed handle", { name: "x", orgHandle: "No Handle" }, 400, "ORG-60032"],
  ])("%s is refused, and not made", async (_, body, status, code) => {
    const { sandbox, call } = await caller();
    await call("POST", path, { name: "Taken", orgHandle: "taken.com" });
    expect(await call("POST", path, body)).toMatchObject({ status, body: { code, traceId: expect.any(String) } });
    expect(sandbox.tenant.organizations).toHaveLength(2);
  });
});

describe("a change of an organization", () => {
  test("by PUT replaces it, but for attributes that are left out", async () => {
    const { call } = await caller();
    const id = await organization(call, "One", { description: "d", attributes: [{ key: "k", value: "v" }] });
    const put = await call("PUT", `${path}/${id}`, {
      name: "Two",
      status: "ACTIVE",
      version: "v0.0.0",
      attributes: [],
    });
    expect(put).toMatchObject({
      status: 200,
      body: { name: "Two", version: "v1.0.0", attributes: [{ key: "k", value: "v" }] },
    });
    expect(put.body).not.toHaveProperty("description");
    const attributes = [{ key: "l", value: "w" }];
    expect((await call("PUT", `${path}/${id}`, { name: "Two", status: "ACTIVE", attributes })).body).toMatchObject({
      attributes,
    });
    expect((await call("GET", `${path}/${id}`)).body).toMatchObject({ name: "Two", attributes });
  });

  test.each([
    ["without a status", { name: "x" }, "ORG-60002"],
    ["with an unknown status", { name: "x", status: "GONE" }, "UE-10000"],
    ["without a name", { status: "ACTIVE" }, "UE-10000"],
    ["to a taken name", { name: "Taken", status: "ACTIVE" }, "ORG-60076"],
    ["to the name Super", { name: "Super", status: "ACTIVE" }, "ORG-60017"],
  ])("by PUT %s is refused", async (_, body, code) => {
    const { call } = await caller();
    await organization(call, "Taken");
    const id = await organization(call, "One");
    expect(await call("PUT", `${path}/${id}`, body)).toMatchObject({ status: 400, body: { code } });
  });

  test("by PATCH does one thing after the other; an attribute that is added twice is replaced", async () => {
    const { call } = await caller();
    const id = await organization(call, "One", {
      attributes: [
        { key: "Region", value: "S" },
        { key: "Language", value: "Si" },
      ],
    });
    const patch = [
      { operation: "REPLACE", path: "/name", value: "Two" },
      { operation: "ADD", path: "/description", value: "d" },
      { operation: "ADD", path: "/attributes/Country", value: "LK" },
      { operation: "ADD", path: "/attributes/Language", value: "Ta" },
      { operation: "REMOVE", path: "/attributes/Region" },
    ];
    expect(await call("PATCH", `${path}/${id}`, patch)).toMatchObject({
      status: 200,
      body: {
        name: "Two",
        description: "d",
        attributes: [
          { key: "Language", value: "Ta" },
          { key: "Country", value: "LK" },
        ],
      },
    });
    const removed = await call("PATCH", `${path}/${id}`, [{ operation: "REMOVE", path: "/description" }]);
    expect(removed.body).not.toHaveProperty("description");
  });

  test.each([
    [{ operation: "MOVE", path: "/name", value: "x" }, "UE-10000"],
    [{ operation: "REPLACE", path: "/orgHandle", value: "x" }, "ORG-60011"],
    [{ operation: "REPLACE", path: "/name" }, "ORG-60012"],
    [{ operation: "ADD", path: "/name", value: "x" }, "ORG-60013"],
    [{ operation: "REMOVE", path: "/status" }, "ORG-60013"],
    [{ operation: "REMOVE", path: "/attributes/none" }, "ORG-60019"],
    [{ operation: "REPLACE", path: "/attributes/none", value: "x" }, "ORG-60020"],
    [{ operation: "REPLACE", path: "/status", value: "GONE" }, "ORG-60028"],
    [{ operation: "REPLACE", path: "/version", value: "v0.0.0" }, "ORG-60101"],
    [{ operation: "REPLACE", path: "/name", value: "Taken" }, "ORG-60076"],
    [{ operation: "REPLACE", path: "/name", value: "Super" }, "ORG-60017"],
  ])("by PATCH %j is refused with %s", async (operation, code) => {
    const { call } = await caller();
    await organization(call, "Taken");
    const id = await organization(call, "One");
    expect(await call("PATCH", `${path}/${id}`, [operation])).toMatchObject({ status: 400, body: { code } });
  });
});

describe("the end of an organization", () => {
  test("is possible while it is active, frees its name, and not its handle", async () => {
    const { call } = await caller();
    const id = await organization(call, "One", { orgHandle: "one.com" });
    expect((await call("DELETE", `${path}/${id}`)).status).toBe(204);
    expect(await call("GET", `${path}/${id}`)).toMatchObject({ status: 404, body: { code: "ORG-60015" } });
    expect((await call("POST", `${path}/check-name`, { name: "One" })).body).toEqual({ available: true });
    expect((await call("POST", `${path}/check-handle`, { orgHandle: "one.com" })).body).toEqual({ available: false });
    expect(await call("POST", path, { name: "One", orgHandle: "one.com" })).toMatchObject({
      body: { code: "ORG-60100" },
    });
  });

  test("is refused for one that is not there, and for the tenant's own", async () => {
    const { sandbox, call } = await caller();
    const root = sandbox.tenant.organizations[0]?.id;
    expect(await call("DELETE", `${path}/none`)).toMatchObject({ status: 400, body: { code: "ORG-60064" } });
    expect(await call("DELETE", `${path}/${root}`)).toMatchObject({ status: 400, body: { code: "ORG-60050" } });
    expect(await call("PATCH", `${path}/${root}`, [])).toMatchObject({ status: 400, body: { code: "ORG-60064" } });
    expect((await call("GET", `${path}/${root}`)).status).toBe(200);
  });
});

test("names and handles are checked: what could not be taken is not available", async () => {
  const { call } = await caller();
  await organization(call, "One", { orgHandle: "one.com" });
  const name = async (text: unknown) => (await call("POST", `${path}/check-name`, { name: text })).body;
  expect([await name("One"), await name("Two"), await name(undefined)]).toEqual([
    { available: false },
    { available: true },
    { available: false },
  ]);
  const handle = async (text: string) => (await call("POST", `${path}/check-handle`, { orgHandle: text })).body;
  expect([await handle("one.com"), await handle("two.com"), await handle("Not One")]).toEqual([
    { available: false },
    { available: true },
    { available: false },
  ]);
});

test("one's own organization has a path, and takes a new name only", async () => {
  const { sandbox, call } = await caller();
  const root = sandbox.tenant.organizations[0]?.id;
  expect(await call("GET", `${path}/self`)).toMatchObject({ status: 200, body: { id: root, name: "acme" } });
  const rename = [{ operation: "REPLACE", path: "/name", value: "Acme Ltd" }];
  expect(await call("PATCH", `${path}/self`, rename)).toMatchObject({
    status: 200,
    body: { id: root, name: "Acme Ltd" },
  });
  const other = [{ operation: "REPLACE", path: "/status", value: "DISABLED" }];
  expect(await call("PATCH", `${path}/self`, other)).toMatchObject({ status: 400, body: { code: "ORG-60011" } });
  const metadata = (await call("GET", `${path}/metadata`)).body;
  expect(metadata).toMatchObject({ id: root, name: "Acme Ltd" });
  expect(metadata).not.toHaveProperty("hasChildren");
});

test.each([
  ["7.0", ["id", "name", "status", "created", "lastModified", "type", "parent"], 404],
  ["7.1", ["id", "name", "orgHandle", "status", "hasChildren", "created", "lastModified", "type", "parent"], 200],
] as const)("the server %s answers what it knows", async (server, members, self) => {
  const { call } = await sceneFor({ server });
  const { body } = await call("POST", path, { name: "One", orgHandle: "one.com" });
  expect(Object.keys(Object(body)).sort()).toEqual([...members].sort());
  expect(Object.keys(Object((await call("GET", `${path}/${textAt(body, "id")}`)).body)).sort()).toEqual(
    [...members].sort(),
  );
  expect((await call("GET", `${path}/self`)).status).toBe(self);
});
