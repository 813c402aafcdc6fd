import { z } from "zod";

const text = z.string().optional();
const flag = z.boolean().optional();
const texts = z.array(z.string()).optional();

/** A SAML service provider: flat in answers, wrapped in `manualConfiguration` in requests. */
export const samlModel = z.object({
  issuer: z.string(),
  serviceProviderQualifier: text,
  assertionConsumerUrls: z.array(z.string()).min(1),
  defaultAssertionConsumerUrl: text,
  idpEntityIdAlias: text,
  singleSignOnProfile: z
    .object({
      bindings: z.array(z.enum(["HTTP_POST", "HTTP_REDIRECT", "ARTIFACT"])).optional(),
      enableSignatureValidationForArtifactBinding: flag,
      attributeConsumingServiceIndex: text,
      enableIdpInitiatedSingleSignOn: flag,
      assertion: z
        .object({
          nameIdFormat: text,
          audiences: texts,
          recipients: texts,
          digestAlgorithm: text,
          encryption: z
            .object({ enabled: flag, assertionEncryptionAlgorithm: text, keyEncryptionAlgorithm: text })
            .optional(),
        })
        .optional(),
    })
    .optional(),
  attributeProfile: z.object({ enabled: flag, alwaysIncludeAttributesInResponse: flag, nameFormat: text }).optional(),
  singleLogoutProfile: z
    .object({
      enabled: flag,
      logoutRequestUrl: text,
      logoutResponseUrl: text,
      logoutMethod: z.enum(["BACKCHANNEL", "FRONTCHANNEL_HTTP_REDIRECT", "FRONTCHANNEL_HTTP_POST"]).optional(),
      idpInitiatedSingleLogout: z.object({ enabled: flag, returnToUrls: texts }).optional(),
    })
    .optional(),
  requestValidation: z.object({ enableSignatureValidation: flag, signatureValidationCertAlias: text }).optional(),
  responseSigning: z.object({ enabled: flag, signingAlgorithm: text }).optional(),
  enableAssertionQueryProfile: flag,
});

export const samlRequest = z.object({
  metadataFile: text,
  metadataURL: text,
  manualConfiguration: samlModel.optional(),
});

export const passiveStsModel = z.object({ realm: z.string(), replyTo: z.string(), replyToLogout: text });

export type Saml = z.infer<typeof samlModel>;
export type SamlRequest = z.infer<typeof samlRequest>;
export type PassiveSts = z.infer<typeof passiveStsModel>;
