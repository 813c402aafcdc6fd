import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { role as definition } from "../../provider/resources/role";
import type { Tenant } from "../../sandbox/index";
import type { Declared, Program } from "../model/declared";
import { isObject, missing } from "../model/json";
import type { World } from "../model/world";
import { UNKNOWN } from "../support/dynamic-provider";
import { apiResource, scopeNames, scopesOf } from "./api-resource";
import { application } from "./application";
import { type Args, chosen, type Edit, madeByConsole, postedByConsole, type Subject } from "./subject";

const roles = "/scim2/v2/Roles";
const path = (id: string) => `${roles}/${id}`;
const items = (values: readonly unknown[]) => values.map((value) => ({ value }));
const audience = (owner: unknown) => (owner === undefined ? {} : { audience: { type: "application", value: owner } });
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Those that are no part of the tenant itself, and no copies of the roles that a tenant shares. */
const ownRoles = ({ roles: all }: Tenant) =>
  all.filter(({ system, sharedFrom }) => !system && sharedFrom === undefined);

function roleIn({ tenant }: World, pick: number) {
  return chosen(ownRoles(tenant), pick);
}

/** The names of a place in a program, so that no two roles of it can want the same. */
const namesOf = (place: number) => [`Role ${place}`, `Role ${place} of old`] as const;

/** A role of the organization is at place 0, and one of each application at those behind it. */
function declaredAt(place: number): fc.Arbitrary<(earlier: Program) => readonly Declared[]> {
  return fc
    .record({
      displayName: fc.constantFrom(...namesOf(place)),
      isThere: fc.constantFrom(true, true, false),
      hasPermissions: fc.constantFrom(true, true, false),
      some: fc.subarray([...scopesOf(0), ...scopesOf(1)]),
    })
    .map(({ displayName, isThere, hasPermissions, some }) => (earlier) => {
      const owner = place === 0 ? undefined : ownerAt(place - 1, earlier);
      if (!isThere || (place > 0 && !owner)) return [];
      const givers = giversOf(owner?.name, earlier);
      const permissions = some.filter((scope) => givers.some(({ args }) => givenBy(args).includes(scope)));
      const refs: Declared["refs"] = owner ? { application: { of: owner.name, give: "id" } } : {};
      return [
        {
          name: `role${place}`,
          type: "Role",
          args: { displayName, ...(hasPermissions && { permissions }) },
          refs,
          after: givers.map(({ name }) => name),
          live: { displayName, ...(hasPermissions && { permissions: items(permissions) }) },
          client: undefined,
        },
      ];
    });
}

/** An application that surely has roles of its own: one that says it, or the one that never says otherwise. */
function ownerAt(place: number, earlier: Program): Declared | undefined {
  const found = earlier.find(({ name }) => name === `app${place}`);
  const block = found?.args.associatedRoles;
  return place === 2 || (isObject(block) && block.allowedAudience === "APPLICATION") ? found : undefined;
}

/** What gives a role its permissions: the authorizations of its application, or the APIs. */
export function giversOf(owner: string | undefined, program: Program): Program {
  return program.filter(({ type, refs }) =>
    owner === undefined ? type === "ApiResource" : type === "ApiAuthorization" && refs.application?.of === owner,
  );
}

export function givenBy({ scopes }: Args): string[] {
  const all: readonly unknown[] = Array.isArray(scopes) ? scopes : [];
  return all.some(isObject) ? scopeNames({ scopes }) : texts(scopes);
}

async function differences(world: World, { live }: Declared, { id }: { readonly id: string }): Promise<string[]> {
  const { body } = await world.console("GET", path(id));
  // The server leaves out a list that is empty.
  return missing(live, { permissions: [], groups: [], ...body });
}

const patch = (member: string, value: unknown) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations: [{ op: "replace", path: member, value }],
});

