import type { ApiResource } from "../models/api-resource";
import type { Application, Authorization } from "../models/application";
import type { AuthorizedApiCreation, AuthorizedApiPatch } from "../models/authorized-api";
import { applicationError, type Refusal } from "../refusal";
import type { Store } from "../store";

const policies = new Set(["RBAC", "NO POLICY"]);

export function authorizationFor({ authorizations }: Application, apiId: string): Authorization | undefined {
  return authorizations.find((authorization) => authorization.apiId === apiId);
}

/** The API that is to be authorized: 400 where it does not exist, as for any other bad input. */
export function authorizableApi(store: Store, id: string | undefined): ApiResource {
  const api = id === undefined ? undefined : store.apiResource(id);
  if (!api) throw applicationError("APP-60507", `API resource with id: ${id} is not found.`);
  return api;
}

/** The scope that a client needs, beside the one of the path, to authorize an application to an API. */
export function secondScopeFor({ type }: ApiResource): string {
  const kind = type === "BUSINESS" || type === "MCP" ? "business" : "internal";
  return `internal_application_${kind}_api_update`;
}

/** A new authorization; the order of the checks is the server's. */
export function newAuthorization(
  store: Store,
  application: Application,
  api: ApiResource,
  { scopes = [], policyIdentifier = "RBAC" }: AuthorizedApiCreation,
): Authorization {
  const scopeIds = scopeIdsOf(api, scopes);
  const policyId = policyIdentifier.toUpperCase();
  if (!policies.has(policyId)) {
    throw applicationError("APP-60511", `Invalid policy identifier: ${policyIdentifier}.`);
  }
  if (api.requiresAuthorization && policyId !== "RBAC") {
    throw applicationError("APP-60512", `The policy ${policyIdentifier} is not allowed for the API resource.`);
  }
  refuseSharedScopes(store, application, api, scopeIds);
  return { apiId: api.id, policyId, scopeIds };
}

/** An authorization after a PATCH. Only what is added has to exist, and what is both added and removed is removed. */
export function patchedAuthorization(
  store: Store,
  application: Application,
  api: ApiResource,
  current: Authorization,
  { addedScopes = [], removedScopes = [] }: AuthorizedApiPatch,
): Authorization {
  const removed = new Set(api.scopes.filter(({ name }) => removedScopes.includes(name)).map(({ id }) => id));
  const added = scopeIdsOf(
    api,
    addedScopes.filter((name) => !removedScopes.includes(name)),
  ).filter((id) => !current.scopeIds.includes(id));
  refuseSharedScopes(store, application, api, added);
  return { ...current, scopeIds: [...current.scopeIds.filter((id) => !removed.has(id)), ...added] };
}

function scopeIdsOf({ scopes }: ApiResource, names: readonly string[]): string[] {
  const ids = [...new Set(names)].map((name) => {
    const scope = scopes.find((candidate) => candidate.name === name);
    if (!scope) throw applicationError("APP-60508", `Scope: ${name} is not found in the API resource.`);
    return scope.id;
  });
  return ids;
}

/** Two system APIs may share a scope, but an application can have it through only one: the database refuses the second. */
function refuseSharedScopes(store: Store, application: Application, api: ApiResource, added: readonly string[]): void {
  const others = application.authorizations.filter(({ apiId }) => apiId !== api.id);
  const taken = store.authorizedScopes({ ...application, authorizations: others });
  const shared = api.scopes.some(({ id, name }) => added.includes(id) && taken.has(name));
  if (shared) throw databaseRefusal();
}

function databaseRefusal(): Refusal {
  return applicationError(
    "APP-65001",
    "An error occurred while authorizing the API to the application.",
    "Server encountered an error.",
  );
}

/** The answer's form of one authorization. */
export function authorizedApiOf({ policyId, scopeIds }: Authorization, api: ApiResource): object {
  return {
    id: api.id,
    identifier: api.identifier,
    displayName: api.name,
    policyId,
    type: api.type,
    authorizedScopes: api.scopes
      .filter(({ id }) => scopeIds.includes(id))
      .map(({ id, name, displayName }) => ({ id, name, displayName })),
    authorizedAuthorizationDetailsTypes: null,
  };
}
