import { getUser, getUserOutput } from "../../provider";
import type { Sandbox } from "../../sandbox/index";
import { madeByConsole } from "../subjects/subject";
import { answered, configuredTenant, requestsOf } from "./program";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await configuredTenant({ server: "asgardeo" });
});

const password = "Correct-Horse-7";
const kim = {
  userName: "kim@example.com",
  password,
  name: { givenName: "Kim", familyName: "Deal" },
  emails: [{ value: "kim@work.example", type: "work" }, "kim@example.com"],
};
const user = (body: object) => madeByConsole(sandbox, "/scim2/Users", body);
const requests = () => requestsOf(sandbox).filter((request) => request.includes("/scim2/"));

test("a user is found by the name and by the id, in one request each, and is the same, without a password", async () => {
  const id = await user(kim);
  const group = await madeByConsole(sandbox, "/scim2/Groups", { displayName: "Desk", members: [{ value: id }] });
  const before = requests().length;
  const found = await getUser({ userName: "kim@example.com" });
  expect(found).toEqual({
    id,
    userName: "kim@example.com",
    userStore: "PRIMARY",
    givenName: "Kim",
    familyName: "Deal",
    emails: [
      { value: "kim@work.example", type: "work" },
      { value: "kim@example.com", type: undefined },
    ],
    groups: [group],
  });
  expect(await getUser({ id })).toEqual(found);
  expect(await answered(getUserOutput({ id }))).toEqual(found);
  expect(requests().length - before).toBe(2);
  expect(JSON.stringify(found)).not.toContain(password);
});

test("what a user does not have is undefined or empty", async () => {
  await user({ userName: "bare", password });
  expect(await getUser({ userName: "bare" })).toMatchObject({ givenName: undefined, emails: [], groups: [] });
});

test("a name that several user stores have needs the store", async () => {
  const ours = await user(kim);
  const theirs = await user({ ...kim, userName: `DEFAULT/${kim.userName}` });
  const { userName } = kim;
  expect(await getUser({ userName, userStore: "DEFAULT" })).toMatchObject({ id: theirs, userStore: "DEFAULT" });
  expect(await getUser({ userName, userStore: "PRIMARY" })).toMatchObject({ id: ours });
  await expect(getUser({ userName })).rejects.toThrow(
    `getUser: userName: "kim@example.com" stands for 2 objects: give the id, one of ${ours}, ${theirs}`,
  );
});

test("a user who is not there is an error, which tells of another case or store, and of nobody else", async () => {
  await user(kim);
  await expect(getUser({ userName: "KIM@example.com" })).rejects.toThrow(
    'userName: "KIM@example.com" is the name of no user of this tenant; did you mean `kim@example.com`?',
  );
  await expect(getUser({ userName: "kim@example.com", userStore: "DEFAULT" })).rejects.toThrow(
    'is the name of no user of the user store "DEFAULT"; there is one in the user store "PRIMARY"',
  );
  await expect(getUser({ userName: "kin@example.com" })).rejects.toThrow(/is the name of no user of this tenant$/);
  const id = "9c2f6f5a-3c1e-4d6e-8f0b-2b7f2f6d0a11";
  await expect(getUser({ id })).rejects.toThrow(`getUser: id: no user of this tenant has the id "${id}"`);
});
