import { bookings, callerFor, sandboxFor, textAt, valueAt } from "./support";

async function withBookings() {
  const sandbox = await sandboxFor();
  const call = await callerFor(sandbox);
  const { id } = await call("POST", "/api-resources", bookings);
  return { sandbox, call, id, path: `/api-resources/${id}` };
}

describe("POST /api-resources", () => {
  test("answers 201 with the address and the resource, which requires authorization by default", async () => {
    const sandbox = await sandboxFor();
    const call = await callerFor(sandbox);
    const { status, headers, body, id } = await call("POST", "/api-resources", bookings);
    expect(status).toBe(201);
    expect(headers.get("location")).toBe(`${sandbox.baseUrl}/t/sandbox/api/server/v1/api-resources/${id}`);
    expect(body).toEqual({
      id,
      name: "Bookings",
      identifier: "https://bookings.example.com",
      type: "BUSINESS",
      requiresAuthorization: true,
      scopes: [
        { id: expect.any(String), name: "bookings:read", displayName: "Read bookings" },
        { id: expect.any(String), name: "bookings:write", displayName: "bookings:write" },
      ],
      authorizationDetailsTypes: [],
      properties: [],
    });
    expect((await call("GET", `/api-resources/${id}`)).body).toEqual(body);
  });

  test.each([
    ["asgardeo", "MCP", "MCP"],
    ["asgardeo", "ANYTHING", "BUSINESS"],
    ["7.1", "MCP", "BUSINESS"],
  ] as const)("on %s makes of the resource type %s %s", async (server, resourceType, type) => {
    const call = await callerFor(await sandboxFor({ server }));
    expect((await call("POST", "/api-resources", { ...bookings, resourceType })).body).toMatchObject({ type });
  });

  test.each([
    ["no name", { name: null }, 400, "UE-10000"],
    ["a blank name", { name: " " }, 400, "API-RESOURCE-60003"],
    ["a blank identifier", { identifier: " " }, 400, "API-RESOURCE-60004"],
    ["a taken identifier", { identifier: "taken" }, 409, "API-RESOURCE-60003"],
    ["a system API's identifier", { identifier: "/api/server/v1/applications" }, 409, "API-RESOURCE-60003"],
    ["a blank scope name", { scopes: [{ name: "" }] }, 400, "API-RESOURCE-60005"],
    ["a reserved scope name", { scopes: [{ name: "internal_mine" }] }, 400, "API-RESOURCE-60008"],
    ["an OIDC scope's name", { scopes: [{ name: "email" }] }, 400, "API-RESOURCE-60009"],
    ["another API's scope name", { scopes: [{ name: "taken:read" }] }, 409, "API-RESOURCE-60004"],
    ["the same scope twice", { scopes: [{ name: "a" }, { name: "a" }] }, 409, "API-RESOURCE-60004"],
  ])("refuses %s", async (_, change, status, code) => {
    const call = await callerFor(await sandboxFor());
    await call("POST", "/api-resources", { name: "taken", identifier: "taken", scopes: [{ name: "taken:read" }] });
    const answer = await call("POST", "/api-resources", { ...bookings, ...change });
    expect(answer).toMatchObject({ status, body: { code } });
    if (code !== "UE-10000") expect(answer.body).not.toHaveProperty("traceId");
  });
});

describe("PATCH /api-resources/{id}", () => {
  test("changes what is given, clears a description with an empty text, and adds scopes", async () => {
    const { call, path } = await withBookings();
    const change = { name: "Renamed", description: "d", addedScopes: [{ name: "bookings:cancel" }] };
    expect(await call("PATCH", path, change)).toMatchObject({ status: 204, body: undefined });
    await call("PATCH", path, { description: "" });
    expect((await call("GET", path)).body).toMatchObject({
      name: "Renamed",
      description: "",
      identifier: bookings.identifier,
      scopes: [{ name: "bookings:read" }, { name: "bookings:write" }, { name: "bookings:cancel" }],
    });
  });

  test("does not remove scopes: even an empty list of them is not implemented", async () => {
    const { call, path } = await withBookings();
    for (const removedScopes of [[], ["bookings:read"]]) {
      expect(await call("PATCH", path, { removedScopes })).toMatchObject({
        status: 501,
        body: { code: "API-RESOURCE-60006" },
      });
    }
    expect((await call("PATCH", path, { removedScopes: null })).status).toBe(204);
  });

  test("refuses system APIs, and does not find others", async () => {
    const { sandbox, call } = await withBookings();
    const system = sandbox.tenant.apiResources[0]?.id;
    const forbidden = { status: 403, body: { code: "API-RESOURCE-60012" } };
    expect(await call("PATCH", `/api-resources/${system}`, {})).toMatchObject(forbidden);
    expect(await call("DELETE", `/api-resources/${system}`)).toMatchObject(forbidden);
    expect(await call("PUT", `/api-resources/${system}/scopes`, [])).toMatchObject(forbidden);
    expect(await call("PATCH", "/api-resources/none", {})).toMatchObject({
      status: 404,
      body: { code: "API-RESOURCE-60002" },
    });
  });
});

