import { acme, at, fixture, members, ORG, OTHER, where } from "./organization-fixtures";
import {
  authorize,
  callerIn,
  organization,
  requestSwitch,
  type Scene,
  sceneFor,
  shareWithAll,
} from "./organization-scene";
import { callerWith, objectOf, requestToken, textAt, valueAt } from "./support";

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
