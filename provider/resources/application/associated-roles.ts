import { z } from "zod";
import { oneOf } from "../../core/checks";
import { argsOf, type Plain } from "../../core/schema";
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
 * an application whose audience is ORGANIZATION, it refuses any role, even in the PATCH that changes the audience. So
 * the block is sent only where the audience changes. Taken out of the program, it stays as it is: every way back to a
 * default would take roles from somebody.
 */
export function associatedRolesToPatch(
  live: AssociatedRolesWire | null | undefined,
  args: Roles | undefined,
): AssociatedRolesWire | undefined {
  if (!args || associatedRolesFromWire(live).allowedAudience === args.allowedAudience) return undefined;
  return { allowedAudience: args.allowedAudience };
}

/** Without it, an audience that somebody else has set already would lose its roles. */
export function associatedRolesNeedsLive(args: Roles | undefined): boolean {
  return args !== undefined;
}

/** The live block in the words of the args. Only an application from before there were audiences is without one. */
export function associatedRolesFromWire(wire: AssociatedRolesWire | null | undefined): Roles {
  return { allowedAudience: wire?.allowedAudience ?? "ORGANIZATION" };
}
