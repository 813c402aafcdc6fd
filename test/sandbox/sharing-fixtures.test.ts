import { APP, acme, at, fixture, members, ORG, OTHER, where } from "./organization-fixtures";
import { callerIn, sharedWith, shareWithAll } from "./organization-scene";
import { type Call, objectOf, valueAt } from "./support";

describe("the fixtures of sharing", () => {
  const processing = (key: string) => ({ status: 202, body: objectOf(fixture("share-new.json", [key])) });
  const shareOf = async (call: Call, app: string, query = "") =>
    (await call("GET", `/applications/${app}/share${query}`)).body;

  where("are the new form", async () => {
    const scene = await acme();
    const { call, ids } = scene;
    const app = at(scene, APP);
    const post = (path: string, key: string) =>
      call("POST", `/applications/${path}`, fixture("share-new.json", [key], ids));
    expect(await post("share", "selective")).toMatchObject(processing("shareAccepted202"));
    const item = objectOf(fixture("share-new.json", ["getResponse", "organizations", "0"], ids));
    const shown = valueAt(await shareOf(call, app), "organizations", 0);
    expect(shown).toEqual({ ...item, hasChildren: false });
    const withMode = objectOf(fixture("share-new.json", ["getResponseWithSharingMode", "organizations", "0"], ids));
    const listed = valueAt(
      await shareOf(call, app, "?attributes=sharingMode&excludedAttributes=roles"),
      "organizations",
      0,
    );
    expect(listed).toEqual({ ...withMode, hasChildren: false });
    const patch = await call("PATCH", "/applications/share", fixture("share-new.json", ["patchRoles"], ids));
    expect(patch).toMatchObject(processing("patchAccepted202"));
    expect(valueAt(await shareOf(call, app), "organizations")).toMatchObject([
      { roles: [{ displayName: "Booking Admin" }] },
      { roles: [{ displayName: "Booking Admin" }] },
    ]);
    expect(await post("unshare", "unshare")).toMatchObject(processing("unshareAccepted202"));
    expect(await shareOf(call, app)).toEqual({});
    expect(await post("share-with-all", "all")).toMatchObject(processing("shareAccepted202"));
    const general = fixture("application-share-all.request.json", [], ids);
    expect(await call("POST", "/applications/share-with-all", general)).toMatchObject(processing("shareAccepted202"));
    expect(await sharedWith(call, app)).toEqual([at(scene, ORG), at(scene, OTHER)]);
    expect(await post("unshare-with-all", "unshareAll")).toMatchObject(processing("unshareAccepted202"));
    expect(await sharedWith(call, app)).toEqual([]);
  });

  where("are the old form", async () => {
    const scene = await acme();
    const { call, ids } = scene;
    const app = at(scene, APP);
    for (const [key, shared] of [
      ["noop", []],
      ["selected", [at(scene, ORG)]],
      ["all", [at(scene, ORG), at(scene, OTHER)]],
    ] as const) {
      const answer = await call("POST", `/applications/${app}/share`, fixture("share-old.json", [key], ids));
      expect([answer.status, answer.body]).toEqual([200, undefined]);
      expect(await sharedWith(call, app)).toEqual(shared);
    }
    const { body } = await call("GET", `/applications/${app}/shared-apps`);
    expect(members(valueAt(body, "sharedApplications", 0))).toEqual(
      members(fixture("share-old.json", ["sharedAppsResponse", "sharedApplications", "0"])),
    );
  });

  where("are what the application is afterwards", async () => {
    const scene = await acme();
    await scene.call("POST", `/applications/${at(scene, APP)}/share`, { shareWithAllChildren: true });
    const { body } = await scene.call("GET", `/applications/${at(scene, APP)}`);
    expect(body).toMatchObject(objectOf(fixture("share-root-application-after.response.json")));
  });

  where("are the account of what is done in the background", async () => {
    const scene = await acme();
    const { call } = scene;
    await shareWithAll(scene);
    const inside = await callerIn(scene, at(scene, OTHER));
    await inside("POST", "/o/api/server/v1/applications", { name: "booking-app" });
    await call("POST", "/applications/share", fixture("share-new.json", ["selective"], scene.ids));
    const name = "share-async-operation.response.json";
    const list = (await call("GET", `/async-operations?filter=subjectId+eq+${at(scene, APP)}`)).body;
    const operation = objectOf(valueAt(list, "operations", 0));
    const expected = objectOf(
      fixture(name, ["list", "operations", "0"], {
        ...scene.ids,
        "4f3d5d1e-4c7e-4a35-8b9b-8f0e7b1a0a1c": String(operation.operationId),
      }),
    );
    const own = {
      correlationId: expect.any(String),
      initiatedUserId: expect.any(String),
      createdTime: expect.any(String),
      modifiedTime: expect.any(String),
    };
    expect(operation).toEqual({ ...expected, ...own });
    const units = (await call("GET", `/async-operations/${operation.operationId}/unit-operations`)).body;
    const failed = objectOf(fixture(name, ["unitOperations", "unitOperations", "1"], scene.ids));
    const any = expect.any(String);
    expect(valueAt(units, "unitOperations")).toContainEqual({
      ...failed,
      unitOperationId: any,
      operationId: operation.operationId,
      createdTime: any,
    });
  });
});
