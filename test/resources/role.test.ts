import type { Server } from "../../sandbox/index";
import { type Managed, reconnected, type TestTenant, testTenant } from "../support/managed";

let tenant: TestTenant;
let application: Managed;
let orders: Managed;
let authorization: Managed;

async function opened(server: Server = "asgardeo"): Promise<void> {
  await tenant?.close();
  tenant = await testTenant({ server });
  application = tenant.resource("Application");
  await application.up({ name: "Shop", associatedRoles: { allowedAudience: "APPLICATION" } });
  orders = tenant.resource("ApiResource");
  const scopes = ["orders:read", "orders:write", "orders:delete"].map((name) => ({ name }));
  await orders.up({ name: "Orders", identifier: "https://api.example.com/orders", scopes });
  authorization = tenant.resource("ApiAuthorization");
  await authorization.up(authorized());
  tenant.requests();
}
beforeEach(() => opened());
afterEach(() => tenant.close());

const authorized = (...scopes: string[]) => ({
  application: application.id,
  api: orders.id,
  scopes: ["orders:read", "orders:write", ...scopes],
});
const ours = (more: object = {}) => ({
  displayName: "Reader",
  application: application.id,
  permissions: ["orders:read"],
  ...more,
});

const path = (one: Managed) => `/scim2/v2/Roles/${one.id}`;
const read = (one: Managed) => `GET ${path(one)}?excludedAttributes=users`;
const stored = (one: Managed) => {
  const found = tenant.sandbox.tenant.roles.find(({ id }) => id === one.id);
  if (!found) throw new Error(`no role ${one.id}`);
  return found;
};
const patch = (one: Managed, member: string, value: unknown) =>
  tenant.sandbox.console("PATCH", path(one), {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    Operations: [{ op: "replace", path: member, value }],
  });
const items = (...values: unknown[]) => values.map((value) => ({ value }));

async function group(displayName: string): Promise<string> {
  const { id = "" } = await tenant.sandbox.console("POST", "/scim2/Groups", { displayName });
  return id;
}
async function user(userName: string): Promise<string> {
  const { id = "" } = await tenant.sandbox.console("POST", "/scim2/Users", { userName, password: "Wso2@test123" });
  return id;
}
async function made(args: object = ours()): Promise<Managed> {
  const role = tenant.resource("Role");
  await role.up({ ...args });
  tenant.requests();
  return role;
}
/** A later run on the same tenant, which has not heard of anything. */
function later(one: Managed): { run: TestTenant; role: Managed } {
  const run = reconnected(tenant.sandbox);
  const role = Object.assign(run.resource("Role"), { id: one.id, state: one.state, inputs: one.inputs });
  return { run, role };
}

