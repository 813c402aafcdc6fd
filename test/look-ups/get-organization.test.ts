import { getOrganization, getOrganizationOutput } from "../../provider";
import type { Sandbox } from "../../sandbox/index";
import { answered, configuredTenant, requestsOf } from "./program";

let sandbox: Sandbox;
let id: string;
beforeEach(async () => {
  sandbox = await configuredTenant();
  const attributes = [{ key: "region", value: "South" }];
  const body = { name: "Central Hospital", orgHandle: "central", description: "Beds", attributes };
  id = String((await sandbox.console("POST", "/api/server/v1/organizations", body)).id);
});

test("an organization is found by its name, its handle and its id", async () => {
  const found = await getOrganization({ name: "Central Hospital" });
  expect(found).toEqual({
    id,
    name: "Central Hospital",
    orgHandle: "central",
    description: "Beds",
    status: "ACTIVE",
    parentId: sandbox.tenant.organizations[0]?.id,
    attributes: { region: "South" },
  });
  expect(await getOrganization({ orgHandle: "central" })).toEqual(found);
  expect(await getOrganization({ id })).toEqual(found);
  expect(await answered(getOrganizationOutput({ id }))).toEqual(found);
});

test("the same question costs two requests by name, and nothing the second time", async () => {
  await getOrganization({ name: "Central Hospital" });
  await getOrganization({ name: "Central Hospital" });
  expect(requestsOf(sandbox).filter((request) => request.includes("/organizations"))).toHaveLength(2);
});

test("one that there is not is an error, with what is near", async () => {
  await expect(getOrganization({ name: "Central Hospitel" })).rejects.toThrow(
    'name: "Central Hospitel" is the name of no organization below this tenant\'s own; did you mean `Central Hospital`?',
  );
  await expect(getOrganization({ orgHandle: "centrel" })).rejects.toThrow("is the handle of no organization");
  const missing = "00000000-0000-4000-8000-000000000000";
  await expect(getOrganization({ id: missing })).rejects.toThrow(`id: no organization of this tenant has the id`);
});
