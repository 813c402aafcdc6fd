import { z } from "zod";
import type { Plain } from "../../core/schema";
import type { GrantType } from "./grant-types";
import type { OidcArgs } from "./oidc.args";
import type { ClientAuthenticationArgs, SubjectArgs } from "./oidc-security.args";
import type { AccessTokenArgs } from "./oidc-tokens.args";

const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
const flag = z.boolean().nullish();
const count = z.number().nullish();

/** A word of a list that newer servers may have made longer: any text is let through, so that reading never fails. */
function word<T extends string | undefined>() {
  return z.custom<NonNullable<T>>((value) => typeof value === "string");
}

/** The API's OIDC configuration as it is sent. Members that are not listed are kept, so that a PUT gives them back. */
export const oidcBody = z.looseObject({
  clientId: text,
  clientSecret: text,
  grantTypes: z.array(word<GrantType>()).nullish(),
  callbackURLs: texts,
  allowedOrigins: texts,
  publicClient: flag,
  pkce: z.looseObject({ mandatory: flag, supportPlainTransformAlgorithm: flag }).nullish(),
  hybridFlow: z.looseObject({ enable: flag, responseType: text }).nullish(),
  accessToken: z
    .looseObject({
      type: word<Plain<AccessTokenArgs>["type"]>().nullish(),
      userAccessTokenExpiryInSeconds: count,
      applicationAccessTokenExpiryInSeconds: count,
      bindingType: word<Plain<AccessTokenArgs>["bindingType"]>().nullish(),
      revokeTokensWhenIDPSessionTerminated: flag,
      validateTokenBinding: flag,
      accessTokenAttributes: texts,
      enableJwtScopeAsArray: flag,
    })
    .nullish(),
  refreshToken: z
    .looseObject({
      expiryInSeconds: count,
      renewRefreshToken: flag,
      extendRenewedRefreshTokenExpiryTime: flag,
      gracefulRefreshTokenRotationEnabled: flag,
      gracefulRefreshTokenRotationValidityPeriod: count,
      gracefulRefreshTokenReuseLimit: count,
    })
    .nullish(),
  subjectToken: z.looseObject({ enable: flag, applicationSubjectTokenExpiryInSeconds: count }).nullish(),
  idToken: z
    .looseObject({
      expiryInSeconds: count,
      audience: texts,
      idTokenSignedResponseAlg: text,
      encryption: z.looseObject({ enabled: flag, algorithm: text, method: text }).nullish(),
    })
    .nullish(),
  logout: z.looseObject({ backChannelLogoutUrl: text, frontChannelLogoutUrl: text }).nullish(),
  validateRequestObjectSignature: flag,
  scopeValidators: texts,
  clientAuthentication: z
    .looseObject({
      tokenEndpointAuthMethod: word<Plain<ClientAuthenticationArgs>["tokenEndpointAuthMethod"]>().nullish(),
      tokenEndpointAuthSigningAlg: text,
      tokenEndpointAllowReusePvtKeyJwt: flag,
      tlsClientAuthSubjectDn: text,
    })
    .nullish(),
  requestObject: z
    .looseObject({
      requestObjectSigningAlg: text,
      encryption: z.looseObject({ algorithm: text, method: text }).nullish(),
    })
    .nullish(),
  pushAuthorizationRequest: z.looseObject({ requirePushAuthorizationRequest: flag }).nullish(),
  subject: z
    .looseObject({ subjectType: word<Plain<SubjectArgs>["subjectType"]>().nullish(), sectorIdentifierUri: text })
    .nullish(),
  isFAPIApplication: flag,
  fapiProfile: word<Plain<OidcArgs>["fapiProfile"]>().nullish(),
  cibaAuthenticationRequest: z
    .looseObject({
      authReqExpiryTime: count,
      notificationChannels: texts,
      skipUserValidation: flag,
      allowFederatedUsers: flag,
    })
    .nullish(),
});

export type OidcBody = z.infer<typeof oidcBody>;

/** The answer of `GET /applications/{id}/inbound-protocols/oidc`, and the body of its PUT. */
export const oidcWire = oidcBody.extend({ clientId: z.string().min(1) });

export type OidcWire = z.infer<typeof oidcWire>;

/** What the server takes where a member that was declared is declared no longer; what is not listed is left out. */
export const oidcDefaults = {
  callbackURLs: [],
  allowedOrigins: [],
  publicClient: false,
  pkce: { mandatory: false, supportPlainTransformAlgorithm: false },
  hybridFlow: { enable: false },
  accessToken: {
    type: "Default",
    userAccessTokenExpiryInSeconds: 3600,
    applicationAccessTokenExpiryInSeconds: 3600,
    bindingType: "None",
    revokeTokensWhenIDPSessionTerminated: false,
    validateTokenBinding: false,
    accessTokenAttributes: [],
    enableJwtScopeAsArray: false,
  },
  refreshToken: { expiryInSeconds: 86400 },
  // The server takes 0 for its own life time, which differs by version.
  subjectToken: { enable: false, applicationSubjectTokenExpiryInSeconds: 0 },
  idToken: { expiryInSeconds: 3600, audience: [], encryption: { enabled: false } },
  validateRequestObjectSignature: false,
  scopeValidators: [],
  pushAuthorizationRequest: { requirePushAuthorizationRequest: false },
  subject: { subjectType: "public" },
  isFAPIApplication: false,
  cibaAuthenticationRequest: {
    authReqExpiryTime: 600,
    notificationChannels: [],
    skipUserValidation: false,
    allowFederatedUsers: false,
  },
};

const { pkce, hybridFlow, accessToken, refreshToken, subjectToken } = oidcDefaults;

/** Members without which the server fails with status 500 where their object is there at all. */
export const oidcNeeded = {
  pkce,
  hybridFlow,
  accessToken: {
    userAccessTokenExpiryInSeconds: accessToken.userAccessTokenExpiryInSeconds,
    applicationAccessTokenExpiryInSeconds: accessToken.applicationAccessTokenExpiryInSeconds,
  },
  refreshToken,
  subjectToken,
  pushAuthorizationRequest: oidcDefaults.pushAuthorizationRequest,
  cibaAuthenticationRequest: oidcDefaults.cibaAuthenticationRequest,
};
