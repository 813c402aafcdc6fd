import { z } from "zod";
import { oidcModel, oidcRecord } from "./oidc";
import { passiveStsModel, samlModel, samlRequest } from "./saml";

const claim = z.object({ uri: z.string() });
const flag = z.boolean().optional();
const text = z.string().optional();

const claimConfiguration = z.object({
  dialect: z.enum(["CUSTOM", "LOCAL"]).optional(),
  claimMappings: z.array(z.object({ applicationClaim: z.string(), localClaim: claim })).optional(),
  requestedClaims: z.array(z.object({ claim, mandatory: flag })).optional(),
  subject: z
    .object({
      claim: claim.optional(),
      includeUserDomain: flag,
      includeTenantDomain: flag,
      useMappedLocalSubject: flag,
      mappedLocalSubjectMandatory: flag,
    })
    .optional(),
  role: z
    .object({
      mappings: z.array(z.object({ localRole: z.string(), applicationRole: z.string() })).optional(),
      includeUserDomain: flag,
      claim: claim.optional(),
    })
    .optional(),
});

const authenticationSequence = z.object({
  type: z.enum(["DEFAULT", "USER_DEFINED"]).optional(),
  steps: z
    .array(
      z.object({
        id: z.int().min(1),
        options: z.array(z.object({ idp: z.string(), authenticator: z.string() })).min(1),
      }),
    )
    .optional(),
  requestPathAuthenticators: z.array(z.string()).optional(),
  script: text,
  subjectStepId: z.int().optional(),
  attributeStepId: z.int().optional(),
});

const advancedConfigurations = z.object({
  saas: flag,
  discoverableByEndUsers: flag,
  discoverableGroups: z
    .array(z.object({ userStore: z.string(), groups: z.array(z.object({ id: z.string(), name: text })).min(1) }))
    .optional(),
  certificate: z.object({ type: z.enum(["PEM", "JWKS"]).optional(), value: text }).optional(),
  skipLoginConsent: flag,
  skipLogoutConsent: flag,
  useExternalConsentPage: flag,
  returnAuthenticatedIdpList: flag,
  enableAuthorization: flag,
  enableAPIBasedAuthentication: flag,
  attestationMetaData: z
    .object({
      enableClientAttestation: flag,
      androidPackageName: text,
      androidAttestationServiceCredentials: z.record(z.string(), z.unknown()).optional(),
      appleAppId: text,
    })
    .optional(),
  trustedAppConfiguration: z
    .object({
      isFIDOTrustedApp: flag,
      isConsentGranted: flag,
      androidPackageName: text,
      androidThumbprints: z.array(z.string()).optional(),
      appleAppId: text,
    })
    .optional(),
  additionalSpProperties: z.array(z.object({ name: z.string(), value: z.string(), displayName: text })).optional(),
});

const provisioningConfigurations = z.object({
  inboundProvisioning: z.object({ proxyMode: flag, provisioningUserstoreDomain: text }).optional(),
  outboundProvisioningIdps: z
    .array(z.object({ idp: z.string(), connector: z.string(), blocking: flag, rules: flag, jit: flag }))
    .optional(),
});

const associatedRoles = z.object({
  allowedAudience: z.enum(["ORGANIZATION", "APPLICATION"]),
  roles: z.array(z.object({ id: z.string(), name: text })).optional(),
});

const changeable = {
  description: text,
  imageUrl: text,
  accessUrl: text,
  logoutReturnUrl: text,
  templateId: text,
  templateVersion: text,
  enhancedOrgAuthenticationEnabled: flag,
  applicationEnabled: flag,
  associatedRoles: associatedRoles.optional(),
  claimConfiguration: claimConfiguration.optional(),
  authenticationSequence: authenticationSequence.optional(),
  advancedConfigurations: advancedConfigurations.optional(),
  provisioningConfigurations: provisioningConfigurations.optional(),
};

const custom = z.array(z.object({ name: z.string(), configName: z.string() }));

/** The body of POST /applications. */
export const creationModel = z.object({
  ...changeable,
  name: z.string(),
  isManagementApp: flag,
  isB2BSelfServiceApp: flag,
  inboundProtocolConfiguration: z
    .object({
      oidc: oidcModel.optional(),
      saml: samlRequest.optional(),
      passiveSts: passiveStsModel.optional(),
      custom: custom.optional(),
    })
    .optional(),
});

/** The body of PATCH /applications/{id}. */
export const patchModel = z.object({ ...changeable, name: text, applicationVersion: text });

/** One API that an application may ask tokens for. Scopes are kept by id, so that a renamed or new scope is another one. */
const authorization = z.object({ apiId: z.string(), policyId: z.string(), scopeIds: z.array(z.string()) });

/** An application as the tenant keeps it. */
export const applicationRecord = z.object({
  ...changeable,
  id: z.string(),
  name: z.string(),
  applicationVersion: z.string(),
  isManagementApp: z.boolean(),
  applicationEnabled: z.boolean(),
  associatedRoles,
  claims: z.object({
    dialect: z.enum(["CUSTOM", "LOCAL"]),
    mappings: z.array(
      z.object({
        applicationClaim: z.string(),
        localClaim: z.string(),
        requested: z.boolean(),
        mandatory: z.boolean(),
      }),
    ),
    subject: claimConfiguration.shape.subject.unwrap(),
    role: claimConfiguration.shape.role.unwrap(),
  }),
  advancedConfigurations,
  provisioningConfigurations,
  oidc: oidcRecord.optional(),
  saml: samlModel.optional(),
  passiveSts: passiveStsModel.optional(),
  authorizations: z.array(authorization),
  /** The application of the tenant that this one, in an organization, is the copy of. */
  sharedFrom: text,
  /** Console and My Account: part of the server, and not to be changed. */
  system: z.boolean(),
});

export type Creation = z.infer<typeof creationModel>;
export type Patch = z.infer<typeof patchModel>;
export type Application = z.infer<typeof applicationRecord>;
export type Authorization = z.infer<typeof authorization>;
export type ClaimConfiguration = z.infer<typeof claimConfiguration>;
export type AuthenticationSequence = z.infer<typeof authenticationSequence>;
export type AdvancedConfigurations = z.infer<typeof advancedConfigurations>;
