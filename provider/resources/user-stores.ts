import type { z } from "zod";
import { nonEmptyText } from "../core/checks";
import { assumed } from "../core/schema";

/** The user store of names that say none: that of the administrators. */
export const primaryStore = "PRIMARY";

/** The name of a user store, as an arg. */
export const userStoreArg = assumed(
  primaryStore,
  nonEmptyText.refine((store) => !store.includes("/"), {
    error: "has a `/`; give the name of the user store alone, such as `DEFAULT`",
  }),
).optional();

/** The name of a user or of a group in its store, as an arg: `arg` is what it is called. */
export function storedNameArg(arg: string): z.ZodType<string, string> {
  return nonEmptyText.superRefine((name, ctx) => {
    const message = nameProblem(name, arg);
    if (message !== undefined) ctx.addIssue({ code: "custom", message });
  });
}

function nameProblem(name: string, arg: string): string | undefined {
  if (name.trim() !== name) return "has a blank at its beginning or end; take it away";
  const { store, name: rest } = storedName(name);
  if (!name.includes("/")) return undefined;
  return `has a \`/\`, which parts a user store from a name; say \`userStore: ${JSON.stringify(store)}\` and \`${arg}: ${JSON.stringify(rest)}\``;
}

/** A name with its user store, as answers have it: `DEFAULT/kim`; without a store, it is in the primary one. */
export function storedName(text: string): { readonly store: string; readonly name: string } {
  const at = text.indexOf("/");
  if (at < 0) return { store: primaryStore, name: text };
  return { store: text.slice(0, at), name: text.slice(at + 1) };
}

/** The same the other way round. The primary store is left out: that is understood by all servers. */
export function qualifiedName(store: unknown, name: string): string {
  return isSameStore(store, primaryStore) ? name : `${String(store).toUpperCase()}/${name}`;
}

/** Servers do not tell the names of user stores apart by case. */
export function isSameStore(one: unknown, other: unknown): boolean {
  const [a, b] = [one, other].map((store) => String(store ?? primaryStore).toUpperCase());
  return a === b;
}

/** The live text as a program would say it: its own spelling, where the server means the same by both. */
export function asSaid(live: string, said: string | undefined): string {
  return said !== undefined && said.toLowerCase() === live.toLowerCase() ? said : live;
}

/** A condition of a SCIM filter for an exact value. What it lets through has to be compared: it may not regard case. */
export function equals(attribute: string, value: string): string {
  return `${attribute} eq ${JSON.stringify(value)}`;
}
