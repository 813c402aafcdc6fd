import type { Store } from "../store";
import type { User } from "../user/collection";

/** A user, with the inside of the organization that has the account. */
export interface Resident {
  readonly user: User;
  readonly store: Store;
}

/** The user with an id: of the tenant's own, or of an organization below it. */
export function residentOf({ root }: Store, id: string): Resident | undefined {
  for (const store of [root, ...root.below()]) {
    const user = store.tenant.users.find((each) => each.id === id);
    if (user) return { user, store };
  }
  return undefined;
}
