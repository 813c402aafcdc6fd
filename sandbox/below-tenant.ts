/** The path of a request without its tenant, and without a slash at its end. */
export function belowTenant(path: string): string {
  return path.replace(/^\/t\/[^/]+/, "").replace(/(?<=.)\/$/, "");
}
