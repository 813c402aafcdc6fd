import type { Api, Collection } from "../api/api";
import { path } from "../api/path";
import type { Scope } from "../api/scopes";
import type { Failure } from "../core/check";
import type { Properties } from "../core/clean";
import { takenAdvice } from "../core/controls";
import type { Definition, State } from "../core/definition";
import { project, same } from "../core/diff";
import type { Plain } from "../core/schema";
import { AsgardeoError, isConflict, PartialCreateError, reasonOf } from "../errors";
import { longTexts } from "./limits";
import { groupsOfUser, strangerFailures } from "./membership";
import { RefreshedList } from "./refreshed-list";
import { scimPage } from "./scim-list";
import { patchBody } from "./scim-patch";
import { elsewhereWarning, storeFailures } from "./store-failures";
import { matchUser, readableUsers, twinElsewhere } from "./user/directory";
import { groupDisagreements, move, movesOf } from "./user/memberships";
import { passwordRefusal, passwordWarning, wayInFailures } from "./user/password";
import { groupsArg, userSchema } from "./user/schema";
import { shownUser, type UserWire, userFromWire, userPatch, userToCreate, userWire } from "./user/wire";
import type { UserArgs } from "./user.args";

type Args = Plain<UserArgs>;
type UserState = State<UserArgs, object>;

export const user: Definition<UserArgs, object> = {
  type: "User",
  args: userSchema,
  outputs: [],
  replaceOn: ["userName", "userStore"],
  secrets: [],
  secretArgs: ["password"],
  needs: {
    create: ["internal_user_mgt_create", "internal_user_mgt_list"],
    read: ["internal_user_mgt_view", "internal_user_mgt_list"],
    update: ["internal_user_mgt_update", "internal_user_mgt_list"],
    delete: ["internal_user_mgt_delete"],
    atTimes: ["internal_group_mgt_update"],
    ahead: ["internal_group_mgt_view"],
  },

  keys: ["userStore", "userName"],
  path: (id) => userPath(id),
  probe: readableUsers,
  match: (api, args, _, afresh) => matchUser(api, args, afresh),
  mayNeed,
  agree: groupDisagreements,
  advise: (args) => longTexts(args, { userName: 255 }),
  warn: async (_, old, args) => passwordWarning(old, args),

  verify: async (api, args, old, run) => [
    ...(old ? [] : [...wayInFailures(args), ...(await newUserFindings(api, args))]),
    ...(await strangerFailures(groupsOfUser, api, args, old, run)),
  ],

  async create(api, args) {
    const id = await posted(api, args);
    await joined(api, id, args);
    return { id, outputs: {} };
  },

  async read(api, id, state) {
    const live = (await listedAsDeclared(api, id, state)) ?? (await api.find(userPath(id), userWire, shownUser));
    return live && { args: userFromWire(live, state), outputs: {} };
  },

  async update(api, id, args, { args: old }) {
    const operations = userPatch(args, old);
    const moves = movesOf(args.groups, old.groups);
    (await api.kept(refreshed)).noteWrite(id);
    if (operations.length > 0) {
      await api.patch(userPath(id), patchBody(operations)).catch((error: unknown) => {
        throw passwordRefusal(error, args);
      });
    }
    await move(api, id, moves, () => {});
    return {};
  },

  async delete(api, id) {
    await api.delete(userPath(id));
  },
};

const userPath = (id: string) => path`/scim2/Users/${id}`;

/** A group has its members, so that its scope is needed where the groups of the user change. */
function mayNeed({ groups }: Properties, old: Properties | undefined): readonly Scope[] {
  return same(groupsArg, groups ?? [], old?.groups ?? []) ? [] : ["internal_group_mgt_update"];
}

async function newUserFindings(api: Api, args: Properties): Promise<Failure[]> {
  const twin = await twinElsewhere(api, args);
  const elsewhere = twin && { id: twin.id, name: twin.userName };
  return [
    ...(await storeFailures(args.userStore, (store) => api.kept(readableUsers, store))),
    ...elsewhereWarning("userName", "user", elsewhere, args.userStore),
  ];
}

async function posted(api: Api, args: Args): Promise<string> {
  try {
    return await api.create(path`/scim2/Users`, userToCreate(args));
  } catch (error) {
    if (!isConflict(error)) throw passwordRefusal(error, args);
    // Only for the message, so a failure of its own must not hide the conflict.
    const holder = await matchUser(api, args, true).catch(() => undefined);
    const who = holder ? `${holder.what} (id ${holder.id})` : "another user of the user store";
    const text = `userName: ${JSON.stringify(args.userName)} is taken by ${who}.${takenAdvice}\n(${error.message})`;
    throw new AsgardeoError(text, { cause: error });
  }
}

/** Puts a new user into the declared groups. A failure there must not lose the user. */
async function joined(api: Api, id: string, { userName, groups = [] }: Args): Promise<void> {
  if (groups.length === 0) return;
  const done: string[] = [];
  try {
    await move(api, id, { into: groups, outOf: [] }, (group) => void done.push(group));
  } catch (error) {
    // In state are the groups that the user is in, so that the next run adds the others.
    throw new PartialCreateError(
      id,
      { groups: done },
      [
        `The user ${JSON.stringify(userName)} (id ${id}) was created, but is not in all its groups. The next \`pulumi up\` goes on. ${reasonOf(error)}`,
      ],
      { cause: error },
    );
  }
}

/** Users in place of a request for each one. */
const refreshed: Collection<RefreshedList<UserWire>> = {
  load: async () => new RefreshedList(scimPage(path`/scim2/Users`, userWire, shownUser)),
};

/** The user where a list proves that it is as declared. Anything else the user itself tells. */
async function listedAsDeclared(api: Api, id: string, state: UserState): Promise<UserWire | undefined> {
  if (state.args.userName === undefined) return undefined;
  const list = await api.kept(refreshed);
  return list.find(api, id, 1, (each) => {
    const live = userFromWire(each, state);
    return same(userSchema, state.args, project(userSchema, state.args, { ...live, adopt: state.args.adopt }));
  });
}
