import type { Server } from "../../../sandbox/index";
import { fakeClock } from "../../support/client";
import { type Managed, reconnected, type TestTenant, testTenant } from "../../support/managed";
import { organization, shareBootstrapClient } from "../../support/organizations";

let tenant: TestTenant;
let customer: string;
/** The provider, working in the organization of the customer. */
let inside: TestTenant;
/** The tenant's own role, which is shared. */
let root: Managed;
/** The id of the customer's copy of the application. */
let copy: string;

const applications = "/api/server/v1/applications";
const allRoles = { mode: "ALL" };

async function shared(server: Server = "asgardeo", roleSharing: object = allRoles): Promise<void> {
  await tenant?.close();
  tenant = await testTenant({ server });
  const isOld = server === "7.1";
  if (isOld) await share(tenant.sandbox.tenant.bootstrap, server);
  else await shareBootstrapClient(tenant.sandbox);
  customer = await organization(tenant.sandbox, "Customer");
  if (isOld) await share(tenant.sandbox.tenant.bootstrap, server);
  const scopes = [{ name: "bookings:read" }, { name: "bookings:write" }];
  const api = await made("ApiResource", { name: "Bookings", identifier: "bookings", scopes });
  const portal = await made("Application", { name: "Portal", associatedRoles: { allowedAudience: "APPLICATION" } });
  const permitted = { application: portal.id, api: api.id, scopes: ["bookings:read", "bookings:write"] };
  await made("ApiAuthorization", permitted);
  root = await made("Role", { ...named(portal.id), permissions: ["bookings:read"] });
  await share(portal.id ?? "", server, roleSharing);
  copy = copyOf(portal.id);
  inside = reconnected(tenant.sandbox, { childOrganization: customer, clock: fakeClock() });
}
beforeEach(() => shared());
afterEach(() => tenant.close());

async function made(type: "ApiResource" | "Application" | "ApiAuthorization" | "Role", args: object): Promise<Managed> {
  const one = tenant.resource(type);
  await one.up({ ...args });
  return one;
}
const named = (application: string | undefined) => ({ displayName: "Portal Admin", application });
const ours = (more: object = {}) => ({ ...named(copy), adopt: true, ...more });

/** Shares an application with the customer. */
async function share(applicationId: string, server: Server, roleSharing: object = allRoles): Promise<void> {
  const organizations = [{ orgId: customer, policy: "SELECTED_ORG_ONLY", roleSharing }];
  const { status } =
    server === "7.1"
      ? await tenant.sandbox.console("POST", `${applications}/${applicationId}/share`, { shareWithAllChildren: true })
      : await tenant.sandbox.console("POST", `${applications}/share`, { applicationId, organizations });
  expect(status).toBeLessThan(300);
}
function copyOf(application: string | undefined): string {
  const all = tenant.sandbox.tenant.inside[customer]?.applications ?? [];
  return all.find(({ sharedFrom }) => sharedFrom === application)?.id ?? "no copy";
}
const stored = () => tenant.sandbox.tenant.inside[customer]?.roles.find(({ sharedFrom }) => sharedFrom === root.id);
async function group(displayName: string): Promise<string> {
  const one = inside.resource("Group");
  await one.up({ displayName });
  inside.requests();
  return one.id ?? "";
}
const give = (...groups: string[]) =>
  tenant.sandbox.console("PATCH", `/o/${customer}/scim2/v2/Roles/${stored()?.id}`, {
    Operations: [{ op: "replace", path: "groups", value: groups.map((value) => ({ value })) }],
  });

