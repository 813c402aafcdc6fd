import { qualified, storedName, userStoresOf } from "../scim/user-stores";
import type { Store } from "../store";
import type { User } from "../user/collection";
import { isPassword } from "../user/password";
import { systemSchema } from "../user/schemas";
import { isObject } from "../versions";

/** Why somebody cannot sign in: the server's number for it, and its words. */
export interface Failure {
  readonly id: "17002" | "17003" | "17004";
  readonly message: string;
}

/** Whoever does not exist is told the same. */
const wrong: Failure = { id: "17002", message: "Invalid credentials." };
const locked: Failure = { id: "17003", message: "Account is locked." };
const disabled: Failure = { id: "17004", message: "Account is disabled." };

/** The user with a name and a password. */
export function userWith(
  store: Store,
  name: string | undefined,
  password: string | undefined,
): { readonly user: User } | { readonly failure: Failure } {
  if (!name || !password) return { failure: wrong };
  const named = usersNamed(store, name);
  for (const user of named) {
    if (isSet(user, "accountLocked")) return { failure: locked };
    if (isSet(user, "accountDisabled")) return { failure: disabled };
  }
  const user = named.find(({ passwordHash }) => passwordHash && isPassword(password, passwordHash));
  return user ? { user } : { failure: wrong };
}

/** The users that a name may mean: without its store it is looked for in all, and it may end with the tenant. */
function usersNamed(store: Store, typed: string): User[] {
  const { users, server } = store.tenant;
  const suffix = `@${store.root.tenant.organization}`;
  const names = typed.endsWith(suffix) ? [typed.slice(0, -suffix.length), typed] : [typed];
  const candidates = names.flatMap((name) =>
    name.includes("/") ? [storedName(name)] : userStoresOf(server).map((each) => ({ store: each, name })),
  );
  return candidates.flatMap((candidate) => {
    const wanted = qualified(candidate).toLowerCase();
    return users.filter((user) => qualified(user).toLowerCase() === wanted);
  });
}

/** A flag among the server's own attributes. SCIM clients write it as a text, too. */
function isSet({ attributes }: User, name: string): boolean {
  const own = attributes[systemSchema];
  return isObject(own) && String(own[name]) === "true";
}
