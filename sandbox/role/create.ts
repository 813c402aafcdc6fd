import { randomUUID } from "node:crypto";
import { memberOf, type ScimBody, textOf, valuesOf } from "../scim/body";
import { badRequest, misplaced, missingAttribute, scimError } from "../scim/refusal";
import type { Store } from "../store";
import { isObject } from "../versions";
import type { Role } from "./collection";
import {
  checkedAudience,
  knownGroups,
  refuseBadRoleName,
  refuseTakenRoleName,
  refuseUnknownPermissions,
  refuseUnknownUsers,
} from "./rules";

/** The role that a body asks for, or the refusal that the server would answer; the order of the checks is the server's. */
export function createdRole(store: Store, body: ScimBody, withMembers: boolean): Role {
  const { organization, roles } = store.tenant;
  const displayName = textOf(body, "displayName");
  if (!displayName?.trim()) throw missingAttribute("displayName");
  const permissions = valuesOf(body, "permissions") ?? [];
  const users = (withMembers && valuesOf(body, "users")) || [];
  const groups = (withMembers && valuesOf(body, "groups")) || [];
  refuseBadRoleName(displayName);
  const audience = checkedAudience(store, askedAudience(body));
  refuseUnknownPermissions(store, audience, permissions);
  refuseUnknownUsers(store, users, (id) =>
    misplaced(`A user doesn't exist with id: ${id} in the tenantDomain: ${organization}`),
  );
  const id = randomUUID();
  refuseTakenRoleName(store, displayName, { id, audience });
  const asked = memberOf(body, "id");
  if (roles.some((role) => role.id === asked)) {
    throw scimError(409, `Role with id: ${asked} already exists in the tenantDomain: ${organization}`);
  }
  return {
    id,
    displayName,
    audience,
    permissions: [...new Set(permissions)],
    users: [...new Set(users)],
    groups: [...new Set(knownGroups(store, groups))],
    system: false,
  };
}

function askedAudience(body: ScimBody): { type: string | undefined; value: string | undefined } {
  const audience = memberOf(body, "audience");
  if (audience === undefined) return { type: undefined, value: undefined };
  if (!isObject(audience)) throw badRequest("invalidSyntax");
  return { type: textOf(audience, "type"), value: textOf(audience, "value") };
}
