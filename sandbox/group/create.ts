import { randomUUID } from "node:crypto";
import { listOf, type ScimBody, textOf } from "../scim/body";
import type { StoredName } from "../scim/user-stores";
import type { Store } from "../store";
import type { Group } from "./collection";
import { groupName, isNameOf, noSuchMembers, refuseTakenGroupName, refuseUnknownStore } from "./rules";

/** The group that a body asks for, or the refusal that the server would answer. */
export function createdGroup(store: Store, body: ScimBody, now: string): Group {
  const named = groupName(body);
  const listed = listOf(body, "members") ?? [];
  refuseUnknownStore(store, named);
  refuseTakenGroupName(store, named);
  const members = [...new Set(listed.map((item) => memberId(store, named, item)))];
  return { id: randomUUID(), ...named, members, created: now, lastModified: now };
}

function memberId({ tenant }: Store, named: StoredName, item: ScimBody): string {
  const [value, display] = [textOf(item, "value"), textOf(item, "display")];
  const user = tenant.users.find(({ id, store }) => id === value && store === named.store);
  if (!user || (display && !isNameOf(user, display))) throw noSuchMembers(named);
  return user.id;
}
