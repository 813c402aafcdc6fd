import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { apiAuthorization as definition } from "../../provider/resources/api-authorization";
import type { Declared, Program } from "../model/declared";
import { missing } from "../model/json";
import type { World } from "../model/world";
import { UNKNOWN } from "../support/dynamic-provider";
import { apiIn, apiResource, scopeNames, scopesOf } from "./api-resource";
import { application } from "./application";
import { applicationIn } from "./application/edits";
import { type Args, chosen, type Edit, madeByConsole, postedByConsole, type Subject } from "./subject";

const ofApplication = (id: string) => `${application.path(id)}/authorized-apis`;
const path = (id: string) => {
  const [applicationId = "", apiId] = id.split("/");
  return `${ofApplication(applicationId)}/${apiId}`;
};

const missingId = randomUUID();
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** What links an application of a program with an API of it, by their places. */
interface Link {
  readonly app: number;
  readonly api: number;
  readonly by: "id" | "identifier";
  readonly scopes: readonly string[];
  readonly policy: "RBAC" | "No Policy" | undefined;
}

const link: fc.Arbitrary<Link> = fc
  .record({
    app: fc.nat(2),
    api: fc.nat(1),
    by: fc.constantFrom("id" as const, "identifier" as const),
    verbs: fc.subarray([0, 1, 2]),
    policy: fc.constantFrom(undefined, undefined, "RBAC" as const, "No Policy" as const),
  })
  .map(({ verbs, ...rest }) => ({ ...rest, scopes: scopesOf(rest.api).filter((_, i) => verbs.includes(i)) }));

/** The authorization, as far as its ends are there and the API allows it. */
function declaredBy({ app, api, by, scopes: wanted, policy: asked }: Link, earlier: Program): Declared[] {
  const target = earlier.find(({ name }) => name === `api${api}`);
  if (!target || !earlier.some(({ name }) => name === `app${app}`)) return [];
  const has = scopeNames(target.args);
  const scopes = wanted.filter((name) => has.includes(name));
  const policy = target.args.requiresAuthorization === false || asked === undefined ? asked : "RBAC";
  return [
    {
      name: `app${app}-api${api}`,
      type: "ApiAuthorization",
      args: { scopes, ...(policy && { policy }) },
      refs: { application: { of: `app${app}`, give: "id" }, api: { of: `api${api}`, give: by } },
      live: {
        policyId: policy === "No Policy" ? "NO POLICY" : "RBAC",
        authorizedScopes: scopes.map((name) => ({ name })),
      },
      client: undefined,
    },
  ];
}

/** An authorization of an application: its path, the scopes of its API, and the ids of those that it has. */
function authorizationIn(world: World, pick: number) {
  const app = applicationIn(world, pick);
  const one = chosen(app?.authorizations ?? [], pick);
  if (!app || !one) return undefined;
  const scopes = world.tenant.apiResources.find(({ id }) => id === one.apiId)?.scopes ?? [];
  return { path: path(`${app.id}/${one.apiId}`), scopes, has: one.scopeIds };
}

const edits: Readonly<Record<string, Edit>> = {
  authorize: async (world, pick) => {
    const app = applicationIn(world, pick);
    const api = apiIn(world, pick);
    if (!app || !api) return;
    const scopes = api.scopes.slice(pick % 2).map(({ name }) => name);
    await world.console("POST", ofApplication(app.id), { id: api.id, scopes });
  },
  "add scopes to an authorization": async (world, pick) => {
    const one = authorizationIn(world, pick);
    if (one) await world.console("PATCH", one.path, { addedScopes: one.scopes.map(({ name }) => name) });
  },
  "withdraw an authorization": async (world, pick) => {
    const one = authorizationIn(world, pick);
    if (one) await world.console("DELETE", one.path);
  },
  "withdraw a scope": async (world, pick) => {
    const one = authorizationIn(world, pick);
    const scope = one?.scopes.find(({ id }) => one.has.includes(id));
    if (one && scope) await world.console("PATCH", one.path, { removedScopes: [scope.name] });
  },
};

export const apiAuthorization: Subject = {
  type: "ApiAuthorization",
  schema: definition.args,
  outputs: definition.outputs,
  creation: ofApplication("*"),
  path,
  isKnownByListAlone: true,

  args: async (sandbox) => {
    const { scopes, ...api } = await apiResource.args(sandbox);
    const [write, read] = scopeNames({ scopes });
    const body = { ...api, scopes: [write, read].map((name) => ({ name, displayName: "Scope" })) };
    const owner = await madeByConsole(sandbox, application.creation, { name: `Owner ${randomUUID()}` });
    return { application: owner, api: await madeByConsole(sandbox, apiResource.creation, body), scopes: [read] };
  },
  least: (args) => args,
  changed: ({ scopes, ...args }) => ({
    ...args,
    scopes: [...texts(scopes), ...texts(scopes).map((name) => name.replace("read", "write"))],
  }),
  replaced: (args) => ({ ...args, api: missingId }),
  replaces: ["api"],
  rich: ({ scopes, ...args }) => ({
    args: { ...args, scopes, policy: "RBAC" },
    changed: { ...args, policy: "RBAC", scopes: texts(scopes).map((name) => name.replace("read", "write")) },
  }),
  madeOutputs: ["apiId"],
  wrong: { application: "a", api: "b", scopes: ["read", "read"], policy: "rbac" },
  failures: ["scopes[1]: is in the list twice", "policy: must be one of `RBAC`, `No Policy`"],
  unknown: { application: UNKNOWN, api: UNKNOWN, scopes: ["read"] },

  exists: async (sandbox, { application: owner, api, scopes }) => {
    const others = texts(scopes).map((name) => name.replace("read", "write"));
    await postedByConsole(sandbox, ofApplication(String(owner)), { id: api, scopes: others });
  },
  found: ({ applications }, args: Args) =>
    applications
      .filter(
        ({ id, authorizations }) => id === args.application && authorizations.some((one) => one.apiId === args.api),
      )
      .map(({ id }) => `${id}/${args.api}`),

  inStories: {
    key: () => undefined,
    declared: fc
      .uniqueArray(link, { maxLength: 4, selector: ({ app, api }) => `${app} ${api}` })
      .map((links) => (earlier) => links.flatMap((one) => declaredBy(one, earlier))),
    differences: async ({ tenant }, { live }, { id }) => {
      const [applicationId, apiId] = id.split("/");
      const { applications, apiResources } = tenant;
      const one = applications.find((app) => app.id === applicationId)?.authorizations.find((it) => it.apiId === apiId);
      const scopes = apiResources.find((api) => api.id === apiId)?.scopes ?? [];
      const authorizedScopes = scopes.filter((scope) => one?.scopeIds.includes(scope.id)).map(({ name }) => ({ name }));
      return missing(live, one && { policyId: one.policyId, authorizedScopes });
    },
    objects: () => [],
    edits,
    drastic: Object.keys(edits),
  },
};