describe("the scopes of an API resource", () => {
  test("are a bare array", async () => {
    const { call, path } = await withBookings();
    expect((await call("GET", `${path}/scopes`)).body).toMatchObject([
      { name: "bookings:read" },
      { name: "bookings:write" },
    ]);
    expect((await call("GET", "/api-resources/none/scopes")).status).toBe(404);
  });

  test("are replaced by PUT, and are new ones then: applications lose them", async () => {
    const { sandbox, call, id, path } = await withBookings();
    const application = (await call("POST", "/applications", { name: "web" })).id;
    const authorized = `/applications/${application}/authorized-apis`;
    await call("POST", authorized, { id, scopes: ["bookings:read"] });
    expect((await call("PUT", `${path}/scopes`, bookings.scopes)).status).toBe(204);
    expect((await call("GET", authorized)).body).toMatchObject([{ id, authorizedScopes: [] }]);
    expect(sandbox.tenant.apiResources.at(-1)?.scopes.map(({ name }) => name)).toEqual([
      "bookings:read",
      "bookings:write",
    ]);
    expect(await call("PUT", `${path}/scopes`, { name: "not a list" })).toMatchObject({
      status: 400,
      body: { code: "UE-10000" },
    });
  });

  test("change their display name and description by PATCH; a blank display name keeps the old one", async () => {
    const { call, path } = await withBookings();
    const change = { displayName: "Read", description: "d" };
    expect((await call("PATCH", `${path}/scopes/bookings:read`, change)).status).toBe(204);
    expect((await call("PATCH", `${path}/scopes/bookings%3Aread`, { displayName: " ", description: "" })).status).toBe(
      204,
    );
    expect(valueAt((await call("GET", path)).body, "scopes", 0)).toMatchObject({
      displayName: "Read",
      description: "",
    });
    expect((await call("PATCH", `${path}/scopes/none`, change)).status).toBe(404);
  });

  test("cannot be changed by PATCH on 7.0", async () => {
    const call = await callerFor(await sandboxFor({ server: "7.0" }));
    const { id } = await call("POST", "/api-resources", bookings);
    expect((await call("PATCH", `/api-resources/${id}/scopes/bookings:read`, {})).status).toBe(405);
  });

  test("are deleted one by one, and it does not matter whether they were there", async () => {
    const { call, id, path } = await withBookings();
    const application = (await call("POST", "/applications", { name: "web" })).id;
    await call("POST", `/applications/${application}/authorized-apis`, {
      id,
      scopes: ["bookings:read", "bookings:write"],
    });
    for (const _ of [1, 2]) expect((await call("DELETE", `${path}/scopes/bookings:read`)).status).toBe(204);
    expect((await call("DELETE", "/api-resources/none/scopes/any")).status).toBe(204);
    expect((await call("GET", `/applications/${application}/authorized-apis`)).body).toMatchObject([
      { authorizedScopes: [{ name: "bookings:write" }] },
    ]);
  });

  test("can be named by id on the hosted service only", async () => {
    const { call, path } = await withBookings();
    const scopeId = textAt(valueAt((await call("GET", `${path}/scopes`)).body, 0), "id");
    expect((await call("PATCH", `${path}/scopes/id/${scopeId}`, { displayName: "Read" })).status).toBe(200);
    expect((await call("DELETE", `${path}/scopes/id/${scopeId}`)).status).toBe(204);
    expect((await call("GET", `${path}/scopes`)).body).toMatchObject([{ name: "bookings:write" }]);
    const older = await callerFor(await sandboxFor({ server: "7.2" }));
    expect((await older("DELETE", `${path}/scopes/id/${scopeId}`)).status).toBe(404);
  });

  test("of all APIs are one bare array, of the scopes alone", async () => {
    const { sandbox, call, path } = await withBookings();
    await call("PATCH", `${path}/scopes/bookings:read`, { description: "d" });
    const { status, body } = await call("GET", "/scopes");
    expect(status).toBe(200);
    expect(body).toHaveLength(sandbox.tenant.apiResources.flatMap(({ scopes }) => scopes).length);
    expect(body).toContainEqual({
      id: expect.any(String),
      name: "bookings:read",
      displayName: "Read bookings",
      description: "d",
    });
    expect(body).toContainEqual(expect.objectContaining({ name: "internal_api_resource_view" }));
  });

  test("of all APIs are found by name", async () => {
    const { call } = await withBookings();
    const found = (await call("GET", "/scopes?filter=name+eq+bookings:write")).body;
    expect(found).toEqual([{ id: expect.any(String), name: "bookings:write", displayName: "bookings:write" }]);
    expect((await call("GET", "/scopes?filter=name+eq+none")).body).toEqual([]);
    expect(await call("GET", "/scopes?filter=displayName+eq+a")).toMatchObject({
      status: 400,
      body: { code: "API-RESOURCE-60001" },
    });
    expect((await call("GET", "/scopes?filter=name+sw+bookings:")).body).toMatchObject([
      { name: "bookings:read" },
      { name: "bookings:write" },
    ]);
  });
});

test("a deleted API resource is gone with its authorizations; to delete it again is no error", async () => {
  const { call, id, path } = await withBookings();
  const application = (await call("POST", "/applications", { name: "web" })).id;
  await call("POST", `/applications/${application}/authorized-apis`, { id });
  for (const _ of [1, 2]) expect((await call("DELETE", path)).status).toBe(204);
  expect(await call("GET", path)).toMatchObject({ status: 404, body: { code: "API-RESOURCE-60002" } });
  expect((await call("GET", `/applications/${application}/authorized-apis`)).body).toEqual([]);
});