describe("the life of a role", () => {
  test("is created with all that is declared in one request", async () => {
    const support = await group("support");
    const role = tenant.resource("Role");
    await role.apply(ours({ groups: [support] }));
    expect(tenant.requests()).toEqual(["POST /scim2/v2/Roles"]);
    expect(stored(role)).toMatchObject({
      displayName: "Reader",
      audience: { type: "application", value: application.id },
      permissions: ["orders:read"],
      groups: [support],
    });
  });

  test("is one of the organization where no application is named", async () => {
    const role = await made({ displayName: "Clerk", permissions: ["orders:read", "internal_user_mgt_list"] });
    expect(stored(role).audience.type).toBe("organization");
    await role.refresh();
    expect(role.state).toMatchObject({ displayName: "Clerk" });
    expect(role.state.application).toBeUndefined();
    expect(await role.up({ displayName: "Clerk", permissions: ["internal_user_mgt_list", "orders:read"] })).toBe(
      "same",
    );
  });

  test("may have a name that another audience has, too", async () => {
    const one = await made({ displayName: "Reader" });
    const other = await made(ours());
    expect(one.id).not.toBe(other.id);
  });

  test("changes name, permissions and groups in one request, and keeps the users that it has", async () => {
    const [support, sales, kim] = [await group("support"), await group("sales"), await user("kim")];
    const role = await made(ours({ groups: [support] }));
    await patch(role, "users", items(kim));
    const { id } = role;
    expect(await role.apply(ours({ displayName: "Writer", permissions: ["orders:write"], groups: [sales] }))).toBe(
      "update",
    );
    expect(tenant.requests()).toEqual([`PATCH ${path(role)}`]);
    expect(role.id).toBe(id);
    expect(stored(role)).toMatchObject({
      displayName: "Writer",
      permissions: ["orders:write"],
      groups: [sales],
      users: [kim],
    });
  });

  test("keeps groups that it does not declare", async () => {
    const support = await group("support");
    const role = await made(ours());
    await patch(role, "groups", items(support));
    await role.refresh();
    expect(await role.up(ours({ permissions: ["orders:write"] }))).toBe("update");
    expect(stored(role)).toMatchObject({ permissions: ["orders:write"], groups: [support] });
  });

  test.each(["permissions", "groups"] as const)(
    "%s that are taken out go, and what others put there stays",
    async (list) => {
      const [ourGroup, theirs] = [await group("ours"), await group("theirs")];
      const role = await made(ours({ groups: [ourGroup] }));
      await patch(role, "groups", items(ourGroup, theirs));
      await patch(role, "permissions", items("orders:read", "orders:write"));
      const { [list]: _, ...rest } = ours({ groups: [ourGroup] }) as Record<string, unknown>;
      expect(await role.up(rest)).toBe("update");
      expect(tenant.requests()).toEqual([read(role), `PATCH ${path(role)}`]);
      expect(stored(role)[list]).toEqual(list === "groups" ? [theirs] : ["orders:write"]);
      expect(await role.up(rest)).toBe("same");
    },
  );

  test("an empty list takes all away, whoever has put it there", async () => {
    const role = await made(ours());
    await patch(role, "permissions", items("orders:read", "orders:write"));
    await role.up(ours({ permissions: [] }));
    expect(stored(role).permissions).toEqual([]);
    await role.refresh();
    expect(await role.up(ours({ permissions: [] }))).toBe("same");
  });

  test("shows what somebody has changed, field by field, and is put right", async () => {
    const support = await group("support");
    const role = await made(ours({ groups: [support] }));
    await patch(role, "permissions", items("orders:write"));
    await patch(role, "groups", []);
    await patch(role, "displayName", "By hand");
    await role.refresh();
    expect(tenant.requests()).toEqual([read(role)]);
    expect(role.state).toMatchObject({ displayName: "By hand", permissions: ["orders:write"], groups: [] });
    expect(await role.up(ours({ groups: [support] }))).toBe("update");
    expect(stored(role)).toMatchObject({ displayName: "Reader", permissions: ["orders:read"], groups: [support] });
  });

  test("is deleted in one request, and is made anew where somebody has deleted it", async () => {
    const role = await made();
    await tenant.sandbox.console("DELETE", path(role));
    await role.refresh();
    expect(role.id).toBeUndefined();
    expect(tenant.said.at(-1)).toContain('Role "Reader" (id');
    expect(await role.up(ours())).toBe("create");
    tenant.requests();
    const at = path(role);
    await role.destroy();
    expect(tenant.requests()).toEqual([`DELETE ${at}`]);
  });

  test("that went with its application can be deleted all the same, and is gone for a refresh", async () => {
    const [one, other] = [await made(), await made(ours({ displayName: "Writer" }))];
    await authorization.destroy();
    await application.destroy();
    await one.destroy();
    expect(one.id).toBeUndefined();
    await other.refresh();
    expect(other.id).toBeUndefined();
  });

  test("is replaced by another application, and by none", async () => {
    const other = tenant.resource("Application");
    await other.up({ name: "Other" });
    const role = await made(ours({ permissions: [] }));
    expect(await role.up(ours({ permissions: [], application: other.id }))).toBe("replace");
    expect(stored(role).audience.value).toBe(other.id);
    expect(await role.up({ displayName: "Reader", permissions: [] })).toBe("replace");
    expect(stored(role).audience.type).toBe("organization");
  });

  test("is read by its id alone", async () => {
    const role = await made();
    const looked = later(role).role;
    looked.state = {};
    await looked.refresh();
    expect(looked.state).toMatchObject({ ...ours(), groups: [] });
  });

  test("is adopted with what others gave to it, but for what is declared", async () => {
    const [support, kim] = [await group("support"), await user("kim")];
    const { id } = await tenant.sandbox.console("POST", "/scim2/v2/Roles", {
      displayName: "Reader",
      audience: { type: "application", value: application.id },
      permissions: items("orders:write"),
      groups: items(support),
      users: items(kim),
    });
    const role = reconnected(tenant.sandbox).resource("Role");
    expect(await role.preview(ours())).toEqual([
      expect.stringContaining(
        `displayName: "Reader" is taken by the role "Reader" of the application ${application.id} (id ${id})`,
      ),
    ]);
    await role.up(ours({ adopt: true }));
    expect(role.id).toBe(id);
    expect(stored(role)).toMatchObject({ permissions: ["orders:read"], groups: [support], users: [kim] });
    expect(await role.up(ours({ adopt: true }))).toBe("same");
  });

  test("a role of the server itself is never taken over", async () => {
    const reasons = await tenant.resource("Role").preview({ displayName: "everyone", adopt: true });
    expect(reasons).toEqual([expect.stringContaining("It is a role of the server itself and cannot be managed")]);
  });
});

