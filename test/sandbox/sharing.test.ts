import { callerIn, organization, sceneFor, sharedWith, shareWithAll } from "./organization-scene";
import { type Call, valueAt } from "./support";

const share = "/applications/share";
const all = "/applications/share-with-all";
const processing = (details: string) => ({ status: 202, body: { status: "Processing", details } });
const accepted = processing("Application sharing process triggered successfully.");

/** An application with two roles, and a tree of organizations: one with a child, and another. */
async function tree(server: "asgardeo" | "7.2" = "asgardeo") {
  const scene = await sceneFor({ server, organization: "acme" });
  const { call } = scene;
  const one = await organization(call, "One");
  const two = await organization(call, "Two");
  await shareWithAll(scene);
  const child = await organization(await callerIn(scene, one), "Child", {}, "/o/api/server/v1");
  const { id: app } = await call("POST", "/applications", { name: "app" });
  for (const displayName of ["Admin", "Auditor"]) {
    await call("POST", "/scim2/v2/Roles", { displayName, audience: { type: "application", value: app } });
  }
  return { scene, call, one, two, child, app };
}

const role = (displayName: string) => ({ displayName, audience: { display: "app", type: "application" } });
const organizations = async (call: Call, app: string, query = "") =>
  valueAt((await call("GET", `/applications/${app}/share${query}`)).body, "organizations");

