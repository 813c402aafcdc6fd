import { PartialCreateError } from "../../provider/errors";
import { fakeClock } from "../support/client";
import { type Managed, reconnected, type TestTenant, testTenant } from "../support/managed";

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await testTenant();
});
afterEach(() => tenant.close());

const console_ = async (method: string, path: string, body?: object) => {
  const { status, id } = await tenant.sandbox.console(method, `/api/server/v1${path}`, body);
  if (status > 299) throw new Error(`${method} ${path}: ${status}`);
  return id ?? "";
};
const application = (name = "Booking") => console_("POST", "/applications", { name });
const organization = (name: string) => console_("POST", "/organizations", { name });
const tree = async () => [await application(), await organization("One"), await organization("Two")] as const;

/** With whom an application is shared: the names of the organizations, and how. */
function shared(app: string) {
  const { applicationShares, organizations } = tenant.sandbox.tenant;
  const share = applicationShares.find(({ applicationId }) => applicationId === app);
  const nameOf = (wanted: string) => organizations.find(({ id }) => id === wanted)?.name;
  const all = (share?.organizations ?? []).map(({ id, roleSharing, withChildren }) => ({
    name: nameOf(id),
    mode: roleSharing.mode,
    withChildren,
  }));
  return { isForAll: share?.future !== undefined, names: all.map(({ name }) => name).sort(), all };
}

const share = (of = tenant) => of.resource("ApplicationShare");
/** The same object in a run of its own. */
function later({ id, state, inputs }: Managed, by = reconnected(tenant.sandbox)) {
  return Object.assign(share(by), { id, state: structuredClone(state), inputs });
}
const only = (...ids: string[]) => ids.map((id) => ({ organization: id }));

test("an application is shared in one request, and one more proves it; its end takes one to see that it is not the provider's own, too", async () => {
  const [app, one, two] = await tree();
  const it = share();
  tenant.requests();
  await it.apply({ application: app, organizations: only(one, two) });
  const look = `GET /applications/${app}/share?attributes=sharingMode&excludedAttributes=roles`;
  expect(tenant.requests()).toEqual(["POST /applications/share", look]);
  expect(it.id).toBe(app);
  expect(shared(app)).toMatchObject({ isForAll: false, names: ["One", "Two"] });
  await it.refresh();
  expect(tenant.requests()).toEqual([look]);
  expect(await it.up({ application: app, organizations: only(two, one) })).toBe("same");
  expect(tenant.requests()).toEqual([]);
  await it.destroy();
  expect(tenant.requests()).toEqual([
    expect.stringMatching(/^GET \/applications\?filter=clientId\+eq\+/),
    "POST /applications/unshare-with-all",
    look,
  ]);
  expect(shared(app).names).toEqual([]);
});

test("who is taken out of the list loses it, who comes gets it, and the others keep theirs", async () => {
  const [app, one, two] = await tree();
  const three = await organization("Three");
  const it = share();
  await it.up({ application: app, organizations: only(one, two) });
  const copies = structuredClone(tenant.sandbox.tenant.inside[two]?.applications);
  await it.up({ application: app, organizations: only(two, three) });
  expect(shared(app).names).toEqual(["Three", "Two"]);
  expect(tenant.sandbox.tenant.inside[two]?.applications).toEqual(copies);
});

test("which roles are shared is drift by organization, and changes in place", async () => {
  const [app, one, two] = await tree();
  const none = { organization: one, roleSharing: { mode: "NONE" } };
  const some = {
    organization: two,
    withChildren: true,
    roleSharing: { mode: "SELECTED", roles: ["Admin", "Auditor"] },
  };
  const args = { application: app, organizations: [none, some] };
  const it = share();
  await it.up(args);
  await it.refresh();
  expect(await it.up(args)).toBe("same");
  const policy = "SELECTED_ORG_ONLY";
  const all = { orgId: one, policy, roleSharing: { mode: "ALL" } };
  await console_("POST", "/applications/share", { applicationId: app, organizations: [all] });
  await it.refresh();
  expect(it.inputs.organizations).toEqual([{ organization: one, roleSharing: { mode: "ALL" } }, some]);
  expect(await it.up(args)).toBe("update");
  expect(shared(app).all).toEqual([
    { name: "One", mode: "NONE", withChildren: false },
    { name: "Two", mode: "SELECTED", withChildren: true },
  ]);
  const fewer = { ...some, roleSharing: { mode: "SELECTED", roles: ["Auditor"] } };
  expect(await it.up({ ...args, organizations: [none, fewer] })).toBe("update");
  const found = tenant.sandbox.tenant.applicationShares[0]?.organizations.find(({ id }) => id === two);
  expect(found?.roleSharing.roles).toEqual([
    { displayName: "Auditor", audience: { display: "Booking", type: "application" } },
  ]);
  // What is taken out goes to the default: all roles, and no children.
  await it.up({ ...args, organizations: only(one, two) });
  expect(shared(app).all).toEqual([
    { name: "One", mode: "ALL", withChildren: false },
    { name: "Two", mode: "ALL", withChildren: false },
  ]);
});

