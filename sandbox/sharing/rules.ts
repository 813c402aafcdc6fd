import type { Application } from "../models/application";
import { applicationError } from "../refusal";
import type { Store } from "../store";
import type { ApplicationShare } from "./collection";
import type { LooseRole, LooseRoleSharing, Role, RoleSharing } from "./models";
import { sharingError } from "./refusals";

/** The application that is to be shared, or not any more. */
export function shareableApplication(store: Store, id: string): Application {
  const application = store.application(id);
  if (!application) throw sharingError(60035, `Application with ID: ${id} doesn't exist.`);
  return application;
}

/** How an application is shared; one that never was has nothing in it. */
export function shareOf({ tenant }: Store, applicationId: string): ApplicationShare {
  return (
    tenant.applicationShares.find((share) => share.applicationId === applicationId) ?? {
      applicationId,
      organizations: [],
    }
  );
}

export function isSharedWith(store: Store, applicationId: string, organizationId: string): boolean {
  return shareOf(store, applicationId).organizations.some(({ id }) => id === organizationId);
}

export function checkedRoleSharing({ mode, roles = [] }: LooseRoleSharing): RoleSharing {
  if (mode !== "SELECTED") {
    if (roles.length > 0) throw sharingError(60111, `Roles cannot be given for the role sharing mode ${mode}.`);
    return { mode };
  }
  if (roles.length === 0) throw sharingError(60110, "Roles are needed for the role sharing mode SELECTED.");
  return { mode, roles: checkedRoles(roles) };
}

export function checkedRoles(roles: readonly LooseRole[]): Role[] {
  return roles.map(({ displayName, audience }) => {
    if (!displayName?.trim()) throw sharingError(60107, "The display name of a role is missing.");
    if (!audience) throw sharingError(60106, `The audience of the role ${displayName} is missing.`);
    const { display, type } = audience;
    if (!type?.trim()) throw sharingError(60108, `The audience type of the role ${displayName} is missing.`);
    if (!display?.trim()) throw sharingError(60109, `The audience display of the role ${displayName} is missing.`);
    return { displayName, audience: { display, type } };
  });
}

export function refuseBlankOrganization(id: string): void {
  if (id.trim() === "") throw applicationError("OAM-60003", "The id of an organization cannot be blank.");
}