describe("an application is shared", () => {
  test("with organizations that are named; others stay as they are, and those outside the tree are passed over", async () => {
    const { call, app, one, two } = await tree();
    const only = (orgId: string, mode = "ALL") => ({ orgId, policy: "SELECTED_ORG_ONLY", roleSharing: { mode } });
    const answer = await call("POST", share, { applicationId: app, organizations: [only(one), only("elsewhere")] });
    expect(answer).toMatchObject(accepted);
    expect(await sharedWith(call, app)).toEqual([one]);
    await call("POST", share, { applicationId: app, organizations: [only(two)] });
    expect((await sharedWith(call, app)).sort()).toEqual([one, two].sort());
    await call("POST", share, { applicationId: app, organizations: [only(one, "NONE")] });
    expect(await organizations(call, app, `?filter=id+eq+${one}`)).toMatchObject([{ id: one, roles: [] }]);
    expect(await call("POST", share, { applicationId: app, organizations: [only("elsewhere")] })).toMatchObject(
      accepted,
    );
  });

  test("with one and its children, those that come as well", async () => {
    const { scene, call, app, one, child } = await tree();
    const policy = "SELECTED_ORG_WITH_ALL_EXISTING_AND_FUTURE_CHILDREN";
    await call("POST", share, {
      applicationId: app,
      organizations: [{ orgId: one, policy, roleSharing: { mode: "SELECTED", roles: [role("Admin")] } }],
    });
    expect(await sharedWith(call, app)).toEqual([one, child]);
    const late = await organization(await callerIn(scene, child), "Late", {}, "/o/api/server/v1");
    expect(await sharedWith(call, app)).toEqual([one, child, late]);
    expect(await organizations(call, app, "?attributes=sharingMode")).toEqual([
      {
        id: one,
        name: "One",
        orgHandle: one,
        parentId: scene.sandbox.tenant.organizations[0]?.id,
        status: "ACTIVE",
        ref: `/t/acme/api/server/v1/organizations/${one}`,
        hasChildren: true,
        depthFromRoot: 1,
        roles: [role("Admin")],
        sharingMode: { policy, roleSharing: { mode: "SELECTED", roles: [role("Admin")] } },
      },
      expect.objectContaining({ id: child, depthFromRoot: 2, roles: [role("Admin")] }),
      expect.objectContaining({ id: late, depthFromRoot: 3 }),
    ]);
    await organization(call, "Stranger");
    expect(await sharedWith(call, app)).toHaveLength(3);
  });

  test("with all that there are, or with those that come as well", async () => {
    const { call, app, one, two, child } = await tree();
    const body = { applicationId: app, roleSharing: { mode: "ALL" } };
    expect(await call("POST", all, { ...body, policy: "ALL_EXISTING_ORGS_ONLY" })).toMatchObject(accepted);
    expect(await sharedWith(call, app)).toEqual([one, two, child]);
    const third = await organization(call, "Three");
    expect(await sharedWith(call, app)).toHaveLength(3);
    await call("POST", all, { ...body, policy: "ALL_EXISTING_AND_FUTURE_ORGS" });
    const fourth = await organization(call, "Four");
    expect(await sharedWith(call, app)).toEqual([one, two, child, third, fourth]);
    const answer = (await call("GET", `/applications/${app}/share?attributes=sharingMode&excludedAttributes=roles`))
      .body;
    expect(answer).toMatchObject({
      sharingMode: { policy: "ALL_EXISTING_AND_FUTURE_ORGS", roleSharing: { mode: "ALL" } },
    });
    expect(valueAt(answer, "organizations", 0)).not.toHaveProperty("sharingMode");
    expect(valueAt(answer, "organizations", 0)).not.toHaveProperty("roles");
    expect(await organizations(call, app, "?filter=name+eq+Four")).toMatchObject([
      { roles: [role("Admin"), role("Auditor")] },
    ]);
    await call("POST", all, { ...body, policy: "ALL_EXISTING_ORGS_ONLY" });
    await organization(call, "Five");
    expect(await sharedWith(call, app)).toHaveLength(5);
  });

  test("and not any more: with those that are named and what is below them, or with all", async () => {
    const { call, app, one, two, child } = await tree();
    await call("POST", all, {
      applicationId: app,
      policy: "ALL_EXISTING_AND_FUTURE_ORGS",
      roleSharing: { mode: "ALL" },
    });
    const unshared = processing("Application unsharing process triggered successfully.");
    expect(await call("POST", "/applications/unshare", { applicationId: app, orgIds: [one] })).toMatchObject(unshared);
    expect(await sharedWith(call, app)).toEqual([two]);
    expect(await sharedWith(call, app)).not.toContain(child);
    expect(await call("POST", "/applications/unshare-with-all", { applicationId: app })).toMatchObject(unshared);
    expect((await call("GET", `/applications/${app}/share?attributes=sharingMode`)).body).toEqual({});
    expect((await call("GET", `/applications/${app}/shared-apps`)).body).toEqual({});
    await organization(call, "Late");
    expect(await sharedWith(call, app)).toEqual([]);
  });

  test("with single roles more or less", async () => {
    const { call, app, one } = await tree();
    const roleSharing = { mode: "SELECTED", roles: [role("Admin")] };
    await call("POST", share, {
      applicationId: app,
      organizations: [{ orgId: one, policy: "SELECTED_ORG_ONLY", roleSharing }],
    });
    const path = `organizations[orgId eq "${one}"].roles`;
    const patch = (op: string, ...roles: object[]) =>
      call("PATCH", share, { applicationId: app, Operations: [{ op, path, value: roles }] });
    expect(await patch("add", role("Auditor"), role("Admin"))).toMatchObject(
      processing("Application sharing update process triggered successfully."),
    );
    expect(await organizations(call, app)).toMatchObject([{ roles: [role("Admin"), role("Auditor")] }]);
    await patch("remove", role("Admin"));
    expect(await organizations(call, app)).toMatchObject([{ roles: [role("Auditor")] }]);
    await patch("remove", { displayName: "Auditor", audience: { display: "One", type: "organization" } });
    expect(await organizations(call, app)).toMatchObject([{ roles: [role("Auditor")] }]);
  });

  test.each([
    ["share", { organizations: [] }, "ORG-60103"],
    [
      "share",
      { organizations: [{ orgId: " ", policy: "SELECTED_ORG_ONLY", roleSharing: { mode: "ALL" } }] },
      "OAM-60003",
    ],
    ["share", { organizations: [{ orgId: "o", policy: "NO_ORG", roleSharing: { mode: "ALL" } }] }, "ORG-60105"],
    ["share", { organizations: [{ orgId: "o", policy: "SOME", roleSharing: { mode: "ALL" } }] }, "UE-10000"],
    ["share", { organizations: [{ orgId: "o", policy: "SELECTED_ORG_ONLY" }] }, "UE-10000"],
    ["share", { organizations: [{ orgId: "o", policy: "SELECTED_ORG_ONLY", roleSharing: {} }] }, "UE-10000"],
    ["share-with-all", { policy: "NO_ORGS", roleSharing: { mode: "ALL" } }, "ORG-60105"],
    ["share-with-all", { policy: "ALL_EXISTING_ORGS_ONLY", roleSharing: { mode: "SELECTED" } }, "ORG-60110"],
    [
      "share-with-all",
      { policy: "ALL_EXISTING_ORGS_ONLY", roleSharing: { mode: "ALL", roles: [role("a")] } },
      "ORG-60111",
    ],
    [
      "share-with-all",
      { policy: "ALL_EXISTING_ORGS_ONLY", roleSharing: { mode: "ALL" }, applicationId: "none" },
      "ORG-60035",
    ],
    [
      "share-with-all",
      { policy: "ALL_EXISTING_ORGS_ONLY", roleSharing: { mode: "ALL" }, applicationId: null },
      "UE-10000",
    ],
    ["unshare", {}, "UE-10000"],
    ["unshare-with-all", { applicationId: "none" }, "ORG-60035"],
  ])("but not by /applications/%s with %j", async (path, body, code) => {
    const { call, app } = await tree();
    const answer = await call("POST", `/applications/${path}`, { applicationId: app, ...body });
    expect(answer).toMatchObject({ status: 400, body: { code } });
  });

  test.each([
    [[], "ORG-60104"],
    [[{ op: "replace", path: 'organizations[orgId eq "o"].roles' }], "ORG-60114"],
    [[{ op: "add", path: "roles" }], "OAM-60002"],
    [[{ op: "add", path: 'organizations[orgId eq "o"].name' }], "ORG-60115"],
    [[{ op: "add", path: 'organizations[orgId eq "o"].roles', value: [{}] }], "ORG-60107"],
    [[{ op: "add", path: 'organizations[orgId eq "o"].roles', value: [{ displayName: "d" }] }], "ORG-60106"],
    [
      [{ op: "add", path: 'organizations[orgId eq "o"].roles', value: [{ displayName: "d", audience: {} }] }],
      "ORG-60108",
    ],
    [
      [
        {
          op: "add",
          path: 'organizations[orgId eq "o"].roles',
          value: [{ displayName: "d", audience: { type: "t" } }],
        },
      ],
      "ORG-60109",
    ],
  ])("but its roles are not patched by %j", async (Operations, code) => {
    const { call, app } = await tree();
    const answer = await call("PATCH", share, { applicationId: app, Operations });
    expect(answer).toMatchObject({ status: 400, body: { code } });
  });
});