test("chosen roles are those of the audience that the application allows, also where the program says it", async () => {
  const one = await organization("One");
  const roleSharing = { mode: "SELECTED", roles: ["Admin"] };
  const roles = () => tenant.sandbox.tenant.applicationShares.at(-1)?.organizations[0]?.roleSharing.roles;
  const app = tenant.resource("Application");
  await app.up({ name: "Booking", associatedRoles: { allowedAudience: "ORGANIZATION" } });
  tenant.requests();
  await share().up({ application: app.id, organizations: [{ organization: one, roleSharing }] });
  expect(tenant.requests()).not.toContain(`GET /applications/${app.id}`);
  expect(roles()).toEqual([{ displayName: "Admin", audience: { display: "sandbox", type: "organization" } }]);
  await share(reconnected(tenant.sandbox)).up({
    application: app.id,
    allOrganizations: true,
    roleSharing,
    adopt: true,
  });
  expect(roles()).toEqual([{ displayName: "Admin", audience: { display: "sandbox", type: "organization" } }]);
});

test("the share of the application that the provider signs in with is not ended: by it, it works in organizations", async () => {
  const { bootstrap } = tenant.sandbox.tenant;
  await organization("One");
  const it = share();
  await it.up({ application: bootstrap, allOrganizations: true });
  await expect(it.destroy()).rejects.toThrow(
    `will not end the share of the application ${bootstrap}, which is how it works in organizations: the provider signs in with its client`,
  );
  expect(shared(bootstrap)).toMatchObject({ isForAll: true, names: ["One"] });
});

test("from a list to all organizations, and back, without taking it from those that keep it", async () => {
  const [app, one] = await tree();
  const it = share();
  await it.up({ application: app, organizations: only(one) });
  const copies = structuredClone(tenant.sandbox.tenant.inside[one]?.applications);
  const all = { application: app, allOrganizations: true, roleSharing: { mode: "NONE" } };
  await it.up(all);
  expect(shared(app)).toMatchObject({ isForAll: true, names: ["One", "Two"] });
  await it.refresh();
  expect(await it.up(all)).toBe("same");
  await organization("Late");
  expect(shared(app).names).toEqual(["Late", "One", "Two"]);
  await it.up({ application: app, organizations: only(one) });
  expect(shared(app)).toMatchObject({ isForAll: false, names: ["One"] });
  expect(tenant.sandbox.tenant.inside[one]?.applications).toEqual(copies);
  await it.refresh();
  expect(await it.up({ application: app, organizations: only(one) })).toBe("same");
});

test("what is shared or ended in the console is drift, and is put right", async () => {
  const [app, one, two] = await tree();
  const args = { application: app, organizations: only(one) };
  const it = share();
  await it.up(args);
  const roleSharing = { mode: "ALL" };
  const theirs = [{ orgId: two, policy: "SELECTED_ORG_ONLY", roleSharing }];
  await console_("POST", "/applications/share", { applicationId: app, organizations: theirs });
  await console_("POST", "/applications/unshare", { applicationId: app, orgIds: [one] });
  await it.refresh();
  expect(it.inputs.organizations).toEqual([{ organization: two, withChildren: false, roleSharing: { mode: "ALL" } }]);
  expect(await it.up(args)).toBe("update");
  expect(shared(app).names).toEqual(["One"]);
  await console_("POST", "/applications/share-with-all", {
    applicationId: app,
    policy: "ALL_EXISTING_AND_FUTURE_ORGS",
    roleSharing,
  });
  await it.refresh();
  expect(await it.up(args)).toBe("update");
  expect(shared(app)).toMatchObject({ isForAll: false, names: ["One"] });
});

