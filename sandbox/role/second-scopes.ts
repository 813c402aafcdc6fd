import { requireSecondScope, type Services } from "../gate";
import { listOf, memberOf, type ScimBody } from "../scim/body";
import { forbiddenScimChange } from "../scim/refusal";
import type { Token } from "../tokens";
import type { List } from "./change";
import type { Step } from "./patch";

export const lists: readonly List[] = ["permissions", "users", "groups"];

/** The lists that a new role is given something in. */
export function listsFilled(body: ScimBody): List[] {
  return lists.filter((list) => listOf(body, list)?.length);
}

/** The lists that a PUT names, be it with nothing in them. */
export function listsNamed(body: ScimBody): List[] {
  return lists.filter((list) => memberOf(body, list) !== undefined);
}

/** The lists that the operations of a PATCH are about. */
export function listsPatched(steps: readonly Step[]): List[] {
  return lists.filter((list) => steps.some(({ member }) => member === list));
}

/** Refuses a token without the scope that each of these lists has of its own. */
export function requireScopesFor(services: Services, token: Token, named: readonly List[]): void {
  for (const list of named) {
    requireSecondScope(services, token, `internal_role_mgt_${list}_update`, forbiddenScimChange);
  }
}
