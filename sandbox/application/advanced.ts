import type { AdvancedConfigurations, Application } from "../models/application";
import { applicationError } from "../refusal";

export const defaultAdvanced: AdvancedConfigurations = {
  saas: false,
  discoverableByEndUsers: false,
  skipLoginConsent: false,
  skipLogoutConsent: false,
  useExternalConsentPage: false,
  returnAuthenticatedIdpList: false,
  enableAuthorization: false,
  enableAPIBasedAuthentication: false,
  attestationMetaData: { enableClientAttestation: false },
};

const MAX_THUMBPRINTS = 20;

/** Merged member by member: a member that is an object replaces the former one as a unit. */
export function changedAdvanced(
  current: AdvancedConfigurations,
  { additionalSpProperties, ...change }: AdvancedConfigurations,
  accessUrl: string | undefined,
): AdvancedConfigurations {
  if (additionalSpProperties?.length) {
    throw applicationError("APP-60506", "Application additionalSpProperties are not supported in the request.");
  }
  const changed = { ...current, ...change };
  if (changed.attestationMetaData) {
    changed.attestationMetaData = { enableClientAttestation: false, ...changed.attestationMetaData };
  }
  if (changed.discoverableByEndUsers && !accessUrl) {
    throw applicationError(
      "APP-60001",
      "A valid accessURL needs to be defined if an application is marked as discoverable.",
    );
  }
  if ((changed.trustedAppConfiguration?.androidThumbprints?.length ?? 0) > MAX_THUMBPRINTS) {
    throw applicationError("APP-60001", `At most ${MAX_THUMBPRINTS} thumbprints are allowed.`);
  }
  return changed;
}

/** The answer's form, with the members that only the server sets. */
export function advancedConfigurationsOf({ advancedConfigurations: stored, oidc, sharedFrom }: Application): object {
  return {
    ...stored,
    fragment: sharedFrom !== undefined,
    additionalSpProperties: oidc ? [{ name: "skipConsent", value: String(stored.skipLoginConsent ?? false) }] : [],
  };
}