describe("many roles", () => {
  const many = 40;

  async function all(): Promise<Managed[]> {
    return Promise.all(Array.from({ length: many }, (_, i) => made(ours({ displayName: `Role ${i}` }))));
  }
  async function refreshed(roles: readonly Managed[]): Promise<string[]> {
    const run = reconnected(tenant.sandbox);
    const seen = roles.map(({ id, state, inputs }) => Object.assign(run.resource("Role"), { id, state, inputs }));
    await Promise.all(seen.map((one) => one.refresh()));
    expect(seen.map(({ state }) => state)).toEqual(roles.map(({ state }) => expect.objectContaining(state)));
    return run.requests();
  }

  test("are refreshed by a list where it has all of each", async () => {
    const roles = await all();
    expect(await refreshed(roles)).toEqual(["GET /scim2/v2/Roles?excludedAttributes=users&startIndex=1&count=100"]);
  });

  test("are read one by one where the list of an older server lacks the rest, and nothing is lost", async () => {
    await opened("7.1");
    const roles = await all();
    const requests = await refreshed(roles);
    expect(requests.filter((request) => /Roles\/[^?]/.test(request))).toHaveLength(many);
  });

  test("one that differs from the list's is read by itself, and shows how it is", async () => {
    const roles = await all();
    const [first] = roles;
    if (!first) throw new Error("no role");
    await patch(first, "permissions", items("orders:write"));
    const run = reconnected(tenant.sandbox);
    const seen = roles.map(({ id, state, inputs }) => Object.assign(run.resource("Role"), { id, state, inputs }));
    await Promise.all(seen.map((one) => one.refresh()));
    expect(seen[0]?.state.permissions).toEqual(["orders:write"]);
  });

  test("are looked for by one list before they are made", async () => {
    const run = reconnected(tenant.sandbox);
    for (let i = 0; i < 10; i++) {
      expect(await run.resource("Role").preview({ displayName: `Role ${i}` })).toEqual([]);
    }
    expect(run.requests()).toEqual(["GET /scim2/v2/Roles?excludedAttributes=users&startIndex=1&count=100"]);
  });
});

describe("a change that the server carries out in part", () => {
  const refused = () => ours({ displayName: "Writer", permissions: ["orders:delete"] });

  test("is recorded as half done, and the next run goes on", async () => {
    const role = await made();
    await expect(role.apply(refused())).rejects.toThrow(
      /the role "Writer" \(id .*\) may have been changed in part.*permissions\[0\]: .*Permission : orders:delete is not authorized/s,
    );
    expect(role.incomplete).toBe(true);
    expect(stored(role)).toMatchObject({ displayName: "Writer", permissions: ["orders:read"] });
    await authorization.up(authorized("orders:delete"));
    expect(await role.up(refused())).toBe("update");
    expect(stored(role)).toMatchObject({ displayName: "Writer", permissions: ["orders:delete"] });
  });

  test("is undone where the program goes back to what it said before", async () => {
    const role = await made();
    await expect(role.apply(refused())).rejects.toThrow("in part");
    expect(await role.up(ours())).toBe("update");
    expect(stored(role)).toMatchObject({ displayName: "Reader", permissions: ["orders:read"] });
    expect(await role.up(ours())).toBe("same");
  });
});

