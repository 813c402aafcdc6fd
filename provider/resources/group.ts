import { z } from "zod";
import type { Api, Collection } from "../api/api";
import { idText } from "../api/ids";
import { path } from "../api/path";
import type { Failure } from "../core/check";
import { distinct } from "../core/checks";
import type { Properties } from "../core/clean";
import { controlArgs, takenAdvice } from "../core/controls";
import type { Definition, State } from "../core/definition";
import { same } from "../core/diff";
import type { Run } from "../core/run";
import { argsOf, type Plain } from "../core/schema";
import { ApiError, AsgardeoError, isConflict } from "../errors";
import { matchGroup, readableGroups, twinElsewhere } from "./group/directory";
import { memberDisagreements } from "./group/members";
import type { GroupArgs } from "./group.args";
import { longTexts } from "./limits";
import { membersOfGroup, strangerFailures } from "./membership";
import { RefreshedList } from "./refreshed-list";
import { scimPage } from "./scim-list";
import { type Operation, patchBody, patchMembers } from "./scim-patch";
import { elsewhereWarning, storeFailures } from "./store-failures";
import { asSaid, isSameStore, qualifiedName, storedName, storedNameArg, userStoreArg } from "./user-stores";

type Args = Plain<GroupArgs>;

const membersArg = distinct();

export const group: Definition<GroupArgs, object> = {
  type: "Group",
  args: argsOf<GroupArgs>()({
    displayName: storedNameArg("displayName"),
    userStore: userStoreArg,
    members: membersArg.optional(),
    ...controlArgs,
  }),
  outputs: [],
  replaceOn: ["userStore"],
  secrets: [],
  needs: {
    create: ["internal_group_mgt_create", "internal_group_mgt_view"],
    read: ["internal_group_mgt_view"],
    update: ["internal_group_mgt_update", "internal_group_mgt_view"],
    delete: ["internal_group_mgt_delete"],
    ahead: ["internal_user_mgt_view", "internal_user_mgt_list"],
  },

  keys: ["userStore", "displayName"],
  path: (id) => groupPath(id),
  probe: readableGroups,
  match: (api, args, _, afresh) => matchGroup(api, args, afresh),
  agree: memberDisagreements,
  advise: (args) => longTexts(args, { displayName: 255 }),

  async verify(api, args, old, run) {
    return [
      ...(old ? [] : await newGroupFindings(api, args)),
      ...(await strangerFailures(membersOfGroup, api, args, old, run)),
    ];
  },

  async create(api, args, run) {
    const { userStore, displayName, members } = args;
    const body = {
      displayName: qualifiedName(userStore, displayName),
      ...(members && { members: members.map((value) => ({ value })) }),
    };
    const id = await inTerms(api, args, run, takenAdvice, () => api.create(path`/scim2/Groups`, body));
    return { id, outputs: {} };
  },

  async read(api, id, state) {
    const live = (await listedAsDeclared(api, id, state)) ?? (await api.find(groupPath(id), wire, shown(state)));
    return live && { args: fromWire(live, state), outputs: {} };
  },

  async update(api, id, args, { args: old }, run) {
    const operations = [...renaming(args, old), ...moving(args, old)];
    if (operations.length === 0) return {};
    (await api.kept(refreshed)).noteWrite(id);
    const advice = " Choose another, or rename that one first.";
    await inTerms(api, args, run, advice, () => api.patch(groupPath(id), patchBody(operations)));
    return {};
  },

  async delete(api, id) {
    await api.delete(groupPath(id));
  },
};

async function newGroupFindings(api: Api, args: Properties): Promise<Failure[]> {
  const twin = await twinElsewhere(api, args);
  const elsewhere = twin && { id: twin.id, name: twin.displayName };
  return [
    ...(await storeFailures(args.userStore, (store) => api.kept(readableGroups, store))),
    ...elsewhereWarning("displayName", "group", elsewhere, args.userStore),
  ];
}

const groupPath = (id: string) => path`/scim2/Groups/${id}`;

const wire = z.looseObject({
  id: idText,
  displayName: z.string(),
  members: z.array(z.looseObject({ value: z.string() })).nullish(),
});

type Wire = z.infer<typeof wire>;

const excludedAttributes = "roles,meta";

/** A group may have very many members: they are asked for only where the program has a say in them. */
function shown({ args }: State<GroupArgs, object>) {
  const isAsked = args.members !== undefined || args.displayName === undefined;
  return { excludedAttributes: isAsked ? excludedAttributes : `${excludedAttributes},members` };
}

function fromWire({ displayName, members }: Wire, { args }: State<GroupArgs, object>): Args {
  const { store, name } = storedName(displayName);
  return {
    displayName: name,
    userStore: asSaid(store, args.userStore),
    members: (members ?? []).map(({ value }) => value),
  };
}

/** Groups without their members, for those of which the program says no more. */
const refreshed: Collection<RefreshedList<Wire>> = {
  load: async () =>
    new RefreshedList(scimPage(path`/scim2/Groups`, wire, { excludedAttributes: `${excludedAttributes},members` })),
};

/** The group where a list proves that it is as declared. Anything else the group itself tells. */
async function listedAsDeclared(api: Api, id: string, state: State<GroupArgs, object>): Promise<Wire | undefined> {
  const { displayName, userStore, members } = state.args;
  if (displayName === undefined || members !== undefined) return undefined;
  const list = await api.kept(refreshed);
  return list.find(api, id, 1, (each) => {
    const { store, name } = storedName(each.displayName);
    return name === displayName && isSameStore(store, userStore);
  });
}

function renaming({ displayName, userStore }: Args, old: Partial<Args>): Operation[] {
  if (displayName === old.displayName) return [];
  return [{ op: "replace", path: "displayName", value: qualifiedName(userStore, displayName) }];
}

/** All members where the program says who they are; else those that it said before leave, and others stay. */
function moving({ members }: Args, old: Partial<Args>): Operation[] {
  if (members === undefined) {
    return (old.members ?? []).map((id) => ({ op: "remove", path: `members[value eq ${id}]` }));
  }
  if (same(membersArg, members, old.members)) return [];
  if (members.length === 0) return [{ op: "remove", path: "members" }];
  return [{ op: "replace", path: "members", value: patchMembers(members) }];
}

/** Sends a write, and tells a refusal in terms of the args. */
async function inTerms<T>(api: Api, args: Args, run: Run, advice: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (isConflict(error)) {
      // Only for the message, so a failure of its own must not hide the conflict.
      const holder = await matchGroup(api, args, true).catch(() => undefined);
      const who = holder ? `${holder.what} (id ${holder.id})` : "another group of the user store";
      const text = `displayName: ${JSON.stringify(args.displayName)} is taken by ${who}.${holder?.refusal ? ` ${holder.refusal}` : advice} (${error.message})`;
      throw new AsgardeoError(text, { cause: error });
    }
    if (!(error instanceof ApiError) || error.status !== 400 || !/member|user id/i.test(error.message)) throw error;
    const failures = await strangerFailures(membersOfGroup, api, args, undefined, run).catch(() => []);
    const reasons = failures.map(({ reason }) => reason).join("\n") || "members: the server refuses one of them";
    throw new AsgardeoError(`${reasons} (${error.message})`, { cause: error });
  }
}
