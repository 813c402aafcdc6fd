import {
  authorize,
  callerIn,
  organization,
  type Scene,
  sceneFor,
  sharedWith,
  shareWithAll,
} from "./organization-scene";
import { type Call, textAt, valueAt } from "./support";

/** A scene whose client may work with users and roles in organizations, with an application that has two roles. */
async function shared(mode: "ALL" | "NONE" = "ALL"): Promise<{ scene: Scene; inside: Call; app: string; id: string }> {
  const scene = await sceneFor();
  for (const path of ["Roles", "Users", "Groups"])
    await authorize(scene.sandbox, scene.applicationId, `/o/scim2/${path}`);
  await shareWithAll(scene);
  const id = await organization(scene.call, "One");
  const { id: app } = await scene.call("POST", "/applications", { name: "app" });
  for (const displayName of ["Clerk", "Auditor"]) {
    await scene.call("POST", "/scim2/v2/Roles", { displayName, audience: { type: "application", value: app } });
  }
  const body = { applicationId: app, policy: "ALL_EXISTING_AND_FUTURE_ORGS", roleSharing: { mode } };
  await scene.call("POST", "/applications/share-with-all", body);
  return { scene, inside: await callerIn(scene, id), app, id };
}

async function copies(inside: Call): Promise<string[]> {
  const { body } = await inside("GET", "/o/scim2/v2/Roles?filter=audience.type+eq+application");
  const list = valueAt(body, "Resources");
  return Array.isArray(list) ? list.map((role) => textAt(role, "displayName")).sort() : [];
}

test("an organization has copies of the roles that are shared with it, with ids of their own, and takes users into them", async () => {
  const { scene, inside, app } = await shared();
  expect(await copies(inside)).toEqual(["Auditor", "Clerk"]);
  const { body } = await inside("GET", "/o/scim2/v2/Roles?filter=displayName+eq+Clerk");
  const id = textAt(valueAt(body, "Resources", 0), "id");
  expect((await scene.call("GET", `/scim2/v2/Roles/${id}`)).status).toBe(404);
  const user = await inside("POST", "/o/scim2/Users", { userName: "kim", password: "Kim-pass-1" });
  expect(user.status).toBe(201);
  const Operations = [{ op: "add", path: "users", value: [{ value: textAt(user.body, "id") }] }];
  expect((await inside("PATCH", `/o/scim2/v2/Roles/${id}`, { Operations })).status).toBe(200);
  const users = async () => valueAt((await inside("GET", `/o/scim2/v2/Roles/${id}`)).body, "users");
  expect(await users()).toMatchObject([{ display: "kim" }]);
  await scene.call("PATCH", `/applications/${app}`, { description: "changed" });
  expect(await users()).toMatchObject([{ display: "kim" }]);
  expect((await scene.call("GET", "/scim2/Users?filter=userName+eq+kim")).body).toMatchObject({ totalResults: 0 });
  const rename = { Operations: [{ op: "replace", path: "displayName", value: "Mine" }] };
  expect(await inside("PATCH", `/o/scim2/v2/Roles/${id}`, rename)).toMatchObject({
    status: 400,
    body: { scimType: "invalidValue" },
  });
});

test("copies come and go with the roles, with how they are shared, and with the share", async () => {
  const { scene, inside, app, id } = await shared("NONE");
  expect(await copies(inside)).toEqual([]);
  const share = (roleSharing: object) =>
    scene.call("POST", "/applications/share", {
      applicationId: app,
      organizations: [{ orgId: id, policy: "SELECTED_ORG_ONLY", roleSharing }],
    });
  const roles = [{ displayName: "Auditor", audience: { display: "app", type: "application" } }];
  await share({ mode: "SELECTED", roles });
  expect(await copies(inside)).toEqual(["Auditor"]);
  await share({ mode: "ALL" });
  await scene.call("POST", "/scim2/v2/Roles", { displayName: "Late", audience: { type: "application", value: app } });
  expect(await copies(inside)).toEqual(["Auditor", "Clerk", "Late"]);
  await scene.call("POST", "/applications/unshare", { applicationId: app, orgIds: [id] });
  expect(await sharedWith(scene.call, app)).toEqual([]);
  expect(await copies(inside)).toEqual([]);
});

test("a new organization has roles of its own from the first day", async () => {
  const { inside, id } = await shared();
  const { body } = await inside("GET", "/o/scim2/v2/Roles?filter=audience.type+eq+organization");
  const audience = { type: "organization", value: id };
  expect(valueAt(body, "Resources")).toMatchObject([{ audience }, { audience }]);
});
