import type { Services } from "../gate";
import { withoutOrganizationLogin } from "../sharing/root";
import type { Organization } from "./collection";
import { organizationError } from "./refusals";
import { childrenOf } from "./tree";

/** Deletes an organization with all that is in it, and what is shared with it. Its handle stays taken. */
export function removeOrganization({ store, tokens }: Services, { id }: Organization): void {
  const { root } = store;
  const { tenant } = root;
  if (childrenOf(tenant, id).length > 0) {
    throw organizationError(
      60007,
      "Unable to delete the organization.",
      `Organization with ID: ${id} has one or more child organizations.`,
    );
  }
  root.change(() => {
    tenant.organizations = tenant.organizations.filter((organization) => organization.id !== id);
    delete tenant.inside[id];
    const before = tenant.applicationShares.filter(({ organizations }) => organizations.length > 0);
    root.forget("organizations", [{ id }]);
    for (const { applicationId } of before.filter((share) => share.organizations.length === 0)) {
      const application = root.application(applicationId);
      if (application) root.replaceApplication(withoutOrganizationLogin(application));
    }
  });
  tokens.revokeIn(id);
}
