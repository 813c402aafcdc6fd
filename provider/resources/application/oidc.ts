import { z } from "zod";
import { despiteOtherIssues, distinct, nonEmptyText, oneOf, refuseDuplicates, urlProblem } from "../../core/checks";
import { argsOf } from "../../core/schema";
import { isObject } from "../wire";
import { callbackUrls } from "./callback-urls";
import { grantType } from "./grant-type-check";
import type { OidcArgs } from "./oidc.args";
import {
  cibaArgs,
  clientAuthenticationArgs,
  hybridFlowArgs,
  logoutArgs,
  pkceArgs,
  requestObjectArgs,
  subjectArgs,
} from "./oidc-security";
import { accessTokenArgs, idTokenArgs, refreshTokenArgs, subjectTokenArgs } from "./oidc-tokens";

const allowedOrigins = z.array(z.string()).superRefine((origins, ctx) => {
  origins.forEach((origin, i) => {
    const problem = urlProblem(origin);
    if (!problem && /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s@]+$/i.test(origin) && URL.canParse(origin)) return;
    const message =
      problem ?? "must be `scheme://host[:port]` without a path or slash after it, such as `https://app.example.com`";
    ctx.addIssue({ code: "custom", path: [i], message });
  });
  refuseDuplicates(origins, ctx);
});

function needsCallback(grant: unknown): boolean {
  return grant === "authorization_code" || grant === "implicit";
}

function hasItsCallback(oidc: unknown): boolean {
  if (!isObject(oidc) || !Array.isArray(oidc.grantTypes) || !oidc.grantTypes.some(needsCallback)) return true;
  const urls = oidc.callbackUrls;
  return Array.isArray(urls) ? urls.length > 0 : urls !== undefined && urls !== null;
}

function hasItsClientId(oidc: unknown): boolean {
  const isThere = (value: unknown) => value !== undefined && value !== null;
  return !isObject(oidc) || !isThere(oidc.clientSecret) || isThere(oidc.clientId);
}

export const oidcArgs = argsOf<OidcArgs>()({
  grantTypes: z.array(grantType).min(1, "must have at least one grant type").superRefine(refuseDuplicates),
  callbackUrls: callbackUrls.optional(),
  allowedOrigins: allowedOrigins.optional(),
  publicClient: z.boolean().optional(),
  pkce: pkceArgs.optional(),
  hybridFlow: hybridFlowArgs.optional(),
  accessToken: accessTokenArgs.optional(),
  refreshToken: refreshTokenArgs.optional(),
  subjectToken: subjectTokenArgs.optional(),
  idToken: idTokenArgs.optional(),
  logout: logoutArgs.optional(),
  validateRequestObjectSignature: z.boolean().optional(),
  scopeValidators: distinct().optional(),
  clientAuthentication: clientAuthenticationArgs.optional(),
  requestObject: requestObjectArgs.optional(),
  requirePushedAuthorizationRequests: z.boolean().optional(),
  subject: subjectArgs.optional(),
  fapiApplication: z.boolean().optional(),
  fapiProfile: oneOf(["FAPI1_ADVANCED", "FAPI2_SECURITY"]).optional(),
  ciba: cibaArgs.optional(),
  clientId: nonEmptyText.optional(),
  clientSecret: nonEmptyText.optional(),
})
  .refine(hasItsCallback, {
    ...despiteOtherIssues,
    path: ["callbackUrls"],
    error: "missing; the grants `authorization_code` and `implicit` need at least one URL to send the user back to",
  })
  .refine(hasItsClientId, {
    ...despiteOtherIssues,
    path: ["clientId"],
    error: "missing; the server ignores a secret of your choice without a client id, so give both or neither",
  });
