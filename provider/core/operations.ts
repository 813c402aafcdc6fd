import type { Api } from "../api/api";
import type { Operation } from "./access";
import type { Failure } from "./check";
import type { Properties } from "./clean";
import type { Difference } from "./diff";
import type { Run } from "./run";

/** The operations of a resource in Pulumi's terms: plain values in, plain values out. */
export interface Lifecycle {
  /** What is wrong with the args, as far as they tell it themselves. */
  check(args: Properties): Failure[];
  /** Looks ahead. Costs no request where nothing changes. `old` is empty for a resource that will be created. */
  preflight(old: Properties, args: Properties): Promise<Outlook>;
  diff(id: string, state: Properties, args: Properties): Difference;
  create(args: Properties): Promise<{ id: string; outs: Properties }>;
  /** Undefined where the object is gone. */
  read(id: string, state: Properties): Promise<{ inputs: Properties; props: Properties } | undefined>;
  update(id: string, state: Properties, args: Properties): Promise<{ outs: Properties }>;
  delete(id: string, state: Properties): Promise<void>;
}

/** What is known of a resource before anything is written. */
export interface Outlook {
  readonly isChanged: boolean;
  /** What the tenant or the rest of the program refuses. */
  readonly failures: Failure[];
  /** What the server accepts and good practice does not. */
  readonly findings: Failure[];
  /** Which resource it is about, for a line that Pulumi does not attach to it. */
  readonly label: string;
}

/** What a lifecycle works with. */
export interface Surroundings {
  /** The tenant; asked for when the first request is due. */
  api(): Api;
  /** What the resources of this process share. */
  readonly run: Run;
  /** Whether to look ahead with nothing but view scopes, since no write will follow. */
  isReadOnly(): boolean;
  /** Whether this is a preview, as far as the program has told: then, too, nothing but view scopes is asked for. */
  isPreview?(): boolean;
  /** Tells what is about to be done to a resource of this type, before the first request of it. */
  expect?(operations: readonly Operation[]): void;
}
