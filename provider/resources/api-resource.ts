import { z } from "zod";
import type { Api } from "../api/api";
import { path } from "../api/path";
import type { Scope as ManagementScope } from "../api/scopes";
import { distinctBy, nonEmptyText } from "../core/checks";
import type { Properties } from "../core/clean";
import { controlArgs, described, takenAdvice } from "../core/controls";
import type { Definition } from "../core/definition";
import type { Run } from "../core/run";
import { argsOf, assumed, keyed, type Plain } from "../core/schema";
import { ApiError, AsgardeoError, isConflict } from "../errors";
import { type ApiWire, apiWire, apiWithId, matchApi, readableApis } from "./api-look-up";
import type { ApiResourceArgs, ScopeArgs } from "./api-resource.args";
import { apiFindings, apiScopeName } from "./api-resource.limits";
import { released, removeScope, scopeNames, takenScopes, takeScopes, twinScopes } from "./api-scopes";
import { replacing, sayWhoLosesAccess, warnOfLostAccess } from "./api-users";
import { text } from "./wire";

type Args = Plain<ApiResourceArgs>;
type Scope = Plain<ScopeArgs>;

const scopes = z
  .array(
    argsOf<ScopeArgs>()({
      name: apiScopeName,
      displayName: nonEmptyText.optional(),
      description: z.string().optional(),
    }),
  )
  .superRefine(distinctBy("name"));

export const apiResource: Definition<ApiResourceArgs, object> = {
  type: "ApiResource",
  args: argsOf<ApiResourceArgs>()({
    name: nonEmptyText,
    identifier: nonEmptyText,
    description: z.string().optional(),
    requiresAuthorization: assumed(true, z.boolean()).optional(),
    scopes: keyed("name", scopes).optional(),
    ...controlArgs,
  }),
  outputs: [],
  replaceOn: ["identifier", "requiresAuthorization"],
  secrets: [],
  needs: {
    create: ["internal_api_resource_create", "internal_api_resource_view"],
    read: ["internal_api_resource_view"],
    update: ["internal_api_resource_update", "internal_api_resource_view"],
    delete: ["internal_api_resource_delete"],
  },

  keys: ["identifier"],
  path: (id) => apiResourcePath(id),
  probe: readableApis,
  match: (api, args, _, afresh) => matchApi(api, args, afresh),
  advise: apiFindings,
  mayNeed,
  warn: warnOfLostAccess,
  verify: takenScopes,
  agree: twinScopes,

  async create(api, args, run) {
    const names = scopeNames(args);
    await takeScopes(api, run, args.identifier, names);
    return {
      id: await unlessScopesAreTaken(api, run, args, names, () => api.create(apiResources, described(args))),
      outputs: {},
    };
  },

  async read(api, id) {
    const live = await api.find(apiResourcePath(id), apiWire);
    return live && { args: fromWire(live), outputs: {} };
  },

  async update(api, id, args, { args: old }, run) {
    const live = fromWire(await api.get(apiResourcePath(id), apiWire));
    await patch(api, run, id, args, old, live);
    await changeScopes(api, id, args, live);
    await removeScopes(api, run, id, args, old, live);
    api.drop(apiWithId, id);
    return {};
  },

  async delete(api, id, { args }, run) {
    await sayWhoLosesAccess(api, id, args, run);
    for (const scope of scopeNames(args)) run.program.noteLost(scope);
    await api.delete(apiResourcePath(id));
    api.drop(apiWithId, id);
  },
};

/** Scopes are removed with the scope to delete. Whom a replacement takes access from, the applications tell. */
function mayNeed(args: Properties, old: Properties | undefined): readonly ManagementScope[] {
  if (!old) return [];
  const names = (list: unknown) => (Array.isArray(list) ? list.map((scope: { name?: unknown }) => scope?.name) : []);
  const left = names(args.scopes);
  return [
    ...(replacing(old, args) === undefined ? [] : (["internal_application_mgt_view"] as const)),
    ...(names(old.scopes).every((name) => left.includes(name)) ? [] : (["internal_api_resource_delete"] as const)),
  ];
}

