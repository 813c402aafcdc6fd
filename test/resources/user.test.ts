import { startRelay } from "../fuzz/relay";
import { UNKNOWN } from "../support/dynamic-provider";
import { type Managed, reconnected, type TestTenant, testTenant } from "../support/managed";

let tenant: TestTenant;
beforeAll(async () => {
  tenant = await testTenant({ server: "asgardeo" });
});
afterAll(() => tenant.close());
beforeEach(() => void tenant.requests());

const password = "Correct-Horse-7";
const liveUser = (id: string | undefined) => tenant.live(`/scim2/Users/${id}`);
const patched = (...operations: object[]) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations: operations,
});
const inConsole = (id: string | undefined, value: object) =>
  tenant.sandbox.console("PATCH", `/scim2/Users/${id}`, patched({ op: "replace", value }));

/** A text that is another one whenever the password is: the sandbox keeps no password. */
const hashOf = (id: string | undefined) => tenant.sandbox.tenant.users.find((each) => each.id === id)?.passwordHash;

let count = 0;
const named = (store = "") => `${store}user${++count}@example.com`;

async function groupByConsole(displayName = `Group ${++count}`): Promise<string> {
  const { id } = await tenant.sandbox.console("POST", "/scim2/Groups", { displayName });
  return String(id);
}

const membersOf = async (group: string) =>
  ((await tenant.live<{ members?: { value: string }[] }>(`/scim2/Groups/${group}`)).members ?? []).map(
    ({ value }) => value,
  );

/** The same resource in a run of its own. */
function later({ id, state, inputs }: Managed): Managed {
  return Object.assign(reconnected(tenant.sandbox).resource("User"), { id, state, inputs });
}

const shown = "?attributes=userName%2Cname%2Cemails%2Cgroups";

test("a user is created in one request, changed in one, read in one, and deleted in one", async () => {
  const user = tenant.resource("User");
  const args = {
    userName: named(),
    name: { givenName: "Kim", familyName: "Deal" },
    emails: [
      { value: "kim@work.example", type: "work", primary: true },
      { value: "kim@home.example", type: "home" },
    ],
    password,
  };
  await user.apply(args);
  expect(tenant.requests()).toEqual(["POST /scim2/Users"]);
  const { id } = user;
  expect(await liveUser(id)).toMatchObject({ userName: args.userName, name: args.name, emails: args.emails });
  tenant.requests();
  const changed = { ...args, name: { givenName: "Kimberley" }, emails: [{ value: "k@work.example", type: "work" }] };
  await user.apply(changed);
  expect(tenant.requests()).toEqual([`PATCH /scim2/Users/${id}`]);
  const live = await liveUser(id);
  expect(live).toMatchObject({ name: { givenName: "Kimberley" }, emails: changed.emails });
  expect(live.name).not.toHaveProperty("familyName");
  tenant.requests();
  await user.refresh();
  expect(tenant.requests()).toEqual([`GET /scim2/Users/${id}${shown}`]);
  expect(await user.up(changed)).toBe("same");
  await user.destroy();
  expect(tenant.requests()).toEqual([`DELETE /scim2/Users/${id}`]);
});

test("what the program does not declare stays through every change and through an adoption", async () => {
  const { id } = await tenant.sandbox.console("POST", "/scim2/Users", {
    userName: named(),
    password,
    nickName: "K",
    name: { givenName: "Kim", familyName: "Deal" },
    emails: [{ value: "kim@work.example", type: "work" }, "kim@example.com"],
  });
  const user = tenant.resource("User");
  const userName = String((await liveUser(id)).userName);
  await user.up({ userName, name: { givenName: "Lee" }, adopt: true });
  expect(user.id).toBe(id);
  await user.up({ userName, name: { givenName: "Kelley" }, adopt: true });
  expect(await liveUser(id)).toMatchObject({
    nickName: "K",
    name: { givenName: "Kelley", familyName: "Deal" },
    emails: [{ value: "kim@work.example", type: "work" }, "kim@example.com"],
  });
});

