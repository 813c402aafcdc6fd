import { type ScimBody, textOf } from "../scim/body";
import { badRequest, missingAttribute } from "../scim/refusal";
import { qualified, shortened } from "../scim/user-stores";
import type { Server } from "../versions";
import { type Attributes, attributesOf } from "./attributes";
import type { User } from "./collection";
import { passwordHashOf, refuseWeakPassword } from "./password";

/** What a write may change of a user. */
export interface Changed {
  attributes: Attributes;
  password: string | undefined;
}

/** A user after a PUT, which replaces all attributes. */
export function replacedUser(server: Server, user: User, body: ScimBody): Changed {
  const userName = textOf(body, "userName");
  if (!userName?.trim()) throw missingAttribute("userName");
  refuseOtherName(user, userName);
  return { attributes: attributesOf(server, body), password: textOf(body, "password") };
}

/** A user keeps the name; it may be said with or without the store. */
export function refuseOtherName(user: User, userName: unknown): void {
  const names = [qualified(user), shortened(user), user.name].map((name) => name.toLowerCase());
  if (typeof userName === "string" && names.includes(userName.toLowerCase())) return;
  throw badRequest("mutability", "Attribute userName cannot be modified.");
}

/** The members of the record that a change sets. */
export function recordOf({ attributes, password }: Changed): Partial<User> {
  if (password === undefined) return { attributes };
  refuseWeakPassword(password);
  return { attributes, passwordHash: passwordHashOf(password) };
}