const edits: Readonly<Record<string, Edit>> = {
  "take the permissions of a role": async (world, pick) => {
    const one = roleIn(world, pick);
    if (one) await world.console("PATCH", path(one.id), patch("permissions", items(one.permissions.slice(1))));
  },
  "give a role to a group": async (world, pick) => {
    const one = roleIn(world, pick);
    if (!one) return;
    const { id } = await world.console("POST", "/scim2/Groups", { displayName: `With a role ${pick}` });
    if (id === undefined) return;
    world.others.add(id);
    await world.console("PATCH", path(one.id), patch("groups", items([id])));
  },
  "rename a role": async (world, pick) => {
    // By its name the user would know an object that a failed run may have left behind.
    const known = ownRoles(world.tenant).filter(({ id }) => world.savedOf(id));
    const one = chosen(known, pick);
    if (one) await world.console("PATCH", path(one.id), patch("displayName", `By hand ${pick}`));
  },
  "delete a role": async (world, pick) => {
    const one = roleIn(world, pick);
    if (one) await world.console("DELETE", path(one.id));
  },
  "make a role": async (world, pick) => {
    const { id } = await world.console("POST", roles, { displayName: world.named(namesOf(0)[pick % 2 === 0 ? 0 : 1]) });
    if (id !== undefined) world.others.add(id);
  },
};

export const role: Subject = {
  type: "Role",
  schema: definition.args,
  outputs: definition.outputs,
  creation: roles,
  path,

  args: async (sandbox) => {
    const { scopes, ...api } = await apiResource.args(sandbox);
    const names = scopeNames({ scopes });
    const body = { ...api, scopes: names.map((name) => ({ name, displayName: "Scope" })) };
    const id = await madeByConsole(sandbox, apiResource.creation, body);
    const owner = await madeByConsole(sandbox, application.creation, { name: `Owner ${randomUUID()}` });
    await postedByConsole(sandbox, `${application.path(owner)}/authorized-apis`, { id, scopes: names });
    const group = await madeByConsole(sandbox, "/scim2/Groups", { displayName: `Group ${randomUUID()}` });
    const displayName = `Reader ${randomUUID().slice(0, 8)}`;
    return { displayName, application: owner, permissions: [names[1]], groups: [group] };
  },
  least: ({ displayName }) => ({ displayName }),
  changed: ({ permissions, ...args }) => ({
    ...args,
    permissions: [...texts(permissions), ...texts(permissions).map((name) => name.replace("read", "write"))],
  }),
  replaced: (args) => ({ ...args, application: randomUUID() }),
  replaces: ["application"],
  rich: (args) => ({
    args,
    changed: {
      ...args,
      displayName: `${args.displayName} anew`,
      permissions: texts(args.permissions).map((name) => name.replace("read", "write")),
      groups: [],
    },
  }),
  madeOutputs: [],
  wrong: { displayName: "a/b", permissions: ["orders", "orders"], groups: [7] },
  failures: ["displayName: has a `/`", "permissions[1]: is in the list twice", "groups[0]: must be a string"],
  unknown: { displayName: "Reader", application: UNKNOWN, permissions: [UNKNOWN], groups: UNKNOWN },

  exists: async (sandbox, { displayName, application: owner, permissions }) => {
    const others = texts(permissions).map((name) => name.replace("read", "write"));
    await postedByConsole(sandbox, roles, { displayName, ...audience(owner), permissions: items(others) });
  },
  found: ({ roles: all }, { displayName, application: owner }) =>
    all
      .filter((one) => one.displayName === displayName)
      .filter(({ audience: { type, value } }) => (type === "application" ? value : undefined) === owner)
      .map(({ id }) => id),

  inStories: {
    key: ({ displayName }) => String(displayName),
    declared: fc
      .tuple(...[0, 1, 2, 3].map(declaredAt))
      .map((all) => (earlier) => all.flatMap((declare) => declare(earlier))),
    differences,
    objects: (tenant) => ownRoles(tenant).map(({ id, displayName }) => ({ id, key: displayName })),
    edits,
    drastic: ["delete a role", "make a role"],
  },
};
