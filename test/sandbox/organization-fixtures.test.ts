import {
  authorize,
  callerIn,
  organization,
  requestSwitch,
  type Scene,
  sceneFor,
  sharedWith,
  shareWithAll,
} from "./organization-scene";
import { type Call, callerWith, objectOf, requestToken, sharedJson, textAt, valueAt } from "./support";

const read = sharedJson("fixtures");
/** Skipped where the fixtures are not at hand. */
const where = read ? test : test.skip;

/** A part of a fixture, with ids in the place of those that the server's tests have. */
function fixture(name: string, path: readonly string[] = [], ids: Readonly<Record<string, string>> = {}): unknown {
  const text = JSON.stringify(valueAt(read?.(name), ...path));
  return JSON.parse(Object.entries(ids).reduce((all, [from, to]) => all.replaceAll(from, to), text));
}

const APP = "67f5a202-48c4-4313-9327-016da5f08f17";
const ORG = "8763448d-a475-4d03-ac0c-cc1a3e6ad0f5";
const OTHER = "b4526d91-a8bf-43d2-8b14-c548cf73065b";
const ROOT = "10084a8d-113f-4211-a0d5-efe36b082211";
const times = { created: expect.any(String), lastModified: expect.any(String) };
const members = (value: unknown) => Object.keys(objectOf(value)).sort();

interface Acme extends Scene {
  readonly root: string;
  readonly ids: Readonly<Record<string, string>>;
}

/** A tenant with the two organizations of the fixtures, and an application that is called as the one there. */
async function acme(): Promise<Acme> {
  const scene = await sceneFor({ organization: "acme" });
  const { call } = scene;
  const root = scene.sandbox.tenant.organizations[0]?.id ?? "";
  const org = await organization(call, "Central Hospital", { orgHandle: "centralhospital.com" });
  const other = await organization(call, "Little Hospital");
  const { id } = await call("POST", "/applications", { name: "booking-app" });
  return { ...scene, root, ids: { [APP]: id, [ORG]: org, [OTHER]: other, [ROOT]: root } };
}

const at = ({ ids }: Acme, id: string) => ids[id] ?? "";

