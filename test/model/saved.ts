import type { Properties } from "../../provider/core/clean";
import type { Declared } from "./declared";

/** A run that ended at a resource. */
export class RunError extends Error {
  constructor(
    readonly resource: Declared,
    override readonly cause: unknown,
  ) {
    super(`${resource.name}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** What is in Pulumi's state of a resource. */
export interface Saved {
  readonly declared: Declared;
  readonly id: string;
  readonly state: Properties;
  readonly inputs: Properties;
  readonly incomplete: boolean;
}

/** How a run is made. */
export interface How {
  /** The names of the resources to be replaced whatever their diff says, as by `--replace`. */
  readonly forced?: readonly string[];
  /**
   * Each resource is brought to its args as soon as it is checked, while others are under way. Otherwise all that wait for
   * no other are checked first, and then done one after the other, as by `--parallel 1`.
   */
  readonly isParallel?: boolean;
}
