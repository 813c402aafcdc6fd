import { z } from "zod";
import { idText } from "../../api/ids";
import type { State } from "../../core/definition";
import { same } from "../../core/diff";
import type { Plain } from "../../core/schema";
import type { Operation } from "../scim-patch";
import type { EmailArgs, UserArgs } from "../user.args";
import { asSaid, qualifiedName, storedName } from "../user-stores";
import { text } from "../wire";
import { isPasswordSet } from "./password";
import { emailsArg } from "./schema";

type Args = Plain<UserArgs>;
type Email = Plain<EmailArgs>;
type UserState = State<UserArgs, object>;

const nullable = z.string().nullish();

export const userWire = z.looseObject({
  id: idText,
  userName: z.string(),
  name: z.looseObject({ givenName: nullable, familyName: nullable }).nullish(),
  emails: z
    .array(z.union([z.string(), z.looseObject({ value: z.string(), type: nullable, primary: z.boolean().nullish() })]))
    .nullish(),
  groups: z.array(z.looseObject({ value: z.string() })).nullish(),
});

export type UserWire = z.infer<typeof userWire>;

/** What answers leave out: nobody declares it. */
export const shownUser = { attributes: "userName,name,emails,groups" };

/** The body that makes a user. The schema that asks for the invitation is the server's own, and wants a text. */
export function userToCreate({ userStore, userName, name, emails, password, askPassword }: Args) {
  return {
    userName: qualifiedName(userStore, userName),
    ...(name && { name }),
    ...(emails && emails.length > 0 && { emails: emails.map(emailToWire) }),
    ...(password !== undefined && { password }),
    ...(askPassword === true && { "urn:scim:wso2:schema": { askPassword: "true" } }),
  };
}

/** A user as args. What the server never shows is as the program says. */
export function userFromWire({ userName, name, emails, groups }: UserWire, { args }: UserState): Args {
  const { store, name: live } = storedName(userName);
  return {
    userName: asSaid(live, args.userName),
    userStore: asSaid(store, args.userStore),
    name: { givenName: text(name?.givenName), familyName: text(name?.familyName) },
    emails: emailsFromWire(emails ?? [], args.emails),
    password: args.password,
    passwordVersion: args.passwordVersion,
    askPassword: args.askPassword,
    groups: groupsFromWire(groups ?? [], args),
  };
}

/** An address without a type is a text, in requests as in answers. */
function emailToWire(email: Email): Email | string {
  return email.type === undefined ? email.value : email;
}

type LiveEmails = NonNullable<UserWire["emails"]>;

/** E-mail addresses as args have them. */
export function emailsFromWire(live: LiveEmails, declared: readonly Email[] | undefined): Email[] {
  const all = live
    .map((email) => (typeof email === "string" ? { value: email } : email))
    .map(({ value, ...more }): Email => {
      const { type, primary } = more as { type?: string | null; primary?: boolean | null };
      return { value, ...kindOf(type), ...(typeof primary === "boolean" && { primary }) };
    });
  const typed = all.filter(({ type }) => type !== undefined);
  // The primary one of those with a type may be there once more without: it is the claim that it stands in.
  const hasPlain = declared?.some(({ type }) => type === undefined) === true;
  const shown = hasPlain
    ? all
    : all.filter((each) => typed.includes(each) || !typed.some(({ value }) => value === each.value));
  return shown.some(({ primary }) => primary !== undefined) ? shown : shown.map((each) => withPrimary(each, declared));
}

/** Another kind than the server is known to have is shown as it is, so that it is seen as drift. */
function kindOf(type: string | null | undefined): Pick<Email, "type"> {
  return type === null || type === undefined || type === "" ? {} : { type: type as "work" };
}

/** A server that does not show which one is primary is taken to have it as declared. */
function withPrimary(email: Email, declared: readonly Email[] | undefined): Email {
  const same = declared?.find(({ type, value }) => type === email.type && value === email.value);
  return same?.primary === undefined ? email : { ...email, primary: same.primary };
}

/** Of the groups, those that are declared: others are kept, and no drift. A look-up by id shows all. */
function groupsFromWire(live: readonly { readonly value: string }[], { userName, groups }: Partial<Args>): string[] {
  const ids = live.map(({ value }) => value);
  return userName === undefined ? ids : ids.filter((id) => groups?.includes(id) === true);
}

/** What brings a user from what was declared to what is, all in one request: what nobody declares stays. */
export function userPatch(args: Args, old: Partial<Args>): Operation[] {
  const value = {
    ...nameChange(args, old),
    ...(args.emails !== undefined &&
      args.emails.length > 0 &&
      !same(emailsArg, args.emails, old.emails) && { emails: args.emails.map(emailToWire) }),
    ...(isPasswordSet(old, args) && { password: args.password }),
  };
  const changes: Operation[] = Object.keys(value).length > 0 ? [{ op: "replace", value }] : [];
  return [...goneNames(args, old), ...goneEmails(args, old), ...changes];
}

const parts = ["givenName", "familyName"] as const;

function nameChange({ name }: Args, old: Partial<Args>) {
  const changed = parts.filter((part) => name?.[part] !== undefined && name[part] !== old.name?.[part]);
  if (changed.length === 0) return {};
  return { name: Object.fromEntries(changed.map((part) => [part, name?.[part]])) };
}

function goneNames({ name }: Args, old: Partial<Args>): Operation[] {
  return parts
    .filter((part) => name?.[part] === undefined && old.name?.[part] !== undefined)
    .map((part) => ({ op: "remove", path: `name.${part}` }));
}

/** Each kind is in a place of its own, so one that goes is taken out by its kind. */
function goneEmails({ emails }: Args, old: Partial<Args>): Operation[] {
  const had = old.emails ?? [];
  // Whoever declares that there are none takes out those of others, too, which the state does not know.
  const isEmptied = emails?.length === 0 && !same(emailsArg, emails, old.emails);
  if (isEmptied || (emails === undefined && had.length > 0)) return [{ op: "remove", path: "emails" }];
  if (emails === undefined) return [];
  return had.flatMap(({ type }): Operation[] =>
    type === undefined || emails.some((email) => email.type === type)
      ? []
      : [{ op: "remove", path: `emails[type eq ${type}]` }],
  );
}