describe("the fixtures of organizations", () => {
  where("are the life of one", async () => {
    const { call, sandbox } = await sceneFor({ organization: "acme" });
    const root = sandbox.tenant.organizations[0]?.id ?? "";
    const name = "org-life-cycle.json";
    const created = await call(
      "POST",
      "/organizations",
      fixture(name, ["create"], { "${parentId}": root, "${orgHandle}": "centralhospital.com" }),
    );
    const id = textAt(created.body, "id");
    const ids = { [ROOT]: root, [ORG]: id };
    expect(created).toMatchObject({ status: 201 });
    expect(created.body).toEqual({ ...objectOf(fixture(name, ["createResponse201"], ids)), ...times });
    expect((await call("PUT", `/organizations/${id}`, fixture(name, ["put"]))).status).toBe(200);
    expect((await call("GET", `/organizations/${id}`)).body).toEqual({
      ...objectOf(fixture(name, ["getResponse"], ids)),
      ...times,
    });
    const patched = await call("PATCH", `/organizations/${id}`, fixture(name, ["patchAttributes"]));
    expect(valueAt(patched.body, "attributes")).toEqual([
      { key: "Language", value: "Tamil" },
      { key: "Country", value: "Sri Lanka" },
    ]);
    for (const [path, key] of [
      ["check-name", "checkName"],
      ["check-handle", "checkHandle"],
    ] as const) {
      const { body } = await call("POST", `/organizations/${path}`, fixture(name, [key]));
      expect(body).toEqual(fixture(name, ["checkResponse"]));
    }
    const rename = fixture(name, ["patchRename"], { "${newOrganizationName}": "Renamed" });
    expect((await call("PATCH", `/organizations/${id}`, rename)).body).toMatchObject({ name: "Renamed" });
    const disable = fixture("organization.json", ["patchDisable"]);
    expect((await call("PATCH", `/organizations/${id}`, disable)).body).toMatchObject({ status: "DISABLED" });
    expect((await call("DELETE", `/organizations/${id}`)).status).toBe(204);
    expect((await call("GET", "/organizations")).body).toEqual(fixture(name, ["listResponseEmpty"]));
    const other = fixture("organization.json", ["create"], { "${parentId}": root });
    expect(await call("POST", "/organizations", other)).toMatchObject({
      status: 201,
      body: objectOf(Object.fromEntries(Object.entries(objectOf(other)).filter(([key]) => key !== "parentId"))),
    });
  });

  where("have the list of a page, and a child that is made by a switched token", async () => {
    const scene = await acme();
    const name = "org-life-cycle.json";
    const { body } = await scene.call("GET", "/organizations?limit=1");
    expect(members(body)).toEqual(members(fixture(name, ["listResponse"])));
    expect(members(valueAt(body, "organizations", 0))).toEqual(
      members(fixture(name, ["listResponse", "organizations", "0"])),
    );
    const href = textAt(fixture(name, ["listResponse", "links", "0"]), "href");
    expect(textAt(valueAt(body, "links", 0), "href").split("&after=")[0]).toBe(href.split("&after=")[0]);
    await shareWithAll(scene);
    const inside = await callerIn(scene, at(scene, ORG));
    const child = fixture(name, ["createChildWithSwitchedToken"], scene.ids);
    expect((await inside("POST", "/o/api/server/v1/organizations", child)).status).toBe(201);
    const deleted = await scene.call("DELETE", `/organizations/${at(scene, ORG)}`);
    expect([deleted.status, deleted.body]).toEqual([400, withTrace("hasChildren400", scene)]);
  });

  where("are the refusals", async () => {
    const scene = await acme();
    const { call } = scene;
    const ask = async (key: string, method: string, path: string, body?: unknown) => {
      const answer = await call(method, path, body);
      expect([answer.status, answer.body]).toEqual([Number(key.slice(-3)), withTrace(key, scene)]);
    };
    await ask("nameTaken400", "POST", "/organizations", { name: "Central Hospital" });
    await ask("handleTaken400", "POST", "/organizations", { name: "New", orgHandle: "centralhospital.com" });
    await ask("parentElsewhere403", "POST", "/organizations", { name: "New", parentId: at(scene, OTHER) });
    await ask("badCursor400", "GET", "/organizations?after=%25");
    await call("DELETE", `/organizations/${at(scene, ORG)}`);
    await ask("notFound404", "GET", `/organizations/${at(scene, ORG)}`);
  });

  where("are those of discovery", async () => {
    const scene = await acme();
    const name = "org-discovery.json";
    const path = "/organization-configs/discovery";
    expect((await scene.call("POST", path, fixture(name, ["configMissingKey400"]))).status).toBe(400);
    expect((await scene.call("POST", path, fixture(name, ["configCreate"]))).body).toEqual(
      fixture(name, ["configResponse"]),
    );
    expect((await scene.call("POST", "/organizations/check-discovery", fixture(name, ["check"]))).body).toEqual(
      fixture(name, ["checkResponse"]),
    );
    const ids = {
      ...scene.ids,
      "${organizationID}": at(scene, ORG),
      "Greater Hospital": "Central Hospital",
      "greaterhospital.com": "centralhospital.com",
    };
    const created = await scene.call("POST", "/organizations/discovery", fixture(name, ["attributesCreate"], ids));
    expect([created.status, created.body]).toEqual([201, fixture(name, ["attributesCreateResponse201"])]);
    expect((await scene.call("GET", "/organizations/discovery")).body).toEqual(fixture(name, ["listResponse"], ids));
    const put = fixture(name, ["attributesPut"]);
    expect((await scene.call("PUT", `/organizations/${at(scene, ORG)}/discovery`, put)).body).toEqual(put);
  });
});

function withTrace(key: string, { ids }: Acme): object {
  return { ...objectOf(fixture("org-errors.json", [key], ids)), traceId: expect.any(String) };
}