describe("a role that was shared with an organization", () => {
  test.each(["asgardeo", "7.1"] as const)("is adopted there and given to groups, on %s", async (server) => {
    await shared(server);
    const [admins, staff] = [await group("admins"), await group("staff")];
    const role = inside.resource("Role");
    expect(await role.up(ours({ groups: [admins] }))).toBe("create");
    expect([role.id, stored()?.groups]).toEqual([stored()?.id, [admins]]);
    await role.refresh();
    expect(await role.up(ours({ groups: [admins] }))).toBe("same");
    await give();
    await role.refresh();
    expect(role.inputs.groups).toEqual([]);
    expect(await role.up(ours({ groups: [admins, staff] }))).toBe("update");
    expect(stored()).toMatchObject({ groups: [admins, staff], permissions: ["bookings:read"] });
  });

  test.each(["asgardeo", "7.1"] as const)(
    "is kept at a destroy and loses the declared groups alone, which is said, on %s",
    async (server) => {
      await shared(server);
      const [admins, theirs] = [await group("admins"), await group("theirs")];
      const role = inside.resource("Role");
      await role.up(ours({ groups: [admins] }));
      await give(admins, theirs);
      await role.destroy();
      expect(stored()).toMatchObject({ displayName: "Portal Admin", groups: [theirs] });
      expect(inside.said.at(-1)).toBe(
        `the role "Portal Admin" (id ${stored()?.id}) is kept, since the tenant has shared it with the organization: it goes when the tenant does not share it any more. The groups that this program gave it to do not have it any more.`,
      );
    },
  );

  test("is kept at a destroy without a write where the program gave it to nobody", async () => {
    const theirs = await group("theirs");
    await give(theirs);
    const role = inside.resource("Role");
    await role.up(ours());
    inside.requests();
    await role.destroy();
    expect(inside.requests().filter((request) => request.startsWith("PATCH"))).toEqual([]);
    expect(stored()?.groups).toEqual([theirs]);
    expect(inside.said.at(-1)).toMatch(/ it goes when the tenant does not share it any more\.$/);
  });

  test("that is gone meanwhile is gone for a destroy, too", async () => {
    const role = inside.resource("Role");
    await role.up(ours());
    await root.destroy();
    await role.destroy();
    expect(role.id).toBeUndefined();
  });

  test.each([
    ["a first preview", false],
    ["a change", true],
  ])("takes no permissions: %s says so", async (_, isKnown) => {
    const role = inside.resource("Role");
    if (isKnown) await role.up(ours());
    expect(await role.preview(ours({ permissions: ["bookings:read"] }))).toEqual([
      expect.stringMatching(
        /^permissions: the role "Portal Admin" of the application .* is the tenant's, and is shared with the organization .* Take `permissions` out here/,
      ),
    ]);
  });

  test("is not renamed: the preview says where that is done", async () => {
    const role = inside.resource("Role");
    await role.up(ours());
    const refused = await role.preview(ours({ displayName: "Boss" }));
    expect(refused).toEqual([
      expect.stringMatching(/^displayName: .* is the tenant's, .* Rename it there, and write its new name here/),
    ]);
  });

  test("that the tenant has renamed is drift until the program has its new name", async () => {
    const role = inside.resource("Role");
    await role.up(ours());
    await root.up({ ...root.inputs, displayName: "Boss" });
    await role.refresh();
    expect(role.inputs.displayName).toBe("Boss");
    expect(await role.preview(ours())).toEqual([expect.stringContaining('It has the name "Boss" now')]);
    expect(await role.up(ours({ displayName: "Boss" }))).toBe("same");
  });

  test("of the organization, not of an application, is treated alike", async () => {
    await made("Role", { displayName: "Clerk" });
    const given = { allowedAudience: "ORGANIZATION" };
    const { id: desk = "" } = await made("Application", { name: "Desk", associatedRoles: given });
    await share(desk, "asgardeo");
    const role = inside.resource("Role");
    await role.up({ displayName: "Clerk", adopt: true });
    expect(await role.preview({ displayName: "Clerk", adopt: true, permissions: ["bookings:read"] })).toEqual([
      expect.stringMatching(/^permissions: the role "Clerk" is the tenant's/),
    ]);
    expect(await role.preview({ displayName: "Boss", adopt: true })).toEqual([
      expect.stringMatching(/^displayName: the role "Clerk" is the tenant's/),
    ]);
    await role.destroy();
    expect(inside.said.at(-1)).toContain('the role "Clerk" (id');
  });
});

describe("a role for the copy of a shared application", () => {
  test("cannot be made there: the preview says that it comes with the share", async () => {
    expect(await inside.resource("Role").preview({ ...named(copy), displayName: "Mine" })).toEqual([
      expect.stringMatching(
        /^application: the application .* is the organization's copy of a shared one, .* come with the share.* `adopt: true`/,
      ),
    ]);
  });

  test("that is there is to be adopted, as any other that is taken", async () => {
    expect(await inside.resource("Role").preview(named(copy))).toEqual([
      expect.stringMatching(/^displayName: "Portal Admin" is taken by .*adopt: true/s),
    ]);
  });

  test("that has not come yet is waited for", async () => {
    await shared("asgardeo", { mode: "NONE" });
    const admins = await group("admins");
    const role = inside.resource("Role");
    expect(await role.preview(ours({ groups: [admins] }))).toEqual([]);
    expect(inside.said.at(-1)).toBe(
      `the role "Portal Admin" of the application ${copy} has not come to the organization yet. The run waits for it: it comes with the share of the application.`,
    );
    const clock = fakeClock();
    const sleep = async (milliseconds: number) => {
      await clock.sleep(milliseconds);
      if (clock.slept.length === 2) await share(String(root.inputs.application), "asgardeo");
    };
    const waiting = reconnected(tenant.sandbox, { childOrganization: customer, clock: { ...clock, sleep } });
    const adopted = waiting.resource("Role");
    expect(await adopted.up(ours({ groups: [admins] }))).toBe("create");
    expect(clock.slept).toHaveLength(2);
    expect(stored()).toMatchObject({ id: adopted.id, groups: [admins] });
  });

  test("that does not come ends the run, and nothing is made in its place", async () => {
    await shared("asgardeo", { mode: "NONE" });
    inside.requests();
    await expect(inside.resource("Role").up(ours())).rejects.toThrow(
      /^displayName: .* it is still not so that the role "Portal Admin" .* Compare the name with that of the tenant's role, and see that `roleSharing` of the `ApplicationShare` has it\.$/,
    );
    expect(inside.requests().filter((request) => request.startsWith("POST"))).toEqual([]);
  });
});

test("a role of the organization's own has its whole life beside the shared ones", async () => {
  const role = inside.resource("Role");
  expect(await role.up({ displayName: "Own", permissions: ["bookings:read"] })).toBe("create");
  expect(await role.up({ displayName: "Other", permissions: ["bookings:write"] })).toBe("update");
  await role.destroy();
  expect(tenant.sandbox.tenant.inside[customer]?.roles.some(({ displayName }) => displayName === "Other")).toBe(false);
});
