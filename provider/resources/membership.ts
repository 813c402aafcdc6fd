import type { Api } from "../api/api";
import { isId } from "../api/ids";
import type { Failure } from "../core/check";
import type { Properties } from "../core/clean";
import type { Declared } from "../core/program";
import { whatIs } from "../core/references";
import type { Run } from "../core/run";
import { isUnknown } from "../core/unknown";
import { groupsNamed, groupWithId } from "./group/directory";
import { userNamed, userWithId } from "./user/directory";
import { isSameStore, primaryStore, storedName } from "./user-stores";

/** One of the two sides on which a program may say who is in a group: an arg with ids of the other side. */
interface Side {
  readonly arg: string;
  /** What has the arg. */
  readonly holder: string;
  /** What the ids are of: the type, the word for one, and the arg with its name. */
  readonly type: string;
  readonly word: string;
  readonly nameArg: string;
  /** The name of the one with an id, as the server stores it; undefined where there is none. */
  liveName(api: Api, id: string): Promise<string | undefined>;
  named(api: Api, name: string): Promise<readonly { readonly id: string }[]>;
}

/** A group says by `members` which users are in it. */
export const membersOfGroup: Side = {
  arg: "members",
  holder: "group",
  type: "User",
  word: "user",
  nameArg: "userName",
  liveName: async (api, id) => (await api.kept(userWithId, id))?.userName,
  named: userNamed,
};

/** A user says by `groups` which groups it is in. */
export const groupsOfUser: Side = {
  arg: "groups",
  holder: "user",
  type: "Group",
  word: "group",
  nameArg: "displayName",
  liveName: async (api, id) => (await api.kept(groupWithId, id))?.displayName,
  named: groupsNamed,
};

/** The ids in a list of args, with their places: those that are known. */
export function knownIds(list: unknown): { readonly id: string; readonly at: number }[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((id: unknown, at) => (typeof id === "string" && !isUnknown(id) ? [{ id, at }] : []));
}

/** Why a membership must not be declared on both sides. */
export function fightText(group: Declared, user: Declared): string {
  const [ours, theirs] = [whatIs({ word: "group" }, group), whatIs({ word: "user" }, user)];
  return `${ours} says by \`members\` who is in it, and ${theirs} says by \`groups\` to be in it, so that the two would undo each other's changes. Put the user's id into \`members\` and take the group out of \`groups\`, or take \`members\` out.`;
}

/** What is wrong where one that this program declares is in another user store than the resource with the arg. */
export function storeDisagreements(side: Side, declared: Declared, at: number, userStore: unknown): Failure[] {
  const { userStore: theirs } = declared.args;
  if (isUnknown(theirs) || isUnknown(userStore) || isSameStore(theirs, userStore)) return [];
  return [inOtherStore(side, at, whatIs(side, declared), String(theirs ?? primaryStore), userStore)];
}

/** What is wrong with those that this change adds and that are of no resource of this program: the tenant is asked for them. */
export async function strangerFailures(
  side: Side,
  api: Api,
  args: Properties,
  old: Properties | undefined,
  run: Run,
): Promise<Failure[]> {
  const before = knownIds(old?.[side.arg]).map(({ id }) => id);
  const strange = knownIds(args[side.arg]).filter(
    ({ id }) => !before.includes(id) && !run.program.find(side.type, undefined, id),
  );
  const all = await Promise.all(strange.map(({ id, at }) => strangerFailure(side, api, id, at, args.userStore, run)));
  return all.flat();
}

async function strangerFailure(
  side: Side,
  api: Api,
  id: string,
  at: number,
  userStore: unknown,
  run: Run,
): Promise<Failure[]> {
  const { arg, word } = side;
  const live = isId(id) ? await side.liveName(api, id) : undefined;
  if (live === undefined) {
    const reason = `${arg}[${at}]: there is no ${word} with the id ${JSON.stringify(id)} in this tenant${await nameInstead(side, api, id, run)}`;
    return [{ property: arg, reason }];
  }
  const { store, name } = storedName(live);
  if (isUnknown(userStore) || isSameStore(store, userStore)) return [];
  return [inOtherStore(side, at, `the ${word} ${JSON.stringify(name)} (id ${id})`, store, userStore)];
}

/** Who gives a name in the place of an id is told the id. */
async function nameInstead(
  { type, word, nameArg, named }: Side,
  api: Api,
  given: string,
  { program }: Run,
): Promise<string> {
  const ours = program.all(type).find(({ args }) => args[nameArg] === given);
  if (ours) return `; it is the name of a ${word} of this program: give the \`id\` of the resource "${ours.name}"`;
  const [found] = await named(api, given);
  return found ? `; it is the name of a ${word}: give the id, ${found.id}` : "";
}

function inOtherStore({ arg, holder }: Side, at: number, what: string, store: string, wanted: unknown): Failure {
  const ours = JSON.stringify(wanted ?? primaryStore);
  const reason = `${arg}[${at}]: ${what} is in the user store ${JSON.stringify(store)}, and the ${holder} in ${ours}; a group has users of its own store only`;
  return { property: arg, reason };
}
