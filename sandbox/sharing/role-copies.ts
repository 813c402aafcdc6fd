import { randomUUID } from "node:crypto";
import type { Role } from "../role/collection";
import type { Tenant } from "../tenant";
import { shareableRoles, sharedRoles } from "./roles";

/** Brings the copies of roles in organizations to what is shared with these now. Users and groups of a copy are its own. */
export function copyRoles(tenant: Tenant): void {
  for (const [organizationId, inside] of Object.entries(tenant.inside)) {
    const wanted = wantedCopies(tenant, organizationId);
    const own = inside.roles.filter(({ sharedFrom }) => sharedFrom === undefined);
    const free = wanted.filter((copy) => !own.some((role) => isSameName(role, copy)));
    const kept = free.map((copy) => {
      const { sharedFrom, audience, displayName, permissions } = copy;
      const current = inside.roles.find(
        (role) => role.sharedFrom === sharedFrom && role.audience.value === audience.value,
      );
      return current ? Object.assign(current, { displayName, permissions }) : copy;
    });
    inside.roles = [...own, ...kept];
  }
}

/** What an organization is to have by all that is shared with it; a role of the tenant's own organization comes once. */
function wantedCopies(tenant: Tenant, organizationId: string): Role[] {
  const copies = tenant.applicationShares.flatMap(({ applicationId, organizations }) => {
    const application = tenant.applications.find(({ id }) => id === applicationId);
    const shared = organizations.find(({ id }) => id === organizationId);
    if (!application || !shared) return [];
    const names = sharedRoles(tenant, application, shared.roleSharing).map(({ displayName }) => displayName);
    return shareableRoles(tenant, application)
      .filter(({ displayName }) => names.includes(displayName))
      .map((role): Role => {
        const value = role.audience.type === "application" ? shared.copyId : organizationId;
        const audience = { type: role.audience.type, value };
        return { ...role, id: randomUUID(), audience, users: [], groups: [], sharedFrom: role.id };
      });
  });
  return copies.filter((copy, index) => copies.findIndex((other) => isSameName(copy, other)) === index);
}

function isSameName(one: Role, other: Role): boolean {
  return one.displayName === other.displayName && one.audience.value === other.audience.value;
}
