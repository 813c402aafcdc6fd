import { callerIn, organization, sceneFor, shareWithAll } from "./organization-scene";
import { textAt } from "./support";

const below = "/o/api/server/v1/organizations";

/** Two organizations, one of which has a child, and callers in each of the two. */
async function tree() {
  const scene = await sceneFor();
  await shareWithAll(scene);
  const { call } = scene;
  const parent = await organization(call, "Parent");
  const other = await organization(call, "Other");
  const inParent = await callerIn(scene, parent);
  const child = await organization(inParent, "Child", {}, "/o/api/server/v1");
  const become = (id: string, value: string) =>
    call("PATCH", `/organizations/${id}`, [{ operation: "REPLACE", path: "/status", value }]);
  return { scene, call, parent, other, child, inParent, become };
}

test("an organization sees and changes what is below it, reads itself, and knows nothing of others", async () => {
  const { call, parent, other, child, inParent } = await tree();
  expect((await inParent("GET", `${below}/${parent}`)).status).toBe(200);
  const refused = { status: 400, body: { code: "ORG-60064" } };
  expect(await inParent("GET", `${below}/${other}`)).toMatchObject(refused);
  for (const id of [parent, other, "none"]) {
    expect(await inParent("PUT", `${below}/${id}`, { name: "New", status: "ACTIVE" })).toMatchObject(refused);
    expect(await inParent("DELETE", `${below}/${id}`)).toMatchObject(refused);
  }
  expect((await inParent("PUT", `${below}/${child}`, { name: "New", status: "ACTIVE" })).status).toBe(200);
  expect((await call("GET", `/organizations/${child}`)).body).toMatchObject({ name: "New" });
});

test("a name is taken wherever in the tree it is, and one organization may keep its own", async () => {
  const { call, inParent, child } = await tree();
  const taken = { status: 400, body: { code: "ORG-60076" } };
  expect(await call("POST", "/organizations", { name: "Child" })).toMatchObject(taken);
  expect(await inParent("POST", below, { name: "Other" })).toMatchObject(taken);
  expect((await inParent("POST", `${below}/check-name`, { name: "Other" })).body).toEqual({ available: false });
  expect((await call("PUT", `/organizations/${child}`, { name: "Child", status: "ACTIVE" })).status).toBe(200);
});

test("an organization with children is not deleted; the tenant may delete one at any depth", async () => {
  const { call, parent, child, scene } = await tree();
  expect(await call("DELETE", `/organizations/${parent}`)).toMatchObject({ status: 400, body: { code: "ORG-60007" } });
  expect((await call("GET", `/organizations/${parent}`)).body).toMatchObject({ hasChildren: true });
  expect((await call("DELETE", `/organizations/${child}`)).status).toBe(204);
  expect((await call("DELETE", `/organizations/${parent}`)).status).toBe(204);
  expect(Object.keys(scene.sandbox.tenant.inside)).toHaveLength(1);
});

test("an organization is disabled after its children, and a child is active only below one that is", async () => {
  const { call, parent, child, become } = await tree();
  expect(await become(parent, "DISABLED")).toMatchObject({ status: 400, body: { code: "ORG-60029" } });
  expect((await become(child, "DISABLED")).status).toBe(200);
  expect((await become(parent, "DISABLED")).body).toMatchObject({ status: "DISABLED" });
  expect(await become(child, "ACTIVE")).toMatchObject({ status: 400, body: { code: "ORG-60030" } });
  const put = { name: "Child", status: "ACTIVE" };
  expect(await call("PUT", `/organizations/${child}`, put)).toMatchObject({ status: 400, body: { code: "ORG-60030" } });
  await become(parent, "ACTIVE");
  expect((await become(child, "ACTIVE")).status).toBe(200);
});

test("a request that was read before it was understood still has its body: a snapshot of the tenant is taken first", async () => {
  const { scene, inParent } = await tree();
  scene.sandbox.setFaults([{ kind: "stale-read", times: 1, path: "^/o/" }]);
  const created = await inParent("POST", below, { name: "Late" });
  expect(created.status).toBe(201);
  const path = `${below}/${textAt(created.body, "id")}`;
  expect((await inParent("GET", path)).status).toBe(404);
  expect((await inParent("GET", path)).status).toBe(200);
});

test("what follows from a deleted API is gone in organizations, too", async () => {
  const { scene, call, parent } = await tree();
  const { id: api } = await call("POST", "/api-resources", { name: "A", identifier: "a", scopes: [{ name: "a:b" }] });
  const path = `/applications/${scene.applicationId}/authorized-apis`;
  await call("POST", path, { id: api, scopes: ["a:b"] });
  const copy = () => scene.sandbox.tenant.inside[parent]?.applications[0]?.authorizations.map(({ apiId }) => apiId);
  expect(copy()).toContain(api);
  await call("DELETE", `/api-resources/${api}`);
  expect(copy()).not.toContain(api);
});