test("each declared field that was changed in the console is drift, and is put right; what is not declared is none", async () => {
  const user = tenant.resource("User");
  const args = {
    userName: named(),
    password,
    name: { givenName: "Kim" },
    emails: [{ value: "kim@work.example", type: "work" }, { value: "kim@example.com" }],
  };
  await user.up(args);
  await inConsole(user.id, { name: { familyName: "Deal" }, nickName: "K" });
  await user.refresh();
  expect(await user.up(args)).toBe("same");
  await inConsole(user.id, { name: { givenName: "Lee" } });
  await user.refresh();
  expect(user.state).toMatchObject({ name: { givenName: "Lee" } });
  expect(await user.up(args)).toBe("update");
  await inConsole(user.id, { emails: [{ value: "lee@work.example", type: "work" }, "kim@example.com"] });
  await user.refresh();
  expect(user.state).toMatchObject({
    emails: [{ value: "lee@work.example", type: "work" }, { value: "kim@example.com" }],
  });
  expect(await user.up(args)).toBe("update");
  expect(await liveUser(user.id)).toMatchObject({
    name: { givenName: "Kim", familyName: "Deal" },
    emails: [{ value: "kim@work.example", type: "work" }, "kim@example.com"],
  });
});

test("each optional arg that is taken out of the program is cleared, and the password is kept", async () => {
  const user = tenant.resource("User");
  const bare = { userName: named() };
  const name = { givenName: "Kim", familyName: "Deal" };
  const emails = [{ value: "kim@work.example", type: "work" }, { value: "kim@example.com" }];
  await user.up({ ...bare, password, name, emails });
  const before = hashOf(user.id);
  await user.up({ ...bare, password, name: { givenName: "Kim" }, emails: emails.slice(0, 1) });
  expect(await liveUser(user.id)).toMatchObject({ name: { givenName: "Kim" }, emails: emails.slice(0, 1) });
  await user.up({ ...bare, name, emails });
  await user.up(bare);
  const live = await liveUser(user.id);
  expect([live.name, live.emails]).toEqual([undefined, undefined]);
  expect(hashOf(user.id)).toBe(before);
  await user.refresh();
  expect(await user.up(bare)).toBe("same");
});

test("a server that shows the primary address once more without its type, and none as primary, is no drift", async () => {
  const user = tenant.resource("User");
  const args = { userName: named(), password, emails: [{ value: "kim@work.example", type: "work", primary: true }] };
  await user.up(args);
  await inConsole(user.id, { emails: [{ value: "kim@work.example", type: "work" }, "kim@work.example"] });
  await user.refresh();
  expect(await user.up(args)).toBe("same");
});

test("a list without addresses is not sent: there is nothing for the server to keep", async () => {
  const user = tenant.resource("User");
  const args = { userName: named(), password, emails: [] };
  await user.up(args);
  expect(await liveUser(user.id)).not.toHaveProperty("emails");
  await user.refresh();
  expect(await user.up(args)).toBe("same");
});

test("a list without addresses that is declared later takes out those that others have put in", async () => {
  const user = tenant.resource("User");
  const args = { userName: named(), password };
  await user.up(args);
  await inConsole(user.id, { emails: [{ value: "hand@example.com", type: "work" }] });
  expect(await user.up({ ...args, emails: [] })).toBe("update");
  expect(await liveUser(user.id)).not.toHaveProperty("emails");
});