test("the list of organizations has pages, by numbers: another cursor is a crash", async () => {
  const { call, app, one, two, child } = await tree();
  await call("POST", all, { applicationId: app, policy: "ALL_EXISTING_ORGS_ONLY", roleSharing: { mode: "ALL" } });
  const path = `/applications/${app}/share`;
  const first = (await call("GET", `${path}?limit=2`)).body;
  expect(first).toMatchObject({ organizations: [{ id: one }, { id: two }] });
  expect(valueAt(first, "links", 0, "rel")).toBe("next");
  const href = String(valueAt(first, "links", 0, "href"));
  expect((await call("GET", href.replace("/t/acme", ""))).body).toMatchObject({
    links: [{ rel: "previous" }],
    organizations: [{ id: child }],
  });
  expect(await organizations(call, app, "?recursive=false")).toMatchObject([{ id: one }, { id: two }]);
  expect((await call("GET", `${path}?after=${Buffer.from("x").toString("base64")}`)).status).toBe(500);
});

describe("what a share does to the application itself", () => {
  test("is a sign-in for organizations in its login flow, as long as it is shared", async () => {
    const { call, app, one, two } = await tree();
    const read = async () => (await call("GET", `/applications/${app}`)).body;
    const local = { idp: "LOCAL", authenticator: "BasicAuthenticator" };
    const organizationLogin = { idp: "SSO", authenticator: "OrganizationAuthenticator" };
    const only = (orgId: string) => ({ orgId, policy: "SELECTED_ORG_ONLY", roleSharing: { mode: "NONE" } });
    expect(await read()).toMatchObject({ authenticationSequence: { type: "DEFAULT" } });
    await call("POST", share, { applicationId: app, organizations: [only(one), only(two)] });
    const after = {
      authenticationSequence: {
        type: "USER_DEFINED",
        steps: [{ id: 1, options: [local, organizationLogin] }],
        requestPathAuthenticators: [],
        script: "",
        subjectStepId: 1,
        attributeStepId: 1,
      },
      claimConfiguration: { subject: { useMappedLocalSubject: true } },
    };
    expect(await read()).toMatchObject(after);
    const steps = [{ id: 1, options: [{ idp: "LOCAL", authenticator: "totp" }] }];
    await call("PATCH", `/applications/${app}`, { authenticationSequence: { type: "USER_DEFINED", steps } });
    expect(await read()).toMatchObject({
      authenticationSequence: { steps: [{ options: [{ authenticator: "totp" }, organizationLogin] }] },
    });
    const own = valueAt(await read(), "authenticationSequence");
    expect((await call("PATCH", `/applications/${app}`, { authenticationSequence: own })).status).toBe(200);
    expect(valueAt(await read(), "authenticationSequence")).toEqual(own);
    await call("POST", "/applications/unshare", { applicationId: app, orgIds: [one] });
    expect(valueAt(await read(), "authenticationSequence")).toEqual(own);
    await call("POST", "/applications/unshare", { applicationId: app, orgIds: [two] });
    expect(await read()).toMatchObject({ authenticationSequence: { type: "USER_DEFINED", steps } });
  });

  test("ends with the last organization, too", async () => {
    const { call, app, two } = await tree();
    const organizations = [{ orgId: two, policy: "SELECTED_ORG_ONLY", roleSharing: { mode: "NONE" } }];
    await call("POST", share, { applicationId: app, organizations });
    await call("DELETE", `/organizations/${two}`);
    expect(await sharedWith(call, app)).toEqual([]);
    const { body } = await call("GET", `/applications/${app}`);
    expect(JSON.stringify(valueAt(body, "authenticationSequence"))).not.toContain("SSO");
  });
});

test("a server that is not so new has no such paths", async () => {
  const { call } = await sceneFor({ server: "7.1" });
  for (const path of [share, all, "/applications/unshare", "/applications/unshare-with-all"]) {
    expect((await call("POST", path, {})).status).toBeGreaterThanOrEqual(404);
  }
});