describe("names", () => {
  test("change places between two roles of one program in one run", async () => {
    const [one, other] = [await made(), await made(ours({ displayName: "Writer" }))];
    const ids = [one.id, other.id];
    const wanted = [ours({ displayName: "Writer" }), ours({ displayName: "Reader" })] as const;
    const steps = [await one.plan(wanted[0]), await other.plan(wanted[1])] as const;
    await Promise.all([one.carryOut(wanted[0], steps[0]), other.carryOut(wanted[1], steps[1])]);
    expect([stored(one).displayName, stored(other).displayName]).toEqual(["Writer", "Reader"]);
    expect([one.id, other.id]).toEqual(ids);
  });

  test("change places also where the second role has its turn after the first", async () => {
    const [one, other] = [await made(), await made(ours({ displayName: "Writer" }))];
    const wanted = [ours({ displayName: "Writer" }), ours({ displayName: "Reader" })] as const;
    const steps = [await one.plan(wanted[0]), await other.plan(wanted[1])] as const;
    await one.carryOut(wanted[0], steps[0]);
    await other.carryOut(wanted[1], steps[1]);
    expect([stored(one).displayName, stored(other).displayName]).toEqual(["Writer", "Reader"]);
  });

  test("that another role keeps are refused, with its id, and warned of at preview", async () => {
    const role = await made();
    const { id } = await tenant.sandbox.console("POST", "/scim2/v2/Roles", {
      displayName: "writer",
      audience: { type: "application", value: application.id },
    });
    await expect(role.up(ours({ displayName: "Writer" }))).rejects.toThrow(
      `displayName: "Writer" is taken by the role "writer" of the application "Shop" of this program (id ${id}). Choose another, or rename that one first.`,
    );
    const seen = later(role);
    expect(await seen.role.preview(ours({ displayName: "writer" }))).toEqual([]);
    expect(seen.run.said).toEqual([expect.stringContaining(`displayName: "writer" is taken by the role "writer"`)]);
    expect(stored(role).displayName).toBe("Reader");
  });

  test("that differ in case alone are the same for the server, which names the role", async () => {
    await made();
    await expect(tenant.resource("Role").apply(ours({ displayName: "reader" }))).rejects.toThrow(
      /displayName: "reader" is taken by the role "Reader" of the application "Shop"/,
    );
  });

  test("that two resources of a program declare in one audience are refused", async () => {
    const preview = (args: object) => tenant.resource("Role").preview({ ...args });
    await preview({ displayName: "Clerk", __logicalName: "one" });
    expect(await preview({ displayName: "Clerk", __logicalName: "other" })).toEqual([
      'displayName: the resources "one" and "other" of this program are the same Role, by displayName "Clerk". Take one of them out, or give it another displayName.',
    ]);
    expect(await preview(ours({ displayName: "Clerk", __logicalName: "third" }))).toEqual([]);
  });

  test.each([
    ["a/b", "displayName: has a `/`, which no role can have in its name"],
    ["system_reader", "displayName: begins with `system_`"],
    ["", "displayName: must not be empty"],
  ])("%j fails at preview", async (displayName, reason) => {
    expect(await tenant.resource("Role").preview({ displayName })).toEqual([expect.stringContaining(reason)]);
    expect(tenant.requests()).toEqual([]);
  });

  test.each(["Research and Development", "not", 'Quoted "name"', "Käufer (EU)", "a eq b"])(
    "may have words in them that mean something to the filter: %s",
    async (displayName) => {
      const role = await made({ displayName });
      const seen = reconnected(tenant.sandbox).resource("Role");
      await seen.up({ displayName, adopt: true });
      expect(seen.id).toBe(role.id);
    },
  );
});

