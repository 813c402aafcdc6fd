import type { Refusal } from "../refusal";
import { badRequest, misplaced, scimError, scimNotFound } from "../scim/refusal";
import type { Store } from "../store";
import { knows } from "../versions";
import type { Role } from "./collection";

/** The beginning of the names that the server keeps for itself. */
const reserved = "system_";

export function foundRole({ tenant }: Store, id: string): Role {
  const role = tenant.roles.find((candidate) => candidate.id === id);
  if (!role) throw scimNotFound(`Role id: ${id} does not exist in the tenant: ${tenant.organization}`);
  return role;
}

export function refuseBadRoleName(name: string): void {
  if (name.toLowerCase().startsWith(reserved)) {
    throw misplaced(`Invalid role name: ${name}. Role names with the prefix: ${reserved} is not allowed.`);
  }
  if (name.includes("/")) throw misplaced(`Invalid character: / contains in the role name: ${name}.`);
}

/** Names are unique within an audience, as the database compares them. */
export function refuseTakenRoleName(
  { tenant }: Store,
  name: string,
  { id, audience }: Pick<Role, "id" | "audience">,
): void {
  const taken = tenant.roles.some(
    (role) =>
      role.id !== id && role.audience.value === audience.value && role.displayName.toLowerCase() === name.toLowerCase(),
  );
  if (!taken) return;
  const where = `audience: ${audience.type} audienceId: ${audience.value}`;
  throw scimError(409, `Role already exist for the role name: ${name} ${where}`);
}

/** The audience of a new role, as it was asked for. */
export function checkedAudience(
  store: Store,
  asked: { type: string | undefined; value: string | undefined },
): Role["audience"] {
  const own = store.organizationId;
  const type = (asked.type ?? "organization").toLowerCase();
  const value = asked.value ?? "";
  if (type === "organization") {
    if (value !== "" && value !== own) {
      throw badRequest("invalidValue", `Invalid audience. Given Organization id: ${value} is invalid`);
    }
    return { type, value: own };
  }
  if (type !== "application") throw badRequest("invalidValue", "Invalid role audience");
  const application = store.application(value);
  if (!application) {
    const where = `application id: ${value} and tenant domain : ${store.tenant.organization}`;
    throw badRequest("invalidValue", `Invalid audience. No application found with ${where}`);
  }
  if (application.associatedRoles.allowedAudience !== "APPLICATION") {
    throw badRequest("invalidValue", `Application: ${value} does not have Application role audience type`);
  }
  return { type, value };
}

/** A permission is a scope: any one of the tenant, or for a role of an application, one that this is authorized to. */
export function refuseUnknownPermissions(
  store: Store,
  { type, value }: Role["audience"],
  names: readonly string[],
): void {
  const application = type === "application" ? store.application(value) : undefined;
  const known = application
    ? store.authorizedScopes(application)
    : new Set(store.tenant.apiResources.flatMap(({ scopes }) => scopes.map(({ name }) => name)));
  const unknown = names.find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw badRequest(
    "invalidValue",
    type === "application"
      ? `Permission : ${unknown} is not authorized for application with ID: ${value}`
      : `Permission: ${unknown} not found`,
  );
}

export function refuseUnknownUsers({ tenant }: Store, ids: readonly string[], refusal: (id: string) => Refusal): void {
  const unknown = ids.find((id) => !tenant.users.some((user) => user.id === id));
  if (unknown !== undefined) throw refusal(unknown);
}

/** The groups that exist of those that are named. Newer servers refuse the others. */
export function knownGroups({ tenant }: Store, ids: readonly string[]): string[] {
  const unknown = ids.find((id) => !tenant.groups.some((group) => group.id === id));
  if (unknown !== undefined && knows(tenant.server, "roleGroupsChecked")) {
    throw badRequest(
      "invalidValue",
      `A group doesn't exist with id: ${unknown} in the tenantDomain: ${tenant.organization}`,
    );
  }
  return ids.filter((id) => tenant.groups.some((group) => group.id === id));
}

/** A copy of a role of the tenant is the tenant's to change, but for who has it. */
export function refuseSharedRole({ sharedFrom }: Role, what: string): void {
  if (sharedFrom === undefined) return;
  throw badRequest("invalidValue", `${what} is not allowed for shared roles.`);
}

/** A role of the server has its name and permissions for good. */
export function refuseSystemRole({ system, displayName }: Role, change: string): void {
  if (!system) return;
  throw misplaced(`Invalid operation. Role: ${displayName} Cannot be ${change} since it's a read only system role.`);
}
