import type { Saml, SamlRequest } from "../models/saml";
import { applicationError, Refusal } from "../refusal";
import type { Store } from "../store";

/** The SAML service provider that a body describes. The sandbox reads no metadata: neither files nor addresses. */
export function providerOf({ metadataFile, metadataURL, manualConfiguration }: SamlRequest): Saml {
  if (metadataFile !== undefined) throw applicationError("APP-60001", "The SAML metadata file is not valid.");
  if (metadataURL !== undefined)
    throw new Refusal(404, "APP-60001", "Invalid request.", "The SAML metadata URL cannot be reached.");
  if (!manualConfiguration) throw applicationError("APP-60001", "No SAML configuration is given.");
  const bindings = manualConfiguration.singleSignOnProfile?.bindings;
  if (bindings && !(bindings.includes("HTTP_POST") && bindings.includes("HTTP_REDIRECT"))) {
    // The server uses the code of a taken name here, and so answers with its status.
    throw applicationError("APP-60007", "HTTP_POST and HTTP_REDIRECT bindings cannot be disabled.");
  }
  return withDefaults(manualConfiguration);
}

/** What the server's models fill in: nothing below an object that is left out. */
function withDefaults(given: Saml): Saml {
  const { singleSignOnProfile, attributeProfile, singleLogoutProfile, requestValidation, responseSigning } = given;
  const [first] = given.assertionConsumerUrls;
  return {
    ...given,
    defaultAssertionConsumerUrl: given.defaultAssertionConsumerUrl ?? first,
    singleSignOnProfile: singleSignOnProfile && {
      enableSignatureValidationForArtifactBinding: false,
      enableIdpInitiatedSingleSignOn: false,
      ...singleSignOnProfile,
    },
    attributeProfile: attributeProfile && {
      enabled: false,
      alwaysIncludeAttributesInResponse: false,
      nameFormat: "urn:oasis:names:tc:SAML:2.0:attrname-format:basic",
      ...attributeProfile,
    },
    singleLogoutProfile: singleLogoutProfile && { enabled: true, ...singleLogoutProfile },
    requestValidation: requestValidation && { enableSignatureValidation: true, ...requestValidation },
    responseSigning: responseSigning && { enabled: true, ...responseSigning },
    enableAssertionQueryProfile: given.enableAssertionQueryProfile ?? false,
  };
}

export function refuseTakenIssuer(store: Store, issuer: string, except?: string): void {
  if (store.tenant.applications.some((other) => other.id !== except && other.saml?.issuer === issuer)) {
    throw applicationError(
      "SAML-60002",
      `An application with the SAML issuer: ${issuer} already exists.`,
      "Error creating application.",
    );
  }
}
