import { z } from "zod";
import { same } from "../../core/diff";
import type { Plain } from "../../core/schema";
import type { ApplicationArgs } from "../application.args";
import { type JsonObject, present, text } from "../wire";
import { advancedConfigurationArgs } from "./advanced-configuration";
import {
  advancedConfigurationFromWire,
  advancedConfigurationNeedsLive,
  advancedConfigurationToCreate,
  advancedConfigurationToPatch,
  advancedConfigurationWire,
} from "./advanced-configuration.wire";
import {
  associatedRolesArgs,
  associatedRolesFromWire,
  associatedRolesNeedsLive,
  associatedRolesToCreate,
  associatedRolesToPatch,
  associatedRolesWire,
} from "./associated-roles";
import { authenticationSequenceArgs } from "./authentication-sequence";
import {
  authenticationSequenceFromWire,
  authenticationSequenceNeedsLive,
  authenticationSequenceToCreate,
  authenticationSequenceToPatch,
  authenticationSequenceWire,
} from "./authentication-sequence.wire";
import { claimConfigurationArgs } from "./claim-configuration";
import {
  claimConfigurationFromWire,
  claimConfigurationNeedsLive,
  claimConfigurationToCreate,
  claimConfigurationToPatch,
  claimConfigurationWire,
} from "./claim-configuration.wire";
import { oidcToCreate } from "./oidc.wire";
import { claimsOfShared, touchesMapping } from "./shared";

type Application = Plain<ApplicationArgs>;

const optionalText = z.string().nullish();

/** The answer of `GET /applications/{id}`. */
export const applicationWire = z.looseObject({
  name: z.string(),
  description: optionalText,
  imageUrl: optionalText,
  accessUrl: optionalText,
  templateId: optionalText,
  applicationEnabled: z.boolean().nullish(),
  clientId: optionalText,
  associatedRoles: associatedRolesWire.nullish(),
  claimConfiguration: claimConfigurationWire.nullish(),
  authenticationSequence: authenticationSequenceWire.nullish(),
  advancedConfigurations: advancedConfigurationWire.nullish(),
});

export type ApplicationWire = z.infer<typeof applicationWire>;

/** The plain members that may be cleared, with the value that clears them. */
const cleared = { description: "", imageUrl: "", accessUrl: "", templateId: "", enabled: true } as const;

/** The body of `POST /applications`. */
export function applicationToCreate(args: Application): JsonObject {
  const { associatedRoles, claimConfiguration, authenticationSequence, advancedConfiguration, oidc } = args;
  // The tenant's own flow is what a new application has, and it has no steps to be sent.
  const hasOwnFlow = authenticationSequence && authenticationSequence.type !== "DEFAULT";
  return present({
    ...plainMembers(args),
    associatedRoles: associatedRoles && associatedRolesToCreate(associatedRoles),
    claimConfiguration: claimConfiguration && claimConfigurationToCreate(claimConfiguration),
    authenticationSequence: hasOwnFlow ? authenticationSequenceToCreate(authenticationSequence) : undefined,
    advancedConfigurations: advancedConfiguration && advancedConfigurationToCreate(advancedConfiguration),
    inboundProtocolConfiguration: oidc && { oidc: oidcToCreate(oidc) },
  });
}

function plainMembers({
  name,
  description,
  imageUrl,
  accessUrl,
  templateId,
  enabled,
}: Partial<Application>): JsonObject {
  return { name, description, imageUrl, accessUrl, templateId, applicationEnabled: enabled };
}

type Block = "associatedRoles" | "claimConfiguration" | "authenticationSequence" | "advancedConfiguration";

const blockSchemas = {
  associatedRoles: associatedRolesArgs,
  claimConfiguration: claimConfigurationArgs,
  authenticationSequence: authenticationSequenceArgs,
  advancedConfiguration: advancedConfigurationArgs,
};

