import type { z } from "zod";
import type { CollectionName } from "./collections";
import type { Tenant } from "./tenant";

/** What can be deleted: an object of a collection, or a scope of an API. */
export type Deletable = CollectionName | "scopes";

/** A member of the tenant: how a state file holds it, and what else the sandbox has to know of it. */
export interface Collection<Content> {
  /** The form of the whole member. */
  readonly content: z.ZodType<Content>;
  /** What it is before the seed. */
  readonly empty: Content;
  /** Puts in what every tenant has from the first day. The collections that are listed before this one are there already. */
  readonly seed?: (tenant: Tenant) => void;
  /** What goes with objects that are deleted elsewhere, given the ids of these. */
  readonly forget?: { readonly [From in Deletable]?: (tenant: Tenant, ids: ReadonlySet<string>) => void };
  /** Whether a state file without it is damaged. A file that lacks any other one is older: it gets what a new tenant has. */
  readonly inEveryFile?: true;
}
