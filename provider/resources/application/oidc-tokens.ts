import { z } from "zod";
import { distinct, nonEmptyText, oneOf, seconds } from "../../core/checks";
import { argsOf } from "../../core/schema";
import type {
  AccessTokenArgs,
  IdTokenArgs,
  IdTokenEncryptionArgs,
  RefreshTokenArgs,
  SubjectTokenArgs,
} from "./oidc-tokens.args";

export const accessTokenArgs = argsOf<AccessTokenArgs>()({
  type: oneOf(["JWT", "Default"]).optional(),
  userAccessTokenExpiryInSeconds: seconds.optional(),
  applicationAccessTokenExpiryInSeconds: seconds.optional(),
  bindingType: oneOf([
    "None",
    "cookie",
    "sso-session",
    "device-flow",
    "DPoP",
    "certificate",
    "client-request",
  ]).optional(),
  revokeTokensWhenIdpSessionTerminated: z.boolean().optional(),
  validateTokenBinding: z.boolean().optional(),
  accessTokenAttributes: distinct().optional(),
  enableJwtScopeAsArray: z.boolean().optional(),
});

export const refreshTokenArgs = argsOf<RefreshTokenArgs>()({
  expiryInSeconds: seconds.optional(),
  renewRefreshToken: z.boolean().optional(),
  extendRenewedRefreshTokenExpiryTime: z.boolean().optional(),
  gracefulRefreshTokenRotationEnabled: z.boolean().optional(),
  gracefulRefreshTokenRotationValidityPeriod: seconds.optional(),
  gracefulRefreshTokenReuseLimit: z.int().positive("must be a whole number, at least 1").optional(),
});

export const subjectTokenArgs = argsOf<SubjectTokenArgs>()({
  enable: z.boolean().optional(),
  applicationSubjectTokenExpiryInSeconds: seconds.optional(),
});

export const idTokenArgs = argsOf<IdTokenArgs>()({
  expiryInSeconds: seconds.optional(),
  audience: distinct().optional(),
  signedResponseAlgorithm: nonEmptyText.optional(),
  encryption: argsOf<IdTokenEncryptionArgs>()({
    enabled: z.boolean().optional(),
    algorithm: nonEmptyText.optional(),
    method: nonEmptyText.optional(),
  }).optional(),
});
