import { z } from "zod";
import type { Api, Collection } from "../../api/api";
import { idText } from "../../api/ids";
import { byStartIndex } from "../../api/lists";
import { path, type Query } from "../../api/path";
import type { Properties } from "../../core/clean";
import type { Match } from "../../core/definition";
import { isUnknown } from "../../core/unknown";
import { Directory } from "../directory";
import { equals, isSameStore, qualifiedName, storedName } from "../user-stores";

const item = z.looseObject({ id: idText, displayName: z.string() });

export type GroupItem = z.infer<typeof item>;

/** The groups that a query lets through, with their names alone. */
export const groupPages = (api: Api, query: Query = {}) =>
  byStartIndex(api.needing("internal_group_mgt_view"), path`/scim2/Groups`, item, {
    attributes: "displayName",
    ...query,
  });

/** That groups can be read: all, or those of a user store. */
export const readableGroups: Collection<unknown> = {
  load: (api, store) => groupPages(api, { count: 1, ...(store !== "" && { domain: store }) }).probe(),
};

const directory: Collection<Directory<GroupItem>> = { load: async (api) => new Directory(groupPages(api)) };

/** The group with an id; undefined where there is none. */
export const groupWithId: Collection<GroupItem | undefined> = {
  load: (api, id) =>
    api.needing("internal_group_mgt_view").find(path`/scim2/Groups/${id}`, item, { attributes: "displayName" }),
};

/** `the group "support" (id …)`, with its user store where that is not the primary one. */
export function groupText(name: string, id: string): string {
  return `the group ${JSON.stringify(name)} (id ${id})`;
}

/** All groups of a name, in whichever user store, and whatever its case. */
export async function groupsNamed(api: Api, name: string): Promise<GroupItem[]> {
  const listed = await groupPages(api, { filter: equals("displayName", name) }).all();
  return listed.filter((group) => isNamed(group, name));
}

function isNamed({ displayName }: GroupItem, name: string): boolean {
  return storedName(displayName).name.toLowerCase() === name.toLowerCase();
}

/** The group with the declared name, in the declared user store. */
export async function matchGroup(api: Api, args: Properties, afresh = false): Promise<Match | undefined> {
  const { displayName: name, userStore } = args;
  if (typeof name !== "string" || isUnknown(name) || isUnknown(userStore)) return undefined;
  const isWanted = (group: GroupItem) =>
    isNamed(group, name) && isSameStore(storedName(group.displayName).store, userStore);
  const filtered = async () => (await groupsNamed(api, name)).filter(isWanted);
  const found = afresh
    ? await filtered()
    : await api.inTurn("names of groups", async () => (await api.kept(directory)).find(isWanted, filtered));
  const isExact = ({ displayName }: GroupItem) => storedName(displayName).name === name;
  const match = found.find(isExact) ?? found[0];
  if (!match) return undefined;
  const { store, name: live } = storedName(match.displayName);
  const refusal = `The server does not tell names apart by case. Say \`displayName: ${JSON.stringify(live)}\`, or choose another name.`;
  return {
    id: match.id,
    what: `the group ${JSON.stringify(qualifiedName(store, live))}`,
    ...(!isExact(match) && { refusal }),
  };
}

/** A group of the declared name that has been seen in another user store. */
export async function twinElsewhere(api: Api, args: Properties): Promise<GroupItem | undefined> {
  const { displayName: name, userStore } = args;
  if (typeof name !== "string" || isUnknown(name) || isUnknown(userStore)) return undefined;
  const seen = (await api.kept(directory)).seen;
  return seen.find((group) => isNamed(group, name) && !isSameStore(storedName(group.displayName).store, userStore));
}
