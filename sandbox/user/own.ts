import { randomUUID } from "node:crypto";
import { Refusal } from "../refusal";
import { isSameName, storedName, userStoresOf } from "../scim/user-stores";
import { StartError } from "../start-error";
import type { Store } from "../store";
import type { User } from "./collection";
import { isPassword, passwordHashOf, refuseWeakPassword } from "./password";

/** A user who can sign in from the start. */
export interface OwnUser {
  /**
   * The user name. Where the tenant has no such user, one is made, who is called Demo User and has an e-mail address: the
   * name, if it is one, or else the name at `example.com`.
   */
  readonly name: string;
  /**
   * The password, which the user gets at each start: 8 to 64 characters, among them an upper-case letter, a lower-case
   * letter and a digit.
   */
  readonly password: string;
}

/** Sees to it that a user is there and has a password, before the start is written. */
export function ensureUser({ tenant }: Store, { name, password }: OwnUser): void {
  const named = storedName(name);
  refuseUnusable(named, name, userStoresOf(tenant.server), password);
  const user = tenant.users.find((each) => isSameName(each, named));
  if (!user) tenant.users.push(newUser(named, passwordHashOf(password)));
  else if (!user.passwordHash || !isPassword(password, user.passwordHash)) user.passwordHash = passwordHashOf(password);
}

function refuseUnusable(
  named: Pick<User, "store" | "name">,
  name: string,
  stores: readonly string[],
  password: string,
): void {
  if (named.name.trim() === "") throw new StartError(`'${name}' cannot be the name of a user: nothing is in it.`);
  if (!stores.includes(named.store)) {
    throw new StartError(`'${name}' cannot be the name of a user: the user stores are ${stores.join(", ")}.`);
  }
  try {
    refuseWeakPassword(password);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new StartError(`The password of the user ${name} is too weak: ${error.description.replace(/^\d+ - /, "")}`);
  }
}

function newUser(named: Pick<User, "store" | "name">, passwordHash: string): User {
  const now = new Date().toISOString();
  return {
    id: randomUUID(),
    store: named.store,
    name: named.name,
    passwordHash,
    attributes: {
      name: { givenName: "Demo", familyName: "User", formatted: "Demo User" },
      emails: [named.name.includes("@") ? named.name : `${named.name}@example.com`],
    },
    created: now,
    lastModified: now,
  };
}
