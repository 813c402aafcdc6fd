import { z } from "zod";
import { absoluteUrl, despiteOtherIssues, distinct, nonEmptyText, oneOf, seconds } from "../../core/checks";
import { argsOf } from "../../core/schema";
import type {
  CibaArgs,
  ClientAuthenticationArgs,
  HybridFlowArgs,
  LogoutArgs,
  PkceArgs,
  RequestObjectArgs,
  RequestObjectEncryptionArgs,
  SubjectArgs,
} from "./oidc-security.args";

export const pkceArgs = argsOf<PkceArgs>()({
  mandatory: z.boolean().optional(),
  supportPlainTransformAlgorithm: z.boolean().optional(),
});

const responseTypes = ["code token", "code id_token", "code id_token token"];

const responseType = z.string().refine((list) => list.split(",").every((type) => responseTypes.includes(type)), {
  error: `must be one or more of ${responseTypes.map((type) => `\`${type}\``).join(", ")}, separated by commas without blanks`,
});

export const hybridFlowArgs = argsOf<HybridFlowArgs>()({
  enable: z.boolean().optional(),
  responseType: responseType.optional(),
}).refine((flow) => flow?.enable !== true || (flow.responseType ?? undefined) !== undefined, {
  ...despiteOtherIssues,
  path: ["responseType"],
  error: "missing; a hybrid flow that is on needs its response types, such as `code id_token`",
});

export const clientAuthenticationArgs = argsOf<ClientAuthenticationArgs>()({
  tokenEndpointAuthMethod: oneOf([
    "client_secret_basic",
    "client_secret_post",
    "client_secret_jwt",
    "private_key_jwt",
    "tls_client_auth",
    "self_signed_tls_client_auth",
  ]).optional(),
  tokenEndpointAuthSigningAlg: nonEmptyText.optional(),
  tokenEndpointAllowReusePvtKeyJwt: z.boolean().optional(),
  tlsClientAuthSubjectDn: nonEmptyText.optional(),
});

export const requestObjectArgs = argsOf<RequestObjectArgs>()({
  signingAlgorithm: nonEmptyText.optional(),
  encryption: argsOf<RequestObjectEncryptionArgs>()({
    algorithm: nonEmptyText.optional(),
    method: nonEmptyText.optional(),
  }).optional(),
});

export const subjectArgs = argsOf<SubjectArgs>()({
  subjectType: oneOf(["public", "pairwise"]).optional(),
  sectorIdentifierUri: absoluteUrl.optional(),
});

export const logoutArgs = argsOf<LogoutArgs>()({
  backChannelLogoutUrl: absoluteUrl.optional(),
  frontChannelLogoutUrl: absoluteUrl.optional(),
});

export const cibaArgs = argsOf<CibaArgs>()({
  authReqExpiryTime: seconds.optional(),
  notificationChannels: distinct().optional(),
  skipUserValidation: z.boolean().optional(),
  allowFederatedUsers: z.boolean().optional(),
});
