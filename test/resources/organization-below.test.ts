import { fakeClock } from "../support/client";
import { reconnected, testTenant } from "../support/managed";

const applications = "/api/server/v1/applications";

/** A tenant whose bootstrap client is perhaps shared with all organizations, so that it may switch to them. */
async function tenantWith(isShared: boolean, background = {}) {
  const tenant = await testTenant({ background });
  const { bootstrap } = tenant.sandbox.tenant;
  if (isShared) {
    await tenant.sandbox.console("POST", `${applications}/${bootstrap}/share`, { shareWithAllChildren: true });
  }
  return tenant;
}

test("an organization below another one is made with a token of that one, as soon as the client is shared with it", async () => {
  const tenant = await tenantWith(true, { requests: 3 });
  const run = reconnected(tenant.sandbox, { clock: fakeClock() });
  const hospital = run.resource("Organization");
  await hospital.up({ name: "Hospital" });
  const ward = run.resource("Organization");
  const args = { name: "Ward", parentId: hospital.id };
  await ward.up(args);
  expect(tenant.sandbox.tenant.organizations.find(({ id }) => id === ward.id)).toMatchObject({ parentId: hospital.id });
  await ward.refresh();
  expect(await ward.up({ ...args, description: "Beds" })).toBe("update");
  // One that another run has made is known as none of the program's: the server tells that it is not the tenant's own.
  const other = reconnected(tenant.sandbox, { clock: fakeClock() }).resource("Organization");
  await other.up({ name: "Other ward", parentId: hospital.id });
  expect(other.state.parentId).toBe(hospital.id);
  await other.destroy();
  await ward.destroy();
  await hospital.destroy();
  await tenant.close();
});

test("where the client is not shared with it, the error says what to do, and nothing is made", async () => {
  const tenant = await tenantWith(false);
  const run = reconnected(tenant.sandbox, { clock: fakeClock() });
  const hospital = run.resource("Organization");
  await hospital.up({ name: "Hospital" });
  const ward = run.resource("Organization");
  await expect(ward.up({ name: "Ward", parentId: hospital.id })).rejects.toThrow(
    `parentId: an organization below another one is made with a token of that one, and the application of the bootstrap client is not shared with the organization ${hospital.id}.`,
  );
  expect(tenant.sandbox.tenant.organizations.map(({ name }) => name)).not.toContain("Ward");
  await tenant.close();
});
