import { z } from "zod";
import type { Properties } from "./clean";

/** The schema of the control args, to be spread into that of a resource. */
export const controlArgs = { adopt: z.boolean().optional() };

/** The control args among others. They say nothing about the object, so they are never compared. */
export function controls(args: Properties): { adopt?: boolean } {
  return typeof args.adopt === "boolean" ? { adopt: args.adopt } : {};
}

/** What to do where a natural key is taken, for messages. */
export const adoptAdvice =
  "If it is the one that this program is to manage, add `adopt: true` to the resource; else choose another.";

/** The args that describe the object. */
export function described(args: object): Properties {
  return Object.fromEntries(Object.entries(args).filter(([name]) => !(name in controlArgs)));
}
