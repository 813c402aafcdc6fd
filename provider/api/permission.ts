import type { Effort } from "./effort";
import { demandInside, scopesInside } from "./inside";
import type { Access, Scope } from "./scopes";
import type { Shared } from "./shared";
import { type Demand, requireScopes } from "./token";

/** What one operation may do: fixed by its definition before the first request. */
export interface Permission {
  readonly access: Access;
  readonly needs: readonly Scope[];
  readonly optional: readonly Scope[];
  /** Scopes that the token is to have where the server grants them, and whose lack is no reason to refuse. */
  readonly asks?: readonly Scope[];
  /** Set where it only looks ahead of a write: no token can write, and `needs` has also what the write will need. */
  readonly isAhead?: true;
  /** What the operation has spent of its time: its own from the start, unless given. */
  readonly effort?: Effort;
}

/** What of the client says where it works, and what its tokens ask for. */
type Place = Pick<Shared<unknown>, "inside" | "inUse" | "clientId">;

/** The same permission with more scopes that the requests need. */
export function needing(permission: Permission, scopes: readonly Scope[]): Permission {
  return { ...permission, needs: [...permission.needs, ...scopes] };
}

/** The same permission with more scopes that the requests need where the server knows them. */
export function mayNeed(permission: Permission, scopes: readonly Scope[]): Permission {
  return { ...permission, optional: [...permission.optional, ...scopes] };
}

/** Whether this is about a change of the tenant: one that is made, or one that is looked ahead of. */
export function mayWrite({ access, isAhead }: Permission): boolean {
  return access === "write" || isAhead === true;
}

/** These scopes as they are called where the client works; without those of what there is not. */
export function scopesHere(scopes: Iterable<Scope>, { inside, inUse }: Place): Scope[] {
  return inside ? scopesInside(scopes, inUse.table) : [...scopes];
}

/** What requests with this permission need of a token: ahead of a write, that is what they read. */
export function demandOf({ access, needs, optional, asks, isAhead }: Permission, { inUse, inside }: Place): Demand {
  const { table } = inUse;
  const all: Demand = { access, needs, optional, asks };
  const demand = inside ? demandInside(all, inside.organization, table) : all;
  return isAhead ? { ...demand, needs: demand.needs.filter((scope) => table.allows("view", scope)) } : demand;
}

/**
 * Fails where the bootstrap client lacks a scope for the write that this permission looks ahead of. `ownScopes` are those
 * of its application, which is asked where the program has to do with applications anyway.
 */
export async function requireLater(
  { needs, isAhead }: Permission,
  place: Place,
  ownScopes: () => Promise<ReadonlySet<string> | undefined>,
): Promise<void> {
  const { inUse, clientId } = place;
  const later = scopesHere(needs, place).filter((scope) => !inUse.table.allows("view", scope));
  const isUsed = scopesHere(["internal_application_mgt_view"], place).every((scope) => inUse.all.includes(scope));
  if (!isAhead || later.length === 0 || !isUsed) return;
  const own = await ownScopes();
  if (own) requireScopes(later, own, clientId, inUse.table);
}
