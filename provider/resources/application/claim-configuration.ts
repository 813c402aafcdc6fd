import { z } from "zod";
import { despiteOtherIssues, distinctBy, nonEmptyText, oneOf } from "../../core/checks";
import { argsOf, keyed } from "../../core/schema";
import { isObject } from "../wire";
import type {
  ClaimConfigurationArgs,
  ClaimMappingArgs,
  RequestedClaimArgs,
  RoleClaimArgs,
  RoleMappingArgs,
  SubjectClaimArgs,
} from "./claim-configuration.args";

/** The server drops a requested claim that is not among the mappings, without a word. */
function refuseUnmapped(claims: unknown, ctx: z.RefinementCtx): void {
  if (!isObject(claims) || !Array.isArray(claims.claimMappings) || !Array.isArray(claims.requestedClaims)) return;
  const mapped = claims.claimMappings.map((mapping: unknown) =>
    isObject(mapping) ? mapping.applicationClaim : mapping,
  );
  if (mapped.length === 0) return;
  claims.requestedClaims.forEach((requested: unknown, i) => {
    if (!isObject(requested) || typeof requested.claim !== "string" || mapped.includes(requested.claim)) return;
    const message = "is not among the application claims of `claimMappings`; add a mapping for it";
    ctx.addIssue({ code: "custom", path: ["requestedClaims", i, "claim"], message });
  });
}

function isLinked(subject: unknown): boolean {
  if (!isObject(subject) || subject.mappedLocalSubjectMandatory !== true) return true;
  return subject.useMappedLocalSubject !== false && (subject.useMappedLocalSubject ?? undefined) !== undefined;
}

const subject = argsOf<SubjectClaimArgs>()({
  claim: nonEmptyText.optional(),
  includeUserDomain: z.boolean().optional(),
  includeTenantDomain: z.boolean().optional(),
  useMappedLocalSubject: z.boolean().optional(),
  mappedLocalSubjectMandatory: z.boolean().optional(),
}).refine(isLinked, {
  ...despiteOtherIssues,
  path: ["useMappedLocalSubject"],
  error: "must be true where `mappedLocalSubjectMandatory` is true",
});

const claimMappings = z
  .array(argsOf<ClaimMappingArgs>()({ applicationClaim: nonEmptyText, localClaim: nonEmptyText }))
  .superRefine(distinctBy("applicationClaim"));

const requestedClaims = z
  .array(argsOf<RequestedClaimArgs>()({ claim: nonEmptyText, mandatory: z.boolean().optional() }))
  .superRefine(distinctBy("claim"));

const roleMappings = z
  .array(argsOf<RoleMappingArgs>()({ localRole: nonEmptyText, applicationRole: nonEmptyText }))
  .superRefine(distinctBy("localRole"));

export const claimConfigurationArgs = argsOf<ClaimConfigurationArgs>()({
  dialect: oneOf(["LOCAL", "CUSTOM"]).optional(),
  claimMappings: keyed("applicationClaim", claimMappings).optional(),
  requestedClaims: keyed("claim", requestedClaims).optional(),
  subject: subject.optional(),
  role: argsOf<RoleClaimArgs>()({
    claim: nonEmptyText.optional(),
    includeUserDomain: z.boolean().optional(),
    mappings: keyed("localRole", roleMappings).optional(),
  }).optional(),
}).superRefine(refuseUnmapped, despiteOtherIssues);