describe("the password", () => {
  test("is sent again by another version or another text, and by nothing else", async () => {
    const user = tenant.resource("User");
    const args = { userName: named(), password };
    await user.up(args);
    const hashes = [hashOf(user.id)];
    const passes = async (more: object, step: string) => {
      const run = later(user);
      expect(await run.up({ ...args, ...more })).toBe(step);
      Object.assign(user, { state: run.state, inputs: run.inputs });
      hashes.push(hashOf(user.id));
      return hashes.at(-1) !== hashes.at(-2);
    };
    expect(await passes({}, "same")).toBe(false);
    expect(await passes({ name: { givenName: "Kim" } }, "update")).toBe(false);
    expect(await passes({ passwordVersion: "1" }, "update")).toBe(true);
    expect(await passes({ passwordVersion: "2" }, "update")).toBe(true);
    expect(await passes({}, "update")).toBe(false);
    expect(await passes({ password: `${password}8` }, "update")).toBe(true);
    await user.refresh();
    expect(user.state).toMatchObject({ password: `${password}8` });
  });

  test("that is set anew is told at preview", async () => {
    const user = tenant.resource("User");
    const args = { userName: named(), password, passwordVersion: "1" };
    await user.up(args);
    const own = reconnected(tenant.sandbox);
    const run = Object.assign(own.resource("User"), { id: user.id, state: user.state, inputs: user.inputs });
    await run.preview({ ...args, passwordVersion: "2" });
    expect(own.said).toEqual([expect.stringContaining("password: it is set anew, so the one that the user has now")]);
  });

  test("of a user who is adopted stays, until it changes in the program", async () => {
    const userName = named();
    const { id } = await tenant.sandbox.console("POST", "/scim2/Users", { userName, password });
    const before = hashOf(id);
    const user = tenant.resource("User");
    const args = { userName, password: `${password}8`, name: { givenName: "Kim" }, passwordVersion: "1", adopt: true };
    await user.up(args);
    expect(hashOf(id)).toBe(before);
    await user.up({ ...args, passwordVersion: "2" });
    expect(hashOf(id)).not.toBe(before);
  });

  test.each([
    ["a create", (weak: string) => tenant.resource("User").up({ userName: named(), password: weak })],
    [
      "an update",
      async (weak: string) => {
        const user = tenant.resource("User");
        const args = { userName: named(), password };
        await user.up(args);
        return user.up({ ...args, password: weak });
      },
    ],
  ])("that is too weak is refused by %s, with the server's words and without the password", async (_, work) => {
    const weak = "correcthorse";
    const message = await work(weak).then(String, String);
    expect(message).toMatch(/password: the server refuses it; choose another\. \(.*Must contain at least one number/);
    expect(message).not.toContain(weak);
  });

  test("is in no message, whatever fails", async () => {
    const secret = "Sesame-Street-99";
    const relay = await startRelay(tenant.sandbox.baseUrl);
    relay.rewrite(({ method, path }, honest) => {
      const schemas = ["urn:ietf:params:scim:api:messages:2.0:Error"];
      const text = JSON.stringify({ schemas, scimType: `${secret} is bad`, detail: `Not ${secret}`, status: "400" });
      return method === "POST" && path === "/scim2/Users" ? { ...honest, status: 400, text } : honest;
    });
    const behind = reconnected(tenant.sandbox, { baseUrl: relay.baseUrl });
    const echoed = await behind.resource("User").up({ userName: named(), password: secret }).then(String, String);
    await relay.close();
    expect(echoed).toContain("POST /scim2/Users: 400");
    expect(echoed).not.toContain(secret);
    const userName = named();
    await tenant.resource("User").up({ userName, password: secret });
    const taken = await reconnected(tenant.sandbox)
      .resource("User")
      .apply({ userName, password: secret })
      .then(String, String);
    expect(taken).toContain("is taken by the user");
    expect(taken).not.toContain(secret);
    const [wrong = ""] = await tenant
      .resource("User")
      .preview({ userName: secret, password: secret, emails: [{ value: secret }] });
    expect(wrong).not.toBe("");
    expect(wrong).not.toContain(secret);
  });

  test("or an invitation: a new user has exactly one of them", async () => {
    const user = tenant.resource("User");
    const userName = named();
    expect(await user.preview({ userName })).toEqual([
      "password: a new user needs it, or an invitation to choose one; declare `password`, or `askPassword: true`",
    ]);
    expect(await user.preview({ userName, password, askPassword: true, emails: [{ value: "k@e.example" }] })).toEqual([
      "askPassword: is an invitation in the place of a password, and there is one; take `password` or `askPassword` out",
    ]);
    expect(await user.preview({ userName, askPassword: true })).toEqual([
      "askPassword: an invitation needs an address to go to; declare it in `emails`",
    ]);
    expect(await user.preview({ userName, password: UNKNOWN })).toEqual([]);
    expect(await user.preview({ userName, password, passwordVersion: "1", adopt: true })).toEqual([]);
  });
});

test("a user who is invited has no password until they choose one, and gets one from the program if it says so later", async () => {
  const user = tenant.resource("User");
  const args = { userName: named(), emails: [{ value: "kim@example.com" }] };
  await user.up({ ...args, askPassword: true });
  expect(hashOf(user.id)).toBeUndefined();
  await user.refresh();
  expect(await user.up({ ...args, askPassword: true })).toBe("same");
  await user.up({ ...args, password });
  expect(hashOf(user.id)).toBeDefined();
});

describe("groups", () => {
  test("are joined and left by name of their ids, one request each, and others stay", async () => {
    const [one, two, other] = [await groupByConsole(), await groupByConsole(), await groupByConsole()];
    const user = tenant.resource("User");
    const args = { userName: named(), password };
    tenant.requests();
    await user.apply({ ...args, groups: [one] });
    expect(tenant.requests()).toEqual(["POST /scim2/Users", `PATCH /scim2/Groups/${one}`]);
    await tenant.sandbox.console(
      "PATCH",
      `/scim2/Groups/${other}`,
      patched({ op: "add", path: "members", value: [{ value: user.id, display: "" }] }),
    );
    await user.refresh();
    expect(user.state).toMatchObject({ groups: [one] });
    tenant.requests();
    await user.apply({ ...args, groups: [two] });
    expect(tenant.requests()).toEqual([`PATCH /scim2/Groups/${two}`, `PATCH /scim2/Groups/${one}`]);
    expect([await membersOf(one), await membersOf(two), await membersOf(other)]).toEqual([[], [user.id], [user.id]]);
    await user.apply(args);
    expect([await membersOf(two), await membersOf(other)]).toEqual([[], [user.id]]);
  });

  test("that the user was taken out of in the console are drift, and put right", async () => {
    const group = await groupByConsole();
    const user = tenant.resource("User");
    const args = { userName: named(), password, groups: [group] };
    await user.up(args);
    await tenant.sandbox.console("PATCH", `/scim2/Groups/${group}`, patched({ op: "remove", path: "members" }));
    await user.refresh();
    expect(user.state.groups).toEqual([]);
    expect(await user.up(args)).toBe("update");
    expect(await membersOf(group)).toEqual([user.id]);
  });

  test("that cannot be joined do not lose the user who was made: the next run goes on", async () => {
    const [one, two] = [await groupByConsole(), await groupByConsole()];
    tenant.sandbox.setFaults([{ kind: "status", status: 500, method: "PATCH", path: `/scim2/Groups/${two}` }]);
    const user = tenant.resource("User");
    const args = { userName: named(), password, groups: [one, two] };
    const failure = await user.apply(args).then(String, String);
    expect(failure).toContain(
      `The user ${JSON.stringify(args.userName)} (id ${user.id}) was created, but is not in all`,
    );
    expect(user.incomplete).toBe(true);
    expect(user.state.groups).toEqual([one]);
    tenant.sandbox.setFaults([]);
    expect(await user.up(args)).toBe("update");
    expect([await membersOf(one), await membersOf(two)]).toEqual([[user.id], [user.id]]);
    expect(user.state.groups).toEqual([one, two]);
  });

  test("that there are not fail at preview, and one that is given by its name is told the id", async () => {
    const id = await groupByConsole("Operators");
    const gone = "9c2f6f5a-3c1e-4d6e-8f0b-2b7f2f6d0a11";
    const args = { userName: named(), password, groups: [id, gone, "Operators"] };
    expect(await tenant.resource("User").preview(args)).toEqual([
      `groups[1]: there is no group with the id "${gone}" in this tenant`,
      `groups[2]: there is no group with the id "Operators" in this tenant; it is the name of a group: give the id, ${id}`,
    ]);
  });

  test("of another user store fail at preview", async () => {
    const id = await groupByConsole("DEFAULT/Customers");
    expect(await tenant.resource("User").preview({ userName: named(), password, groups: [id] })).toEqual([
      `groups[0]: the group "Customers" (id ${id}) is in the user store "DEFAULT", and the user in "PRIMARY"; a group has users of its own store only`,
    ]);
    const args = { userName: named(), userStore: "DEFAULT", password, groups: [id] };
    const user = tenant.resource("User");
    await user.up(args);
    expect(await membersOf(id)).toEqual([user.id]);
  });

  test("that are gone by the time of an update have lost the user anyway", async () => {
    const group = await groupByConsole();
    const user = tenant.resource("User");
    const args = { userName: named(), password };
    await user.up({ ...args, groups: [group] });
    await tenant.sandbox.console("DELETE", `/scim2/Groups/${group}`);
    expect(await user.up(args)).toBe("update");
  });

  test("that say by `members` who is in them fail at preview: the two would undo each other's changes", async () => {
    const own = reconnected(tenant.sandbox);
    const group = own.resource("Group");
    const displayName = `Group ${++count}`;
    await group.up({ displayName, members: [], __logicalName: "desk" });
    await group.up({ displayName, members: [], __logicalName: "desk" });
    const userName = named();
    const args = { userName, password, groups: [group.id], __logicalName: "kim" };
    const [failure] = await own.resource("User").preview(args);
    expect(failure).toContain(
      `groups[0]: the group "${displayName}" of this program (resource "desk") says by \`members\` who is in it, and the user "${userName}" of this program (resource "kim") says by \`groups\` to be in it`,
    );
  });
});

describe("the user store", () => {
  test("is told apart from the name, and replaces the user where it changes; so does the name", async () => {
    const user = tenant.resource("User");
    const args = { userName: named(), userStore: "default", password };
    await user.up(args);
    expect(await liveUser(user.id)).toMatchObject({ userName: `DEFAULT/${args.userName}` });
    await user.refresh();
    expect(await user.up(args)).toBe("same");
    const { id } = user;
    expect(await later(user).up({ ...args, userStore: "PRIMARY" })).toBe("replace");
    expect(tenant.sandbox.tenant.users.some((each) => each.id === id)).toBe(false);
  });

  test("that there is not fails at preview", async () => {
    expect(await tenant.resource("User").preview({ userName: named(), userStore: "NOWHERE", password })).toEqual([
      expect.stringMatching(/^userStore: this tenant has no user store "NOWHERE"/),
    ]);
  });

  test("may have a user of the same name as another one: that is said", async () => {
    const userName = named();
    await tenant.resource("User").up({ userName, userStore: "DEFAULT", password });
    const own = reconnected(tenant.sandbox);
    await own.resource("User").up({ userName, password });
    expect(own.said).toEqual([expect.stringContaining('userName: the user store "DEFAULT" has a user of this name')]);
  });
});

test("a name that is taken fails at preview with who has it, whatever its case, and at the run where that one came later", async () => {
  const userName = named();
  const first = tenant.resource("User");
  await first.up({ userName, password });
  const second = reconnected(tenant.sandbox).resource("User");
  const taken = (name: string) =>
    `userName: ${JSON.stringify(name)} is taken by the user ${JSON.stringify(userName)} (id ${first.id}).`;
  expect(await second.preview({ userName, password })).toEqual([expect.stringContaining(taken(userName))]);
  const upper = userName.toUpperCase();
  expect(await second.preview({ userName: upper, password })).toEqual([expect.stringContaining(taken(upper))]);
  await expect(second.apply({ userName, password })).rejects.toThrow(taken(userName));
});

test("an address has one place: a kind that is there twice, and two that are primary, fail at preview", async () => {
  const preview = (emails: object[]) => tenant.resource("User").preview({ userName: named(), password, emails });
  const [a, b] = ["a@e.example", "b@e.example"];
  expect(await preview([{ value: a }, { value: b }])).toEqual([
    expect.stringMatching(/^emails\[1\]: there is one address without a type/),
  ]);
  expect(
    await preview([
      { value: a, type: "work" },
      { value: b, type: "work" },
    ]),
  ).toEqual([expect.stringMatching(/^emails\[1\]: there is one address of the type `work`/)]);
  expect(
    await preview([
      { value: a, type: "work", primary: true },
      { value: b, primary: true },
    ]),
  ).toEqual([expect.stringMatching(/^emails\[1\]\.primary: one address is the primary one/)]);
});

test("a user who was deleted behind our back is gone after a refresh, and made again with the groups", async () => {
  const group = await groupByConsole();
  const user = tenant.resource("User");
  const args = { userName: named(), password, groups: [group] };
  await user.up(args);
  await tenant.sandbox.console("DELETE", `/scim2/Users/${user.id}`);
  await user.refresh();
  expect(user.id).toBeUndefined();
  expect(await later(user).up(args)).toBe("create");
  expect(await membersOf(group)).toHaveLength(1);
});

test("a user is read whole by the id alone, without a password", async () => {
  const group = await groupByConsole();
  const user = tenant.resource("User");
  const args = {
    userName: named(),
    name: { givenName: "Kim" },
    emails: [{ value: "kim@example.com" }],
    groups: [group],
  };
  await user.up({ ...args, password });
  const looked = tenant.resource("User");
  looked.id = user.id;
  await looked.refresh();
  expect(looked.state).toMatchObject({ ...args, userStore: "PRIMARY" });
  expect(looked.state).not.toHaveProperty("password");
});

test("many users are refreshed by lists, which tell no drift themselves", async () => {
  const own = await testTenant();
  const users = Array.from({ length: 30 }, (_, i) => ({
    args: { userName: `user${i}@example.com`, password, name: { givenName: "Kim" } },
    user: own.resource("User"),
  }));
  await Promise.all(users.map(({ args, user }) => user.up(args)));
  await own.sandbox.console("DELETE", `/scim2/Users/${users[3]?.user.id}`);
  const value = { name: { givenName: "Lee" } };
  await own.sandbox.console("PATCH", `/scim2/Users/${users[4]?.user.id}`, patched({ op: "replace", value }));
  const run = reconnected(own.sandbox);
  const seen = users.map(({ user: { id, state, inputs } }) =>
    Object.assign(run.resource("User"), { id, state, inputs }),
  );
  await Promise.all(seen.map((user) => user.refresh()));
  expect(run.requests().length).toBeLessThan(15);
  expect(seen.map(({ id }) => id === undefined).indexOf(true)).toBe(3);
  expect(seen[4]?.state).toMatchObject(value);
  expect(seen[5]?.state).toMatchObject({ name: { givenName: "Kim" }, password });
  await own.close();
});
