import type { Application } from "../models/application";
import { rolesOfUser } from "../role/of-user";
import type { Store } from "../store";

/** The scope by which a user acts for oneself: at `/scim2/Me`. */
export const ownAccount = "internal_login";

/**
 * The scopes that a token of a user gets of those that were asked for, in their order:
 *
 * - the scopes of OpenID Connect, and `internal_login`;
 * - a scope of an API that the application is authorized to, if a role of the user has it, or without any role where the
 *   authorization asks for none ("No Policy").
 *
 * The others are dropped in silence. `SYSTEM` asks for every authorized scope of the server's own APIs. The application
 * is that of the store: a copy, in an organization that it is shared with.
 */
export function scopesOfUser(
  store: Store,
  application: Application,
  userId: string,
  asked: readonly string[],
): Set<string> {
  const { oidcScopes } = store.tenant;
  const open = new Set([...oidcScopes.map(({ name }) => name), ownAccount]);
  const authorized = authorizedToUser(store, application, userId);
  const all = asked.includes("SYSTEM") ? [...authorized].filter((scope) => /^(internal_|console:)/.test(scope)) : [];
  return new Set([...asked, ...all].filter((scope) => open.has(scope) || authorized.has(scope)));
}

function authorizedToUser(store: Store, application: Application, userId: string): Set<string> {
  const permitted = new Set(rolesOfUser(store, application, userId).flatMap(({ permissions }) => permissions));
  const byRole = application.authorizations.filter(({ policyId }) => policyId === "RBAC");
  const free = application.authorizations.filter(({ policyId }) => policyId !== "RBAC");
  const ofRoles = [...store.authorizedScopes({ ...application, authorizations: byRole })];
  const ofNobody = store.authorizedScopes({ ...application, authorizations: free });
  return new Set([...ofNobody, ...ofRoles.filter((scope) => permitted.has(scope))]);
}
