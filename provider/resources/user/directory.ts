import { z } from "zod";
import type { Api, Collection } from "../../api/api";
import { idText } from "../../api/ids";
import { byStartIndex } from "../../api/lists";
import { path, type Query } from "../../api/path";
import type { Properties } from "../../core/clean";
import type { Match } from "../../core/definition";
import { isUnknown } from "../../core/unknown";
import { equals, isSameStore, qualifiedName, storedName } from "../user-stores";

const item = z.looseObject({ id: idText, userName: z.string() });

export type UserItem = z.infer<typeof item>;

const userPages = (api: Api, query: Query) =>
  byStartIndex(api.needing("internal_user_mgt_list"), path`/scim2/Users`, item, { attributes: "userName", ...query });

/** That users can be read: all, or those of a user store. */
export const readableUsers: Collection<unknown> = {
  load: (api, store) => userPages(api, { count: 1, ...(store !== "" && { domain: store }) }).probe(),
};

/** The user with an id; undefined where there is none. */
export const userWithId: Collection<UserItem | undefined> = {
  load: (api, id) =>
    api.needing("internal_user_mgt_view").find(path`/scim2/Users/${id}`, item, { attributes: "userName" }),
};

/**
 * All users of a name, in whichever user store, and whatever its case. They are never looked for in the list of all users:
 * a tenant may have very many, and some stores do not count them, so that nobody knows where the list ends.
 */
export async function userNamed(api: Api, name: string): Promise<UserItem[]> {
  const listed = await userPages(api, { filter: equals("userName", name) }).all();
  return listed.filter(({ userName }) => storedName(userName).name.toLowerCase() === name.toLowerCase());
}

const named: Collection<UserItem[]> = { load: userNamed };

/** The user with the declared name, in the declared user store. */
export async function matchUser(api: Api, args: Properties, afresh = false): Promise<Match | undefined> {
  const { userName: name, userStore } = args;
  if (typeof name !== "string" || isUnknown(name) || isUnknown(userStore)) return undefined;
  const all = afresh ? await api.afresh(named, name) : await api.kept(named, name);
  const match = all.find(({ userName }) => isSameStore(storedName(userName).store, userStore));
  if (!match) return undefined;
  const { store, name: live } = storedName(match.userName);
  return { id: match.id, what: `the user ${JSON.stringify(qualifiedName(store, live))}` };
}

/** A user of the declared name in another user store. */
export async function twinElsewhere(api: Api, args: Properties): Promise<UserItem | undefined> {
  const { userName: name, userStore } = args;
  if (typeof name !== "string" || isUnknown(name) || isUnknown(userStore)) return undefined;
  const all = await api.kept(named, name);
  return all.find(({ userName }) => !isSameStore(storedName(userName).store, userStore));
}
