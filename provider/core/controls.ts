import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Properties } from "./clean";

/** Args of every resource that steer the provider instead of describing the object. */
export interface ControlArgs {
  /**
   * Takes an existing object with the same natural key over and brings it to what is declared, instead of failing because
   * it is taken. Only an exact match is taken, and a preview says which and what will change. From then on it is managed
   * like any other: `destroy` deletes it, unless the resource has Pulumi's option `retainOnDelete`. The default is false.
   * Changing it later changes nothing.
   */
  adopt?: pulumi.Input<boolean>;
}

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
