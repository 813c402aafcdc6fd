import type { Api } from "../../api/api";
import { isId } from "../../api/ids";
import type { Failure } from "../../core/check";
import type { Properties } from "../../core/clean";
import type { Declared } from "../../core/program";
import { whatIs } from "../../core/references";
import type { Run } from "../../core/run";
import { isUnknown } from "../../core/unknown";
import { userNamed, userWithId } from "../user/directory";
import { isSameStore, primaryStore, storedName } from "../user-stores";

/** The ids in a list of args, with their places: those that are known. */
export function knownIds(list: unknown): { readonly id: string; readonly at: number }[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((id: unknown, at) => (typeof id === "string" && !isUnknown(id) ? [{ id, at }] : []));
}

/** The ids that a change adds to a list, and that are of no resource of this program: the tenant is asked for them. */
export function addedStrangers(
  list: unknown,
  old: unknown,
  type: "Group" | "User",
  run: Run,
): ReturnType<typeof knownIds> {
  const before = knownIds(old).map(({ id }) => id);
  return knownIds(list).filter(({ id }) => !before.includes(id) && !run.program.find(type, undefined, id));
}

/** What contradicts the users of this program: another user store, and a user who says by `groups` to be in the group. */
export function memberDisagreements(args: Properties, run: Run): Failure[] {
  const { members, userStore } = args;
  if (members === undefined) return [];
  const foreign = knownIds(members).flatMap(({ id, at }) => {
    const user = run.program.find("User", undefined, id);
    if (!user || isUnknown(user.args.userStore) || isUnknown(userStore)) return [];
    if (isSameStore(user.args.userStore, userStore)) return [];
    return [inOtherStore(at, whatIs({ word: "user" }, user), String(user.args.userStore ?? primaryStore), userStore)];
  });
  return [...foreign, ...fights(args, run)];
}

function fights({ displayName, userStore }: Properties, { program }: Run): Failure[] {
  const own = program
    .all("Group")
    .find(({ args }) => args.displayName === displayName && isSameStore(args.userStore, userStore));
  if (own?.id === undefined) return [];
  const { id } = own;
  const isIn = ({ args }: Declared) => knownIds(args.groups).some((group) => group.id === id);
  return program
    .all("User")
    .filter(isIn)
    .map((user) => ({ property: "members", reason: `members: ${fightText(own, user)}` }));
}

/** Why a membership must not be declared on both sides. */
export function fightText(group: Declared, user: Declared): string {
  const [ours, theirs] = [whatIs({ word: "group" }, group), whatIs({ word: "user" }, user)];
  return `${ours} says by \`members\` who is in it, and ${theirs} says by \`groups\` to be in it, so that the two would undo each other's changes. Put the user's id into \`members\` and take the group out of \`groups\`, or take \`members\` out.`;
}

/** What is wrong with the members that this change adds and that are none of the program's. */
export async function memberFailures(
  api: Api,
  args: Properties,
  old: Properties | undefined,
  run: Run,
): Promise<Failure[]> {
  const strange = addedStrangers(args.members, old?.members, "User", run);
  const all = await Promise.all(strange.map(({ id, at }) => memberFailure(api, id, at, args.userStore, run)));
  return all.flat();
}

async function memberFailure(api: Api, id: string, at: number, userStore: unknown, run: Run): Promise<Failure[]> {
  const live = isId(id) ? await api.kept(userWithId, id) : undefined;
  if (!live) {
    const reason = `members[${at}]: there is no user with the id ${JSON.stringify(id)} in this tenant${await nameInstead(api, id, run)}`;
    return [{ property: "members", reason }];
  }
  const { store, name } = storedName(live.userName);
  if (isUnknown(userStore) || isSameStore(store, userStore)) return [];
  return [inOtherStore(at, `the user ${JSON.stringify(name)} (id ${id})`, store, userStore)];
}

/** Who gives a name in the place of an id is told the id. */
async function nameInstead(api: Api, given: string, run: Run): Promise<string> {
  const ours = run.program.all("User").find(({ args }) => args.userName === given);
  if (ours) return `; it is the name of a user of this program: give the \`id\` of the resource "${ours.name}"`;
  const [found] = await userNamed(api, given);
  return found ? `; it is the name of a user: give the id, ${found.id}` : "";
}

function inOtherStore(at: number, user: string, store: string, wanted: unknown): Failure {
  const ours = JSON.stringify(wanted ?? primaryStore);
  const reason = `members[${at}]: ${user} is in the user store ${JSON.stringify(store)}, and the group in ${ours}; a group has users of its own store only`;
  return { property: "members", reason };
}
