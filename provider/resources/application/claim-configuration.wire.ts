import { z } from "zod";
import type { Plain } from "../../core/schema";
import { merge, present, text } from "../wire";
import type { ClaimConfigurationArgs } from "./claim-configuration.args";

type Claims = Plain<ClaimConfigurationArgs>;

const flag = z.boolean().nullish();
const claim = z.looseObject({ uri: z.string().nullish() });

/** The block `claimConfiguration` of an application. */
export const claimConfigurationWire = z.looseObject({
  dialect: z.enum(["LOCAL", "CUSTOM"]).nullish(),
  claimMappings: z.array(z.looseObject({ applicationClaim: z.string(), localClaim: claim })).nullish(),
  requestedClaims: z.array(z.looseObject({ claim, mandatory: flag })).nullish(),
  subject: z
    .looseObject({
      claim: claim.nullish(),
      includeUserDomain: flag,
      includeTenantDomain: flag,
      useMappedLocalSubject: flag,
      mappedLocalSubjectMandatory: flag,
    })
    .nullish(),
  role: z
    .looseObject({
      claim: claim.nullish(),
      includeUserDomain: flag,
      mappings: z.array(z.looseObject({ localRole: z.string(), applicationRole: z.string() })).nullish(),
    })
    .nullish(),
});

export type ClaimConfigurationWire = z.infer<typeof claimConfigurationWire>;

/** An empty claim makes the server take its own, which differs by version. */
const defaults = {
  dialect: "LOCAL",
  claimMappings: [],
  requestedClaims: [],
  subject: {
    claim: { uri: "" },
    includeUserDomain: false,
    includeTenantDomain: false,
    useMappedLocalSubject: false,
    mappedLocalSubjectMandatory: false,
  },
  role: { claim: { uri: "" }, includeUserDomain: true, mappings: [] },
};

export function claimConfigurationToCreate(args: Claims): ClaimConfigurationWire {
  return sendable(present(declared(args)));
}

/** The server makes dialect, lists, and the mappings of a role anew from every PATCH, so what is to stay goes with it. */
export function claimConfigurationToPatch(
  live: ClaimConfigurationWire | null | undefined,
  args: Claims | undefined,
  old: Claims | undefined,
): ClaimConfigurationWire | undefined {
  const wanted = present(declared(args ?? {}));
  const before = present(declared(old ?? {}));
  if (Object.keys(wanted).length + Object.keys(before).length === 0) return undefined;
  const dialect = wanted.dialect ?? (before.dialect ? "LOCAL" : dialectOf(live ?? {}, wanted));
  const touchesRole = (wanted.role ?? before.role) !== undefined;
  const kept = keptLists(live ?? {}, dialect);
  const mappings = touchesRole ? live?.role?.mappings : undefined;
  const merged = merge(present({ ...kept, role: { mappings } }), wanted, before, defaults);
  return sendable(claimConfigurationWire.parse({ ...merged, dialect }));
}

/**
 * The live dialect, where the program says none and its words are those of it. Under `CUSTOM` the server takes the URI of
 * a local claim as well, and from then on shows the application's name instead: a change without an end.
 */
function dialectOf({ dialect, claimMappings }: ClaimConfigurationWire, wanted: ClaimConfigurationWire) {
  const names = (wanted.claimMappings ?? claimMappings ?? []).map(({ applicationClaim }) => applicationClaim);
  const isInItsWords = (wanted.requestedClaims ?? []).every(({ claim }) => names.includes(claim.uri ?? ""));
  return dialect === "CUSTOM" && isInItsWords ? "CUSTOM" : "LOCAL";
}

/** Claims are named in the words of their dialect: after a change they would name nothing. */
function keptLists(live: ClaimConfigurationWire, dialect: "LOCAL" | "CUSTOM"): ClaimConfigurationWire {
  const read = present(declared(claimConfigurationFromWire(live)));
  const isSameDialect = (live.dialect ?? dialect) === dialect;
  return {
    claimMappings: dialect === "CUSTOM" ? read.claimMappings : undefined,
    requestedClaims: isSameDialect ? read.requestedClaims : undefined,
  };
}

/** With a list of mappings, even an empty one, the server drops requested claims that are not among them. */
function sendable(body: ClaimConfigurationWire): ClaimConfigurationWire {
  const { claimMappings, ...rest } = body;
  return claimMappings && claimMappings.length > 0 ? body : rest;
}

/** Whether something is left to the server that a PATCH would wipe. */
export function claimConfigurationNeedsLive(args: Claims | undefined, old: Claims | undefined): boolean {
  const known = present({ ...declared(old ?? {}), ...present(declared(args ?? {})) });
  if (Object.keys(known).length === 0) return false;
  const { dialect, claimMappings, requestedClaims, role } = known;
  const hasLists = requestedClaims && (claimMappings || dialect === "LOCAL");
  return !(dialect && hasLists && (role === undefined || role?.mappings));
}

function declared(args: Claims): ClaimConfigurationWire {
  const { subject, role } = args;
  return {
    dialect: args.dialect,
    claimMappings: args.claimMappings?.map(({ applicationClaim, localClaim }) => ({
      applicationClaim,
      localClaim: { uri: localClaim },
    })),
    requestedClaims: args.requestedClaims?.map(({ claim, mandatory }) => ({ claim: { uri: claim }, mandatory })),
    subject: subject && { ...subject, claim: { uri: subject.claim } },
    role: role && { ...role, claim: { uri: role.claim } },
  };
}

/** The live block in the words of the args. */
export function claimConfigurationFromWire(wire: ClaimConfigurationWire): Claims {
  const { subject, role } = wire;
  return present<Claims>({
    dialect: wire.dialect ?? undefined,
    claimMappings: claimMappingsFromWire(wire),
    requestedClaims: wire.requestedClaims?.flatMap(({ claim, mandatory }) => {
      const uri = text(claim.uri);
      return uri === undefined ? [] : [{ claim: uri, mandatory: mandatory ?? undefined }];
    }),
    subject: {
      claim: text(subject?.claim?.uri),
      includeUserDomain: subject?.includeUserDomain ?? undefined,
      includeTenantDomain: subject?.includeTenantDomain ?? undefined,
      useMappedLocalSubject: subject?.useMappedLocalSubject ?? undefined,
      mappedLocalSubjectMandatory: subject?.mappedLocalSubjectMandatory ?? undefined,
    },
    role: {
      claim: text(role?.claim?.uri),
      includeUserDomain: role?.includeUserDomain ?? undefined,
      mappings: role?.mappings?.map(({ localRole, applicationRole }) => ({ localRole, applicationRole })),
    },
  });
}

/** For the dialect LOCAL the server shows each requested claim a second time, mapped to itself. */
function claimMappingsFromWire(wire: ClaimConfigurationWire): Claims["claimMappings"] {
  const requested = new Set(wire.dialect === "CUSTOM" ? [] : wire.requestedClaims?.map(({ claim }) => claim.uri));
  return wire.claimMappings?.flatMap(({ applicationClaim, localClaim }) => {
    const uri = text(localClaim.uri);
    const isEcho = requested.has(applicationClaim) && uri === applicationClaim;
    return uri === undefined || isEcho ? [] : [{ applicationClaim, localClaim: uri }];
  });
}
