import type { Application } from "../models/application";
import { rootOf } from "../organization/tree";
import type { Role as TenantRole } from "../role/collection";
import { rolesOfApplication } from "../role/coupling";
import type { Tenant } from "../tenant";
import type { Role, RoleSharing } from "./models";

/** The roles of an application that an organization gets by how they are shared with it. */
export function sharedRoles(tenant: Tenant, application: Application, { mode, roles = [] }: RoleSharing): Role[] {
  if (mode === "NONE") return [];
  if (mode === "SELECTED") return roles;
  return shareableRoles(tenant, application).map(({ displayName, audience: { type } }) => ({
    displayName,
    audience: { display: type === "application" ? application.name : rootOf(tenant).name, type },
  }));
}

/** The tenant's roles that count for an application, but for those of the server itself. */
export function shareableRoles(tenant: Tenant, { id, associatedRoles }: Application): TenantRole[] {
  const { roles } = tenant;
  return associatedRoles.allowedAudience === "APPLICATION"
    ? rolesOfApplication(tenant, id)
    : roles.filter(({ audience, system }) => audience.type === "organization" && !system);
}

/** How roles are shared after some were added to them, or taken from them: from then on they are chosen one by one. */
export function changedRoleSharing(
  tenant: Tenant,
  application: Application,
  current: RoleSharing,
  op: "add" | "remove",
  roles: readonly Role[],
): RoleSharing {
  const before = sharedRoles(tenant, application, current);
  if (op === "add") {
    const added = roles.filter((role) => !before.some((other) => isSame(role, other)));
    return added.length > 0 ? { mode: "SELECTED", roles: [...before, ...added] } : current;
  }
  // Taking away a role of the organization's audience is not supported, and ignored.
  const removed = roles.filter(({ audience }) => audience.type.toLowerCase() !== "organization");
  const left = before.filter((role) => !removed.some((other) => isSame(role, other)));
  if (left.length === before.length) return current;
  return left.length > 0 ? { mode: "SELECTED", roles: left } : { mode: "NONE" };
}

function isSame(one: Role, other: Role): boolean {
  return one.displayName === other.displayName && one.audience.type.toLowerCase() === other.audience.type.toLowerCase();
}
