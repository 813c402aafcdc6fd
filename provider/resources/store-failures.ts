import type { Failure } from "../core/check";
import { isUnknown } from "../core/unknown";
import { ApiError } from "../errors";
import { isSameStore, primaryStore, storedName } from "./user-stores";

/** What is wrong with the user store of a new object; `probe` reads what is in it. */
export async function storeFailures(
  userStore: unknown,
  probe: (store: string) => Promise<unknown>,
): Promise<Failure[]> {
  // The primary one is always there.
  if (typeof userStore !== "string" || isUnknown(userStore) || isSameStore(userStore, primaryStore)) return [];
  try {
    await probe(userStore.toUpperCase());
    return [];
  } catch (error) {
    if (!(error instanceof ApiError) || error.meaning !== "invalid") throw error;
    const reason = `userStore: this tenant has no user store ${JSON.stringify(userStore)}, or keeps it from SCIM (${error.message})`;
    return [{ property: "userStore", reason }];
  }
}

/** What to say of a new object whose name another user store has, too: most often that one is meant. */
export function elsewhereWarning(
  arg: string,
  word: string,
  found: { readonly id: string; readonly name: string } | undefined,
  userStore: unknown,
): Failure[] {
  if (!found) return [];
  const { store } = storedName(found.name);
  const own = JSON.stringify(userStore ?? primaryStore);
  const reason = `${arg}: the user store ${JSON.stringify(store)} has a ${word} of this name (id ${found.id}), and this one is to be made in ${own}. Where that one is meant, say \`userStore: ${JSON.stringify(store)}\`.`;
  return [{ property: arg, reason, isWarning: true }];
}
