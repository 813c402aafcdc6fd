import { UNKNOWN } from "../support/dynamic-provider";
import { reconnected, type TestTenant, testTenant } from "../support/managed";

let tenant: TestTenant;
beforeAll(async () => {
  tenant = await testTenant({ server: "asgardeo" });
});
afterAll(() => tenant.close());
beforeEach(() => void tenant.requests());

interface Live {
  displayName: string;
  members?: { value: string }[];
}

const liveGroup = (id: string | undefined) => tenant.live<Live>(`/scim2/Groups/${id}`);
const membersOf = async (id: string | undefined) => (await liveGroup(id)).members?.map(({ value }) => value) ?? [];
const patched = (...operations: object[]) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations: operations,
});
const inConsole = (id: string | undefined, ...operations: object[]) =>
  tenant.sandbox.console("PATCH", `/scim2/Groups/${id}`, patched(...operations));
const joined = (id: string | undefined, user: string) =>
  inConsole(id, { op: "add", path: "members", value: [{ value: user, display: "" }] });

let count = 0;
const named = (word = "Support") => `${word} ${++count}`;

/** A user whom somebody has made in the console. */
async function user(userName = `user${++count}`): Promise<string> {
  const { id } = await tenant.sandbox.console("POST", "/scim2/Users", { userName, password: "Correct-Horse-7" });
  return String(id);
}

test("a group is created with its members in one request, changed in one, read in one, and deleted in one", async () => {
  const [kim, lee] = [await user(), await user()];
  const group = tenant.resource("Group");
  const args = { displayName: named(), members: [kim] };
  await group.apply(args);
  expect(tenant.requests()).toEqual(["POST /scim2/Groups"]);
  const { id } = group;
  const changed = { displayName: named(), members: [lee] };
  await group.apply(changed);
  expect(tenant.requests()).toEqual([`PATCH /scim2/Groups/${id}`]);
  expect(await liveGroup(id)).toMatchObject({ displayName: changed.displayName, members: [{ value: lee }] });
  tenant.requests();
  await group.refresh();
  expect(tenant.requests()).toEqual([`GET /scim2/Groups/${id}?excludedAttributes=roles%2Cmeta`]);
  expect(await group.up(changed)).toBe("same");
  await group.destroy();
  expect(tenant.requests()).toEqual([`DELETE /scim2/Groups/${id}`]);
});

test("members that the program leaves to others stay through a rename, an adoption and a refresh", async () => {
  const group = tenant.resource("Group");
  const first = named();
  await group.up({ displayName: first });
  const kim = await user();
  await joined(group.id, kim);
  await group.refresh();
  expect(await group.up({ displayName: first })).toBe("same");
  await group.up({ displayName: named() });
  const last = named();
  await group.up({ displayName: last });
  const adopting = reconnected(tenant.sandbox).resource("Group");
  await adopting.up({ displayName: last, adopt: true });
  expect(adopting.id).toBe(group.id);
  expect(await membersOf(group.id)).toEqual([kim]);
});

test("declared members are all: one that came or went in the console is drift, and is put right", async () => {
  const [kim, lee] = [await user(), await user()];
  const group = tenant.resource("Group");
  const args = { displayName: named(), members: [kim] };
  await group.up(args);
  await joined(group.id, lee);
  await group.refresh();
  expect(group.state).toMatchObject({ members: [kim, lee] });
  expect(await group.up(args)).toBe("update");
  expect(await membersOf(group.id)).toEqual([kim]);
  await inConsole(group.id, { op: "remove", path: "members" });
  await group.refresh();
  expect(await group.up(args)).toBe("update");
  expect(await membersOf(group.id)).toEqual([kim]);
});

test("a name that was changed in the console is drift, and is put right", async () => {
  const group = tenant.resource("Group");
  const args = { displayName: named() };
  await group.up(args);
  await inConsole(group.id, { op: "replace", value: { displayName: "By hand" } });
  await group.refresh();
  expect(group.state).toMatchObject({ displayName: "By hand" });
  expect(await group.up(args)).toBe("update");
  expect(await liveGroup(group.id)).toMatchObject(args);
});

test("members that are taken out of the program leave the group, and others stay; an empty list empties it", async () => {
  const [kim, lee] = [await user(), await user()];
  const group = tenant.resource("Group");
  const displayName = named();
  await group.up({ displayName, members: [kim] });
  await joined(group.id, lee);
  await group.up({ displayName });
  expect(await membersOf(group.id)).toEqual([lee]);
  await group.up({ displayName, members: [] });
  expect(await membersOf(group.id)).toEqual([]);
  await group.refresh();
  expect(await group.up({ displayName, members: [] })).toBe("same");
});

test("the order of members means nothing", async () => {
  const members = [await user(), await user()];
  const group = tenant.resource("Group");
  const displayName = named();
  await group.up({ displayName, members });
  expect(await group.up({ displayName, members: members.toReversed() })).toBe("same");
});