function changedBlocks(args: Application, old: Partial<Application>): ReadonlySet<Block> {
  const names = Object.keys(blockSchemas) as Block[];
  return new Set(names.filter((name) => !same(blockSchemas[name], args[name], old[name])));
}

/** Whether a PATCH would wipe something that only the server knows: then it has to be read before. */
export function patchNeedsLive(args: Application, old: Partial<Application>): boolean {
  const changed = changedBlocks(args, old);
  const needs: Record<Block, () => boolean> = {
    associatedRoles: () => associatedRolesNeedsLive(args.associatedRoles),
    claimConfiguration: () =>
      claimConfigurationNeedsLive(args.claimConfiguration, old.claimConfiguration) || touchesMapping(args, old),
    authenticationSequence: () =>
      authenticationSequenceNeedsLive(args.authenticationSequence, old.authenticationSequence),
    advancedConfiguration: () => advancedConfigurationNeedsLive(args.advancedConfiguration, old.advancedConfiguration),
  };
  return [...changed].some((name) => needs[name]());
}

/**
 * The body of `PATCH /applications/{id}`, without the blocks that did not change; undefined where nothing did. `live` is
 * needed where `patchNeedsLive` says so.
 */
export function applicationToPatch(
  live: ApplicationWire | undefined,
  args: Application,
  old: Partial<Application>,
): JsonObject | undefined {
  const changed = changedBlocks(args, old);
  const plain = plainPatch(args, old);
  const body = present({
    ...plain,
    associatedRoles: changed.has("associatedRoles")
      ? associatedRolesToPatch(live?.associatedRoles, args.associatedRoles)
      : undefined,
    claimConfiguration: changed.has("claimConfiguration")
      ? claimsOfShared(
          claimConfigurationToPatch(live?.claimConfiguration, args.claimConfiguration, old.claimConfiguration),
          live?.authenticationSequence,
        )
      : undefined,
    authenticationSequence: changed.has("authenticationSequence")
      ? authenticationSequenceToPatch(
          live?.authenticationSequence,
          args.authenticationSequence,
          old.authenticationSequence,
        )
      : undefined,
    advancedConfigurations: changed.has("advancedConfiguration")
      ? advancedConfigurationToPatch(
          live?.advancedConfigurations,
          args.advancedConfiguration,
          old.advancedConfiguration,
        )
      : undefined,
  });
  return Object.keys(body).length === 0 ? undefined : body;
}

/** All plain members that are declared where one of them has changed: what somebody else set meanwhile is put right, too. */
function plainPatch(args: Application, old: Partial<Application>): JsonObject {
  const wanted = plainMembers(args);
  const gone = Object.fromEntries(
    Object.entries(cleared).filter(([name]) => isThere(old, name) && !isThere(args, name)),
  );
  const isUnchanged = same(undefined, present(wanted), present(plainMembers(old)));
  return isUnchanged ? {} : { ...plainMembers(gone), ...present(wanted) };
}

function isThere(args: JsonObject, name: string): boolean {
  return (args[name] ?? undefined) !== undefined;
}

/** The live application in the words of the args, without its OIDC configuration. */
export function applicationFromWire(wire: ApplicationWire): Partial<Application> {
  const { associatedRoles, claimConfiguration, authenticationSequence, advancedConfigurations } = wire;
  return present<Partial<Application>>({
    name: wire.name,
    description: text(wire.description),
    imageUrl: text(wire.imageUrl),
    accessUrl: text(wire.accessUrl),
    templateId: text(wire.templateId),
    // WSO2 Identity Server 7.0 has no such member: its applications are always enabled.
    enabled: wire.applicationEnabled ?? true,
    associatedRoles: associatedRolesFromWire(associatedRoles),
    claimConfiguration: claimConfiguration ? claimConfigurationFromWire(claimConfiguration) : undefined,
    authenticationSequence: authenticationSequence ? authenticationSequenceFromWire(authenticationSequence) : undefined,
    advancedConfiguration: advancedConfigurations ? advancedConfigurationFromWire(advancedConfigurations) : undefined,
  });
}
