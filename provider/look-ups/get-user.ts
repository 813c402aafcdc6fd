import type * as pulumi from "@pulumi/pulumi";
import type { Api } from "../api/api";
import { byStartIndex } from "../api/lists";
import { path } from "../api/path";
import { nearMiss } from "../core/check";
import { AsgardeoError } from "../errors";
import { emailsFromWire, shownUser, type UserWire, userWire } from "../resources/user/wire";
import { equals, isSameStore, storedName } from "../resources/user-stores";
import { text } from "../resources/wire";
import { asked, askedLater, type LookUp } from "./look-up";
import type { LookUpOptions, LookUpOutputOptions } from "./options";
import { namedOrById, only } from "./question";
import { viewing } from "./viewing";

/** A user by the name. */
export interface UserByName {
  /** The name by which the user signs in, exactly as in the console, without the user store. */
  userName: string;
  /** The user store that the user is in, such as `DEFAULT`. Left out, the name is looked for in all of them. */
  userStore?: string | undefined;
  id?: undefined;
}

/** A user by the id. */
export interface UserById {
  /** The id, the UUID in the console's URL. */
  id: string;
  userName?: undefined;
  userStore?: undefined;
}

/** Exactly one of name and id. */
export type GetUserArgs = UserByName | UserById;

/** Exactly one of name and id, as an Input. */
export type GetUserOutputArgs =
  | { [K in keyof UserByName]: pulumi.Input<UserByName[K]> }
  | { [K in keyof UserById]: pulumi.Input<UserById[K]> };

/** An e-mail address of a user. */
export interface EmailResult {
  /** The address. */
  readonly value: string;
  /** What kind it is, such as `work` or `home`. Undefined for the address that applications get by the claim `email`. */
  readonly type: string | undefined;
}

/** A user as they are in the tenant. A password is in no answer of the server. */
export interface GetUserResult {
  /** The UUID that the server gave the user. */
  readonly id: string;
  /** The name by which the user signs in, without the user store. */
  readonly userName: string;
  /** The user store that the user is in: `PRIMARY`, where the server names none. */
  readonly userStore: string;
  /** The given name. */
  readonly givenName: string | undefined;
  /** The family name. */
  readonly familyName: string | undefined;
  /** All e-mail addresses. */
  readonly emails: readonly EmailResult[];
  /** The ids of the groups that the user is in. */
  readonly groups: readonly string[];
}

/**
 * Reads a user who is in the tenant already, whoever made them, without managing them. The answer of one run is shared: the
 * same question costs one request. By the name it needs the scope `internal_user_mgt_list`, by the id
 * `internal_user_mgt_view`.
 *
 * Fails where no user has exactly this name or id, where users of several user stores have the name and `userStore` is left
 * out, where not exactly one of name and id is given, and where a setting or the scope is missing.
 *
 * In a unit test with `pulumi.runtime.setMocks` nothing is sent: the question is a call of the mocks, with the token
 * `asgardeo:index:getUser` and the args as they are given, and their answer is that of the look-up.
 *
 * API: https://wso2.com/asgardeo/docs/apis/scim2/scim2-users-rest-apis/
 *
 * @example
 * import * as asgardeo from "pulumi-asgardeo";
 *
 * const robin = asgardeo.getUserOutput({ userName: "robin@example.com" });
 *
 * new asgardeo.Group("on-call", { displayName: "On Call", members: [robin.id] });
 */
export function getUser(args: GetUserArgs, opts?: LookUpOptions): Promise<GetUserResult> {
  return asked(look, args, opts);
}

/** The same as {@link getUser} for args that may be outputs: it waits for them, and answers an output. */
export function getUserOutput(args: GetUserOutputArgs, opts?: LookUpOutputOptions): pulumi.Output<GetUserResult> {
  return askedLater(look, args, opts);
}

const look: LookUp<GetUserArgs, GetUserResult> = {
  name: "getUser",
  question: (args) => namedOrById<GetUserArgs>(args, "userName"),
  read: async ({ api }, args) =>
    resultOf(
      args.id === undefined
        ? await withName(viewing(api, "internal_user_mgt_list"), args)
        : await withId(viewing(api, "internal_user_mgt_view"), args.id),
    ),
};

async function withId(api: Api, id: string): Promise<UserWire> {
  const live = await api.find(path`/scim2/Users/${id}`, userWire, shownUser);
  if (!live) throw new AsgardeoError(`id: no user of this tenant has the id ${JSON.stringify(id)}`);
  return live;
}

async function withName(api: Api, { userName: name, userStore }: UserByName): Promise<UserWire> {
  const query = { ...shownUser, filter: equals("userName", name) };
  const listed = await byStartIndex(api, path`/scim2/Users`, userWire, query).all();
  const what = `userName: ${JSON.stringify(name)}`;
  const named = listed.map((user) => ({ id: user.id, user, ...storedName(user.userName) }));
  const ofStore = named.filter(({ store }) => userStore === undefined || isSameStore(store, userStore));
  const found = only(
    ofStore.filter((each) => each.name === name),
    what,
  );
  if (found) return found.user;
  const where = userStore === undefined ? "this tenant" : `the user store ${JSON.stringify(userStore)}`;
  // Of all others nothing is said: their names are nobody's business here.
  const exact = named.find((each) => each.name === name);
  const hint = exact
    ? `; there is one in the user store ${JSON.stringify(exact.store)}`
    : nearMiss(
        name,
        named.map((each) => each.name),
      );
  throw new AsgardeoError(`${what} is the name of no user of ${where}${hint}`);
}

function resultOf({ id, userName, name, emails, groups }: UserWire): GetUserResult {
  const { store, name: own } = storedName(userName);
  return {
    id,
    userName: own,
    userStore: store,
    givenName: text(name?.givenName),
    familyName: text(name?.familyName),
    emails: emailsFromWire(emails ?? [], undefined).map(({ value, type }) => ({ value, type })),
    groups: (groups ?? []).map(({ value }) => value),
  };
}
