import type { Failure } from "../../core/check";
import type { Properties } from "../../core/clean";
import type { Declared } from "../../core/program";
import type { Run } from "../../core/run";
import { fightText, knownIds, membersOfGroup, storeDisagreements } from "../membership";
import { isSameStore } from "../user-stores";

/** What contradicts the users of this program: another user store, and a user who says by `groups` to be in the group. */
export function memberDisagreements(args: Properties, run: Run): Failure[] {
  const { members, userStore } = args;
  if (members === undefined) return [];
  const foreign = knownIds(members).flatMap(({ id, at }) => {
    const user = run.program.find("User", undefined, id);
    return user ? storeDisagreements(membersOfGroup, user, at, userStore) : [];
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