test("one that nobody has any more is gone after a refresh, and an update that finds that makes it again", async () => {
  const [app, one, two] = await tree();
  const it = share();
  await it.up({ application: app, organizations: only(one) });
  await console_("POST", "/applications/unshare-with-all", { applicationId: app });
  expect(await it.apply({ application: app, organizations: only(one, two) })).toBe("update");
  expect(shared(app).names).toEqual(["One", "Two"]);
  await console_("POST", "/applications/unshare-with-all", { applicationId: app });
  await it.refresh();
  expect(it.id).toBeUndefined();
});

test("who has an application already is told, and loses it only by adoption", async () => {
  const [app, one, two] = await tree();
  await console_("POST", `/applications/${app}/share`, { sharedOrganizations: [one] });
  const args = { application: app, organizations: only(two) };
  expect(await share().preview(args)).toEqual([
    expect.stringContaining(`application: "${app}" is taken by the sharing of the application ${app}`),
  ]);
  const run = reconnected(tenant.sandbox);
  const it = share(run);
  await it.up({ ...args, adopt: true });
  expect(run.said.join()).toContain("will adopt the sharing of");
  expect(run.said.join()).toContain(one);
  expect(shared(app).names).toEqual(["Two"]);
});

test("an unknown organization, and one whose parent does not get it, are errors at their places", async () => {
  const [app, one] = await tree();
  const { organizations } = tenant.sandbox.tenant;
  const like = organizations.find(({ id }) => id === one);
  if (!like) throw new Error("it was made");
  const child = "00000000-0000-4000-8000-00000000000c";
  organizations.push({ ...like, id: child, name: "Child", orgHandle: child, parentId: one, created: like.created + 9 });
  const missing = "00000000-0000-4000-8000-000000000000";
  const preview = (list: object[]) => later(share()).preview({ application: app, organizations: list });
  expect(await preview(only(one, missing))).toEqual([
    expect.stringContaining(`organizations[1].organization: there is no organization with the id "${missing}"`),
  ]);
  expect(await preview(only("One"))).toEqual([expect.stringContaining(`(id ${one}) is named so: give its id`)]);
  expect(await preview(only(child))).toEqual([
    expect.stringContaining('organizations[0].organization: the organization "Child" (id'),
  ]);
  expect(await preview(only(child, one))).toEqual([]);
  expect(await preview([{ organization: one, withChildren: true }])).toEqual([]);
});

test.each([
  [{ allOrganizations: true, organizations: only("a") }, "organizations: is not for `allOrganizations: true`"],
  [{}, "organizations: missing: list the organizations"],
  [{ organizations: [] }, "organizations: must not be empty"],
  [{ organizations: only("a"), roleSharing: { mode: "ALL" } }, "roleSharing: is for `allOrganizations: true`"],
  [
    { allOrganizations: true, roleSharing: { mode: "ALL", roles: ["A"] } },
    "roleSharing.roles: is for the mode `SELECTED`",
  ],
])("what contradicts itself is refused: %j", async (args, reason) => {
  expect(await share().preview({ application: "a", ...args })).toEqual([expect.stringContaining(reason)]);
});

describe("while the server works behind its answers", () => {
  test("a run waits until all have it", async () => {
    await tenant.close();
    tenant = await testTenant({ background: { requests: 4 } });
    const [app, one, two] = await tree();
    const it = share(reconnected(tenant.sandbox, { clock: fakeClock() }));
    await it.up({ application: app, organizations: only(one, two) });
    expect(shared(app).names).toEqual(["One", "Two"]);
    await it.up({ application: app, organizations: only(two) });
    expect(shared(app).names).toEqual(["Two"]);
    await it.up({ application: app, allOrganizations: true });
    expect(shared(app).names).toEqual(["One", "Two"]);
    await it.destroy();
    expect(shared(app).names).toEqual([]);
  });

  test("an organization that cannot get it is told with the server's reason, and the next run tries again", async () => {
    const [app, one, two] = await tree();
    const own = { ...tenant.sandbox.tenant.applications[0], id: "local", name: "Booking" };
    const inside = tenant.sandbox.tenant.inside[two];
    if (!inside) throw new Error("it has an inside");
    inside.applications.push(own as (typeof inside.applications)[number]);
    for (const given of [{ organizations: only(one, two) }, { allOrganizations: true }]) {
      const args = { application: app, ...given };
      const it = share(reconnected(tenant.sandbox, { clock: fakeClock() }));
      const error: unknown = await it.up(args).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(PartialCreateError);
      expect(String(error)).toContain(
        `could not be shared with\n  "Two" (id ${two}): Organization has a non shared application with name Booking.`,
      );
      expect(it).toMatchObject({ id: app, incomplete: true });
      inside.applications.splice(0);
      await it.up(args);
      expect(shared(app).names).toEqual(["One", "Two"]);
      await it.destroy();
      inside.applications.push(own as (typeof inside.applications)[number]);
    }
  });
});

