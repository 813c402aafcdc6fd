import type { Store } from "../store";
import { knows } from "../versions";

/** The scopes for sharing: of its own on newer servers, those of the application on older ones. */
export function sharingScopes({ tenant: { server } }: Store): { create: string; view: string; delete: string } {
  const prefix = knows(server, "newSharing") ? "internal_shared_application" : "internal_application_mgt";
  return { create: `${prefix}_create`, view: `${prefix}_view`, delete: `${prefix}_delete` };
}
