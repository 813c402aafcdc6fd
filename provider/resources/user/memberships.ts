import type { Api } from "../../api/api";
import { isId } from "../../api/ids";
import { path } from "../../api/path";
import type { Failure } from "../../core/check";
import type { Properties } from "../../core/clean";
import { whatIs } from "../../core/references";
import type { Run } from "../../core/run";
import { isUnknown } from "../../core/unknown";
import { AsgardeoError, isNotFound } from "../../errors";
import { groupsNamed, groupText, groupWithId } from "../group/directory";
import { addedStrangers, fightText, knownIds } from "../group/members";
import { patchBody, patchMembers } from "../scim-patch";
import { isSameStore, primaryStore, storedName } from "../user-stores";

/** What contradicts the groups of this program: another user store, and a group that says itself who is in it. */
export function groupDisagreements(args: Properties, run: Run): Failure[] {
  const { userName, userStore, groups } = args;
  return knownIds(groups).flatMap(({ id, at }) => {
    const group = run.program.find("Group", undefined, id);
    if (!group) return [];
    const user = run.program
      .all("User")
      .find((one) => one.args.userName === userName && isSameStore(one.args.userStore, userStore));
    if (group.args.members !== undefined && user) {
      return [{ property: "groups", reason: `groups[${at}]: ${fightText(group, user)}` }];
    }
    if (isUnknown(group.args.userStore) || isUnknown(userStore) || isSameStore(group.args.userStore, userStore))
      return [];
    return [
      inOtherStore(at, whatIs({ word: "group" }, group), String(group.args.userStore ?? primaryStore), userStore),
    ];
  });
}

/** What is wrong with the groups that this change adds and that are none of the program's. */
export async function groupFailures(
  api: Api,
  args: Properties,
  old: Properties | undefined,
  run: Run,
): Promise<Failure[]> {
  const strange = addedStrangers(args.groups, old?.groups, "Group", run);
  const all = await Promise.all(strange.map(({ id, at }) => groupFailure(api, id, at, args.userStore, run)));
  return all.flat();
}

async function groupFailure(api: Api, id: string, at: number, userStore: unknown, run: Run): Promise<Failure[]> {
  const live = isId(id) ? await api.kept(groupWithId, id) : undefined;
  if (!live) {
    const reason = `groups[${at}]: there is no group with the id ${JSON.stringify(id)} in this tenant${await nameInstead(api, id, run)}`;
    return [{ property: "groups", reason }];
  }
  const { store, name } = storedName(live.displayName);
  if (isUnknown(userStore) || isSameStore(store, userStore)) return [];
  return [inOtherStore(at, groupText(name, id), store, userStore)];
}

/** Who gives a name in the place of an id is told the id. */
async function nameInstead(api: Api, given: string, run: Run): Promise<string> {
  const ours = run.program.all("Group").find(({ args }) => args.displayName === given);
  if (ours) return `; it is the name of a group of this program: give the \`id\` of the resource "${ours.name}"`;
  const [found] = await groupsNamed(api, given);
  return found ? `; it is the name of a group: give the id, ${found.id}` : "";
}

function inOtherStore(at: number, group: string, store: string, wanted: unknown): Failure {
  const ours = JSON.stringify(wanted ?? primaryStore);
  const reason = `groups[${at}]: ${group} is in the user store ${JSON.stringify(store)}, and the user in ${ours}; a group has users of its own store only`;
  return { property: "groups", reason };
}

/** What a change is to do about the groups of a user. */
export interface Moves {
  readonly into: readonly string[];
  readonly outOf: readonly string[];
}

export function movesOf(groups: readonly string[] = [], had: readonly string[] = []): Moves {
  return {
    into: groups.filter((id) => !had.includes(id)),
    outOf: had.filter((id) => !groups.includes(id)),
  };
}

/** Puts a user into groups and takes them out of others, one request each; `done` is told of each group that is through. */
export async function move(
  api: Api,
  user: string,
  { into, outOf }: Moves,
  done: (group: string) => void,
): Promise<void> {
  const writing = api.needing("internal_group_mgt_update");
  const patch = (group: string, operation: Parameters<typeof patchBody>[0][number]) =>
    api.inTurn(`group ${group}`, () => writing.patch(path`/scim2/Groups/${group}`, patchBody([operation])));
  for (const group of into) {
    try {
      await patch(group, { op: "add", path: "members", value: patchMembers([user]) });
    } catch (error) {
      if (!isNotFound(error)) throw error;
      const text = `groups: there is no group with the id ${JSON.stringify(group)} in this tenant`;
      throw new AsgardeoError(`${text}. (${error instanceof Error ? error.message : error})`, { cause: error });
    }
    done(group);
  }
  for (const group of outOf) {
    try {
      await patch(group, { op: "remove", path: `members[value eq ${user}]` });
    } catch (error) {
      // With a group that is gone, the membership is gone, too.
      if (!isNotFound(error)) throw error;
    }
  }
}
