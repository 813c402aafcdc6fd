import type { Plain } from "../../../provider/core/schema";
import { claimConfigurationArgs } from "../../../provider/resources/application/claim-configuration";
import type { ClaimConfigurationArgs } from "../../../provider/resources/application/claim-configuration.args";
import {
  claimConfigurationFromWire as fromWire,
  claimConfigurationNeedsLive as needsLive,
  claimConfigurationToCreate as toCreate,
  claimConfigurationToPatch as toPatch,
  claimConfigurationWire as wire,
} from "../../../provider/resources/application/claim-configuration.wire";
import { fixture, sampleTest } from "./fixture";
import { issuesOf } from "./issues";

const mail = "http://wso2.org/claims/emailaddress";
const phone = "http://wso2.org/claims/mobile";

const local = wire.parse({
  dialect: "LOCAL",
  claimMappings: [{ applicationClaim: mail, localClaim: { id: null, uri: mail } }],
  requestedClaims: [{ claim: { id: null, uri: mail }, mandatory: true }],
  subject: { claim: { uri: "http://wso2.org/claims/userid" }, includeUserDomain: false },
  role: { claim: { uri: "r" }, mappings: [{ localRole: "l", applicationRole: "a" }] },
});

const custom = wire.parse({
  dialect: "CUSTOM",
  claimMappings: [{ applicationClaim: "mail", localClaim: { uri: mail } }],
  requestedClaims: [{ claim: { uri: "mail" }, mandatory: false }],
});

test("plain URIs become the API's claim objects", () => {
  const args: Plain<ClaimConfigurationArgs> = {
    dialect: "CUSTOM",
    claimMappings: [{ applicationClaim: "mail", localClaim: mail }],
    requestedClaims: [{ claim: "mail", mandatory: true }, { claim: "phone" }],
    subject: { claim: "mail", includeUserDomain: true },
    role: { claim: "roles", mappings: [{ localRole: "l", applicationRole: "a" }] },
  };
  const body = toCreate(args);
  expect(body).toEqual({
    dialect: "CUSTOM",
    claimMappings: [{ applicationClaim: "mail", localClaim: { uri: mail } }],
    requestedClaims: [{ claim: { uri: "mail" }, mandatory: true }, { claim: { uri: "phone" } }],
    subject: { claim: { uri: "mail" }, includeUserDomain: true },
    role: { claim: { uri: "roles" }, mappings: [{ localRole: "l", applicationRole: "a" }] },
  });
  expect(fromWire(body)).toEqual(args);
});

test("an empty list of mappings is not sent: with it the server drops the requested claims", () => {
  const requestedClaims = [{ claim: mail }];
  expect(toCreate({ claimMappings: [], requestedClaims })).toEqual({ requestedClaims: [{ claim: { uri: mail } }] });
});

test("requested claims that the server shows as mappings, too, are told once", () => {
  expect(fromWire(local)).toMatchObject({ claimMappings: [], requestedClaims: [{ claim: mail, mandatory: true }] });
  expect(fromWire(custom).claimMappings).toHaveLength(1);
});

test("a PATCH of the subject keeps the requested claims, which the server would wipe", () => {
  const args = { subject: { includeUserDomain: true } };
  expect(needsLive(args, undefined)).toBe(true);
  expect(toPatch(local, args, undefined)).toEqual({
    dialect: "LOCAL",
    requestedClaims: [{ claim: { uri: mail }, mandatory: true }],
    subject: { includeUserDomain: true },
  });
});

test("a PATCH of the requested claims keeps a dialect and mappings of the application's own", () => {
  const args = { requestedClaims: [{ claim: "mail", mandatory: true }] };
  expect(needsLive(args, undefined)).toBe(true);
  expect(toPatch(custom, args, undefined)).toEqual({
    dialect: "CUSTOM",
    claimMappings: [{ applicationClaim: "mail", localClaim: { uri: mail } }],
    requestedClaims: [{ claim: { uri: "mail" }, mandatory: true }],
  });
});

