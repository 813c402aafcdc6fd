import type { Application } from "../models/application";
import type { Store } from "../store";

/** An application as an organization has it. */
export interface ApplicationThere {
  readonly store: Store;
  readonly application: Application;
}

/** An application in its own organization, or its copy in another one; undefined where that has none. */
export function applicationThere(
  store: Store,
  application: Application,
  organizationId: string,
): ApplicationThere | undefined {
  if (organizationId === store.organizationId) return { store, application };
  const there = store.of(organizationId);
  const copy = there.tenant.applications.find(({ sharedFrom }) => sharedFrom === application.id);
  return copy && { store: there, application: copy };
}
