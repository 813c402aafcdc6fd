import type { Services } from "../gate";
import { shortened } from "../scim/user-stores";
import type { RefreshToken, Token } from "../tokens";
import { residentOf } from "./local-user";

const inactive = { active: false };

/** The claims of an access token that are told of any, and those that are told of a JWT only. */
const told = ["client_id", "exp", "iat", "nbf", "aut", "aud", "org_id", "org_name", "org_handle"] as const;
const toldOfJwt = ["sub", "iss", "jti"] as const;

/** What RFC 7662 has a server say of a token: of one that is not in force here, that alone. */
export function introspected(services: Services, value: string): object {
  const access = services.tokens.find(value);
  if (access) return ofAccess(services, access);
  const refresh = services.tokens.findRefresh(value);
  return refresh && refresh.until > services.now() ? ofRefresh(services, refresh) : inactive;
}

function ofAccess(services: Services, token: Token): object {
  if (!services.store.application(token.applicationId)) return inactive;
  const user = userOf(services, token);
  if (token.grant && !user) return inactive;
  const names = [...told, ...(token.isJwt ? toldOfJwt : [])];
  const claims = names.filter((name) => token.claims[name] !== undefined).map((name) => [name, token.claims[name]]);
  return {
    active: true,
    ...scopeOf(token),
    ...user,
    token_type: token.isJwt ? "JWT" : "Bearer",
    ...Object.fromEntries(claims),
  };
}

function ofRefresh(services: Services, token: RefreshToken): object {
  const application = services.store.application(token.applicationId);
  const user = userOf(services, token);
  if (!application || !user) return inactive;
  const since = Math.floor(token.since / 1000);
  return {
    active: true,
    ...scopeOf(token),
    client_id: application.oidc?.clientId,
    ...user,
    token_type: "Refresh",
    exp: Math.floor(token.until / 1000),
    iat: since,
    nbf: since,
    aut: "APPLICATION_USER",
  };
}

function scopeOf({ scopes }: Token | RefreshToken): { scope?: string } {
  return scopes.size > 0 ? { scope: [...scopes].join(" ") } : {};
}

/** The name of the user, which names the tenant, and the user store unless it is the primary one. */
function userOf({ store }: Services, { grant }: Token | RefreshToken): { username: string } | undefined {
  const resident = grant && residentOf(store, grant.userId);
  if (!resident) return undefined;
  return { username: `${shortened(resident.user)}@${store.root.tenant.organization}` };
}
