import type { Services } from "../gate";
import type { Store } from "../store";
import type { SharedOrganization } from "./collection";
import { withoutOrganizationLogin } from "./root";
import { shareOf } from "./rules";

/** Takes an application from organizations, behind the answer. `isWholly` also ends what is shared with those that come. */
export function unshareLater(
  services: Services,
  applicationId: string,
  isMeant: (organization: SharedOrganization) => boolean,
  isWholly = false,
): void {
  const { store, tokens, background } = services;
  background.later(() => {
    const gone = shareOf(store, applicationId).organizations.filter(isMeant);
    store.change(() => {
      const share = shareOf(store, applicationId);
      if (isWholly) share.future = undefined;
      share.organizations = share.organizations.filter((organization) => !isMeant(organization));
      for (const organization of gone) removeCopy(store, organization);
      const application = store.application(applicationId);
      if (application && gone.length > 0 && share.organizations.length === 0) {
        store.replaceApplication(withoutOrganizationLogin(application));
      }
    });
    for (const { id } of gone) tokens.revokeOf(applicationId, id);
  });
}

function removeCopy(store: Store, { id, copyId }: SharedOrganization): void {
  if (!store.tenant.inside[id]) return;
  const inside = store.of(id);
  const { applications } = inside.tenant;
  const copies = applications.filter((application) => application.id === copyId);
  for (const copy of copies) applications.splice(applications.indexOf(copy), 1);
  inside.forget("applications", copies);
}
