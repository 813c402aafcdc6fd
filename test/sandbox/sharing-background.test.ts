import { callerIn, organization, requestSwitch, sceneFor, sharedWith, shareWithAll } from "./organization-scene";
import { textAt, valueAt } from "./support";

const refused = "Organization switching is not allowed for organizations that have not shared the application";
const operations = "/async-operations";

describe("work in the background", () => {
  test("is done once so many requests have been answered", async () => {
    const scene = await sceneFor({ background: { requests: 4 } });
    const { call, applicationId } = scene;
    const id = await organization(call, "One");
    // The new organization gets nothing: its time comes before anything is shared.
    for (let at = 0; at < 5; at += 1) await call("GET", `/organizations/${id}`);
    await shareWithAll(scene);
    expect((await requestSwitch(scene, id)).body).toMatchObject({ error: "invalid_grant", error_description: refused });
    expect(await sharedWith(call, applicationId)).toEqual([]);
    expect((await call("GET", `/applications/${applicationId}`)).body).toMatchObject({
      authenticationSequence: { type: "DEFAULT" },
    });
    expect(await sharedWith(call, applicationId)).toEqual([id]);
    expect((await requestSwitch(scene, id)).status).toBe(200);
  });

  test("is done once its time has passed: what is shared with those that come, and the end of a share", async () => {
    let now = 1_000_000;
    const scene = await sceneFor({ now: () => now, background: { milliseconds: 5000 } });
    const { call, applicationId } = scene;
    await shareWithAll(scene);
    const id = await organization(call, "One");
    now += 4999;
    expect(await sharedWith(call, applicationId)).toEqual([]);
    now += 1;
    expect(await sharedWith(call, applicationId)).toEqual([id]);
    const inside = await callerIn(scene, id);
    await call("POST", "/applications/unshare-with-all", { applicationId });
    expect(await sharedWith(call, applicationId)).toEqual([id]);
    expect((await inside("GET", "/o/api/server/v1/organizations")).status).toBe(200);
    now += 5000;
    expect(await sharedWith(call, applicationId)).toEqual([]);
    expect((await inside("GET", "/o/api/server/v1/organizations")).status).toBe(401);
  });

  test("passes over what is gone by then", async () => {
    let now = 1_000_000;
    const scene = await sceneFor({ now: () => now, background: { milliseconds: 1000 } });
    const { call } = scene;
    const gone = await organization(call, "Gone");
    await shareWithAll(scene);
    await organization(call, "Gone, too").then((id) => call("DELETE", `/organizations/${id}`));
    const { id: app } = await call("POST", "/applications", { name: "app" });
    await call("POST", `/applications/${app}/share`, { shareWithAllChildren: true });
    await call("DELETE", `/applications/${app}`);
    await call("DELETE", `/organizations/${gone}`);
    now += 1000;
    expect(await sharedWith(call, scene.applicationId)).toEqual([]);
    expect(scene.sandbox.requests.filter(({ status }) => status >= 500)).toEqual([]);
  });

  test("is done at the end at the latest, so that a state file has it", async () => {
    const scene = await sceneFor({ background: { requests: 1000 } });
    const id = await organization(scene.call, "One");
    await shareWithAll(scene);
    expect(scene.sandbox.tenant.inside[id]?.applications).toEqual([]);
    await scene.sandbox.close();
    expect(scene.sandbox.tenant.inside[id]?.applications).toMatchObject([{ name: "b2b" }]);
  });
});

