import type { Application } from "../models/application";
import type { Store } from "../store";
import { everyone, type Role } from "./collection";

/** The roles that a user has, directly or through a group. */
export function rolesReaching({ tenant }: Store, userId: string): Role[] {
  const groups = new Set(tenant.groups.filter(({ members }) => members.includes(userId)).map(({ id }) => id));
  return tenant.roles.filter(
    (role) =>
      role.users.includes(userId) ||
      role.groups.some((group) => groups.has(group)) ||
      (role.system && role.displayName === everyone),
  );
}

/**
 * The roles that a user has for an application: those whose audience is the one that the application allows. The
 * application is that of the store: a copy, where it is shared.
 */
export function rolesOfUser(store: Store, { id, associatedRoles }: Application, userId: string): Role[] {
  const ofOrganization = associatedRoles.allowedAudience === "ORGANIZATION";
  return rolesReaching(store, userId).filter(({ audience }) =>
    ofOrganization ? audience.type === "organization" : audience.type === "application" && audience.value === id,
  );
}