describe("permissions", () => {
  const preview = (args: object) =>
    reconnected(tenant.sandbox)
      .resource("Role")
      .preview({ ...args });

  test("that the program itself gives cost no request", async () => {
    const role = tenant.resource("Role");
    expect(await role.preview(ours())).toEqual([]);
    expect(tenant.requests().filter((request) => !request.includes("Roles"))).toEqual([]);
  });

  test("that no API has fail at preview, with the near miss", async () => {
    expect(await preview(ours({ permissions: ["orders:read", "orders:raed"] }))).toEqual([
      expect.stringMatching(/^permissions\[1\]: no API has the scope `orders:raed`; did you mean `orders:read`\?/),
    ]);
    expect(await preview({ displayName: "Clerk", permissions: ["orders:wriet"] })).toEqual([
      expect.stringMatching(/^permissions\[0\]: no API has the scope `orders:wriet`; did you mean `orders:write`\?/),
    ]);
  });

  test("that the application is not authorized for fail at preview", async () => {
    expect(await preview(ours({ permissions: ["orders:delete"] }))).toEqual([
      expect.stringMatching(
        /^permissions\[0\]: the application .* is not authorized for the scope `orders:delete`.* \(it is authorized for orders:read, orders:write\)\. Authorize it by an `ApiAuthorization`/,
      ),
    ]);
  });

  test("that stay are not looked up again", async () => {
    const role = await made();
    const seen = later(role);
    expect(await seen.role.preview(ours({ displayName: "Other" }))).toEqual([]);
    expect(seen.run.requests().filter((request) => /authorized-apis|scopes/.test(request))).toEqual([]);
  });

  test("that the authorization loses and the role keeps fail at preview, without a request", async () => {
    const role = await made();
    const run = reconnected(tenant.sandbox);
    const link = run.resource("ApiAuthorization");
    Object.assign(link, { id: authorization.id, state: authorization.state, inputs: authorization.inputs });
    await link.preview({ ...authorized(), scopes: ["orders:write"], __logicalName: "shop-orders" });
    const seen = Object.assign(run.resource("Role"), { id: role.id, state: role.state, inputs: role.inputs });
    run.requests();
    expect(await seen.preview(ours())).toEqual([
      expect.stringMatching(
        /^permissions\[0\]: the application .* is not authorized for the scope `orders:read` any more, by the resource "shop-orders"/,
      ),
    ]);
    expect(run.requests()).toEqual([]);
  });

  test("go with a scope that program, authorization and API lose at once, in either order", async () => {
    const role = await made(ours({ permissions: ["orders:read", "orders:write"] }));
    await authorization.up({ ...authorized(), scopes: ["orders:read"] });
    await orders.up({ ...orders.inputs, scopes: [{ name: "orders:read" }] });
    expect(await role.up(ours())).toBe("update");
    expect(stored(role).permissions).toEqual(["orders:read"]);
    const seen = later(role);
    await seen.role.refresh();
    expect(await seen.role.up(ours())).toBe("same");
  });

  test("come with a scope that API and authorization get in the same run", async () => {
    const role = await made();
    const scopes = ["orders:read", "orders:write", "orders:delete", "orders:cancel"].map((name) => ({ name }));
    await orders.up({ ...orders.inputs, scopes });
    await authorization.up(authorized("orders:cancel"));
    expect(await role.up(ours({ permissions: ["orders:read", "orders:cancel"] }))).toBe("update");
    expect(stored(role).permissions.sort()).toEqual(["orders:cancel", "orders:read"]);
  });

  test("wait for the authorization that comes after the role, where its turn has come", async () => {
    const role = await made();
    const wanted = ours({ permissions: ["orders:read", "orders:delete"] });
    const changing = role.apply(wanted);
    await authorization.up(authorized("orders:delete"));
    expect(await changing).toBe("update");
    expect(stored(role).permissions.sort()).toEqual(["orders:delete", "orders:read"]);
  });

  test("that a replaced authorization has taken away are given again in the same run", async () => {
    await orders.up({ ...orders.inputs, requiresAuthorization: false });
    await authorization.up(authorized());
    const role = await made();
    await authorization.up({ ...authorized(), policy: "No Policy" });
    expect(stored(role).permissions).toEqual([]);
    expect(await role.up(ours())).toBe("update");
    expect(stored(role).permissions).toEqual(["orders:read"]);
    expect(tenant.said.at(-1)).toBe(
      'the role "Reader" gets `orders:read` anew, since this run takes it away from the role on its way.',
    );
    expect(await later(role).role.up(ours())).toBe("same");
  });

  test("of a role of the organization survive an API that is replaced", async () => {
    const args = { displayName: "Clerk", permissions: ["bills:read"] };
    const bills = tenant.resource("ApiResource");
    await bills.up({ name: "Bills", identifier: "https://bills", scopes: [{ name: "bills:read" }] });
    const role = await made(args);
    await bills.up({ name: "Bills", identifier: "https://bills/v2", scopes: [{ name: "bills:read" }] });
    expect(stored(role).permissions).toEqual([]);
    expect(await role.up(args)).toBe("update");
    expect(stored(role).permissions).toEqual(["bills:read"]);
  });

  test("that an API loses and a role of the organization keeps fail at preview", async () => {
    const args = { displayName: "Clerk", permissions: ["orders:delete"] };
    const role = await made(args);
    await orders.preview({ ...orders.inputs, scopes: [{ name: "orders:read" }, { name: "orders:write" }] });
    expect(await role.preview(args)).toEqual([
      expect.stringContaining(
        'permissions[0]: the API "Orders" of this program has the scope `orders:delete` no longer',
      ),
    ]);
  });
});