describe("in any order", () => {
  test("an application that is deleted takes its share with it", async () => {
    const [app, one, two] = await tree();
    const it = share();
    await it.up({ application: app, organizations: only(one) });
    await console_("DELETE", `/applications/${app}`);
    await expect(later(it).apply({ application: app, organizations: only(two) })).rejects.toThrow("seems to be gone");
    const seen = later(it);
    await seen.refresh();
    expect(seen.id).toBeUndefined();
    await later(it).destroy();
  });

  test("an organization that is deleted is one less in the share", async () => {
    const [app, one, two] = await tree();
    const it = share();
    await it.up({ application: app, organizations: only(one, two) });
    await console_("DELETE", `/organizations/${one}`);
    expect(await it.up({ application: app, organizations: only(two) })).toBe("update");
    await console_("DELETE", `/organizations/${two}`);
    await it.destroy();
    expect(it.id).toBeUndefined();
  });

  test("application, organization and share are made in one run without a look at what is new", async () => {
    const app = tenant.resource("Application");
    await app.up({ name: "Booking" });
    const one = tenant.resource("Organization");
    await one.up({ name: "One" });
    tenant.requests();
    await share().up({ application: app.id, organizations: only(String(one.id)) });
    expect(tenant.requests()).toEqual(["POST /applications/share", expect.stringMatching(/^GET .*\/share\?/)]);
  });
});

test("an application that does not exist is an error at application", async () => {
  const [, one] = await tree();
  const missing = "00000000-0000-4000-8000-000000000000";
  const args = { application: missing, organizations: only(one) };
  expect(await share().preview(args)).toEqual([
    expect.stringContaining(`application: there is no application with the id ${missing}`),
  ]);
  await expect(share().apply(args)).rejects.toThrow(`application: there is no application with the id ${missing}`);
});

describe.each(["7.0", "7.1"] as const)("on WSO2 Identity Server %s", (server) => {
  beforeEach(async () => {
    await tenant.close();
    tenant = await testTenant({ server });
  });

  test("an application is shared by the old form, changed, and ended", async () => {
    const [app, one, two] = await tree();
    const it = share();
    await it.up({ application: app, organizations: only(one) });
    expect(shared(app).names).toEqual(["One"]);
    await it.refresh();
    tenant.requests();
    expect(await it.up({ application: app, organizations: only(one) })).toBe("same");
    expect(tenant.requests()).toEqual([]);
    await it.up({ application: app, organizations: only(two) });
    expect(shared(app).names).toEqual(["Two"]);
    const all = { application: app, allOrganizations: true };
    await it.up(all);
    expect(shared(app)).toMatchObject({ isForAll: true, names: ["One", "Two"] });
    await it.refresh();
    expect(await it.up(all)).toBe("same");
    await it.up({ application: app, organizations: only(one) });
    expect(shared(app)).toMatchObject({ isForAll: false, names: ["One"] });
    await it.destroy();
    expect(shared(app)).toMatchObject({ isForAll: false, names: [] });
  });

  test("what somebody has shared with all is ended for a list", async () => {
    const [app, one] = await tree();
    const it = share();
    await it.up({ application: app, organizations: only(one) });
    await console_("POST", `/applications/${app}/share`, { shareWithAllChildren: true });
    await it.refresh();
    expect(await it.up({ application: app, organizations: only(one) })).toBe("update");
    expect(shared(app)).toMatchObject({ isForAll: false, names: ["One"] });
  });

  test("a choice of roles or children is refused at preview", async () => {
    const [app, one] = await tree();
    const list = [{ organization: one, withChildren: true, roleSharing: { mode: "NONE" } }];
    expect(await share().preview({ application: app, organizations: list })).toEqual([
      expect.stringContaining("organizations[0].withChildren: this server cannot share with the children"),
      expect.stringContaining("organizations[0].roleSharing.mode: this server cannot leave out roles"),
    ]);
  });
});
