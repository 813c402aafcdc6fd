import type { Server } from "../versions";
import { badRequest } from "./refusal";

/** Where names without a prefix belong. */
export const primary = "PRIMARY";

/** The user stores of a server. The hosted service keeps the users of its customers apart from the administrators. */
export function userStoresOf(server: Server): readonly string[] {
  return server === "asgardeo" ? [primary, "DEFAULT"] : [primary];
}

/** A name of a user or group in its user store. */
export interface StoredName {
  readonly store: string;
  readonly name: string;
}

/** Takes a name apart: `DEFAULT/kim` is `kim` in the store DEFAULT, and `kim` is in the primary one. */
export function storedName(text: string): StoredName {
  const at = text.indexOf("/");
  if (at < 0) return { store: primary, name: text };
  return { store: text.slice(0, at).toUpperCase(), name: text.slice(at + 1) };
}

/** A name with the prefix of its store, whichever it is. */
export function qualified({ store, name }: StoredName): string {
  return `${store}/${name}`;
}

/** A name with the prefix of its store, unless that is the primary one. */
export function shortened({ store, name }: StoredName): string {
  return store === primary ? name : `${store}/${name}`;
}

export function isSameName(one: StoredName, other: StoredName): boolean {
  return one.store === other.store && one.name.toLowerCase() === other.name.toLowerCase();
}

/** Refuses the query `domain` where it names no user store. */
export function refuseUnknownDomain(server: Server, domain: string | undefined): void {
  if (!domain || userStoresOf(server).includes(domain.toUpperCase())) return;
  const known = userStoresOf(server).join(", ");
  throw badRequest("invalidValue", `Invalid user store domain: '${domain}'. The user stores are: ${known}.`);
}
