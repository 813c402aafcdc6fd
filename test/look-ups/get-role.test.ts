import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { getRole, getRoleOutput } from "../../provider";
import type { Sandbox } from "../../sandbox/index";
import { madeByConsole } from "../subjects/subject";
import { answered, application, configuredTenant, requestsOf, withdraw } from "./program";

let sandbox: Sandbox;
let shop: string;
beforeEach(async () => {
  sandbox = await configuredTenant();
  shop = await application(sandbox, { name: "Shop" });
});

const role = (displayName: string, more: object = {}) =>
  madeByConsole(sandbox, "/scim2/v2/Roles", { displayName, ...more });
const ofShop = () => ({ audience: { type: "application", value: shop } });

test("a role is found by its name in its audience, and by its id, with what it permits and who has it by groups", async () => {
  const group = await madeByConsole(sandbox, "/scim2/Groups", { displayName: "support" });
  const permissions = [{ value: "internal_user_mgt_list" }];
  const clerk = await role("Clerk", { permissions, groups: [{ value: group }] });
  const found = {
    id: clerk,
    displayName: "Clerk",
    application: undefined,
    permissions: ["internal_user_mgt_list"],
    groups: [group],
  };
  const other = await role("Clerk", ofShop());
  expect(await getRole({ displayName: "Clerk" })).toEqual(found);
  expect(await getRole({ id: clerk })).toEqual(found);
  expect(await answered(getRoleOutput({ displayName: pulumi.output("Clerk") }))).toEqual(found);
  expect(await getRole({ displayName: "Clerk", application: shop })).toEqual({
    id: other,
    displayName: "Clerk",
    application: shop,
    permissions: [],
    groups: [],
  });
});

test("the users who have it are not asked for", async () => {
  const id = await role("Clerk");
  await getRole({ id });
  expect(requestsOf(sandbox)).toEqual([expect.stringMatching(/\/scim2\/v2\/Roles\/.*\?excludedAttributes=users$/)]);
});

test.each([
  ["clerk", "Clerk"],
  ["Clrek", "Clerk"],
])("the name %s is told that there is %s", async (displayName, near) => {
  await role("Clerk");
  await expect(getRole({ displayName })).rejects.toThrow(
    `getRole: displayName: "${displayName}" is the name of no role of the organization; did you mean \`${near}\`?`,
  );
  await expect(getRole({ displayName, application: shop })).rejects.toThrow(
    `getRole: displayName: "${displayName}" is the name of no role of the application ${shop}`,
  );
});

test("an id that is not there is an error", async () => {
  const id = randomUUID();
  await expect(getRole({ id })).rejects.toThrow(`getRole: id: no role of this tenant has the id "${id}"`);
});

test.each<[string, object]>([
  ["neither a name nor an id", {}],
  ["both", { id: "1", displayName: "Clerk" }],
  ["an application alone", { application: "1" }],
  ["an id with an application", { id: "1", application: "2" }],
])("%s is refused before any request", async (_, args) => {
  // @ts-expect-error the compiler refuses it, too
  await expect(getRole(args)).rejects.toThrow("getRole: give either `id`, or `displayName` with the `application`");
  expect(sandbox.requests).toEqual([]);
});

test("a scope that the bootstrap client lacks is named", async () => {
  withdraw(sandbox, "internal_role_mgt_view");
  await expect(getRole({ displayName: "Clerk" })).rejects.toThrow(
    /^getRole: the bootstrap client .* internal_role_mgt_view of "SCIM2 Roles API"/s,
  );
  expect(requestsOf(sandbox)).toEqual([]);
});