describe("groups", () => {
  test("that do not exist fail at preview, at their place", async () => {
    const support = await group("support");
    const id = "00000000-0000-4000-8000-000000000000";
    expect(await tenant.resource("Role").preview(ours({ groups: [support, id] }))).toEqual([
      `groups[1]: there is no group with the id ${id} in this tenant`,
    ]);
  });
});

describe("with its application", () => {
  test("an application that does not exist fails at preview", async () => {
    const id = "00000000-0000-4000-8000-000000000000";
    expect(await tenant.resource("Role").preview(ours({ application: id, permissions: undefined }))).toEqual([
      `application: there is no application with the id ${id} in this tenant`,
    ]);
  });

  test("a role is no drift of it, and a change of it deletes no role", async () => {
    const role = await made();
    const args = { name: "Shop", associatedRoles: { allowedAudience: "APPLICATION" } };
    await application.refresh();
    expect(await application.up(args)).toBe("same");
    expect(await application.up({ ...args, description: "changed", accessUrl: "https://shop.example.com" })).toBe(
      "update",
    );
    expect(await application.up({ name: "Shop" })).toBe("update");
    expect(await application.up(args)).toBe("update");
    expect(stored(role)).toMatchObject({ permissions: ["orders:read"] });
  });

  test("a role of an application that has the roles of the organization fails at preview", async () => {
    const role = await made();
    const args = { name: "Shop", associatedRoles: { allowedAudience: "ORGANIZATION" } };
    expect(await application.preview(args)).toEqual([]);
    expect(await role.preview(ours())).toEqual([
      expect.stringMatching(
        /^application: the application "Shop" of this program declares `associatedRoles.allowedAudience` `ORGANIZATION`/,
      ),
    ]);
    const theirs = { ...args, name: "Theirs" };
    const { id: other } = await tenant.sandbox.console("POST", "/api/server/v1/applications", theirs);
    expect(await tenant.resource("Role").preview({ displayName: "Reader", application: other })).toEqual([
      expect.stringContaining("has `associatedRoles.allowedAudience` `ORGANIZATION`"),
    ]);
  });

  test("a switch to the roles of the organization takes the role out of the program, too", async () => {
    const role = await made();
    await application.up({ name: "Shop", associatedRoles: { allowedAudience: "ORGANIZATION" } });
    await role.destroy();
    expect(role.id).toBeUndefined();
    const clerk = await made({ displayName: "Clerk" });
    await application.refresh();
    expect(await application.up({ name: "Shop", associatedRoles: { allowedAudience: "ORGANIZATION" } })).toBe("same");
    expect(await application.up({ name: "Shop", associatedRoles: { allowedAudience: "APPLICATION" } })).toBe("update");
    expect(stored(clerk).displayName).toBe("Clerk");
  });
});

describe("scopes", () => {
  function withdraw(scope: string): void {
    const { tenant: records } = tenant.sandbox;
    const lacking = records.apiResources.flatMap((api) => api.scopes).filter(({ name }) => name === scope);
    for (const one of records.applications.find(({ id }) => id === records.bootstrap)?.authorizations ?? []) {
      one.scopeIds = one.scopeIds.filter((id) => !lacking.some((each) => each.id === id));
    }
  }

  test.each([
    ["internal_role_mgt_permissions_update", { permissions: ["orders:write"] }],
    ["internal_role_mgt_groups_update", { groups: [] as string[] }],
  ])("the second one, %s, is named at preview where the change needs it, and only there", async (scope, change) => {
    const support = await group("support");
    const role = await made(ours({ groups: [support] }));
    withdraw(scope);
    expect(await later(role).role.preview(ours({ groups: [support], ...change }))).toEqual([
      expect.stringContaining(`${scope} of "SCIM2 Roles API" (/scim2/Roles)`),
    ]);
    expect(await later(role).role.up(ours({ groups: [support], displayName: "Other" }))).toBe("update");
  });
});
