import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { group as definition } from "../../provider/resources/group";
import type { Tenant } from "../../sandbox/index";
import type { Declared } from "../model/declared";
import { missing } from "../model/json";
import type { World } from "../model/world";
import { UNKNOWN } from "../support/dynamic-provider";
import { type Args, chosen, type Edit, madeByConsole, postedByConsole, type Subject } from "./subject";

const groups = "/scim2/Groups";
const users = "/scim2/Users";
const path = (id: string) => `${groups}/${id}`;

/** A user whom somebody has made in the console. */
const userByConsole = (sandbox: Parameters<Subject["args"]>[0], name: string) =>
  madeByConsole(sandbox, users, { userName: name, password: "Correct-Horse-7" });

const patch = (...operations: object[]) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations: operations,
});

/** The names of a place in a program, so that no two groups of it can want the same. */
export const namesOf = (place: number) => [`Group ${place}`, `Group ${place} of old`];

function declaredAt(place: number): fc.Arbitrary<Declared> {
  return fc
    .record(
      {
        displayName: fc.constantFrom(...namesOf(place)),
        // Not every server of the stories has another one.
        userStore: fc.constant("PRIMARY"),
        // Who the users are is not known before the story: the group says that it has none, or leaves them to others.
        members: fc.constant([]),
      },
      { requiredKeys: ["displayName"] },
    )
    .map((args) => {
      const live = { displayName: args.displayName, ...(args.members && { members: undefined }) };
      return { name: `group${place}`, type: "Group", args, refs: {}, live, client: undefined };
    });
}

const maybe = (place: number) =>
  fc.oneof({ weight: 2, arbitrary: declaredAt(place) }, { weight: 1, arbitrary: fc.constant(undefined) });

/** One of the groups, with the path where it is. */
export function groupIn({ tenant }: World, pick: number) {
  const one = chosen(tenant.groups, pick);
  return one && { ...one, path: path(one.id) };
}

const edits: Readonly<Record<string, Edit>> = {
  "rename a group": async (world, pick) => {
    const one = groupIn(world, pick);
    if (!one) return;
    await world.console("PATCH", one.path, patch({ op: "replace", value: { displayName: `By hand ${pick}` } }));
  },
  "put somebody into a group": async (world, pick) => {
    const one = groupIn(world, pick);
    if (!one) return;
    const { id } = await world.console("POST", users, {
      userName: `${one.store}/hand${pick}`,
      password: "Correct-Horse-7",
    });
    if (id === undefined) return;
    world.others.add(id);
    await world.console("PATCH", one.path, patch({ op: "add", path: "members", value: [{ value: id, display: "" }] }));
    await world.note(one.id, one.path, "members", ["members"]);
  },
  "take everybody out of a group": async (world, pick) => {
    const one = groupIn(world, pick);
    if (!one) return;
    await world.console("PATCH", one.path, patch({ op: "remove", path: "members" }));
    await world.note(one.id, one.path, "members", ["members"]);
  },
  "delete a group": async (world, pick) => {
    const one = groupIn(world, pick);
    if (one) await world.console("DELETE", one.path);
  },
  "make a group": async (world, pick) => {
    const displayName = namesOf(pick % 2)[pick % 3 === 0 ? 0 : 1];
    const { id } = await world.console("POST", groups, { displayName });
    if (id !== undefined) world.others.add(id);
  },
};

const withName = ({ groups }: Tenant, { displayName, userStore = "PRIMARY" }: Args) =>
  groups.filter(({ name, store }) => name === displayName && store === userStore).map(({ id }) => id);

export const group: Subject = {
  type: "Group",
  schema: definition.args,
  outputs: definition.outputs,
  creation: groups,
  path,

  args: async (sandbox) => {
    const word = randomUUID().slice(0, 8);
    const kim = await userByConsole(sandbox, `kim-${word}`);
    return { displayName: `Support ${word}`, members: [kim, await userByConsole(sandbox, `lee-${word}`)] };
  },
  least: ({ displayName }) => ({ displayName }),
  changed: ({ displayName, members }) => ({
    displayName: `${displayName} anew`,
    ...(Array.isArray(members) && { members: members.slice(1) }),
  }),
  replaced: (args) => ({ ...args, userStore: "DEFAULT" }),
  replaces: ["userStore"],
  rich: ({ displayName, members }) => ({
    args: { displayName, userStore: "PRIMARY", members },
    changed: { displayName: `${displayName} anew`, members: Array.isArray(members) ? members.slice(0, 1) : [] },
  }),
  madeOutputs: [],
  wrong: { displayName: "DEFAULT/support", userStore: "", members: ["a", "a"] },
  failures: [
    'displayName: has a `/`, which parts a user store from a name; say `userStore: "DEFAULT"` and `displayName: "support"`',
    "userStore: must not be empty",
    "members[1]: is in the list twice",
  ],
  unknown: { displayName: "support", members: [UNKNOWN] },

  exists: async (sandbox, { displayName }) => {
    const others = [{ value: await userByConsole(sandbox, `other-${randomUUID()}`), display: "" }];
    await postedByConsole(sandbox, groups, { displayName, members: others });
  },
  found: withName,

  inStories: {
    key: ({ displayName, userStore = "PRIMARY" }) => `${userStore}/${displayName}`,
    declared: fc.tuple(maybe(0), maybe(1)).map((all) => () => all.filter((one) => one !== undefined)),
    differences: async (world, { live }, { id }) => missing(live, (await world.console("GET", path(id))).body),
    objects: ({ groups }) => groups.map(({ id, store, name }) => ({ id, key: `${store}/${name}` })),
    edits,
    drastic: ["make a group", "delete a group"],
  },
};
