import type { Tenant } from "../tenant";
import type { Organization } from "./collection";

/** The tenant's own organization, above all others. */
export function rootOf({ organizations }: Tenant): Organization {
  const root = organizations.find(({ parentId }) => parentId === undefined);
  if (!root) throw new Error("The tenant has no organization of its own.");
  return root;
}

export function organizationOf({ organizations }: Tenant, id: string): Organization | undefined {
  return organizations.find((organization) => organization.id === id);
}

export function childrenOf({ organizations }: Tenant, id: string): Organization[] {
  return organizations.filter(({ parentId }) => parentId === id);
}

/** All that is below an organization, the nearest first. */
export function descendantsOf(tenant: Tenant, id: string): Organization[] {
  const found = childrenOf(tenant, id);
  for (const organization of found) found.push(...childrenOf(tenant, organization.id));
  return found;
}

/** What is above an organization, from the tenant's own down to its parent. */
export function ancestorsOf(tenant: Tenant, { parentId }: Organization): Organization[] {
  const parent = parentId === undefined ? undefined : organizationOf(tenant, parentId);
  return parent ? [...ancestorsOf(tenant, parent), parent] : [];
}

/** Whether an organization is another one, or below it. */
export function isWithin(tenant: Tenant, organization: Organization, outerId: string): boolean {
  return organization.id === outerId || ancestorsOf(tenant, organization).some(({ id }) => id === outerId);
}
