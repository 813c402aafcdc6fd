import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { user as definition } from "../../provider/resources/user";
import type { Declared } from "../model/declared";
import { missing } from "../model/json";
import type { World } from "../model/world";
import { UNKNOWN } from "../support/dynamic-provider";
import { chosen, type Edit, postedByConsole, type Subject } from "./subject";

const users = "/scim2/Users";
const path = (id: string) => `${users}/${id}`;

/** By the rules of a new tenant. */
const password = "Correct-Horse-7";

const patch = (...operations: object[]) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations: operations,
});

/** The names of a place in a program, so that no two users of it can want the same. */
const namesOf = (place: number) => [`kim${place}@example.com`, `kim${place}@old.example`];

const emailChoices = [
  { args: {}, live: {} },
  { args: { emails: [] }, live: { emails: [] } },
  {
    args: { emails: [{ value: "kim@work.example", type: "work" }, { value: "kim@example.com" }] },
    live: { emails: [{ value: "kim@work.example", type: "work" }, "kim@example.com"] },
  },
  {
    args: { emails: [{ value: "kim@home.example", type: "home", primary: true }] },
    live: { emails: [{ value: "kim@home.example", type: "home", primary: true }] },
  },
];

const nameChoices = [
  { args: {}, live: {} },
  { args: { name: { givenName: "Kim" } }, live: { name: { givenName: "Kim" } } },
  {
    args: { name: { givenName: "Kim", familyName: "Deal" } },
    live: { name: { givenName: "Kim", familyName: "Deal" } },
  },
];

function declaredAt(place: number): fc.Arbitrary<Declared> {
  return fc
    .record({
      userName: fc.constantFrom(...namesOf(place)),
      emails: fc.constantFrom(...emailChoices),
      name: fc.constantFrom(...nameChoices),
      passwordVersion: fc.constantFrom(undefined, "1", "2"),
    })
    .map(({ userName, emails, name, passwordVersion }) => {
      const args = { userName, password, ...emails.args, ...name.args, ...(passwordVersion && { passwordVersion }) };
      const live = { userName, ...emails.live, ...name.live };
      return { name: `user${place}`, type: "User", args, refs: {}, live, client: undefined };
    });
}

const maybe = (place: number) =>
  fc.oneof({ weight: 2, arbitrary: declaredAt(place) }, { weight: 1, arbitrary: fc.constant(undefined) });

/** One of the users, but for those who were put into a group by hand: they stay, and with them the group as it is. */
function userIn({ tenant }: World, pick: number) {
  return chosen(
    tenant.users.filter(({ name }) => !name.startsWith("hand")),
    pick,
  );
}

const edits: Readonly<Record<string, Edit>> = {
  "name of a user": async (world, pick) => {
    const one = userIn(world, pick);
    if (!one) return;
    await world.console(
      "PATCH",
      path(one.id),
      patch({ op: "replace", value: { name: { familyName: `Hand ${pick}` } } }),
    );
    await world.note(one.id, path(one.id), "name.familyName", ["name.familyName"]);
  },
  "addresses of a user": async (world, pick) => {
    const one = userIn(world, pick);
    if (!one) return;
    const emails = [{ value: `hand${pick}@example.com`, type: "work" }];
    await world.console("PATCH", path(one.id), patch({ op: "replace", value: { emails } }));
    await world.note(one.id, path(one.id), "emails", ["emails"]);
  },
  "delete a user": async (world, pick) => {
    const one = userIn(world, pick);
    if (one) await world.console("DELETE", path(one.id));
  },
  "make a user": async (world, pick) => {
    const userName = namesOf(pick % 2)[pick % 3 === 0 ? 0 : 1];
    const { id } = await world.console("POST", users, { userName, password });
    if (id !== undefined) world.others.add(id);
  },
};

export const user: Subject = {
  type: "User",
  schema: definition.args,
  outputs: definition.outputs,
  creation: users,
  path,

  args: async () => ({
    userName: `kim-${randomUUID()}@example.com`,
    name: { givenName: "Kim", familyName: "Deal" },
    emails: [{ value: "kim@work.example", type: "work" }, { value: "kim@example.com" }],
    password,
  }),
  unreadable: ["password"],
  least: ({ userName }) => ({ userName, password }),
  changed: (args) => ({ ...args, name: { givenName: "Kimberley" } }),
  replaced: (args) => ({ ...args, userName: `lee-${randomUUID()}@example.com` }),
  replaces: ["userName"],
  rich: (args) => ({
    args: { ...args, userStore: "PRIMARY", passwordVersion: "1" },
    changed: {
      userName: args.userName,
      name: { familyName: "Gordon" },
      emails: [{ value: "kim@home.example", type: "home", primary: true }],
      password: `${password}8`,
      passwordVersion: "2",
    },
  }),
  madeOutputs: [],
  wrong: {
    userName: "DEFAULT/kim",
    emails: [{ value: "kim" }, { value: "lee@example.com", type: "office" }],
    password: "",
    askPassword: true,
    passwordVersion: 7,
  },
  failures: [
    'userName: has a `/`, which parts a user store from a name; say `userStore: "DEFAULT"` and `userName: "kim"`',
    "emails[0].value: is no e-mail address",
    "emails[1].type: must be one of `work`, `home`",
    "password: must not be empty",
    "passwordVersion: must be a string, is a number",
    "askPassword: is an invitation in the place of a password",
  ],
  unknown: { userName: "kim", password: UNKNOWN, groups: [UNKNOWN] },

  exists: async (sandbox, { userName }) => {
    await postedByConsole(sandbox, users, { userName, password: "Another-Horse-7", name: { familyName: "Other" } });
  },
  found: (tenant, { userName }) => tenant.users.filter(({ name }) => name === userName).map(({ id }) => id),

  inStories: {
    key: ({ userName }) => String(userName),
    declared: fc.tuple(maybe(0), maybe(1)).map((all) => () => all.filter((one) => one !== undefined)),
    differences: async (world, { live }, { id }) => {
      const { body } = await world.console("GET", path(id));
      // A list that is empty is shown where it was sent, and left out where all was taken out of it.
      return missing(live, { emails: [], ...body });
    },
    objects: (tenant) => tenant.users.map(({ id, name }) => ({ id, key: name })),
    edits,
    drastic: ["make a user", "delete a user"],
  },
};
