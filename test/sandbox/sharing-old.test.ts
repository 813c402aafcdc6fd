import type { Server } from "../../sandbox";
import { callerIn, organization, sceneFor, sharedWith, shareWithAll } from "./organization-scene";
import { callerFor, valueAt } from "./support";

async function tree(server: Server = "7.0") {
  const scene = await sceneFor({ server });
  const { call } = scene;
  const one = await organization(call, "One");
  const two = await organization(call, "Two");
  const { id: app } = await call("POST", "/applications", { name: "app" });
  return { scene, call, one, two, app, share: `/applications/${app}/share` };
}

describe.each(["7.0", "7.1", "7.2", "asgardeo"] as const)(
  "in the old form, the server %s shares an application",
  (server) => {
    test("with organizations that are named, with no body in its answer; it adds, and never takes away", async () => {
      const { call, one, two, app, share } = await tree(server);
      expect(await call("POST", share, { shareWithAllChildren: false, sharedOrganizations: [one] })).toMatchObject({
        status: 200,
        body: undefined,
      });
      expect(await sharedWith(call, app)).toEqual([one]);
      await call("POST", share, { sharedOrganizations: [two, "elsewhere"] });
      expect(await sharedWith(call, app)).toEqual([one, two]);
      for (const nothing of [{}, { shareWithAllChildren: false, sharedOrganizations: [] }]) {
        expect((await call("POST", share, nothing)).status).toBe(200);
      }
      expect(valueAt((await call("GET", share)).body, "organizations")).toMatchObject([{ id: one }, { id: two }]);
      expect((await call("DELETE", `${share}/${one}`)).status).toBe(204);
      expect(await sharedWith(call, app)).toEqual([two]);
    });

    test("with all, those that come as well, and then with none", async () => {
      const { call, one, two, app, share } = await tree(server);
      expect((await call("POST", share, { shareWithAllChildren: true })).status).toBe(200);
      const three = await organization(call, "Three");
      expect(await sharedWith(call, app)).toEqual([one, two, three]);
      expect(await call("DELETE", `${share}/${one}`)).toMatchObject({ status: 400, body: { code: "ORG-60069" } });
      expect((await call("DELETE", `/applications/${app}/shared-apps`)).status).toBe(204);
      expect((await call("GET", `/applications/${app}/shared-apps`)).body).toEqual({});
      expect((await call("GET", share)).body).toEqual({});
      await organization(call, "Four");
      expect(await sharedWith(call, app)).toEqual([]);
    });
  },
);

test.each([
  [undefined, "ORG-60067"],
  [{ shareWithAllChildren: null }, "ORG-60067"],
  [{ shareWithAllChildren: true, sharedOrganizations: ["o"] }, "ORG-60068"],
  [{ shareWithAllChildren: "yes" }, "UE-10000"],
])("a body of %j is refused with %s", async (body, code) => {
  const { call, share } = await tree();
  expect(await call("POST", share, body)).toMatchObject({ status: 400, body: { code } });
  expect(await call("POST", "/applications/none/share", { shareWithAllChildren: true })).toMatchObject({
    status: 400,
    body: { code: "ORG-60035" },
  });
});

test("a deeper organization is shared with, though its parent is not", async () => {
  const { scene, call, one, app, share } = await tree("asgardeo");
  await shareWithAll(scene);
  const child = await organization(await callerIn(scene, one), "Child", {}, "/o/api/server/v1");
  await call("POST", share, { sharedOrganizations: [child] });
  expect(await sharedWith(call, app)).toEqual([child]);
});

test("the scopes are those of applications on older servers, and scopes of their own on newer ones", async () => {
  for (const [server, scope] of [
    ["7.1", "internal_application_mgt_create"],
    ["7.2", "internal_shared_application_create"],
  ] as const) {
    const { scene, share } = await tree(server);
    const body = { shareWithAllChildren: true };
    expect((await (await callerFor(scene.sandbox, scope))("POST", share, body)).status).toBe(200);
    expect(
      (await (await callerFor(scene.sandbox, "internal_application_mgt_update"))("POST", share, body)).status,
    ).toBe(403);
  }
});

test("the same is served below the organization that has the application", async () => {
  const { scene, call, one, two, app } = await tree();
  const root = scene.sandbox.tenant.organizations[0]?.id;
  const path = `/organizations/${root}/applications/${app}`;
  expect((await call("POST", `${path}/share`, { sharedOrganizations: [one, two] })).status).toBe(200);
  expect((await call("GET", `${path}/share`)).body).toMatchObject({ organizations: [{ id: one }, { id: two }] });
  expect(valueAt((await call("GET", `${path}/shared-apps`)).body, "sharedApplications")).toHaveLength(2);
  expect((await call("DELETE", `${path}/share/${one}`)).status).toBe(204);
  expect((await call("DELETE", `${path}/fragment-apps`)).status).toBe(204);
  expect(await sharedWith(call, app)).toEqual([]);
  await call("POST", `${path}/share`, { sharedOrganizations: [one] });
  expect((await call("DELETE", `${path}/shared-apps`)).status).toBe(204);
  expect(await sharedWith(call, app)).toEqual([]);
  expect(await call("GET", `/organizations/${one}/applications/${app}/share`)).toMatchObject({
    status: 400,
    body: { code: "ORG-60065" },
  });
  expect(await call("GET", path.replace(app, "none").concat("/share"))).toMatchObject({
    status: 404,
    body: { code: "ORG-60035" },
  });
});
