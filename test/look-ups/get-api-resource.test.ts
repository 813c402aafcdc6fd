import { randomUUID } from "node:crypto";
import { getApiResource, getApiResourceOutput, getApiResources, getApiResourcesOutput } from "../../provider";
import type { Sandbox } from "../../sandbox/index";
import { answered, api, configuredTenant, requestsOf, withdraw } from "./program";

const orders = {
  name: "Orders API",
  identifier: "https://api.example.com/orders",
  description: "All about orders",
  requiresAuthorization: false,
  scopes: [{ name: "orders:read", displayName: "Read orders", description: "To see orders" }, { name: "orders:write" }],
};

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await configuredTenant();
});

const lists = () => requestsOf(sandbox).filter((request) => request.startsWith("GET /api-resources?"));

describe("one API", () => {
  test("is found by its identifier and its id, with its scopes", async () => {
    const id = await api(sandbox, orders);
    const found = await getApiResource({ identifier: orders.identifier });
    expect(found).toEqual({
      id,
      identifier: orders.identifier,
      name: "Orders API",
      description: "All about orders",
      type: "BUSINESS",
      requiresAuthorization: false,
      scopes: [
        { name: "orders:read", displayName: "Read orders", description: "To see orders" },
        { name: "orders:write", displayName: "orders:write", description: undefined },
      ],
    });
    expect(await getApiResource({ id })).toEqual(found);
    expect(await answered(getApiResourceOutput({ identifier: orders.identifier }))).toEqual(found);
  });

  test("may be a management API of the tenant itself", async () => {
    const { scopes, type } = await getApiResource({ identifier: "/api/server/v1/applications" });
    expect(type).toBe("TENANT");
    expect(scopes.map(({ name }) => name)).toContain("internal_application_mgt_view");
  });

  test("may have characters in its identifier that the filter drops", async () => {
    const id = await api(sandbox, { name: "Odd", identifier: "https://api.example.com/?a=b&c=(d)" });
    expect(await getApiResource({ identifier: "https://api.example.com/?a=b&c=(d)" })).toMatchObject({ id });
  });

  test("is found exactly, though the filter regards neither case nor `_`", async () => {
    const ids = new Map<string, string>();
    for (const identifier of ["orders_api", "ordersXapi", "ORDERS_API"]) {
      ids.set(identifier, await api(sandbox, { name: "Orders", identifier }));
    }
    for (const [identifier, id] of ids) expect(await getApiResource({ identifier })).toMatchObject({ id, identifier });
    await expect(getApiResource({ identifier: "Orders_Api" })).rejects.toThrow("is the identifier of no API");
  });

  test("is found on the last of several pages where everything has to be listed", async () => {
    for (let i = 0; i < 210; i++) await api(sandbox, { name: "Many", identifier: `https://api.example.com/${i}` });
    const id = await api(sandbox, { name: "Last", identifier: "the last?" });
    expect(await getApiResource({ identifier: "the last?" })).toMatchObject({ id });
    expect(lists().length).toBeGreaterThan(2);
  });

  test("that is not there is an error with the nearest identifier", async () => {
    await api(sandbox, orders);
    await expect(getApiResource({ identifier: "https://api.example.com/order" })).rejects.toThrow(
      'getApiResource: identifier: "https://api.example.com/order" is the identifier of no API of this tenant; did you mean `https://api.example.com/orders`?',
    );
    const id = randomUUID();
    await expect(getApiResource({ id })).rejects.toThrow(
      `getApiResource: id: no API of this tenant has the id "${id}"`,
    );
  });
});

describe("a list of APIs", () => {
  test("has all that the filter lets through, without their scopes", async () => {
    const id = await api(sandbox, orders);
    const found = await getApiResources({ filter: "type eq BUSINESS" });
    expect(found).toEqual([
      { id, identifier: orders.identifier, name: "Orders API", type: "BUSINESS", requiresAuthorization: false },
    ]);
    expect(await answered(getApiResourcesOutput({ filter: "type eq BUSINESS" }))).toEqual(found);
    expect(await getApiResources({ filter: "name eq Nothing" })).toEqual([]);
  });

  test("goes to the end, however many pages there are", async () => {
    for (let i = 0; i < 210; i++) await api(sandbox, { name: "Many", identifier: `https://api.example.com/${i}` });
    const found = await getApiResources();
    expect(found).toHaveLength(sandbox.tenant.apiResources.length);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    expect(lists().length).toBeGreaterThan(2);
  });

  test("with a filter that the server refuses is an error", async () => {
    await expect(getApiResources({ filter: "colour eq red" })).rejects.toThrow(/^getApiResources: GET .*: 400/);
  });
});

test("a scope that the bootstrap client lacks is named", async () => {
  withdraw(sandbox, "internal_api_resource_view");
  await expect(getApiResource({ identifier: orders.identifier })).rejects.toThrow("internal_api_resource_view");
  await expect(getApiResources()).rejects.toThrow("internal_api_resource_view");
  expect(requestsOf(sandbox)).toEqual([]);
});