const apiResources = path`/api/server/v1/api-resources`;
const apiResourcePath = (id: string) => path`/api/server/v1/api-resources/${id}`;
const scopePath = (id: string, name: string) => path`/api/server/v1/api-resources/${id}/scopes/${{ name }}`;

function fromWire(live: ApiWire): Args {
  return {
    name: live.name,
    identifier: live.identifier,
    description: text(live.description),
    requiresAuthorization: live.requiresAuthorization ?? true,
    scopes: (live.scopes ?? []).map(({ name, displayName, description }) => ({
      name,
      displayName: text(displayName) ?? name,
      description: text(description),
    })),
  };
}

/** Name, description and new scopes in one request; none where all of them are there. */
async function patch(api: Api, run: Run, id: string, args: Args, old: Partial<Args>, live: Args): Promise<void> {
  const description = args.description ?? (old.description === undefined ? undefined : "");
  const addedScopes = (args.scopes ?? []).filter(({ name }) => !live.scopes?.some((scope) => scope.name === name));
  const body = {
    ...(args.name !== live.name && { name: args.name }),
    ...(description !== undefined && description !== (live.description ?? "") && { description }),
    ...(addedScopes.length > 0 && { addedScopes }),
  };
  if (Object.keys(body).length === 0) return;
  const names = addedScopes.map(({ name }) => name);
  await takeScopes(api, run, args.identifier, names);
  await unlessScopesAreTaken(api, run, args, names, () => api.patch(apiResourcePath(id), body));
}

/** What a program leaves out of a scope goes back to the server's default: a scope is declared as a whole. */
async function changeScopes(api: Api, id: string, args: Args, live: Args): Promise<void> {
  for (const [i, { name, displayName = name, description = "" }] of (args.scopes ?? []).entries()) {
    const found = live.scopes?.find((scope) => scope.name === name);
    if (!found || (found.displayName === displayName && (found.description ?? "") === description)) continue;
    try {
      await api.patch(scopePath(id, name), { displayName, description });
    } catch (error) {
      throw isUnserved(error) ? cannotChange(i, name, error) : error;
    }
  }
}

/** WSO2 Identity Server 7.0 has no such call. A scope made anew would silently lose its authorizations and roles. */
function isUnserved(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 405;
}

function cannotChange(index: number, name: string, cause: ApiError): AsgardeoError {
  const text = `scopes[${index}]: this server cannot change the scope \`${name}\` in place (WSO2 Identity Server 7.1 and later can). Take the scope out of the program, run, and put it in again: applications and roles lose it meanwhile. (${cause.message})`;
  return new AsgardeoError(text, { cause });
}

async function removeScopes(api: Api, run: Run, id: string, args: Args, old: Partial<Args>, live: Args): Promise<void> {
  // Where the program no longer speaks of scopes, those that it declared go, and no others.
  const candidates: readonly Scope[] = args.scopes ? (live.scopes ?? []) : (old.scopes ?? []);
  for (const { name } of candidates) {
    if (!args.scopes?.some((scope) => scope.name === name)) await removeScope(api, run, id, name);
  }
}

/** Sends a write that adds scopes; once more where an API of this program that had one of them has made way. */
async function unlessScopesAreTaken<T>(
  api: Api,
  run: Run,
  args: Args,
  added: readonly string[],
  send: () => Promise<T>,
): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!isConflict(error)) throw error;
    const way = isAboutScopes(error) ? await released(api, run, args.identifier, added) : undefined;
    if (way !== true) throw conflict(args, error, way?.held);
  }
  return send();
}

/** The server answers 409 for a taken identifier and for a taken scope name, and says in words only which. */
function isAboutScopes({ description }: ApiError): boolean {
  return /scope/i.test(description);
}

function conflict({ identifier }: Args, error: ApiError, held: string | undefined): AsgardeoError {
  const who = held ?? "One of these names is taken by another API of the tenant, and scope names are unique in it.";
  const text = isAboutScopes(error)
    ? `scopes: ${who} Choose another name. (${error.message})`
    : `identifier: ${JSON.stringify(identifier)} is taken by another API of the tenant.${takenAdvice}\n(${error.message})`;
  return new AsgardeoError(text, { cause: error });
}
