import type { Application } from "../models/application";
import type { Store } from "../store";
import type { Tenant } from "../tenant";
import type { Role } from "./collection";

/** The roles whose audience is an application. */
export function rolesOfApplication({ roles }: Pick<Tenant, "roles">, id: string): Role[] {
  return roles.filter(({ audience }) => audience.type === "application" && audience.value === id);
}

/** What an application says of its roles: those that are its own, and the others that it was given. */
export function associatedRolesOf(
  tenant: Tenant,
  { id, associatedRoles }: Application,
): { id: string; name?: string }[] {
  const own = rolesOfApplication(tenant, id).map((role) => ({ id: role.id, name: role.displayName }));
  const others = (associatedRoles.roles ?? []).filter((role) => !own.some((each) => each.id === role.id));
  return [...own, ...others];
}

/** Takes from the roles of an application what it is not authorized to any more. */
export function stripLost(store: Store, before: Application, after: Application): void {
  const roles = rolesOfApplication(store.tenant, after.id);
  if (roles.length === 0) return;
  const [had, has] = [store.authorizedScopes(before), store.authorizedScopes(after)];
  for (const role of roles) {
    role.permissions = role.permissions.filter((name) => !had.has(name) || has.has(name));
  }
}

/**
 * What a change of `associatedRoles` does to the roles of the application: those that it does not list are deleted, and
 * all of them with a change of the audience.
 */
export function deleteUnlisted(
  tenant: Tenant,
  id: string,
  { allowedAudience, roles = [] }: Application["associatedRoles"],
): void {
  const kept = new Set(allowedAudience === "APPLICATION" ? roles.map((role) => role.id) : []);
  const gone = new Set(rolesOfApplication(tenant, id).filter((role) => !kept.has(role.id)));
  tenant.roles = tenant.roles.filter((role) => !gone.has(role));
}
