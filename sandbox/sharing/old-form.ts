import { parseBody } from "../body";
import type { Services } from "../gate";
import { descendantsOf, organizationOf } from "../organization/tree";
import { isObject } from "../versions";
import { oldShare } from "./models";
import { sharingError } from "./refusals";
import { shareOf } from "./rules";
import { keptShare, shareLater, type Target } from "./share";
import { unshareLater } from "./unshare";

const roleSharing = { mode: "ALL" } as const;

/** Shares an application as a body of the old form asks for. `body` is as it was sent: undefined without one. */
export function shareInOldForm(services: Services, applicationId: string, initiatorId: string, body: unknown): void {
  const { store } = services;
  const { sharedOrganizations = [], ...asked } = body === undefined ? {} : parseBody(oldShare, withoutNull(body));
  const isUndecided = body === undefined || (isObject(body) && body.shareWithAllChildren === null);
  if (isUndecided && sharedOrganizations.length === 0) {
    throw sharingError(60067, "The organizations to share the application with are not given.");
  }
  if (asked.shareWithAllChildren && sharedOrganizations.length > 0) {
    throw sharingError(60068, "Organizations cannot be given where the application is shared with all of them.");
  }
  const all = descendantsOf(store.tenant, store.organizationId).map(({ id }) => id);
  if (asked.shareWithAllChildren) {
    store.change(() => {
      keptShare(store, applicationId).future = roleSharing;
    });
    const targets = all.map((id): Target => ({ id, roleSharing, withChildren: false, isNamed: false }));
    shareLater(services, { applicationId, initiatorId, policy: "ALL_EXISTING_AND_FUTURE_ORGS", targets });
    return;
  }
  const named = sharedOrganizations.filter((id) => all.includes(id));
  const targets = named.map((id): Target => ({ id, roleSharing, withChildren: false, isNamed: true }));
  shareLater(services, { applicationId, initiatorId, policy: "SELECTIVE_SHARE", targets, anywhere: true });
}

/** The answer of GET …/shared-apps: the copies. */
export function sharedApplicationsOf({ store }: Services, applicationId: string): object {
  const { organizations } = shareOf(store, applicationId);
  if (organizations.length === 0) return {};
  return {
    sharedApplications: organizations.map(({ id, copyId }) => ({ applicationId: copyId, organizationId: id })),
  };
}

/** Ends the share with one organization. One that is shared with all children cannot lack a single one. */
export function unshareInOldForm(services: Services, applicationId: string, organizationId: string): void {
  if (shareOf(services.store, applicationId).future && organizationOf(services.store.tenant, organizationId)) {
    throw sharingError(60069, "The application is shared with all children, and cannot be unshared from one of them.");
  }
  unshareLater(services, applicationId, ({ id }) => id === organizationId);
}

function withoutNull(body: unknown): unknown {
  if (!isObject(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([, member]) => member !== null));
}
