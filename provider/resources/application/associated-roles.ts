import { z } from "zod";
import { oneOf } from "../../core/checks";
import { argsOf, type Plain } from "../../core/schema";
import { present } from "../wire";
import type { AssociatedRolesArgs } from "./associated-roles.args";

type Roles = Plain<AssociatedRolesArgs>;

export const associatedRolesArgs = argsOf<AssociatedRolesArgs>()({
  allowedAudience: oneOf(["APPLICATION", "ORGANIZATION"]),
});

/** The block `associatedRoles` of an application. */
export const associatedRolesWire = z.looseObject({
  allowedAudience: z.enum(["APPLICATION", "ORGANIZATION"]).nullish(),
  roles: z.array(z.looseObject({ id: z.string(), name: z.string().nullish() })).nullish(),
});

export type AssociatedRolesWire = z.infer<typeof associatedRolesWire>;

export function associatedRolesToCreate(args: Roles): AssociatedRolesWire {
  return { allowedAudience: args.allowedAudience };
}

/**
 * The server replaces the block whole, so the roles of an application that stays with its audience go with it. Towards
 * an application whose audience is ORGANIZATION, it refuses any role, even in the PATCH that changes the audience.
 */
export function associatedRolesToPatch(
  live: AssociatedRolesWire | null | undefined,
  args: Roles | undefined,
  old: Roles | undefined,
): AssociatedRolesWire | undefined {
  if (!args && !old) return undefined;
  const allowedAudience = args?.allowedAudience ?? "ORGANIZATION";
  const current = live ? (live.allowedAudience ?? "ORGANIZATION") : old?.allowedAudience;
  if (current === allowedAudience) return undefined;
  return { allowedAudience };
}

/** Without it, an audience that somebody else has set already would lose its roles. */
export function associatedRolesNeedsLive(args: Roles | undefined, old: Roles | undefined): boolean {
  return args?.allowedAudience === "APPLICATION" && old?.allowedAudience !== "APPLICATION";
}

/** The live block in the words of the args; without one, the server's default. */
export function associatedRolesFromWire(wire: AssociatedRolesWire | null | undefined): Roles {
  return present<Roles>({ allowedAudience: wire?.allowedAudience ?? "ORGANIZATION" });
}
