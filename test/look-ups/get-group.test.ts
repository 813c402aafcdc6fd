import * as pulumi from "@pulumi/pulumi";
import { getGroup, getGroupOutput } from "../../provider";
import type { Sandbox } from "../../sandbox/index";
import { madeByConsole } from "../subjects/subject";
import { answered, configuredTenant, requestsOf } from "./program";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await configuredTenant({ server: "asgardeo" });
});

const group = (displayName: string, members: object[] = []) =>
  madeByConsole(sandbox, "/scim2/Groups", { displayName, members });
const requests = () => requestsOf(sandbox).filter((request) => request.includes("/scim2/"));

test("a group is found by its name and by its id, in one request each, and is the same", async () => {
  const user = await madeByConsole(sandbox, "/scim2/Users", { userName: "kim", password: "Correct-Horse-7" });
  const id = await group("PRIMARY/Service Desk", [{ value: user, display: "kim" }]);
  const before = requests().length;
  const found = await getGroup({ displayName: "Service Desk" });
  expect(found).toEqual({ id, displayName: "Service Desk", userStore: "PRIMARY", members: [user] });
  expect(await getGroup({ id })).toEqual(found);
  expect(await answered(getGroupOutput({ displayName: pulumi.output("Service Desk") }))).toEqual(found);
  expect(requests().length - before).toBe(2);
});

test("a name that several user stores have needs the store", async () => {
  const ours = await group("Support");
  const theirs = await group("DEFAULT/Support");
  expect(await getGroup({ displayName: "Support", userStore: "default" })).toMatchObject({ id: theirs });
  expect(await getGroup({ displayName: "Support", userStore: "PRIMARY" })).toMatchObject({ id: ours });
  await expect(getGroup({ displayName: "Support" })).rejects.toThrow(
    `getGroup: displayName: "Support" stands for 2 objects: give the id, one of ${ours}, ${theirs}`,
  );
});

test.each([
  ["support", undefined, "this tenant; did you mean `Support`?"],
  ["Suport", undefined, "this tenant; did you mean `Support`?"],
  ["Support", "DEFAULT", 'the user store "DEFAULT"; there is one in the user store "PRIMARY"'],
])("a group %s that is not in %s is an error with a hint", async (displayName, userStore, hint) => {
  await group("Support");
  await expect(getGroup({ displayName, userStore })).rejects.toThrow(
    `getGroup: displayName: ${JSON.stringify(displayName)} is the name of no group of ${hint}`,
  );
});

test("an id that no group has, and a question that is none, are errors", async () => {
  const id = "9c2f6f5a-3c1e-4d6e-8f0b-2b7f2f6d0a11";
  await expect(getGroup({ id })).rejects.toThrow(`getGroup: id: no group of this tenant has the id "${id}"`);
  // @ts-expect-error both
  await expect(getGroup({ id, displayName: "x" })).rejects.toThrow("give exactly one of `displayName`, `id`");
  // @ts-expect-error no key
  await expect(getGroup({})).rejects.toThrow("give exactly one of `displayName`, `id`: none is given");
  // @ts-expect-error an id needs no user store
  await expect(getGroup({ id, userStore: "DEFAULT" })).rejects.toThrow("userStore: belongs to `displayName`");
});
