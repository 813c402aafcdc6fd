import { randomBytes, randomUUID } from "node:crypto";
import type { Oidc, OidcModel } from "../models/oidc";
import { marked } from "../secret-mark";

const HOUR = 3600;
const DAY = 86_400;

/**
 * What the tenant keeps of a configuration. On creation, what is left out gets its default; a replacement sets it to
 * zero, which for times means the server's default again. `now` is in milliseconds.
 */
export function oidcOf(model: OidcModel, as: "create" | "replace", stored?: Oidc, now = Date.now()): Oidc {
  const clientId = model.clientId ?? generated(21);
  const { accessToken, refreshToken, idToken, pkce } = model;
  return {
    ...model,
    clientId,
    // A secret without a client id is not taken: the server makes both.
    clientSecret: stored?.clientSecret ?? ((model.clientId && model.clientSecret) || marked(generated(24))),
    clientSecretExpiresAt: stored ? stored.clientSecretExpiresAt : model.clientSecretExpiresAt,
    secretId: stored ? stored.secretId : randomUUID(),
    secretCreatedAt: stored ? stored.secretCreatedAt : Math.floor(now / 1000),
    olderSecrets: stored?.olderSecrets,
    state: stored?.state ?? "ACTIVE",
    callbackURLs: model.callbackURLs ?? [],
    allowedOrigins: model.allowedOrigins ?? [],
    publicClient: model.publicClient ?? false,
    pkce: {
      mandatory: pkce?.mandatory ?? false,
      supportPlainTransformAlgorithm: pkce?.supportPlainTransformAlgorithm ?? false,
    },
    hybridFlow: { enable: model.hybridFlow?.enable ?? false, responseType: model.hybridFlow?.responseType },
    accessToken: {
      ...accessToken,
      type: accessToken ? accessToken.type : as === "create" ? "Default" : undefined,
      userAccessTokenExpiryInSeconds: accessToken?.userAccessTokenExpiryInSeconds || HOUR,
      applicationAccessTokenExpiryInSeconds: accessToken?.applicationAccessTokenExpiryInSeconds || HOUR,
      bindingType: accessToken ? (accessToken.bindingType ?? "None") : undefined,
      revokeTokensWhenIDPSessionTerminated: accessToken?.revokeTokensWhenIDPSessionTerminated ?? false,
      validateTokenBinding: accessToken?.validateTokenBinding ?? false,
      accessTokenAttributes: accessToken?.accessTokenAttributes ?? [],
    },
    refreshToken: {
      ...refreshToken,
      expiryInSeconds: refreshToken?.expiryInSeconds || DAY,
      renewRefreshToken: refreshToken?.renewRefreshToken ?? false,
    },
    subjectToken: {
      enable: model.subjectToken?.enable ?? false,
      applicationSubjectTokenExpiryInSeconds: model.subjectToken?.applicationSubjectTokenExpiryInSeconds ?? 0,
    },
    idToken: {
      expiryInSeconds: idToken?.expiryInSeconds || HOUR,
      audience: idToken?.audience ?? [],
      idTokenSignedResponseAlg: idToken?.idTokenSignedResponseAlg,
      encryption: {
        enabled: idToken?.encryption?.enabled ?? false,
        algorithm: idToken?.encryption?.algorithm ?? "",
        method: idToken?.encryption?.method ?? "",
      },
    },
    logout: model.logout ?? {},
    validateRequestObjectSignature: model.validateRequestObjectSignature ?? false,
    scopeValidators: model.scopeValidators ?? [],
    clientAuthentication: model.clientAuthentication ?? {},
    requestObject: {
      requestObjectSigningAlg: model.requestObject?.requestObjectSigningAlg,
      encryption: {
        algorithm: model.requestObject?.encryption?.algorithm ?? "",
        method: model.requestObject?.encryption?.method ?? "",
      },
    },
    pushAuthorizationRequest: {
      requirePushAuthorizationRequest: model.pushAuthorizationRequest?.requirePushAuthorizationRequest ?? false,
    },
    subject: { ...model.subject, subjectType: model.subject?.subjectType ?? "public" },
    isFAPIApplication: model.isFAPIApplication ?? false,
  };
}

/** Random letters and digits, as in the client ids and secrets that the server makes. */
export function generated(bytes: number): string {
  return randomBytes(bytes).toString("base64url").replaceAll("-", "a").replaceAll("_", "b");
}