describe("the user store", () => {
  test("is told apart from the name, in whichever way the server shows it, and kept by a rename", async () => {
    const group = tenant.resource("Group");
    const displayName = named();
    const kim = await user(`DEFAULT/user${++count}`);
    await group.up({ displayName, userStore: "default", members: [kim] });
    expect(await liveGroup(group.id)).toMatchObject({ displayName: `DEFAULT/${displayName}` });
    await group.refresh();
    expect(group.state).toMatchObject({ displayName, userStore: "default", members: [kim] });
    await group.up({ displayName: `${displayName} anew`, userStore: "DEFAULT" });
    expect(await liveGroup(group.id)).toMatchObject({ displayName: `DEFAULT/${displayName} anew` });
  });

  test("is the primary one where none is said: answers with its prefix are no drift, and saying it is no change", async () => {
    const displayName = named();
    await tenant.sandbox.console("POST", "/scim2/Groups", { displayName: `PRIMARY/${displayName}` });
    const group = tenant.resource("Group");
    await group.up({ displayName, adopt: true });
    expect(await liveGroup(group.id)).toMatchObject({ displayName: `PRIMARY/${displayName}` });
    await group.refresh();
    expect(await group.up({ displayName, adopt: true })).toBe("same");
    expect(await group.up({ displayName, userStore: "PRIMARY", adopt: true })).toBe("same");
  });

  test("replaces the group where it changes", async () => {
    const group = tenant.resource("Group");
    const displayName = named();
    await group.up({ displayName });
    expect(await group.up({ displayName, userStore: "DEFAULT" })).toBe("replace");
    expect(await liveGroup(group.id)).toMatchObject({ displayName: `DEFAULT/${displayName}` });
  });

  test("may have a group of the same name as another one: that is no conflict, and is said", async () => {
    const displayName = named();
    await tenant.resource("Group").up({ displayName, userStore: "DEFAULT" });
    const later = reconnected(tenant.sandbox);
    await later.resource("Group").up({ displayName });
    expect(later.said).toEqual([
      expect.stringMatching(/displayName: the user store "DEFAULT" has a group of this name \(id .*\)/),
    ]);
  });

  test("that there is not is refused in words of the args", async () => {
    await expect(tenant.resource("Group").up({ displayName: named(), userStore: "NOWHERE" })).rejects.toThrow(
      /^userStore: .*NOWHERE/,
    );
  });
});

describe("a name that is taken", () => {
  test("fails at preview with the group that has it, and at the run where that one came later", async () => {
    const displayName = named();
    const first = tenant.resource("Group");
    const second = reconnected(tenant.sandbox).resource("Group");
    await first.up({ displayName });
    const taken = `displayName: ${JSON.stringify(displayName)} is taken by the group ${JSON.stringify(displayName)} (id ${first.id}).`;
    await expect(second.apply({ displayName })).rejects.toThrow(taken);
    expect(await second.preview({ displayName })).toEqual([expect.stringContaining(`${taken}\n- Was this resource`)]);
  });

  test("is one that differs in case alone, which nobody can take over", async () => {
    const displayName = named();
    await tenant.resource("Group").up({ displayName });
    const upper = displayName.toUpperCase();
    const other = reconnected(tenant.sandbox).resource("Group");
    const [failure] = await other.preview({ displayName: upper });
    expect(failure).toContain(`is taken by the group ${JSON.stringify(displayName)}`);
    expect(failure).toContain("does not tell names apart by case");
    await expect(other.up({ displayName: upper, adopt: true })).rejects.toThrow("cannot be taken over");
  });

  test("refuses a rename, and says who has it and what to do", async () => {
    const [taken, own] = [named(), named()];
    const holder = tenant.resource("Group");
    await holder.up({ displayName: taken });
    const group = tenant.resource("Group");
    await group.up({ displayName: own });
    await expect(reconnectedUp(group, taken)).rejects.toThrow(
      `(id ${holder.id}). Choose another, or rename that one first.`,
    );
    expect(await liveGroup(group.id)).toMatchObject({ displayName: own });
  });

  async function reconnectedUp(group: { id: string | undefined; state: object; inputs: object }, displayName: string) {
    const later = reconnected(tenant.sandbox).resource("Group");
    Object.assign(later, { id: group.id, state: group.state, inputs: group.inputs });
    return later.up({ displayName });
  }
});

