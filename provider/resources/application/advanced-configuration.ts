import { z } from "zod";
import { despiteOtherIssues, distinct, distinctBy, nonEmptyText, oneOf } from "../../core/checks";
import { argsOf, keyed } from "../../core/schema";
import { isObject } from "../wire";
import type {
  AdvancedConfigurationArgs,
  AttestationArgs,
  CertificateArgs,
  DiscoverableGroupArgs,
  TrustedAppArgs,
  UserGroupArgs,
} from "./advanced-configuration.args";

function isKeyOfItsType(certificate: unknown): boolean {
  if (!isObject(certificate) || certificate.type !== "JWKS" || typeof certificate.value !== "string") return true;
  return /^https?:\/\//i.test(certificate.value) && URL.canParse(certificate.value);
}

const discoverableGroups = z
  .array(
    argsOf<DiscoverableGroupArgs>()({
      userStore: nonEmptyText,
      groups: keyed(
        "id",
        z
          .array(argsOf<UserGroupArgs>()({ id: nonEmptyText, name: z.string().optional() }))
          .min(1, "must have at least one group")
          .superRefine(distinctBy("id")),
      ),
    }),
  )
  .superRefine(distinctBy("userStore"));

export const advancedConfigurationArgs = argsOf<AdvancedConfigurationArgs>()({
  saas: z.boolean().optional(),
  discoverableByEndUsers: z.boolean().optional(),
  discoverableGroups: keyed("userStore", discoverableGroups).optional(),
  certificate: argsOf<CertificateArgs>()({ type: oneOf(["PEM", "JWKS"]), value: nonEmptyText })
    .refine(isKeyOfItsType, {
      ...despiteOtherIssues,
      path: ["value"],
      error: "must be the URL of a key set for `JWKS`",
    })
    .optional(),
  skipLoginConsent: z.boolean().optional(),
  skipLogoutConsent: z.boolean().optional(),
  useExternalConsentPage: z.boolean().optional(),
  returnAuthenticatedIdpList: z.boolean().optional(),
  enableAuthorization: z.boolean().optional(),
  enableApiBasedAuthentication: z.boolean().optional(),
  attestation: argsOf<AttestationArgs>()({
    enableClientAttestation: z.boolean().optional(),
    androidPackageName: nonEmptyText.optional(),
    appleAppId: nonEmptyText.optional(),
  }).optional(),
  trustedApp: argsOf<TrustedAppArgs>()({
    fidoTrustedApp: z.boolean().optional(),
    consentGranted: z.boolean().optional(),
    androidPackageName: nonEmptyText.optional(),
    androidThumbprints: distinct().optional(),
    appleAppId: nonEmptyText.optional(),
  }).optional(),
});
