import { reconnected } from "../../support/managed";
import { authorized, group, later, made, ours, scene, stored, useScene } from "./scene";

useScene();

describe("permissions", () => {
  const preview = (args: object) =>
    reconnected(scene.tenant.sandbox)
      .resource("Role")
      .preview({ ...args });

  test("that the program itself gives cost no request", async () => {
    const role = scene.tenant.resource("Role");
    expect(await role.preview(ours())).toEqual([]);
    expect(scene.tenant.requests().filter((request) => !request.includes("Roles"))).toEqual([]);
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
    const run = reconnected(scene.tenant.sandbox);
    const link = run.resource("ApiAuthorization");
    Object.assign(link, {
      id: scene.authorization.id,
      state: scene.authorization.state,
      inputs: scene.authorization.inputs,
    });
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
    await scene.authorization.up({ ...authorized(), scopes: ["orders:read"] });
    await scene.orders.up({ ...scene.orders.inputs, scopes: [{ name: "orders:read" }] });
    expect(await role.up(ours())).toBe("update");
    expect(stored(role).permissions).toEqual(["orders:read"]);
    const seen = later(role);
    await seen.role.refresh();
    expect(await seen.role.up(ours())).toBe("same");
  });

  test("come with a scope that API and authorization get in the same run", async () => {
    const role = await made();
    const scopes = ["orders:read", "orders:write", "orders:delete", "orders:cancel"].map((name) => ({ name }));
    await scene.orders.up({ ...scene.orders.inputs, scopes });
    await scene.authorization.up(authorized("orders:cancel"));
    expect(await role.up(ours({ permissions: ["orders:read", "orders:cancel"] }))).toBe("update");
    expect(stored(role).permissions.sort()).toEqual(["orders:cancel", "orders:read"]);
  });

  test("wait for the authorization that comes after the role, where its turn has come", async () => {
    const role = await made();
    const wanted = ours({ permissions: ["orders:read", "orders:delete"] });
    const changing = role.apply(wanted);
    await scene.authorization.up(authorized("orders:delete"));
    expect(await changing).toBe("update");
    expect(stored(role).permissions.sort()).toEqual(["orders:delete", "orders:read"]);
  });

  test("that a replaced authorization has taken away are given again in the same run", async () => {
    await scene.orders.up({ ...scene.orders.inputs, requiresAuthorization: false });
    await scene.authorization.up(authorized());
    const role = await made();
    await scene.authorization.up({ ...authorized(), policy: "No Policy" });
    expect(stored(role).permissions).toEqual([]);
    expect(await role.up(ours())).toBe("update");
    expect(stored(role).permissions).toEqual(["orders:read"]);
    expect(scene.tenant.said.at(-1)).toBe(
      'the role "Reader" gets `orders:read` anew, since this run takes it away from the role on its way.',
    );
    expect(await later(role).role.up(ours())).toBe("same");
  });

  test("of a role of the organization survive an API that is replaced", async () => {
    const args = { displayName: "Clerk", permissions: ["bills:read"] };
    const bills = scene.tenant.resource("ApiResource");
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
    await scene.orders.preview({ ...scene.orders.inputs, scopes: [{ name: "orders:read" }, { name: "orders:write" }] });
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
    expect(await scene.tenant.resource("Role").preview(ours({ groups: [support, id] }))).toEqual([
      `groups[1]: there is no group with the id ${id} in this tenant`,
    ]);
  });
});

describe("scopes", () => {
  function withdraw(scope: string): void {
    const { tenant: records } = scene.tenant.sandbox;
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
