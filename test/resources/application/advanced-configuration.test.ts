import { advancedConfigurationArgs } from "../../../provider/resources/application/advanced-configuration";
import {
  advancedConfigurationFromWire as fromWire,
  advancedConfigurationNeedsLive as needsLive,
  advancedConfigurationToCreate as toCreate,
  advancedConfigurationToPatch as toPatch,
  advancedConfigurationWire as wire,
} from "../../../provider/resources/application/advanced-configuration.wire";
import { fixture, sampleTest } from "./fixture";
import { issuesOf } from "./issues";

test("only what is declared is sent, in the API's words", () => {
  const attestation = { enableClientAttestation: true };
  expect(toCreate({ saas: false, enableApiBasedAuthentication: true, attestation })).toEqual({
    saas: false,
    enableAPIBasedAuthentication: true,
    attestationMetaData: attestation,
  });
});

test("a trusted application has a list of fingerprints, because the server fails without it", () => {
  expect(toCreate({ trustedApp: { fidoTrustedApp: true, consentGranted: true } })).toEqual({
    trustedAppConfiguration: { isFIDOTrustedApp: true, isConsentGranted: true, androidThumbprints: [] },
  });
});

test("plain members need no look at the server: it merges them", () => {
  expect(needsLive({ saas: true }, { skipLoginConsent: true })).toBe(false);
  expect(toPatch(undefined, { saas: true }, { skipLoginConsent: true })).toEqual({
    saas: true,
    skipLoginConsent: false,
  });
});

test("nested objects keep what is not declared, even what the args cannot say", () => {
  const attestationMetaData = { appleAppId: "T.a", androidAttestationServiceCredentials: { key: 1 } };
  const live = wire.parse({ saas: true, fragment: false, additionalSpProperties: [{}], attestationMetaData });
  const args = { attestation: { enableClientAttestation: true } };
  expect(needsLive(args, undefined)).toBe(true);
  expect(toPatch(live, args, undefined)).toEqual({
    attestationMetaData: { ...attestationMetaData, enableClientAttestation: true },
  });
});

test("what was declared and is no longer goes back to the default", () => {
  const old = {
    certificate: { type: "JWKS", value: "https://a.example/jwks" } as const,
    discoverableGroups: [{ userStore: "PRIMARY", groups: [{ id: "g" }] }],
    attestation: { enableClientAttestation: true, appleAppId: "T.a" },
    trustedApp: { fidoTrustedApp: true, androidPackageName: "p", androidThumbprints: ["t"] },
  };
  const live = wire.parse({
    attestationMetaData: { enableClientAttestation: true, appleAppId: "T.a", androidPackageName: "theirs" },
    trustedAppConfiguration: { isFIDOTrustedApp: true, androidPackageName: "p", androidThumbprints: ["t"] },
  });
  expect(needsLive(undefined, old)).toBe(true);
  expect(toPatch(live, undefined, old)).toEqual({
    certificate: { type: "PEM", value: "" },
    discoverableGroups: [],
    attestationMetaData: { enableClientAttestation: false, androidPackageName: "theirs" },
    trustedAppConfiguration: { isFIDOTrustedApp: false, androidThumbprints: [] },
  });
});

test("nothing to say is nothing to send", () => {
  expect(toPatch(undefined, undefined, undefined)).toBeUndefined();
  expect(toPatch(undefined, {}, { attestation: {} })).toBeUndefined();
});

test("what the server knows is told in the args' words, without what is not managed", () => {
  const live = wire.parse({
    saas: false,
    certificate: { type: "PEM", value: "pem" },
    enableAPIBasedAuthentication: true,
    discoverableGroups: [{ userStore: "PRIMARY", groups: [{ id: "g", name: null }] }],
    attestationMetaData: { enableClientAttestation: false, androidAttestationServiceCredentials: {}, appleAppId: "" },
    fragment: false,
    additionalSpProperties: [],
  });
  expect(fromWire(live)).toEqual({
    saas: false,
    certificate: { type: "PEM", value: "pem" },
    enableApiBasedAuthentication: true,
    discoverableGroups: [{ userStore: "PRIMARY", groups: [{ id: "g" }] }],
    attestation: { enableClientAttestation: false },
  });
});

sampleTest("WSO2's own sample of a PATCH survives a reading and a writing", () => {
  const sample = fixture("application-patch.json").advanced.advancedConfigurations;
  expect(toCreate(fromWire(wire.parse(sample)))).toEqual(sample);
});

test.each([
  [{ certificate: { type: "JWKS", value: "-----BEGIN" } }, "certificate.value"],
  [{ certificate: { type: "DER", value: "x" } }, "certificate.type"],
  [{ discoverableGroups: [{ userStore: "A", groups: [] }] }, "discoverableGroups.0.groups"],
  [
    { discoverableGroups: ["A", "A"].map((userStore) => ({ userStore, groups: [{ id: "1" }] })) },
    "discoverableGroups.1.userStore",
  ],
  [{ attestation: { appleAppId: "" } }, "attestation.appleAppId"],
  [{ trustedApp: { androidThumbprints: ["a", "a"] } }, "trustedApp.androidThumbprints.1"],
])("%j is refused at %s", (args, path) => {
  expect(issuesOf(advancedConfigurationArgs, args)).toEqual([path]);
});