describe("the account of what is done in the background", () => {
  test("tells what became of each organization", async () => {
    const scene = await sceneFor();
    const { call, sandbox } = scene;
    const one = await organization(call, "One");
    const two = await organization(call, "Two");
    await shareWithAll(scene);
    await (await callerIn(scene, two))("POST", "/o/api/server/v1/applications", { name: "app" });
    const { id: app } = await call("POST", "/applications", { name: "app" });
    const body = { policy: "ALL_EXISTING_ORGS_ONLY", roleSharing: { mode: "NONE" } };
    await call("POST", "/applications/share-with-all", { applicationId: app, ...body });
    expect(await sharedWith(call, app)).toEqual([one]);
    const filter = `subjectId eq ${app} and operationType eq B2B_APPLICATION_SHARE`;
    const list = (await call("GET", `${operations}?filter=${encodeURIComponent(filter)}`)).body;
    const id = textAt(valueAt(list, "operations", 0), "operationId");
    const root = sandbox.tenant.organizations[0]?.id;
    expect(list).toEqual({
      links: [],
      operations: [
        {
          operationId: id,
          correlationId: expect.any(String),
          operationType: "B2B_APPLICATION_SHARE",
          subjectType: "B2B_APPLICATION",
          subjectId: app,
          initiatedOrgId: root,
          initiatedUserId: sandbox.clientId,
          status: "PARTIALLY_COMPLETED",
          policy: "ALL_EXISTING_ORGS_ONLY",
          createdTime: expect.any(String),
          modifiedTime: expect.any(String),
          unitOperationDetail: {
            ref: `/t/sandbox/api/server/v1/async-operations/${id}/unit-operations`,
            summary: { success: 1, failed: 1, partiallyCompleted: 0 },
          },
        },
      ],
    });
    expect((await call("GET", `${operations}/${id}`)).body).toEqual(valueAt(list, "operations", 0));
    const units = (await call("GET", `${operations}/${id}/unit-operations`)).body;
    expect(valueAt(units, "unitOperations")).toMatchObject([
      {
        targetOrgId: two,
        targetOrgName: "Two",
        residentResourceId: app,
        status: "FAILED",
        statusMessage: "Organization has a non shared application with name app.",
      },
      { targetOrgId: one, status: "SUCCESS", statusMessage: "" },
    ]);
    const unit = textAt(valueAt(units, "unitOperations", 0), "unitOperationId");
    expect((await call("GET", `${operations}/${id}/unit-operations/${unit}`)).body).toMatchObject({ targetOrgId: two });
    const failed = (await call("GET", `${operations}/${id}/unit-operations?filter=status+eq+FAILED`)).body;
    expect(valueAt(failed, "unitOperations")).toHaveLength(1);
  });

  test("says so while it is not done", async () => {
    let now = 1_000_000;
    const scene = await sceneFor({ now: () => now, background: { milliseconds: 1000 } });
    await organization(scene.call, "One");
    await shareWithAll(scene);
    const status = async () => valueAt((await scene.call("GET", operations)).body, "operations", 0, "status");
    expect(await status()).toBe("IN_PROGRESS");
    now += 1000;
    expect(await status()).toBe("SUCCESS");
  });

  test("has pages, an empty answer, and a 404 without a body", async () => {
    const scene = await sceneFor();
    expect((await scene.call("GET", operations)).body).toEqual({});
    expect(await scene.call("GET", `${operations}/none`)).toMatchObject({ status: 404, body: undefined });
    expect(await scene.call("GET", `${operations}/none/unit-operations/none`)).toMatchObject({
      status: 404,
      body: undefined,
    });
    for (const [query, code] of [
      ["limit=0", "ASYNC-STATUS-60003"],
      ["limit=-1", "ASYNC-STATUS-60003"],
      ["filter=nonsense", "ASYNC-STATUS-60001"],
      ["after=x", "ASYNC-STATUS-60004"],
    ]) {
      expect(await scene.call("GET", `${operations}?${query}`)).toMatchObject({ status: 400, body: { code } });
    }
    await organization(scene.call, "One");
    for (let at = 0; at < 3; at += 1) await shareWithAll(scene);
    const page = async (href: string) => (await scene.call("GET", href.replace("/t/sandbox", ""))).body;
    const first = await page(`${operations}?limit=2`);
    expect(valueAt(first, "operations")).toHaveLength(2);
    const second = await page(textAt(valueAt(first, "links", 0), "href"));
    expect(valueAt(second, "operations")).toHaveLength(1);
    expect(await page(textAt(valueAt(second, "links", 0), "href"))).toEqual(first);
  });

  test("is not kept by a server that has no such thing", async () => {
    const scene = await sceneFor({ server: "7.0" });
    expect((await scene.call("GET", operations)).status).toBe(404);
    await organization(scene.call, "One");
    await shareWithAll(scene);
    expect(scene.sandbox.tenant.asyncOperations).toEqual([]);
  });
});
