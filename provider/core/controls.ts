import { z } from "zod";
import type { Properties } from "./clean";

/** The schema of the control args, to be spread into that of a resource. */
export const controlArgs = { adopt: z.boolean().optional() };

/** The control args among others. They say nothing about the object, so they are never compared. */
export function controls(args: Properties): { adopt?: boolean } {
  return typeof args.adopt === "boolean" ? { adopt: args.adopt } : {};
}

/**
 * What to do where a natural key is taken, for messages. Pulumi shows a resource that was renamed or moved without an
 * alias, and one that is replaced by force, like a new one: most often it is the object of this very resource.
 */
export const takenAdvice = [
  "",
  '- Was this resource renamed or moved in the program? Then give it the option `aliases: [{ name: "its old name" }]`, or, where it stood outside of its component before, `aliases: [{ parent: pulumi.rootStackResource }]`: the object stays as it is.',
  "- Is this program to take the object over, or to replace it by force (`--replace`, `pulumi state taint`)? Then add `adopt: true` to the resource.",
  "- Does another resource of this program declare it, too? Then take one of the two out.",
  "- Else choose another.",
].join("\n");

/** The args that describe the object. */
export function described(args: object): Properties {
  return Object.fromEntries(Object.entries(args).filter(([name]) => !(name in controlArgs)));
}
