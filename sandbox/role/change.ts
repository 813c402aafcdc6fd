import { Refusal } from "../refusal";
import { badRequest, misplaced } from "../scim/refusal";
import type { Store } from "../store";
import { everyone, type Role } from "./collection";
import {
  knownGroups,
  refuseBadRoleName,
  refuseSharedRole,
  refuseSystemRole,
  refuseTakenRoleName,
  refuseUnknownPermissions,
  refuseUnknownUsers,
} from "./rules";

export type Change = (draft: Role) => void;

/** The members of a role that are lists. */
export type List = "permissions" | "groups" | "users";

/**
 * Makes changes to a role, one after the other. One that is refused ends it, and those before it are kept: the server
 * makes them without a transaction.
 */
export function changeRole(store: Store, role: Role, changes: readonly Change[]): void {
  const draft = structuredClone(role);
  let refusal: Refusal | undefined;
  for (const change of changes) {
    try {
      change(draft);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal = error;
      break;
    }
  }
  store.change(() => Object.assign(role, draft));
  if (refusal) throw refusal;
}

export function renamed(store: Store, name: string): Change {
  return (draft) => {
    if (name === draft.displayName) return;
    refuseSharedRole(draft, "Role name modification");
    refuseSystemRole(draft, "updated");
    refuseBadRoleName(name);
    refuseTakenRoleName(store, name, draft);
    draft.displayName = name;
  };
}

/** A list as it is to be. Only what comes into it is looked at. */
export function withList(store: Store, list: List, values: (current: readonly string[]) => readonly string[]): Change {
  return (draft) => {
    const current = draft[list];
    const wanted = [...new Set(values(current))];
    const added = wanted.filter((value) => !current.includes(value));
    if (added.length === 0 && wanted.length === current.length) return;
    if (list === "permissions") {
      refuseSharedRole(draft, "Role permission modification");
      refuseSystemRole(draft, "updated");
      refuseUnknownPermissions(store, draft.audience, added);
      draft.permissions = wanted;
      return;
    }
    if (draft.system && draft.displayName === everyone) {
      throw misplaced(`Invalid operation. The ${list} of the role: ${everyone} cannot be modified.`);
    }
    if (list === "users") {
      refuseUnknownUsers(store, added, () =>
        badRequest("invalidValue", "User can't be resolved from the given user Id."),
      );
      draft.users = wanted;
      return;
    }
    const known = knownGroups(store, added);
    draft.groups = wanted.filter((id) => current.includes(id) || known.includes(id));
  };
}
