import { type ScimBody, textOf, valuesOf } from "../scim/body";
import { missingAttribute } from "../scim/refusal";
import type { Store } from "../store";
import { type Change, type List, renamed, withList } from "./change";

/** The changes that a PUT makes, in their order. A list that the body leaves out is emptied. */
export function replacement(store: Store, body: ScimBody, lists: readonly List[]): Change[] {
  const displayName = textOf(body, "displayName");
  if (!displayName?.trim()) throw missingAttribute("displayName");
  return [renamed(store, displayName), ...replacedLists(store, body, lists)];
}

/** The same for lists alone. */
export function replacedLists(store: Store, body: ScimBody, lists: readonly List[]): Change[] {
  const order: readonly List[] = ["users", "groups", "permissions"];
  return order
    .filter((list) => lists.includes(list))
    .map((list) => {
      const values = valuesOf(body, list) ?? [];
      return withList(store, list, () => values);
    });
}
