import {
  asked,
  type ManagementApi,
  managementApis,
  type Scope,
  ScopeTable,
  scopeTable,
} from "../../provider/api/scopes";
import { ScopesInUse } from "../../provider/api/scopes-in-use";

test("reading asks for nothing that could change anything", () => {
  expect(asked.view.length).toBeGreaterThan(0);
  expect(asked.view.filter((scope) => !/_(view|list)$/.test(scope))).toEqual([]);
});

test("what lets somebody read is asked for when reading", () => {
  expect(asked.write.filter((scope) => /_(view|list)$/.test(scope))).toEqual(asked.view);
});

test("writing can also read", () => {
  expect(asked.write).toEqual(expect.arrayContaining([...asked.view]));
});

test("every scope is there once, and known to belong to an API of the console", () => {
  expect(new Set(asked.write).size).toBe(asked.write.length);
  for (const scope of asked.write) {
    expect(scopeTable.apisOf(scope)).not.toEqual([]);
    for (const { identifier, console } of scopeTable.apisOf(scope)) {
      expect(console).not.toBe("");
      expect(Object.keys(managementApis)).toContain(identifier);
    }
  }
});

test("a scope that no API has is a bug of ours, and says so", () => {
  expect(() => scopeTable.apisOf("internal_nothing_view" as Scope)).toThrow(/internal_nothing_view/);
});

test("a scope of organizations lets somebody do what the tenant's own does, and is asked for when that is", () => {
  for (const scope of scopeTable.all) {
    const inside = scopeTable.inOrganization(scope);
    if (inside === undefined) continue;
    expect(scopeTable.isOfOrganizations(inside)).toBe(true);
    expect(scopeTable.inOrganization(inside)).toBe(inside);
    expect([scope, scopeTable.allows("view", inside)]).toEqual([scope, scopeTable.allows("view", scope)]);
  }
});

test("organizations have no APIs, shares or discovery of their own, and every scope of theirs has one of the tenant", () => {
  const without = scopeTable.all.filter((scope) => scopeTable.inOrganization(scope) === undefined);
  expect(without).toEqual([
    "internal_application_mgt_client_secret_delete",
    "internal_api_resource_create",
    "internal_api_resource_update",
    "internal_api_resource_delete",
    "internal_shared_application_view",
    "internal_shared_application_create",
    "internal_shared_application_delete",
    "internal_async_operation_status_view",
  ]);
  const twins = scopeTable.all
    .filter((scope) => !scopeTable.isOfOrganizations(scope))
    .map((scope) => scopeTable.inOrganization(scope));
  expect(scopeTable.all.filter((scope) => scopeTable.isOfOrganizations(scope) && !twins.includes(scope))).toEqual([]);
});

const users: Record<string, ManagementApi> = {
  "/scim2/Users": { console: "Users", scopes: { users_list: "view", users_view: "view", users_create: "write" } },
  "/scim2/Bulk": { console: "Bulk", scopes: { bulk: "write", users_create: "write" } },
  "/o/scim2/Users": { console: "Users of organizations", scopes: { org_users_view: "view" } },
};
const names = (...texts: string[]) => texts as Scope[];
const [list, view, create, bulk, inside] = names("users_list", "users_view", "users_create", "bulk", "org_users_view");

describe("a table", () => {
  const table = new ScopeTable(users);

  test("tells what lets somebody read, whatever the name of the scope ends with", () => {
    const allowed = (access: "view" | "write") => table.all.filter((scope) => table.allows(access, scope));
    expect(allowed("view")).toEqual(["users_list", "users_view", "org_users_view"]);
    expect(allowed("write")).toEqual(table.all);
  });

  test("knows a scope of two APIs once, and both of them", () => {
    expect(table.all).toEqual([list, view, create, bulk, inside]);
    expect(table.apisOf(create as Scope)).toEqual([
      { identifier: "/scim2/Users", console: "Users" },
      { identifier: "/scim2/Bulk", console: "Bulk" },
    ]);
  });
});

describe("what is in use", () => {
  const inUse = () => new ScopesInUse(new ScopeTable(users));

  test("is everything as long as nobody says it, whatever requests need", () => {
    const scopes = inUse();
    scopes.met([view as Scope]);
    expect(scopes.all).toEqual([list, view, create, bulk, inside]);
    expect(scopes.of("view", false)).toEqual([list, view]);
  });

  test("is what all have said together, in one order", () => {
    const scopes = inUse();
    scopes.add(names("users_create", "org_users_view"));
    scopes.add(names("users_list", "users_create"));
    expect(scopes.all).toEqual([list, create, inside]);
    expect(scopes.of("view", false)).toEqual([list]);
    expect(scopes.of("write", false)).toEqual([list, create]);
    expect(scopes.of("write", true)).toEqual([inside]);
  });

  test("may be less than what may be in use at another time, which the bootstrap client has to keep", () => {
    const scopes = inUse();
    scopes.add(names("users_list"), names("users_list", "users_create"));
    scopes.add(names("bulk"));
    expect(scopes.all).toEqual([list, bulk]);
    expect(scopes.ever).toEqual([list, create, bulk]);
  });

  test("may be nothing, said by a type that needs nothing", () => {
    const scopes = inUse();
    scopes.add([]);
    expect(scopes.all).toEqual([]);
  });

  test("is more as soon as a request needs more", () => {
    const scopes = inUse();
    scopes.add([list as Scope]);
    scopes.met([create as Scope]);
    expect(scopes.all).toEqual([list, create]);
  });
});
