import type { Plain } from "../../core/schema";
import { complete, merge, present, text } from "../wire";
import { callbackUrlsFromWire, callbackUrlsToWire } from "./callback-urls";
import type { OidcArgs } from "./oidc.args";
import { type OidcBody, type OidcWire, oidcDefaults, oidcNeeded, oidcWire } from "./oidc.model";

export { callbackUrlsFromWire, callbackUrlsToWire } from "./callback-urls";
export { type OidcBody, type OidcWire, oidcWire } from "./oidc.model";

type Oidc = Plain<OidcArgs>;

/** The body of a POST: what is declared, and what the server cannot do without in an object that is declared. */
export function oidcToCreate(oidc: Oidc): OidcBody {
  const { clientId, clientSecret } = oidc;
  return complete(present({ clientId, clientSecret, ...declared(oidc) }), oidcNeeded);
}

/**
 * The body of a PUT, which replaces the whole configuration: what is not declared stays as it is on the server, what was
 * in `old` and is declared no longer goes back to the server's default.
 */
export function oidcToPut(live: OidcWire, oidc: Oidc, old: Partial<Oidc>): OidcWire {
  const { state: _, multipleClientSecretsConfigured: __, ...writable } = live;
  const merged = merge(present(writable), present(declared(oidc)), present(declared(old)), oidcDefaults);
  return oidcWire.parse(complete(present(merged), oidcNeeded));
}

function declared(oidc: Partial<Oidc>): OidcBody {
  const { requirePushedAuthorizationRequests: requirePushAuthorizationRequest } = oidc;
  return {
    grantTypes: oidc.grantTypes,
    callbackURLs: oidc.callbackUrls && callbackUrlsToWire(oidc.callbackUrls),
    allowedOrigins: oidc.allowedOrigins,
    publicClient: oidc.publicClient,
    pkce: oidc.pkce,
    hybridFlow: oidc.hybridFlow,
    accessToken: accessToken(oidc.accessToken),
    refreshToken: oidc.refreshToken,
    subjectToken: oidc.subjectToken,
    idToken: idToken(oidc.idToken),
    logout: oidc.logout,
    validateRequestObjectSignature: oidc.validateRequestObjectSignature,
    scopeValidators: oidc.scopeValidators,
    clientAuthentication: oidc.clientAuthentication,
    requestObject: requestObject(oidc.requestObject),
    pushAuthorizationRequest: { requirePushAuthorizationRequest },
    subject: oidc.subject,
    isFAPIApplication: oidc.fapiApplication,
    fapiProfile: oidc.fapiProfile,
    cibaAuthenticationRequest: oidc.ciba,
  };
}

function accessToken(args: Oidc["accessToken"]): OidcBody["accessToken"] {
  const { revokeTokensWhenIdpSessionTerminated, ...rest } = args ?? {};
  return { ...rest, revokeTokensWhenIDPSessionTerminated: revokeTokensWhenIdpSessionTerminated };
}

function idToken(args: Oidc["idToken"]): OidcBody["idToken"] {
  const { signedResponseAlgorithm, ...rest } = args ?? {};
  return { ...rest, idTokenSignedResponseAlg: signedResponseAlgorithm };
}

function requestObject(args: Oidc["requestObject"]): OidcBody["requestObject"] {
  const { signingAlgorithm, ...rest } = args ?? {};
  return { ...rest, requestObjectSigningAlg: signingAlgorithm };
}

/** The live configuration in the words of the args. It never holds the client secret. */
export function oidcFromWire(wire: OidcWire): Oidc {
  const { pkce, hybridFlow, logout, subject } = wire;
  return present<Oidc>({
    grantTypes: wire.grantTypes ?? [],
    callbackUrls: callbackUrlsFromWire(wire.callbackURLs),
    allowedOrigins: wire.allowedOrigins ?? undefined,
    publicClient: wire.publicClient ?? undefined,
    pkce: {
      mandatory: pkce?.mandatory ?? undefined,
      supportPlainTransformAlgorithm: pkce?.supportPlainTransformAlgorithm ?? undefined,
    },
    hybridFlow: { enable: hybridFlow?.enable ?? undefined, responseType: text(hybridFlow?.responseType) },
    ...tokensFromWire(wire),
    logout: {
      backChannelLogoutUrl: text(logout?.backChannelLogoutUrl),
      frontChannelLogoutUrl: text(logout?.frontChannelLogoutUrl),
    },
    validateRequestObjectSignature: wire.validateRequestObjectSignature ?? undefined,
    scopeValidators: wire.scopeValidators ?? undefined,
    ...requestsFromWire(wire),
    subject: { subjectType: text(subject?.subjectType), sectorIdentifierUri: text(subject?.sectorIdentifierUri) },
    fapiApplication: wire.isFAPIApplication ?? undefined,
    fapiProfile: text(wire.fapiProfile),
    ciba: cibaFromWire(wire.cibaAuthenticationRequest),
    clientId: wire.clientId,
  });
}

