import { type ScimBody, textOf } from "../scim/body";
import { badRequest, missingAttribute, scimError } from "../scim/refusal";
import {
  isSameName,
  primary,
  qualified,
  type StoredName,
  shortened,
  storedName,
  userStoresOf,
} from "../scim/user-stores";
import type { Store } from "../store";
import type { User } from "../user/collection";
import type { Group } from "./collection";

type Named = Pick<Group, "store" | "name" | "prefixed">;

/** The name in a body. */
export function groupName(body: ScimBody): Named {
  const text = textOf(body, "displayName");
  if (!text?.trim()) throw missingAttribute("displayName");
  return groupNamed(text);
}

export function groupNamed(text: string): Named {
  const named = storedName(text);
  if (named.name.trim() === "") throw badRequest("invalidValue", `The group name: ${text} is not valid.`);
  return { ...named, prefixed: named.store === primary && text !== named.name };
}

/** The names of the groups of the server itself begin with what is no user store, so that they are refused here, too. */
export function refuseUnknownStore({ tenant }: Store, { store }: StoredName): void {
  if (userStoresOf(tenant.server).includes(store)) return;
  throw badRequest("invalidValue", `SCIM is not enabled for the user store: ${store}`);
}

export function refuseTakenGroupName({ tenant }: Store, named: StoredName, own?: Group): void {
  if (!tenant.groups.some((group) => group !== own && isSameName(group, named))) return;
  throw scimError(409, `Group with name: ${qualified(named)} already exists in the system.`);
}

/** A group that keeps its user store, which its name says. */
export function refuseOtherStore(group: Group, { store }: StoredName): void {
  if (store === group.store) return;
  throw scimError(500, "User store domain of the group is not matching with the given SCIM group Id.");
}

export function isNameOf(user: User, display: string): boolean {
  return [qualified(user), shortened(user), user.name].some((name) => name.toLowerCase() === display.toLowerCase());
}

/** One sentence for a member that is unknown, of another user store, or not the one that its name says. */
export function noSuchMembers(named: StoredName): Error {
  const what = "One or more group members do not exist in the same user store.";
  return badRequest("invalidValue", `${what} Hence, can not create the group: ${qualified(named)}`);
}
