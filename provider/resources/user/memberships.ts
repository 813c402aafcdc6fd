import type { Api } from "../../api/api";
import { path } from "../../api/path";
import type { Failure } from "../../core/check";
import type { Properties } from "../../core/clean";
import type { Run } from "../../core/run";
import { AsgardeoError, isNotFound } from "../../errors";
import { fightText, groupsOfUser, knownIds, storeDisagreements } from "../membership";
import { patchBody, patchMembers } from "../scim-patch";
import { isSameStore } from "../user-stores";

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
    return storeDisagreements(groupsOfUser, group, at, userStore);
  });
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
