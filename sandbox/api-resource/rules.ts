import { randomUUID } from "node:crypto";
import { columns, refuseOverlong } from "../columns";
import type { ApiResource, Scope, ScopeModel } from "../models/api-resource";
import { apiResourceDatabaseError, apiResourceError, type Refusal } from "../refusal";
import type { Store } from "../store";

/** Prefixes of scope names that are the server's own. */
const restricted = ["internal_", "console:"];

export function apiResourceNotFound(id: string): Refusal {
  return apiResourceError(404, 60002, "API resource not found.", `API resource with id: ${id} is not found.`);
}

export function foundApiResource(store: Store, id: string): ApiResource {
  const api = store.apiResource(id);
  if (!api) throw apiResourceNotFound(id);
  return api;
}

/** An API of the tenant's own, not one of the server's. */
export function isOwn({ type }: ApiResource): boolean {
  return type === "BUSINESS" || type === "MCP";
}

export function refuseSystemApi(api: ApiResource): void {
  if (isOwn(api)) return;
  throw apiResourceError(403, 60012, "Operation is forbidden.", "System API resources cannot be changed.");
}

/** The API with an id, if it may be changed. */
export function changeableApiResource(store: Store, id: string): ApiResource {
  const api = foundApiResource(store, id);
  refuseSystemApi(api);
  return api;
}

export function refuseBlankName(name: string): void {
  if (name.trim() === "") throw invalid(60003, "The name of an API resource cannot be blank.");
}

export function refuseBadIdentifier(store: Store, identifier: string): void {
  if (identifier.trim() === "") throw invalid(60004, "The identifier of an API resource cannot be blank.");
  if (store.tenant.apiResources.some((api) => api.identifier === identifier)) {
    throw apiResourceError(
      409,
      60003,
      "API resource already exists.",
      `An API resource with the identifier: ${identifier} already exists.`,
    );
  }
}

/** The scopes that bodies describe, given the APIs whose scopes are in the way: names are unique in the whole tenant. */
export function newScopes(store: Store, models: readonly ScopeModel[], others: readonly ApiResource[]): Scope[] {
  const taken = new Set(others.flatMap(({ scopes }) => scopes.map(({ name }) => name)));
  for (const { name } of models) refuseBadScopeName(store, name);
  return models.map(({ name, displayName, description }) => {
    if (taken.has(name)) {
      throw apiResourceError(409, 60004, "Scope already exists.", `A scope with the name: ${name} already exists.`);
    }
    taken.add(name);
    return { id: randomUUID(), name, displayName: displayName?.trim() ? displayName : name, description };
  });
}

/** Refuses an API, with its scopes, that the database would not keep. */
export function refuseOverlongApi(api: ApiResource, change: "adding" | "updating"): void {
  refuseOverlong(columns.apiResource, api, () => apiResourceDatabaseError(change));
  refuseOverlongScopes(api.scopes, change);
}

export function refuseOverlongScopes(
  scopes: readonly Pick<Scope, "name" | "displayName">[],
  change: "adding" | "updating" | "updating scopes",
): void {
  for (const scope of scopes) refuseOverlong(columns.scope, scope, () => apiResourceDatabaseError(change));
}

function refuseBadScopeName(store: Store, name: string): void {
  if (name.trim() === "") throw invalid(60005, "The name of a scope cannot be blank.");
  if (restricted.some((prefix) => name.startsWith(prefix))) {
    throw invalid(60008, `The scope name: ${name} begins with a prefix that is reserved.`);
  }
  if (store.tenant.oidcScopes.some((scope) => scope.name === name)) {
    throw invalid(60009, `The scope name: ${name} is that of an OIDC scope.`);
  }
}

function invalid(number: number, description: string): Refusal {
  return apiResourceError(400, number, "Invalid request.", description);
}
