/** The path of a request without its tenant, and without a slash at its end. */
export function belowTenant(path: string): string {
  return path.replace(/^\/t\/[^/]+/, "").replace(/(?<=.)\/$/, "");
}

/** What comes before the path of an API in one of an organization: `/o`, or `/o` and the organization's id. */
const organizationLevel = /^\/o(\/[a-f0-9-]+)?(?=\/)/;

/** Whether a path is one of an organization below the tenant. */
export function isAtOrganizationLevel(path: string): boolean {
  return organizationLevel.test(belowTenant(path));
}

/** The path of an API, whether in the tenant or in an organization. */
export function apiPath(path: string): string {
  return belowTenant(path).replace(organizationLevel, "");
}
