import type { Services } from "../gate";
import type { Application } from "../models/application";
import { invalidGrant, invalidRequest, OAuthError } from "../oauth-error";
import type { RefreshToken } from "../tokens";
import type { Form } from "./client-credentials";
import { issueToUser, placesOf, type TokenAnswer, type UserWanted } from "./issue";
import { scopesOfUser } from "./scopes";

/**
 * The tokens of a user, with a refresh token where the application may use one. Whatever revokes the sign-in from now on
 * ends them all.
 */
export async function issuePair(
  services: Services,
  wanted: UserWanted,
  until = services.now() + lifetimeOf(wanted.application),
): Promise<TokenAnswer> {
  const { application, organizationId, scopes, grant } = wanted;
  if (!application.oidc?.grantTypes.includes("refresh_token")) return issueToUser(services, wanted);
  const { value } = services.tokens.issueRefresh({
    applicationId: application.id,
    organizationId: organizationId === services.store.root.organizationId ? undefined : organizationId,
    scopes,
    grant,
    since: services.now(),
    until,
  });
  return { ...(await issueToUser(services, wanted)), refresh_token: value };
}

function lifetimeOf({ oidc }: Application): number {
  return (oidc?.refreshToken?.expiryInSeconds ?? 86_400) * 1000;
}

/** New tokens for a refresh token. It is renewed itself, with the old pair revoked, or stays, as the application says. */
export async function refreshed(services: Services, application: Application, form: Form): Promise<TokenAnswer> {
  const token = validRefreshToken(services, application, form.get("refresh_token"));
  const { grant, organizationId = services.store.root.organizationId } = token;
  const { there } = placesOf(services, { application, organizationId, grant });
  // A role may have been taken from the user in the meantime.
  const scopes = scopesOfUser(there.store, there.application, grant.userId, askedScopes(token, form.get("scope")));
  const wanted = { application, organizationId, scopes, grant };
  const { refreshToken } = application.oidc ?? {};
  // Before anything is waited for: of two requests with one token, only one is the first.
  if (!refreshToken?.renewRefreshToken) {
    services.tokens.revokeAccess(grant.id);
    return { ...(await issueToUser(services, wanted)), refresh_token: token.value };
  }
  services.tokens.revokeGrant(grant.id);
  const until = refreshToken.extendRenewedRefreshTokenExpiryTime === false ? token.until : undefined;
  return issuePair(services, wanted, until);
}

function validRefreshToken({ tokens, now }: Services, { id }: Application, value: string | undefined): RefreshToken {
  if (!value) throw invalidRequest("Missing parameters: refresh_token");
  const token = tokens.findRefresh(value);
  if (token?.applicationId !== id) throw invalidGrant("Persisted access token data not found");
  if (token.until <= now()) throw invalidGrant("Refresh token is expired.");
  return token;
}

/** All that was granted, or the part of it that the request asks for. */
function askedScopes({ scopes }: RefreshToken, scope: string | undefined): string[] {
  const asked = (scope ?? "").split(" ").filter(Boolean);
  if (asked.length === 0) return [...scopes];
  if (asked.some((each) => !scopes.has(each))) throw new OAuthError(400, "invalid_scope", "Invalid Scope!");
  return asked;
}
