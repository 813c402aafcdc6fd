import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { organization as definition } from "../../provider/resources/organization";
import type { Organization, Tenant } from "../../sandbox/index";
import type { Declared } from "../model/declared";
import { isObject, type JsonObject, missing } from "../model/json";
import type { World } from "../model/world";
import { UNKNOWN } from "../support/dynamic-provider";
import { chosen, type Edit, postedByConsole, type Subject } from "./subject";

const organizations = "/api/server/v1/organizations";
const path = (id: string) => `${organizations}/${id}`;

/** The names of a place in a program, so that no two organizations of it can want the same. */
const namesOf = (place: number) => [`Customer ${place}`, `Customer ${place} of old`] as const;

const declaredAt = (place: number): fc.Arbitrary<Declared> =>
  fc
    .record(
      {
        name: fc.constantFrom(...namesOf(place)),
        description: fc.constantFrom("A hospital", "A clinic"),
        attributes: fc.constantFrom({ region: "South" }, { region: "North", plan: "gold" }),
        status: fc.constantFrom("ACTIVE" as const, "DISABLED" as const),
      },
      { requiredKeys: ["name"] },
    )
    .map((args) => ({
      name: `org${place}`,
      type: "Organization",
      args,
      refs: {},
      live: args,
      client: undefined,
    }));

const maybe = (place: number) =>
  fc.oneof({ weight: 2, arbitrary: declaredAt(place) }, { weight: 3, arbitrary: fc.constant(undefined) });

/** Those below the tenant's own. */
export function organizationsBelow({ organizations: all }: Tenant): Organization[] {
  return all.filter(({ parentId }) => parentId !== undefined);
}

/** One of those that stories do not need as they are. */
const organizationIn = ({ tenant, kept }: World, pick: number) =>
  chosen(
    organizationsBelow(tenant).filter(({ id }) => !kept.has(id)),
    pick,
  );
const byHand = (pick: number) => `By hand ${pick}`;

/** A PATCH of an organization by hand. */
function patched(member: string | undefined, operation: (pick: number) => JsonObject): Edit {
  return async (world, pick) => {
    const one = organizationIn(world, pick);
    if (!one) return;
    await world.console("PATCH", path(one.id), [operation(pick)]);
    if (member !== undefined) await world.note(one.id, path(one.id), member, [member]);
  };
}

const edits: Readonly<Record<string, Edit>> = {
  "organization's description": patched("description", (pick) => ({
    operation: "REPLACE",
    path: "/description",
    value: byHand(pick),
  })),
  "organization's name": patched(undefined, (pick) => ({ operation: "REPLACE", path: "/name", value: byHand(pick) })),
  "organization's region": patched(undefined, (pick) => ({
    operation: "ADD",
    path: "/attributes/region",
    value: byHand(pick),
  })),
  "disable an organization": patched("status", () => ({ operation: "REPLACE", path: "/status", value: "DISABLED" })),
  "delete an organization": async (world, pick) => {
    const one = organizationIn(world, pick);
    if (one) await world.console("DELETE", path(one.id));
  },
  "make an organization": async (world, pick) => {
    const { id } = await world.console("POST", organizations, { name: namesOf(pick % 2)[pick % 3 === 0 ? 0 : 1] });
    if (id !== undefined) world.others.add(id);
  },
};

/** As the console shows it, with the attributes in the words of a program. */
function shown(body: JsonObject): JsonObject {
  const pairs = Array.isArray(body.attributes) ? body.attributes.filter(isObject) : [];
  return { ...body, attributes: Object.fromEntries(pairs.map(({ key, value }) => [String(key), value])) };
}

export const organization: Subject = {
  type: "Organization",
  schema: definition.args,
  outputs: definition.outputs,
  creation: organizations,
  path,

  args: async () => ({ name: `Hospital ${randomUUID().slice(0, 8)}`, description: "A hospital" }),
  least: ({ name }) => ({ name }),
  changed: (args) => ({ ...args, description: "A clinic", attributes: { region: "South" } }),
  replaced: (args) => ({ ...args, orgHandle: `hospital-${randomUUID().slice(0, 8)}` }),
  replaces: ["orgHandle"],
  rich: (args) => ({
    args: {
      ...args,
      orgHandle: `clinic-${randomUUID().slice(0, 8)}`,
      description: "A clinic",
      attributes: { region: "South", plan: "gold" },
      status: "ACTIVE",
    },
    changed: {
      name: `${args.name} anew`,
      description: "All clinics",
      attributes: { region: "North", beds: "12" },
      status: "DISABLED",
    },
  }),
  madeOutputs: ["orgHandle", "parentId"],
  wrong: { name: " Hospital", orgHandle: "Central Hospital", attributes: { region: "" }, status: "OFF" },
  failures: [
    "name: has a blank at an end",
    "orgHandle: must be of lower-case letters",
    "attributes.region: must not be empty",
    "status: must be one of `ACTIVE`, `DISABLED`",
  ],
  unknown: { name: UNKNOWN, parentId: UNKNOWN, attributes: { region: UNKNOWN } },

  exists: async (sandbox, { name, orgHandle }) => {
    // The handle is for good, so one that has another cannot be adopted.
    await postedByConsole(sandbox, organizations, { name, orgHandle, description: "Another one" });
  },
  found: (tenant, args) =>
    organizationsBelow(tenant)
      .filter(({ name }) => name === args.name)
      .map(({ id }) => id),

  inStories: {
    key: ({ name }) => String(name),
    declared: fc.tuple(maybe(0), maybe(1)).map((all) => () => all.filter((one) => one !== undefined)),
    differences: async (world, { live }, { id }) => missing(live, shown((await world.console("GET", path(id))).body)),
    objects: (tenant) => organizationsBelow(tenant).map(({ id, name }) => ({ id, key: name })),
    edits,
    drastic: ["make an organization", "delete an organization"],
  },
};
