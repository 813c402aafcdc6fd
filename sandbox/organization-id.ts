import { createHash } from "node:crypto";

/** The id of the tenant's own organization. It follows from the name, so that a state file does not have to keep it. */
export function organizationIdOf({ organization }: { readonly organization: string }): string {
  const hex = createHash("sha256").update(`organization ${organization}`).digest("hex");
  // The digits that make it a UUID of version 8: one that is made by a rule of its own.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