describe("a member that cannot be one fails at preview, and is sent to nobody", () => {
  test("an unknown id", async () => {
    const group = tenant.resource("Group");
    const id = "9c2f6f5a-3c1e-4d6e-8f0b-2b7f2f6d0a11";
    expect(await group.preview({ displayName: named(), members: [await user(), id] })).toEqual([
      `members[1]: there is no user with the id "${id}" in this tenant`,
    ]);
    expect(tenant.requests().every((request) => request.startsWith("GET "))).toBe(true);
  });

  test("a user name in the place of an id: the id is told", async () => {
    const id = await user("kim.deal");
    expect(await tenant.resource("Group").preview({ displayName: named(), members: ["kim.deal"] })).toEqual([
      `members[0]: there is no user with the id "kim.deal" in this tenant; it is the name of a user: give the id, ${id}`,
    ]);
  });

  test("a user of another user store", async () => {
    const id = await user(`DEFAULT/user${++count}`);
    expect(await tenant.resource("Group").preview({ displayName: named(), members: [id] })).toEqual([
      `members[0]: the user "user${count - 1}" (id ${id}) is in the user store "DEFAULT", and the group in "PRIMARY"; a group has users of its own store only`,
    ]);
  });

  test("and at the run, where the preview could not know: the state stays", async () => {
    const group = tenant.resource("Group");
    const displayName = named();
    await group.up({ displayName });
    const gone = await user();
    await tenant.sandbox.console("DELETE", `/scim2/Users/${gone}`);
    await expect(group.apply({ displayName, members: [gone] })).rejects.toThrow(
      `members[0]: there is no user with the id "${gone}" in this tenant (`,
    );
    await expect(tenant.resource("Group").apply({ displayName: named(), members: [gone] })).rejects.toThrow(
      `members[0]: there is no user with the id "${gone}"`,
    );
    expect(group.state).not.toHaveProperty("members");
  });
});

test("args that are wrong are refused with their paths, and those that are not known yet are not", async () => {
  const group = tenant.resource("Group");
  expect(await group.preview({ displayName: " support", userStore: "a/b", members: ["a", "a"] })).toEqual([
    "displayName: has a blank at its beginning or end; take it away",
    "userStore: has a `/`; give the name of the user store alone, such as `DEFAULT`",
    "members[1]: is in the list twice; remove one of them",
  ]);
  expect(await group.preview({ displayName: named(), members: [UNKNOWN] })).toEqual([]);
});

test("two resources of one group fail at preview; of the same name in two user stores, they do not", async () => {
  const own = reconnected(tenant.sandbox);
  const displayName = named();
  const look = (name: string, args: object) => own.resource("Group").preview({ ...args, __logicalName: name });
  expect(await look("one", { displayName })).toEqual([]);
  expect(await look("two", { displayName, userStore: "DEFAULT" })).toEqual([]);
  expect(await look("three", { displayName, userStore: "PRIMARY" })).toEqual([
    `displayName: the resources "one" and "three" of this program are the same Group, by userStore "PRIMARY" and displayName ${JSON.stringify(displayName)}. Take one of them out, or give it another displayName.`,
  ]);
});

test("a group that was deleted behind our back is gone after a refresh, and made again", async () => {
  const group = tenant.resource("Group");
  const args = { displayName: named() };
  await group.up(args);
  await tenant.sandbox.console("DELETE", `/scim2/Groups/${group.id}`);
  await group.refresh();
  expect(group.id).toBeUndefined();
  expect(await group.up(args)).toBe("create");
});

test("a group is read whole by its id alone", async () => {
  const group = tenant.resource("Group");
  const args = { displayName: named(), members: [await user()] };
  await group.up(args);
  const looked = tenant.resource("Group");
  looked.id = group.id;
  await looked.refresh();
  expect(looked.state).toMatchObject({ ...args, userStore: "PRIMARY" });
});

test("many new groups are looked for together, and many are refreshed by lists", async () => {
  const own = await testTenant();
  const many = Array.from({ length: 30 }, (_, i) => ({ displayName: `Team ${i}` }));
  const groups = many.map((args) => ({ args, group: own.resource("Group") }));
  await Promise.all(groups.map(({ args, group }) => group.up(args)));
  expect(own.requests().filter((request) => request.startsWith("GET")).length).toBeLessThan(4);
  const later = reconnected(own.sandbox);
  await Promise.all(
    groups.map(({ group: { id, state, inputs } }) =>
      Object.assign(later.resource("Group"), { id, state, inputs }).refresh(),
    ),
  );
  expect(later.requests().length).toBeLessThan(10);
  await own.close();
});

test("a refresh by lists tells drift as any other", async () => {
  const own = await testTenant();
  const groups = Array.from({ length: 30 }, (_, i) => ({
    args: { displayName: `Team ${i}` },
    group: own.resource("Group"),
  }));
  await Promise.all(groups.map(({ args, group }) => group.up(args)));
  const [first, second] = groups;
  await own.sandbox.console(
    "PATCH",
    `/scim2/Groups/${first?.group.id}`,
    patched({ op: "replace", value: { displayName: "By hand" } }),
  );
  await own.sandbox.console("DELETE", `/scim2/Groups/${second?.group.id}`);
  const later = reconnected(own.sandbox);
  const seen = groups.map(({ group: { id, state, inputs } }) =>
    Object.assign(later.resource("Group"), { id, state, inputs }),
  );
  await Promise.all(seen.map((group) => group.refresh()));
  expect(seen.filter(({ id }) => id === undefined)).toHaveLength(1);
  expect(seen.map(({ state }) => state.displayName)).toContain("By hand");
  await own.close();
});
