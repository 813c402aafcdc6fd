import { z } from "zod";
import type { Plain } from "../../core/schema";
import { complete, merge, present, text } from "../wire";
import type { AdvancedConfigurationArgs, CertificateArgs } from "./advanced-configuration.args";

type Advanced = Plain<AdvancedConfigurationArgs>;

const optionalText = z.string().nullish();
const flag = z.boolean().nullish();

/** The block `advancedConfigurations` of an application. */
export const advancedConfigurationWire = z.looseObject({
  saas: flag,
  discoverableByEndUsers: flag,
  discoverableGroups: z
    .array(
      z.looseObject({
        userStore: z.string(),
        groups: z.array(z.looseObject({ id: z.string(), name: optionalText })).nullish(),
      }),
    )
    .nullish(),
  certificate: z
    .looseObject({
      type: z.custom<Plain<CertificateArgs>["type"]>((type) => typeof type === "string").nullish(),
      value: optionalText,
    })
    .nullish(),
  skipLoginConsent: flag,
  skipLogoutConsent: flag,
  useExternalConsentPage: flag,
  returnAuthenticatedIdpList: flag,
  enableAuthorization: flag,
  enableAPIBasedAuthentication: flag,
  attestationMetaData: z
    .looseObject({ enableClientAttestation: flag, androidPackageName: optionalText, appleAppId: optionalText })
    .nullish(),
  trustedAppConfiguration: z
    .looseObject({
      isFIDOTrustedApp: flag,
      isConsentGranted: flag,
      androidPackageName: optionalText,
      androidThumbprints: z.array(z.string()).nullish(),
      appleAppId: optionalText,
    })
    .nullish(),
});

export type AdvancedConfigurationWire = z.infer<typeof advancedConfigurationWire>;

const defaults = {
  saas: false,
  discoverableByEndUsers: false,
  discoverableGroups: [],
  skipLoginConsent: false,
  skipLogoutConsent: false,
  useExternalConsentPage: false,
  returnAuthenticatedIdpList: false,
  enableAuthorization: false,
  enableAPIBasedAuthentication: false,
  attestationMetaData: { enableClientAttestation: false },
  trustedAppConfiguration: { isFIDOTrustedApp: false, isConsentGranted: false, androidThumbprints: [] },
};

/** The server fails on a trusted application without a list of fingerprints. */
const needed = { trustedAppConfiguration: { androidThumbprints: [] } };

/** A certificate of either type takes the place of the other, so an empty one of type PEM leaves none at all. */
const noCertificate = { type: "PEM", value: "" } as const;

export function advancedConfigurationToCreate(args: Advanced): AdvancedConfigurationWire {
  return complete(present(declared(args)), needed);
}

/** The server merges the block member by member, but for the nested objects, which it replaces. */
export function advancedConfigurationToPatch(
  live: AdvancedConfigurationWire | null | undefined,
  args: Advanced | undefined,
  old: Advanced | undefined,
): AdvancedConfigurationWire | undefined {
  const wanted = present(declared(args ?? {}));
  const before = present(declared(old ?? {}));
  const { attestationMetaData, trustedAppConfiguration } = live ?? {};
  const replaced = {
    ...((wanted.attestationMetaData ?? before.attestationMetaData) && { attestationMetaData }),
    ...((wanted.trustedAppConfiguration ?? before.trustedAppConfiguration) && { trustedAppConfiguration }),
  };
  const { certificate, ...rest } = merge(present(replaced), wanted, before, defaults);
  const gone = before.certificate && !wanted.certificate;
  const body = present({ ...rest, certificate: gone ? noCertificate : wanted.certificate });
  return Object.keys(body).length === 0 ? undefined : advancedConfigurationWire.parse(complete(body, needed));
}

/** Nested objects hold members that the program leaves to the server, or cannot name at all. */
export function advancedConfigurationNeedsLive(args: Advanced | undefined, old: Advanced | undefined): boolean {
  return [args?.attestation, old?.attestation, args?.trustedApp, old?.trustedApp].some(
    (nested) => (nested ?? undefined) !== undefined,
  );
}

function declared(args: Advanced): AdvancedConfigurationWire {
  const { enableApiBasedAuthentication, attestation, trustedApp, ...rest } = args;
  const { fidoTrustedApp, consentGranted, ...identifiers } = trustedApp ?? {};
  return {
    ...rest,
    enableAPIBasedAuthentication: enableApiBasedAuthentication,
    attestationMetaData: attestation,
    trustedAppConfiguration: { ...identifiers, isFIDOTrustedApp: fidoTrustedApp, isConsentGranted: consentGranted },
  };
}

/** The live block in the words of the args. */
export function advancedConfigurationFromWire(wire: AdvancedConfigurationWire): Advanced {
  return present<Advanced>({
    saas: wire.saas ?? undefined,
    discoverableByEndUsers: wire.discoverableByEndUsers ?? undefined,
    discoverableGroups: wire.discoverableGroups?.map(({ userStore, groups }) => ({
      userStore,
      groups: (groups ?? []).map(({ id, name }) => ({ id, name: text(name) })),
    })),
    certificate: certificateFromWire(wire.certificate),
    skipLoginConsent: wire.skipLoginConsent ?? undefined,
    skipLogoutConsent: wire.skipLogoutConsent ?? undefined,
    useExternalConsentPage: wire.useExternalConsentPage ?? undefined,
    returnAuthenticatedIdpList: wire.returnAuthenticatedIdpList ?? undefined,
    enableAuthorization: wire.enableAuthorization ?? undefined,
    enableApiBasedAuthentication: wire.enableAPIBasedAuthentication ?? undefined,
    attestation: attestationFromWire(wire.attestationMetaData),
    trustedApp: trustedAppFromWire(wire.trustedAppConfiguration),
  });
}

function certificateFromWire(wire: AdvancedConfigurationWire["certificate"]): Advanced["certificate"] {
  const type = text(wire?.type);
  const value = text(wire?.value);
  return type && value ? { type, value } : undefined;
}

function attestationFromWire(wire: AdvancedConfigurationWire["attestationMetaData"]): Advanced["attestation"] {
  return {
    enableClientAttestation: wire?.enableClientAttestation ?? undefined,
    androidPackageName: text(wire?.androidPackageName),
    appleAppId: text(wire?.appleAppId),
  };
}

function trustedAppFromWire(wire: AdvancedConfigurationWire["trustedAppConfiguration"]): Advanced["trustedApp"] {
  return {
    fidoTrustedApp: wire?.isFIDOTrustedApp ?? undefined,
    consentGranted: wire?.isConsentGranted ?? undefined,
    androidPackageName: text(wire?.androidPackageName),
    androidThumbprints: wire?.androidThumbprints ?? undefined,
    appleAppId: text(wire?.appleAppId),
  };
}
