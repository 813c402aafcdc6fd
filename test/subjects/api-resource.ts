import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { apiResource as definition } from "../../provider/resources/api-resource";
import type { Declared } from "../model/declared";
import { missing } from "../model/json";
import type { World } from "../model/world";
import { UNKNOWN } from "../support/dynamic-provider";
import { type Args, chosen, type Edit, postedByConsole, type Subject } from "./subject";

const apis = "/api/server/v1/api-resources";
const path = (id: string) => `${apis}/${id}`;

/** The identifiers and scopes of a place in a program, so that no two APIs of it can want the same. */
export const identifiersOf = (place: number) => [`https://api.example/${place}`, `https://old.example/${place}`];
export const scopesOf = (place: number) => ["read", "write", "admin"].map((verb) => `s${place}:${verb}`);
export const scopeNames = ({ scopes }: Args): string[] =>
  Array.isArray(scopes) ? scopes.map(({ name }: { name: string }) => name) : [];

function declaredAt(place: number): fc.Arbitrary<Declared> {
  const scope = (name: string) =>
    fc.record(
      {
        name: fc.constant(name),
        displayName: fc.constantFrom("By design", "By decree"),
        description: fc.constant("What it permits"),
      },
      { requiredKeys: ["name"] },
    );
  const scopes = fc
    .tuple(...scopesOf(place).map((name) => fc.option(scope(name), { nil: undefined })))
    .map((list) => list.filter((one) => one !== undefined));
  return fc
    .record(
      {
        name: fc.constantFrom(`API ${place}`, `API ${place} of old`),
        identifier: fc.constantFrom(...identifiersOf(place)),
        description: fc.constantFrom("Orders", "Bills"),
        requiresAuthorization: fc.boolean(),
        scopes,
      },
      { requiredKeys: ["name", "identifier"] },
    )
    .map((args) => {
      const live = { ...args, requiresAuthorization: args.requiresAuthorization ?? true };
      return { name: `api${place}`, type: "ApiResource", args, refs: {}, live, client: undefined };
    });
}

const maybe = (place: number) =>
  fc.oneof({ weight: 2, arbitrary: declaredAt(place) }, { weight: 1, arbitrary: fc.constant(undefined) });

const byHand = (pick: number) => `By hand ${pick}`;

/** One of the tenant's own APIs. */
export function apiIn({ tenant }: World, pick: number) {
  return chosen(
    tenant.apiResources.filter(({ type }) => type === "BUSINESS"),
    pick,
  );
}

/** Does something with one of its scopes, or with the API itself. */
function scopeEdit(
  send: (world: World, at: string, scope: string | undefined, pick: number) => Promise<unknown>,
): Edit {
  return async (world, pick) => {
    const api = apiIn(world, pick);
    if (!api) return;
    await send(world, path(api.id), chosen(api.scopes, pick)?.name, pick);
    await world.note(api.id, path(api.id), "scopes", ["scopes"]);
  };
}

const edits: Readonly<Record<string, Edit>> = {
  "API's description": async (world, pick) => {
    const api = apiIn(world, pick);
    if (!api) return;
    await world.console("PATCH", path(api.id), { description: byHand(pick) });
    await world.note(api.id, path(api.id), "description", ["description"]);
  },
  "API's name": async (world, pick) => {
    const api = apiIn(world, pick);
    if (api) await world.console("PATCH", path(api.id), { name: byHand(pick) });
  },
  "add a scope": scopeEdit((world, at, _, pick) =>
    world.console("PATCH", at, { addedScopes: [{ name: `extra:${pick}` }] }),
  ),
  "change a scope": scopeEdit(async (world, at, scope, pick) => {
    if (scope) await world.console("PATCH", `${at}/scopes/${scope}`, { displayName: byHand(pick) });
  }),
  "remove a scope": scopeEdit(async (world, at, scope) => {
    if (scope) await world.console("DELETE", `${at}/scopes/${scope}`);
  }),
  "delete an API": async (world, pick) => {
    const api = apiIn(world, pick);
    if (api) await world.console("DELETE", path(api.id));
  },
  "make an API": async (world, pick) => {
    const identifier = identifiersOf(pick % 2)[pick % 3 === 0 ? 0 : 1];
    const { id } = await world.console("POST", apis, { name: byHand(pick), identifier });
    if (id !== undefined) world.others.add(id);
  },
};

export const apiResource: Subject = {
  type: "ApiResource",
  schema: definition.args,
  outputs: definition.outputs,
  creation: apis,
  path,

  args: async () => {
    const id = randomUUID().slice(0, 8);
    return {
      name: "Orders API",
      identifier: `https://api.example.com/${id}`,
      scopes: [{ name: `${id}:write`, displayName: "Change" }, { name: `${id}:read` }],
    };
  },
  least: (args) => args,
  changed: (args) => ({ ...args, name: "All Orders API", description: "now described" }),
  replaced: (args) => ({ ...args, identifier: `https://api.example.com/${randomUUID()}` }),
  replaces: ["identifier"],
  rich: (args) => {
    const [write, read] = scopeNames(args);
    const described = { name: read, displayName: "Read", description: "Reads" };
    return {
      args: { ...args, description: "An API", scopes: [described, { name: write, displayName: "Write" }] },
      changed: { ...args, name: "Orders anew", scopes: [{ name: read, displayName: "Look" }, { name: `${read}:all` }] },
    };
  },
  madeOutputs: [],
  wrong: { name: "Orders API", identifier: "", scopes: [{ name: "a" }, { displayName: "b" }] },
  failures: ["identifier: must not be empty", "scopes[1].name: missing"],
  unknown: { name: "Orders API", identifier: UNKNOWN, scopes: UNKNOWN },

  exists: async (sandbox, { identifier }) => {
    await postedByConsole(sandbox, apis, { name: "Old", identifier, scopes: [{ name: `${identifier}:old` }] });
  },
  found: ({ apiResources }, args) =>
    apiResources.filter(({ identifier }) => identifier === args.identifier).map(({ id }) => id),

  inStories: {
    key: ({ identifier }) => String(identifier),
    declared: fc.tuple(maybe(0), maybe(1)).map((all) => () => all.filter((one) => one !== undefined)),
    differences: async (world, { live }, { id }) => missing(live, (await world.console("GET", path(id))).body),
    objects: ({ apiResources }) =>
      apiResources.filter(({ type }) => type === "BUSINESS").map(({ id, identifier }) => ({ id, key: identifier })),
    edits,
    drastic: ["make an API", "delete an API"],
  },
};
