/** Where most of the management APIs are. A test may leave it out: `/applications` lies below it. */
const management = "/api/server/v1";

/** What the paths of all APIs of a tenant begin with. */
const roots = ["/api/", "/scim2/", "/o/", "/oauth2/"];

/** The whole path below the tenant: `/applications` is `/api/server/v1/applications`, and `/scim2/v2/Roles` is itself. */
export function wholePath(path: string): string {
  return roots.some((root) => path.startsWith(root)) ? path : management + path;
}

/** The same the other way round, for the path of a request, which may begin with that of the tenant. */
export function shortPath(path: string): string {
  const belowTenant = path.replace(/^\/t\/[^/]+/, "");
  return belowTenant.startsWith(`${management}/`) ? belowTenant.slice(management.length) : belowTenant;
}

const organizationLevel = /^(\/t\/[^/]+)?\/o(\/[a-f0-9-]{36})?\/(?=api\/|scim2\/)/;

/** Whether the path of a request is one of an API of an organization below the tenant. */
export function isInside(path: string): boolean {
  return organizationLevel.test(path);
}

/** The path that the same object would have in the tenant. */
export function withoutInside(path: string): string {
  return path.replace(organizationLevel, "$1/");
}