describe("the fixtures of the switch", () => {
  where("are its answer and its refusals", async () => {
    const scene = await acme();
    const name = "org-switch.json";
    const refused = async (key: string, form: Record<string, string> = {}) =>
      expect(await requestSwitch(scene, at(scene, ORG), form)).toMatchObject({
        status: 400,
        body: objectOf(fixture(name, [key], scene.ids)),
      });
    await refused("notShared400");
    await refused("badToken400", { token: "none" });
    await shareWithAll(scene);
    const answer = await requestSwitch(scene, at(scene, ORG));
    expect([answer.status, members(answer.body)]).toEqual([200, members(fixture(name, ["response200"]))]);
    for (const scope of textAt(fixture(name, ["response200"]), "scope")
      .split(" ")
      .filter((each) => !each.includes("user"))) {
      expect(textAt(answer.body, "scope")).toContain(scope);
    }
    await scene.call("PATCH", `/organizations/${at(scene, ORG)}`, fixture("organization.json", ["patchDisable"]));
    await refused("disabledOrganization400");
    const other = at(scene, OTHER);
    await scene.call("DELETE", `/organizations/${other}`);
    await refused("unknownOrganization400", { switching_organization: other });
  });

  where("are the refusal of another branch, for an application that lives in an organization", async () => {
    const scene = await acme();
    await shareWithAll(scene);
    const inside = await callerIn(scene, at(scene, ORG));
    const oidc = { grantTypes: ["client_credentials", "organization_switch"] };
    const { id } = await inside("POST", "/o/api/server/v1/applications", {
      name: "own",
      inboundProtocolConfiguration: { oidc },
    });
    const client = (await inside("GET", `/o/api/server/v1/applications/${id}/inbound-protocols/oidc`)).body;
    const token = textAt((await requestToken(scene.sandbox, scene.client)).body, "access_token");
    const response = await fetch(`${scene.sandbox.baseUrl}/t/acme/o/${at(scene, ORG)}/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "organization_switch",
        token,
        switching_organization: at(scene, OTHER),
        client_id: textAt(client, "clientId"),
        client_secret: textAt(client, "clientSecret"),
      }),
    });
    expect([response.status, await response.json()]).toEqual([400, fixture("org-switch.json", ["otherBranch400"])]);
  });

  where("are the set-up of a client that reaches the organization APIs", async () => {
    const scene = await sceneFor();
    const { call, sandbox } = scene;
    const { id, status } = await call("POST", "/applications", fixture("org-bootstrap-apis.json", ["application"]));
    expect(status).toBe(201);
    const apis = objectOf(fixture("org-bootstrap-apis.json", ["authorizedApis"]));
    for (const [identifier, scopes] of Object.entries(apis)) {
      const list = (await call("GET", `/api-resources?filter=identifier+eq+${identifier}`)).body;
      const api = textAt(valueAt(list, "apiResources", 0), "id");
      const body = { id: api, policyIdentifier: "RBAC", scopes };
      expect({ identifier, ...(await call("POST", `/applications/${id}/authorized-apis`, body)) }).toMatchObject({
        identifier,
        status: 200,
      });
    }
    const oidc = (await call("GET", `/applications/${id}/inbound-protocols/oidc`)).body;
    const client = { clientId: textAt(oidc, "clientId"), clientSecret: textAt(oidc, "clientSecret") };
    const own: Scene = { sandbox, call, applicationId: id, client };
    await shareWithAll(own);
    const org = await organization(call, "One");
    const { body } = await requestSwitch(own, org);
    expect(textAt(body, "scope").split(" ").sort()).toEqual(
      Object.values(apis)
        .flatMap((scopes) => (Array.isArray(scopes) ? scopes : []))
        .filter((scope) => String(scope).startsWith("internal_org_"))
        .sort(),
    );
  });

  where("are an application inside an organization", async () => {
    const scene = await acme();
    await authorize(scene.sandbox, scene.applicationId, "/o/scim2/Users");
    await shareWithAll(scene);
    const id = at(scene, ORG);
    const inside = await callerIn(scene, id);
    const apps = "/o/api/server/v1/applications";
    const created = await inside(
      "POST",
      apps,
      fixture("org-application-inside.json", ["create"], { "${organizationId}": id }),
    );
    expect(created.status).toBe(201);
    const list = (
      await inside("GET", "/o/api/server/v1/api-resources?filter=identifier+eq+/o/api/server/v1/organizations")
    ).body;
    const api = textAt(valueAt(list, "apiResources", 0), "id");
    const body = fixture("org-application-inside.json", ["authorizeOrganizationApi"], {
      "${apiIdOf:/o/api/server/v1/organizations}": api,
    });
    expect((await inside("POST", `${apps}/${created.id}/authorized-apis`, body)).status).toBe(200);
    const oidc = (await inside("GET", `${apps}/${created.id}/inbound-protocols/oidc`)).body;
    const endpoint = textAt(
      fixture("org-application-inside.json", [], { "{root}": "acme", "{organizationId}": id }),
      "tokenEndpoint",
    );
    const response = await fetch(scene.sandbox.baseUrl + endpoint, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        scope: "SYSTEM",
        client_id: textAt(oidc, "clientId"),
        client_secret: textAt(oidc, "clientSecret"),
      }),
    });
    const own = callerWith({ ...scene.sandbox, organization: "acme" }, textAt(await response.json(), "access_token"));
    expect((await own("GET", "/o/api/server/v1/organizations")).status).toBe(200);
  });
});

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