function tokensFromWire(wire: OidcWire): Pick<Oidc, "accessToken" | "refreshToken" | "subjectToken" | "idToken"> {
  const { refreshToken, subjectToken, idToken: id } = wire;
  return {
    accessToken: accessTokenFromWire(wire.accessToken),
    refreshToken: {
      expiryInSeconds: expiry(refreshToken?.expiryInSeconds),
      renewRefreshToken: refreshToken?.renewRefreshToken ?? undefined,
      extendRenewedRefreshTokenExpiryTime: refreshToken?.extendRenewedRefreshTokenExpiryTime ?? undefined,
      gracefulRefreshTokenRotationEnabled: refreshToken?.gracefulRefreshTokenRotationEnabled ?? undefined,
      gracefulRefreshTokenRotationValidityPeriod: expiry(refreshToken?.gracefulRefreshTokenRotationValidityPeriod),
      gracefulRefreshTokenReuseLimit: expiry(refreshToken?.gracefulRefreshTokenReuseLimit),
    },
    subjectToken: {
      enable: subjectToken?.enable ?? undefined,
      applicationSubjectTokenExpiryInSeconds: expiry(subjectToken?.applicationSubjectTokenExpiryInSeconds),
    },
    idToken: {
      expiryInSeconds: expiry(id?.expiryInSeconds),
      audience: id?.audience ?? undefined,
      signedResponseAlgorithm: text(id?.idTokenSignedResponseAlg),
      encryption: {
        enabled: id?.encryption?.enabled ?? undefined,
        algorithm: text(id?.encryption?.algorithm),
        method: text(id?.encryption?.method),
      },
    },
  };
}

function accessTokenFromWire(wire: OidcWire["accessToken"]): Oidc["accessToken"] {
  return {
    type: text(wire?.type),
    userAccessTokenExpiryInSeconds: expiry(wire?.userAccessTokenExpiryInSeconds),
    applicationAccessTokenExpiryInSeconds: expiry(wire?.applicationAccessTokenExpiryInSeconds),
    // The server stores the binding "None" as null.
    bindingType: text(wire?.bindingType) ?? "None",
    revokeTokensWhenIdpSessionTerminated: wire?.revokeTokensWhenIDPSessionTerminated ?? undefined,
    validateTokenBinding: wire?.validateTokenBinding ?? undefined,
    accessTokenAttributes: wire?.accessTokenAttributes ?? undefined,
    enableJwtScopeAsArray: wire?.enableJwtScopeAsArray ?? undefined,
  };
}

function requestsFromWire(
  wire: OidcWire,
): Pick<Oidc, "clientAuthentication" | "requestObject" | "requirePushedAuthorizationRequests"> {
  const { clientAuthentication: client, requestObject: request, pushAuthorizationRequest: pushed } = wire;
  return {
    clientAuthentication: {
      tokenEndpointAuthMethod: text(client?.tokenEndpointAuthMethod),
      tokenEndpointAuthSigningAlg: text(client?.tokenEndpointAuthSigningAlg),
      tokenEndpointAllowReusePvtKeyJwt: client?.tokenEndpointAllowReusePvtKeyJwt ?? undefined,
      tlsClientAuthSubjectDn: text(client?.tlsClientAuthSubjectDn),
    },
    requestObject: {
      signingAlgorithm: text(request?.requestObjectSigningAlg),
      encryption: { algorithm: text(request?.encryption?.algorithm), method: text(request?.encryption?.method) },
    },
    requirePushedAuthorizationRequests: pushed?.requirePushAuthorizationRequest ?? undefined,
  };
}

function cibaFromWire(wire: OidcWire["cibaAuthenticationRequest"]): Oidc["ciba"] {
  return {
    authReqExpiryTime: expiry(wire?.authReqExpiryTime),
    notificationChannels: wire?.notificationChannels ?? undefined,
    skipUserValidation: wire?.skipUserValidation ?? undefined,
    allowFederatedUsers: wire?.allowFederatedUsers ?? undefined,
  };
}

/** The server says 0 where its own default applies. */
function expiry(seconds: number | null | undefined): number | undefined {
  return seconds === null || seconds === 0 ? undefined : seconds;
}