test("a requested claim that is none of the application's own names is one of the server's, so the dialect is, too", () => {
  expect(toPatch(custom, { requestedClaims: [{ claim: "mail" }, { claim: mail }] }, undefined)).toEqual({
    dialect: "LOCAL",
    requestedClaims: [{ claim: { uri: "mail" } }, { claim: { uri: mail } }],
  });
  expect(toPatch(custom, { requestedClaims: [] }, undefined)?.dialect).toBe("CUSTOM");
});

test("a PATCH of the role keeps its mappings", () => {
  const args = { dialect: "LOCAL" as const, requestedClaims: [], role: { includeUserDomain: true } };
  expect(needsLive(args, undefined)).toBe(true);
  expect(toPatch(local, args, undefined)?.role).toEqual({
    includeUserDomain: true,
    mappings: [{ localRole: "l", applicationRole: "a" }],
  });
});

test("a block that is declared in full needs no look at the server", () => {
  const args = { dialect: "LOCAL" as const, requestedClaims: [{ claim: phone }] };
  expect(needsLive(args, undefined)).toBe(false);
  expect(toPatch(undefined, args, undefined)).toEqual({
    dialect: "LOCAL",
    requestedClaims: [{ claim: { uri: phone } }],
  });
});

test("claims that were requested in another dialect are not kept", () => {
  expect(toPatch(custom, { dialect: "LOCAL" }, undefined)).toEqual({ dialect: "LOCAL" });
});

test("what was declared and is no longer goes back to the default", () => {
  const old: Plain<ClaimConfigurationArgs> = {
    dialect: "CUSTOM",
    claimMappings: [{ applicationClaim: "mail", localClaim: mail }],
    requestedClaims: [{ claim: "mail" }],
    subject: { claim: "mail", useMappedLocalSubject: true },
    role: { claim: "roles", mappings: [{ localRole: "l", applicationRole: "a" }] },
  };
  expect(needsLive(undefined, old)).toBe(false);
  expect(toPatch(undefined, undefined, old)).toEqual({
    dialect: "LOCAL",
    requestedClaims: [],
    subject: { claim: { uri: "" }, useMappedLocalSubject: false },
    role: { claim: { uri: "" }, mappings: [] },
  });
  expect(toPatch(local, { subject: {} }, { subject: { includeUserDomain: true } })?.subject).toEqual({
    includeUserDomain: false,
  });
});

test("nothing to say is nothing to send", () => {
  expect(toPatch(undefined, undefined, undefined)).toBeUndefined();
  expect(needsLive({}, undefined)).toBe(false);
});

sampleTest("WSO2's own samples are read", () => {
  const application = fixture("application-get-basic.response.json");
  expect(fromWire(wire.parse(application.claimConfiguration))).toMatchObject({
    dialect: "LOCAL",
    subject: { claim: "http://wso2.org/claims/username" },
    role: { claim: "http://wso2.org/claims/role", includeUserDomain: true },
  });
  const patch = fixture("application-patch.json").claims.claimConfiguration;
  expect(toCreate(fromWire(wire.parse(patch)))).toEqual(patch);
});

const mapping = { applicationClaim: "mail", localClaim: mail };

test.each([
  [{ dialect: "OTHER" }, "dialect"],
  [{ claimMappings: [mapping, mapping] }, "claimMappings.1.applicationClaim"],
  [{ requestedClaims: [{ claim: "a" }, { claim: "a" }] }, "requestedClaims.1.claim"],
  [{ claimMappings: [mapping], requestedClaims: [{ claim: mail }] }, "requestedClaims.0.claim"],
  [{ subject: { mappedLocalSubjectMandatory: true } }, "subject.useMappedLocalSubject"],
  [{ role: { mappings: [{ localRole: "", applicationRole: "a" }] } }, "role.mappings.0.localRole"],
])("%j is refused at %s", (args, path) => {
  expect(issuesOf(claimConfigurationArgs, args)).toEqual([path]);
});
