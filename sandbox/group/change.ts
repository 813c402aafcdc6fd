import { listOf, memberOf, requiredValue, type ScimBody, textOf } from "../scim/body";
import { type Operation, operationsOf, type Target, targetOf } from "../scim/patch";
import { badRequest, misplaced } from "../scim/refusal";
import type { Store } from "../store";
import { isObject } from "../versions";
import type { Group } from "./collection";
import { groupName, groupNamed, isNameOf, noSuchMembers, refuseOtherStore, refuseTakenGroupName } from "./rules";

type Changed = Pick<Group, "store" | "name" | "prefixed" | "members">;

/** A group after a PUT, which knows members by their names. */
export function replacedGroup(store: Store, group: Group, body: ScimBody): Changed {
  const named = groupName(body);
  const listed = listOf(body, "members") ?? [];
  refuseOtherStore(group, named);
  refuseTakenGroupName(store, named, group);
  const members = listed.map((item) => {
    const display = textOf(item, "display");
    if (!display) {
      const where = `adding to the group: ${named.name}`;
      throw misplaced(`Display name attribute of a member is empty while ${where}`);
    }
    const user = store.tenant.users.find((each) => each.store === group.store && isNameOf(each, display));
    if (!user) throw noSuchMembers(named);
    return user.id;
  });
  return { ...named, members: [...new Set(members)] };
}

/** A group after a PATCH. */
export function patchedGroup(store: Store, group: Group, body: ScimBody): Changed {
  return operationsOf(body).reduce<Changed>(
    (changed, operation) => withOperation(store, group, changed, operation),
    group,
  );
}

function withOperation(store: Store, group: Group, changed: Changed, { op, path, value }: Operation): Changed {
  if (path === undefined) {
    if (!isObject(value)) throw badRequest("invalidSyntax");
    const [displayName, members] = [memberOf(value, "displayName"), memberOf(value, "members")];
    if (displayName === undefined && members === undefined) throw notValid();
    const named = displayName === undefined ? changed : { ...changed, ...renamed(store, group, displayName) };
    return members === undefined ? named : { ...named, members: listed(store, group, changed, op, members) };
  }
  const target = targetOf(path);
  const attribute = target.attribute.replace(/^urn:.*:/, "").toLowerCase();
  if (attribute === "displayname" && op !== "remove") return { ...changed, ...renamed(store, group, value) };
  if (attribute !== "members") throw notValid();
  const members = op === "remove" ? left(store, changed, target.only) : listed(store, group, changed, op, value);
  return { ...changed, members };
}

function notValid() {
  return badRequest("invalidSyntax", "Not a valid attribute.");
}

function renamed(store: Store, group: Group, displayName: unknown) {
  if (typeof displayName !== "string" || !displayName.trim()) throw badRequest("invalidSyntax");
  const named = groupNamed(displayName);
  // A name without a prefix is one in the store of the group.
  const own = displayName.includes("/") ? named : { ...named, store: group.store };
  refuseOtherStore(group, own);
  refuseTakenGroupName(store, own, group);
  return own;
}

function left({ tenant }: Store, { members }: Changed, only: Target["only"]): string[] {
  if (!only) return [];
  return members.filter((id) => {
    if (only.attribute === "value") return id !== only.value;
    const user = tenant.users.find((each) => each.id === id);
    return only.attribute !== "display" || !user || !isNameOf(user, only.value);
  });
}

function listed(store: Store, group: Group, { members }: Changed, op: Operation["op"], value: unknown): string[] {
  if (!Array.isArray(value) || !value.every(isObject)) throw badRequest("invalidSyntax");
  const ids = value.map((item) => patchedMember(store, group, item));
  return [...new Set(op === "add" ? [...members, ...ids] : ids)];
}

/** A member needs its id and its name, though the name may be an empty text. */
function patchedMember({ tenant }: Store, group: Group, item: ScimBody): string {
  const [value, display] = [requiredValue(item), textOf(item, "display")];
  if (display === undefined) throw badRequest("invalidSyntax");
  const user = tenant.users.find(({ id, store }) => id === value && store === group.store);
  if (user && (display === "" || isNameOf(user, display))) return user.id;
  throw badRequest(
    "invalidValue",
    `Provided SCIM user Id: ${value} doesn't match with the userID obtained from user-store for the provided username.`,
  );
}
