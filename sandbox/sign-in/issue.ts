import { createHash, randomUUID } from "node:crypto";
import type { Services } from "../gate";
import type { Application } from "../models/application";
import { invalidGrant } from "../oauth-error";
import { type ApplicationThere, applicationThere } from "../organization/application-there";
import { tokenOrganization } from "../organization/switch";
import { organizationOf } from "../organization/tree";
import type { Grant, Token } from "../tokens";
import { issuerOf } from "./endpoints";
import { idToken } from "./id-token";
import { type Resident, residentOf } from "./local-user";
import { accessTokenClaims } from "./oidc-claims";
import { subjectOf } from "./subject";

/** What a token is to be for. */
export interface Wanted {
  readonly application: Application;
  readonly organizationId: string;
  readonly scopes: ReadonlySet<string>;
}

/** What a token of a user is to be for. */
export interface UserWanted extends Wanted {
  readonly grant: Grant;
  readonly nonce?: string | undefined;
}

/** The members of the token endpoint's answer. */
export type TokenAnswer = Record<string, unknown>;

/** A token that an application gets for itself. */
export async function issueToApplication(services: Services, wanted: Wanted): Promise<TokenAnswer> {
  const seconds = wanted.application.oidc?.accessToken?.applicationAccessTokenExpiryInSeconds ?? 3600;
  const { clientId } = wanted.application.oidc ?? {};
  const claims = { sub: clientId, aut: "APPLICATION", ...organizationClaims(services, wanted.organizationId) };
  return answerOf(await issueAccess(services, wanted, claims, seconds), seconds);
}

/** The tokens that an application gets for a user. The refresh token, if any, is made by those who know how long it lives. */
export async function issueToUser(services: Services, wanted: UserWanted): Promise<TokenAnswer> {
  const { application, organizationId, grant, scopes } = wanted;
  const { there, resident } = placesOf(services, wanted);
  const seconds = application.oidc?.accessToken?.userAccessTokenExpiryInSeconds ?? 3600;
  const about = {
    sub: subjectOf(application, resident),
    ...organizationClaims(services, organizationId, resident.store.organizationId),
  };
  const claims = {
    ...accessTokenClaims({ ...there, resident }),
    ...about,
    aut: "APPLICATION_USER",
    ...bindingOf(application, grant),
  };
  const token = await issueAccess(services, wanted, claims, seconds);
  const answer = answerOf(token, seconds);
  if (!scopes.has("openid")) return answer;
  return { ...answer, id_token: await idToken(services, wanted, { token, about, there, resident }) };
}

/** Where a token of a user is for, and whom it is about. Both may be gone by the time that it is asked for. */
export function placesOf(
  { store }: Services,
  { application, organizationId, grant }: Pick<UserWanted, "application" | "organizationId" | "grant">,
): { there: ApplicationThere; resident: Resident } {
  const resident = residentOf(store, grant.userId);
  const there = applicationThere(store, application, organizationId);
  if (!resident || !there) throw invalidGrant("The user or the organization of the token is not there any more.");
  return { there, resident };
}

async function issueAccess(
  services: Services,
  wanted: Wanted & { readonly grant?: Grant },
  about: Readonly<Record<string, unknown>>,
  seconds: number,
): Promise<Token> {
  const { application, organizationId, scopes, grant } = wanted;
  const now = services.now();
  const { oidc } = application;
  const audience = [oidc?.clientId, ...(oidc?.idToken?.audience ?? [])];
  const issued = Math.floor(now / 1000);
  const claims = {
    ...about,
    iss: issuerOf(services),
    aud: audience.length > 1 ? audience : oidc?.clientId,
    azp: oidc?.clientId,
    client_id: oidc?.clientId,
    scope: scopeOf(application, scopes),
    iat: issued,
    nbf: issued,
    exp: issued + seconds,
    jti: randomUUID(),
  };
  return services.tokens.issue({
    applicationId: application.id,
    scopes,
    organizationId: organizationId === services.store.root.organizationId ? undefined : organizationId,
    until: now + seconds * 1000,
    claims,
    isJwt: oidc?.accessToken?.type === "JWT",
    grant,
  });
}

function scopeOf({ oidc }: Application, scopes: ReadonlySet<string>): unknown {
  if (scopes.size === 0) return undefined;
  return oidc?.accessToken?.enableJwtScopeAsArray ? [...scopes] : [...scopes].join(" ");
}

function organizationClaims({ store }: Services, organizationId: string, residence = store.organizationId): object {
  const organization = organizationOf(store.tenant, organizationId);
  if (!organization) throw invalidGrant(`Invalid organization id: ${organizationId}`);
  return tokenOrganization(store, organization, residence);
}

/** What ties a token to the browser that it was got with. */
function bindingOf({ oidc }: Application, { sessionId }: Grant): object {
  const type = oidc?.accessToken?.bindingType;
  if (type !== "cookie" && type !== "sso-session") return {};
  return { binding_type: type, binding_ref: createHash("sha256").update(sessionId).digest("hex").slice(0, 32) };
}

function answerOf({ value, scopes }: Token, seconds: number): TokenAnswer {
  const scope = scopes.size > 0 ? [...scopes].join(" ") : undefined;
  return { access_token: value, scope, token_type: "Bearer", expires_in: seconds };
}
