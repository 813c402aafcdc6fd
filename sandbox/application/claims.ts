import type { Application, ClaimConfiguration } from "../models/application";
import { applicationError } from "../refusal";
import { knows, type Server } from "../versions";
import { isLocalClaim } from "./local-claims";

type Claims = Application["claims"];

const ROLE_CLAIM = "http://wso2.org/claims/role";
const ROLES_CLAIM = "http://wso2.org/claims/roles";

/** The claims of an application that says nothing about them. */
export function defaultClaims(server: Server): Claims {
  return {
    dialect: "LOCAL",
    mappings: [],
    subject: {
      claim: { uri: `http://wso2.org/claims/${knows(server, "userIdAsSubject") ? "userid" : "username"}` },
      includeUserDomain: false,
      includeTenantDomain: false,
      useMappedLocalSubject: false,
      mappedLocalSubjectMandatory: false,
    },
    role: { claim: { uri: knows(server, "userIdAsSubject") ? ROLES_CLAIM : ROLE_CLAIM }, includeUserDomain: true },
  };
}

/** The claims after a write: mappings and requested claims are always rebuilt from the body, the rest only where given. */
export function changedClaims(current: Claims, change: ClaimConfiguration): Claims {
  const subject = { ...current.subject, ...change.subject };
  if (subject.mappedLocalSubjectMandatory && !subject.useMappedLocalSubject) {
    throw applicationError("APP-60513", "mappedLocalSubjectMandatory needs useMappedLocalSubject.");
  }
  return {
    dialect: change.dialect ?? "LOCAL",
    mappings: mappingsOf(change),
    subject,
    role: change.role ? { ...current.role, mappings: undefined, ...change.role } : current.role,
  };
}

function mappingsOf({ claimMappings = [], requestedClaims = [] }: ClaimConfiguration): Claims["mappings"] {
  const mappings = claimMappings.length
    ? claimMappings.map(({ applicationClaim, localClaim }) => {
        const request = requestedClaims.find(({ claim }) => [applicationClaim, localClaim.uri].includes(claim.uri));
        return {
          applicationClaim,
          localClaim: localClaim.uri,
          requested: request !== undefined,
          mandatory: request?.mandatory ?? false,
        };
      })
    : requestedClaims.map(({ claim, mandatory }) => ({
        applicationClaim: claim.uri,
        localClaim: claim.uri,
        requested: true,
        mandatory: mandatory ?? false,
      }));
  const unknown = mappings.find(({ localClaim }) => !isLocalClaim(localClaim));
  if (unknown) throw applicationError("APP-60001", `Invalid local claim: ${unknown.localClaim}.`);
  // The order of a hash map is nobody's: the one of the body would hide a client that relies on it.
  return mappings.sort((a, b) => (reversed(a.localClaim) < reversed(b.localClaim) ? -1 : 1));
}

function reversed(text: string): string {
  return [...text].reverse().join("");
}

/** The answer's form. Requested claims stand among the mappings as well, for the local dialect. */
export function claimConfigurationOf({ dialect, mappings, subject, role }: Claims): ClaimConfiguration {
  return {
    dialect,
    claimMappings: mappings.map(({ applicationClaim, localClaim }) => ({
      applicationClaim,
      localClaim: { uri: localClaim },
    })),
    requestedClaims: mappings
      .filter(({ requested }) => requested)
      .map(({ applicationClaim, localClaim, mandatory }) => ({
        claim: { uri: dialect === "LOCAL" ? localClaim : applicationClaim },
        mandatory,
      })),
    subject,
    role,
  };
}
