import { type Managed, reconnected } from "../support/managed";
import {
  authorized,
  group,
  items,
  later,
  made,
  opened,
  ours,
  patch,
  path,
  read,
  scene,
  stored,
  user,
  useScene,
} from "./role/scene";

useScene();

describe("the life of a role", () => {
  test("is created with all that is declared in one request", async () => {
    const support = await group("support");
    const role = scene.tenant.resource("Role");
    await role.apply(ours({ groups: [support] }));
    expect(scene.tenant.requests()).toEqual(["POST /scim2/v2/Roles"]);
    expect(stored(role)).toMatchObject({
      displayName: "Reader",
      audience: { type: "application", value: scene.application.id },
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
    expect(scene.tenant.requests()).toEqual([`PATCH ${path(role)}`]);
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
      expect(scene.tenant.requests()).toEqual([read(role), `PATCH ${path(role)}`]);
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
    expect(scene.tenant.requests()).toEqual([read(role)]);
    expect(role.state).toMatchObject({ displayName: "By hand", permissions: ["orders:write"], groups: [] });
    expect(await role.up(ours({ groups: [support] }))).toBe("update");
    expect(stored(role)).toMatchObject({ displayName: "Reader", permissions: ["orders:read"], groups: [support] });
  });

  test("is deleted in one request, and is made anew where somebody has deleted it", async () => {
    const role = await made();
    await scene.tenant.sandbox.console("DELETE", path(role));
    await role.refresh();
    expect(role.id).toBeUndefined();
    expect(scene.tenant.said.at(-1)).toContain('Role "Reader" (id');
    expect(await role.up(ours())).toBe("create");
    scene.tenant.requests();
    const at = path(role);
    await role.destroy();
    expect(scene.tenant.requests()).toEqual([`DELETE ${at}`]);
  });

  test("that went with its application can be deleted all the same, and is gone for a refresh", async () => {
    const [one, other] = [await made(), await made(ours({ displayName: "Writer" }))];
    await scene.authorization.destroy();
    await scene.application.destroy();
    await one.destroy();
    expect(one.id).toBeUndefined();
    await other.refresh();
    expect(other.id).toBeUndefined();
  });

  test("is replaced by another application, and by none", async () => {
    const other = scene.tenant.resource("Application");
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
    const { id } = await scene.tenant.sandbox.console("POST", "/scim2/v2/Roles", {
      displayName: "Reader",
      audience: { type: "application", value: scene.application.id },
      permissions: items("orders:write"),
      groups: items(support),
      users: items(kim),
    });
    const role = reconnected(scene.tenant.sandbox).resource("Role");
    expect(await role.preview(ours())).toEqual([
      expect.stringContaining(
        `displayName: "Reader" is taken by the role "Reader" of the application ${scene.application.id} (id ${id})`,
      ),
    ]);
    await role.up(ours({ adopt: true }));
    expect(role.id).toBe(id);
    expect(stored(role)).toMatchObject({ permissions: ["orders:read"], groups: [support], users: [kim] });
    expect(await role.up(ours({ adopt: true }))).toBe("same");
  });

  test("a role of the server itself is never taken over", async () => {
    const reasons = await scene.tenant.resource("Role").preview({ displayName: "everyone", adopt: true });
    expect(reasons).toEqual([expect.stringContaining("It is a role of the server itself and cannot be managed")]);
  });
});

describe("many roles", () => {
  const many = 40;

  async function all(): Promise<Managed[]> {
    return Promise.all(Array.from({ length: many }, (_, i) => made(ours({ displayName: `Role ${i}` }))));
  }
  async function refreshed(roles: readonly Managed[]): Promise<string[]> {
    const run = reconnected(scene.tenant.sandbox);
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
    const run = reconnected(scene.tenant.sandbox);
    const seen = roles.map(({ id, state, inputs }) => Object.assign(run.resource("Role"), { id, state, inputs }));
    await Promise.all(seen.map((one) => one.refresh()));
    expect(seen[0]?.state.permissions).toEqual(["orders:write"]);
  });

  test("are looked for by one list before they are made", async () => {
    const run = reconnected(scene.tenant.sandbox);
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
    await scene.authorization.up(authorized("orders:delete"));
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
