import { z } from "zod";

const seconds = z.int().nonnegative();
const strings = z.array(z.string());

const pkce = z.object({
  mandatory: z.boolean().optional(),
  supportPlainTransformAlgorithm: z.boolean().optional(),
});

const hybridFlow = z.object({ enable: z.boolean().optional(), responseType: z.string().optional() });

const accessToken = z.object({
  type: z.string().optional(),
  userAccessTokenExpiryInSeconds: seconds.optional(),
  applicationAccessTokenExpiryInSeconds: seconds.optional(),
  bindingType: z.string().optional(),
  revokeTokensWhenIDPSessionTerminated: z.boolean().optional(),
  validateTokenBinding: z.boolean().optional(),
  accessTokenAttributes: strings.optional(),
  enableJwtScopeAsArray: z.boolean().optional(),
});

const refreshToken = z.object({
  expiryInSeconds: seconds.optional(),
  extendRenewedRefreshTokenExpiryTime: z.boolean().optional(),
  renewRefreshToken: z.boolean().optional(),
  gracefulRefreshTokenRotationEnabled: z.boolean().optional(),
  gracefulRefreshTokenRotationValidityPeriod: seconds.optional(),
  gracefulRefreshTokenReuseLimit: seconds.optional(),
});

const subjectToken = z.object({
  enable: z.boolean().optional(),
  applicationSubjectTokenExpiryInSeconds: seconds.optional(),
});

const idToken = z.object({
  expiryInSeconds: seconds.optional(),
  audience: strings.optional(),
  idTokenSignedResponseAlg: z.string().optional(),
  encryption: z
    .object({ enabled: z.boolean().optional(), algorithm: z.string().optional(), method: z.string().optional() })
    .optional(),
});

const clientAuthentication = z.object({
  tokenEndpointAuthMethod: z.string().optional(),
  tokenEndpointAllowReusePvtKeyJwt: z.boolean().optional(),
  tokenEndpointAuthSigningAlg: z.string().optional(),
  tlsClientAuthSubjectDn: z.string().optional(),
});

const requestObject = z.object({
  requestObjectSigningAlg: z.string().optional(),
  encryption: z.object({ algorithm: z.string().optional(), method: z.string().optional() }).optional(),
});

const ciba = z.object({
  authReqExpiryTime: z.int().optional(),
  notificationChannels: strings.optional(),
  skipUserValidation: z.boolean().optional(),
  allowFederatedUsers: z.boolean().optional(),
});

/** What a client may send of an application's OpenID Connect configuration. */
export const oidcModel = z.object({
  clientId: z.string().optional(),
  clientSecret: z.string().optional(),
  clientSecretExpiresAt: z.int().optional(),
  grantTypes: strings.min(1),
  callbackURLs: strings.optional(),
  allowedOrigins: strings.optional(),
  publicClient: z.boolean().optional(),
  pkce: pkce.optional(),
  hybridFlow: hybridFlow.optional(),
  accessToken: accessToken.optional(),
  refreshToken: refreshToken.optional(),
  subjectToken: subjectToken.optional(),
  idToken: idToken.optional(),
  logout: z
    .object({ backChannelLogoutUrl: z.string().optional(), frontChannelLogoutUrl: z.string().optional() })
    .optional(),
  validateRequestObjectSignature: z.boolean().optional(),
  scopeValidators: strings.optional(),
  clientAuthentication: clientAuthentication.optional(),
  requestObject: requestObject.optional(),
  pushAuthorizationRequest: z.object({ requirePushAuthorizationRequest: z.boolean().optional() }).optional(),
  subject: z.object({ subjectType: z.string().optional(), sectorIdentifierUri: z.string().optional() }).optional(),
  isFAPIApplication: z.boolean().optional(),
  fapiProfile: z.enum(["FAPI1_ADVANCED", "FAPI2_SECURITY"]).optional(),
  cibaAuthenticationRequest: ciba.optional(),
});

export type OidcModel = z.infer<typeof oidcModel>;

const secretRecord = z.object({
  id: z.string(),
  value: z.string(),
  /** In seconds since 1970; 0 for one that does not end. */
  expiresAt: z.int(),
  createdAt: z.int(),
});

/** A client secret. */
export type Secret = z.infer<typeof secretRecord>;

/** The body of POST …/inbound-protocols/oidc/secrets. */
export const secretModel = z.object({ expiresAt: z.int().optional() });

/** The configuration as the tenant keeps it. */
export const oidcRecord = oidcModel.extend({
  clientId: z.string(),
  /** The newest one: `clientSecretExpiresAt` is its end. */
  clientSecret: z.string(),
  // Absent in the state files of earlier versions.
  secretId: z.string().optional(),
  secretCreatedAt: z.int().optional(),
  /** From the newest to the oldest. */
  olderSecrets: z.array(secretRecord).optional(),
  state: z.enum(["ACTIVE", "REVOKED"]),
});

export type Oidc = z.infer<typeof oidcRecord>;
