import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Api } from "../api/api";
import { idText } from "../api/ids";
import { byStartIndex } from "../api/lists";
import { path } from "../api/path";
import { nearMiss } from "../core/check";
import { AsgardeoError } from "../errors";
import { equals, isSameStore, storedName } from "../resources/user-stores";
import { asked, askedLater, type LookUp } from "./look-up";
import type { LookUpOptions, LookUpOutputOptions } from "./options";
import { namedOrById, only } from "./question";
import { viewing } from "./viewing";

/** A group by its name. */
export interface GroupByName {
  /** Its name, exactly as in the console, without the user store. */
  displayName: string;
  /** The user store that it is in, such as `DEFAULT`. Left out, it is looked for in all of them. */
  userStore?: string | undefined;
  id?: undefined;
}

/** A group by its id. */
export interface GroupById {
  /** Its id, the UUID in the console's URL. */
  id: string;
  displayName?: undefined;
  userStore?: undefined;
}

/** Exactly one of name and id. */
export type GetGroupArgs = GroupByName | GroupById;

/** Exactly one of name and id, as an Input. */
export type GetGroupOutputArgs =
  | { [K in keyof GroupByName]: pulumi.Input<GroupByName[K]> }
  | { [K in keyof GroupById]: pulumi.Input<GroupById[K]> };

/** A group as it is in the tenant. */
export interface GetGroupResult {
  /** The UUID that the server gave it. */
  readonly id: string;
  /** The name, without the user store. */
  readonly displayName: string;
  /** The user store that it is in: `PRIMARY`, where the server names none. */
  readonly userStore: string;
  /** The ids of the users in it. */
  readonly members: readonly string[];
}

/**
 * Reads a group that is in the tenant already, whoever made it, without managing it. The answer of one run is shared: the
 * same question costs one request. It needs the scope `internal_group_mgt_view`.
 *
 * Fails where no group has exactly this name or id, where groups of several user stores have the name and `userStore` is
 * left out, where not exactly one of name and id is given, and where a setting or the scope is missing.
 *
 * In a unit test with `pulumi.runtime.setMocks` nothing is sent: the question is a call of the mocks, with the token
 * `asgardeo:index:getGroup` and the args as they are given, and their answer is that of the look-up.
 *
 * API: https://wso2.com/asgardeo/docs/apis/scim2/scim2-groups-rest-apis/
 *
 * @example
 * import * as asgardeo from "pulumi-asgardeo";
 *
 * const shift = asgardeo.getGroupOutput({ displayName: "Night Shift" });
 *
 * export const shiftId = shift.id;
 */
export function getGroup(args: GetGroupArgs, opts?: LookUpOptions): Promise<GetGroupResult> {
  return asked(look, args, opts);
}

/** The same as {@link getGroup} for args that may be outputs: it waits for them, and answers an output. */
export function getGroupOutput(args: GetGroupOutputArgs, opts?: LookUpOutputOptions): pulumi.Output<GetGroupResult> {
  return askedLater(look, args, opts);
}

const look: LookUp<GetGroupArgs, GetGroupResult> = {
  name: "getGroup",
  question: (args) => namedOrById<GetGroupArgs>(args, "displayName"),
  read: async ({ api }, args) => {
    const viewer = viewing(api, "internal_group_mgt_view");
    return resultOf(args.id === undefined ? await withName(viewer, args) : await withId(viewer, args.id));
  },
};

const wire = z.looseObject({
  id: idText,
  displayName: z.string(),
  members: z.array(z.looseObject({ value: z.string() })).nullish(),
});

type Wire = z.infer<typeof wire>;

const shown = { attributes: "displayName,members" };

async function withId(api: Api, id: string): Promise<Wire> {
  const live = await api.find(path`/scim2/Groups/${id}`, wire, shown);
  if (!live) throw new AsgardeoError(`id: no group of this tenant has the id ${JSON.stringify(id)}`);
  return live;
}

async function withName(api: Api, { displayName: name, userStore }: GroupByName): Promise<Wire> {
  const pages = byStartIndex(api, path`/scim2/Groups`, wire, { ...shown, filter: equals("displayName", name) });
  const listed = await pages.all();
  const what = `displayName: ${JSON.stringify(name)}`;
  const named = listed.map((each) => ({ ...each, ...storedName(each.displayName) }));
  const ofStore = named.filter(({ store }) => userStore === undefined || isSameStore(store, userStore));
  const found = only(
    ofStore.filter((each) => each.name === name),
    what,
  );
  if (found) return found;
  const where = userStore === undefined ? "this tenant" : `the user store ${JSON.stringify(userStore)}`;
  throw new AsgardeoError(`${what} is the name of no group of ${where}${await hint(api, name, named)}`);
}

/** What the filter let through differs by little; else the name may be near to one of the first. */
async function hint(api: Api, name: string, named: readonly { readonly name: string; readonly store: string }[]) {
  const exact = named.find((each) => each.name === name);
  if (exact) return `; there is one in the user store ${JSON.stringify(exact.store)}`;
  if (named.length > 0)
    return nearMiss(
      name,
      named.map((each) => each.name),
    );
  const first = await byStartIndex(api, path`/scim2/Groups`, wire, { attributes: "displayName" }).next();
  return nearMiss(
    name,
    first.map(({ displayName }) => storedName(displayName).name),
  );
}

function resultOf({ id, displayName, members }: Wire): GetGroupResult {
  const { store, name } = storedName(displayName);
  return { id, displayName: name, userStore: store, members: (members ?? []).map(({ value }) => value) };
}
