import { join } from "node:path";
import { listUsers, namesIn, patch, readUsers, refs, roles, type Scene, scene, userBody, users } from "./scim-scene";
import { callerFor, sandboxFor, temporaryFolder, valueAt } from "./support";

const associated = async ({ call, app }: Scene) =>
  valueAt((await call("GET", `/applications/${app}`)).body, "associatedRoles");

describe("the roles of an application", () => {
  test("are shown by it from the first moment, and to the last", async () => {
    const its = await scene();
    const { call, app, operator } = its;
    const { id } = await call("POST", roles, { displayName: "second", audience: { type: "application", value: app } });
    expect(await associated(its)).toEqual({
      allowedAudience: "APPLICATION",
      roles: [
        { id: operator, name: "operatorRole" },
        { id, name: "second" },
      ],
    });
    await call("DELETE", `${roles}/${operator}`);
    await call("PUT", `${roles}/${id}`, { displayName: "only" });
    expect(valueAt(await associated(its), "roles")).toEqual([{ id, name: "only" }]);
  });

  test("end with it, and no others do", async () => {
    const { call, app, operator, clerk } = await scene();
    await call("DELETE", `/applications/${app}`);
    expect((await call("GET", `${roles}/${operator}`)).status).toBe(404);
    expect((await call("GET", `${roles}/${clerk}`)).status).toBe(200);
  });

  test.each<[string, (its: Scene) => object | undefined, boolean]>([
    ["does not mention them", () => undefined, true],
    ["sends them back", ({ operator }) => ({ allowedAudience: "APPLICATION", roles: [{ id: operator }] }), true],
    ["sends an empty list", () => ({ allowedAudience: "APPLICATION", roles: [] }), false],
    ["leaves the list out", () => ({ allowedAudience: "APPLICATION" }), false],
    ["changes the audience", () => ({ allowedAudience: "ORGANIZATION" }), false],
  ])("by a PATCH of it that %s are kept or deleted", async (_, associatedRoles, kept) => {
    const its = await scene();
    const body = { description: "new", associatedRoles: associatedRoles(its) };
    expect((await its.call("PATCH", `/applications/${its.app}`, body)).status).toBe(200);
    expect((await its.call("GET", `${roles}/${its.operator}`)).status).toBe(kept ? 200 : 404);
    expect((await its.call("GET", `${roles}/${its.clerk}`)).status).toBe(200);
  });

  test("lose what it is not authorized to any more, and keep the rest", async () => {
    const { call, app, usersApi, operator } = await scene();
    const permissions = async () => namesIn((await call("GET", `${roles}/${operator}`)).body, "permissions");
    const add = patch({ op: "add", path: "permissions", value: refs(listUsers) });
    await call("PATCH", `${roles}/${operator}`, add);
    expect(await permissions()).toEqual([readUsers, listUsers]);
    const path = `/applications/${app}/authorized-apis/${usersApi}`;
    await call("PATCH", path, { removedScopes: [readUsers] });
    expect(await permissions()).toEqual([listUsers]);
    await call("DELETE", path);
    expect(await permissions()).toEqual([]);
    expect((await call("PATCH", `${roles}/${operator}`, add)).status).toBe(400);
  });

  test("of the organization keep their permissions, whatever applications are authorized to", async () => {
    const { call, app, usersApi, clerk } = await scene();
    await call("PATCH", `${roles}/${clerk}`, patch({ op: "add", path: "permissions", value: refs(readUsers) }));
    await call("DELETE", `/applications/${app}/authorized-apis/${usersApi}`);
    expect(namesIn((await call("GET", `${roles}/${clerk}`)).body, "permissions")).toEqual([readUsers]);
  });

  test("name it, and follow its name", async () => {
    const { call, app, operator } = await scene();
    await call("PATCH", `/applications/${app}`, { name: "Renamed" });
    expect((await call("GET", `${roles}/${operator}`)).body).toMatchObject({
      audience: { value: app, display: "Renamed" },
      associatedApplications: [{ value: app, display: "Renamed" }],
    });
  });
});

test("a state file keeps users, groups and roles, and no password", async () => {
  const state = join(temporaryFolder(), "state.json");
  const first = await sandboxFor({ state });
  const call = await callerFor(first);
  const { id: value } = await call("POST", users, userBody("kim"));
  const { id: group } = await call("POST", "/scim2/Groups", { displayName: "support", members: [{ value }] });
  const { id } = await call("POST", roles, { displayName: "clerk", groups: refs(group) });
  await first.close();
  const again = await callerFor(await sandboxFor({ state }));
  expect((await again("GET", `${roles}/${id}`)).body).toMatchObject({ groups: refs(group) });
  expect((await again("GET", `${users}/${value}`)).body).toMatchObject({ userName: "kim", groups: refs(group) });
});
