import type { Services } from "../gate";
import type { Organization } from "../organization/collection";
import { ancestorsOf, organizationOf } from "../organization/tree";
import type { Store } from "../store";
import type { ApplicationShare, SharedOrganization } from "./collection";
import { newCopy } from "./copy";
import type { RoleSharing } from "./models";
import { begunOperation, endedOperation, type OperationRequest, type UnitResult } from "./operations";
import { asShared } from "./root";
import { shareOf } from "./rules";

/** An organization that is to get an application, and how. */
export type Target = Omit<SharedOrganization, "copyId">;

/** What is to be shared, with whom, in the order in which it is done: parents come before their children. */
export interface Sharing extends OperationRequest {
  readonly targets: readonly Target[];
  /** The old form does not look whether the parent of an organization has the application. */
  readonly anywhere?: boolean;
}

/** Shares an application with organizations, behind the answer. What is shared already gets what is new of it. */
export function shareLater(services: Services, sharing: Sharing): void {
  const { store, background, now } = services;
  if (sharing.targets.length === 0) return;
  // A client goes by its own id there.
  const initiatorId = store.application(sharing.initiatorId)?.oidc?.clientId ?? sharing.initiatorId;
  const begun = begunOperation(store, { ...sharing, initiatorId }, now());
  if (begun) store.change(() => store.tenant.asyncOperations.push(begun));
  background.later(() => {
    store.change(() => {
      const results = sharing.targets.flatMap((target) => shareOne(services, sharing, target));
      const { asyncOperations } = store.tenant;
      const at = asyncOperations.findIndex(({ operationId }) => operationId === begun?.operationId);
      if (begun && at >= 0) asyncOperations[at] = endedOperation(begun, results, now());
    });
  });
}

/** Gives a new organization what is shared with those that come, behind the answer. */
export function shareWithNew(services: Services, organization: Organization): void {
  const { store, background } = services;
  background.later(() => {
    const { root } = store;
    const current = organizationOf(root.tenant, organization.id);
    if (!current) return;
    const inherited = root.tenant.applicationShares.flatMap((share): Sharing[] => {
      const roleSharing = futureSharing(store, share, current);
      if (!roleSharing) return [];
      const target = { id: current.id, roleSharing, withChildren: false, isNamed: false };
      return [{ applicationId: share.applicationId, initiatorId: "", policy: "", targets: [target] }];
    });
    if (inherited.length === 0) return;
    root.change(() => {
      for (const sharing of inherited) for (const target of sharing.targets) shareOne(services, sharing, target);
    });
  });
}

/** How the roles of an application are shared with an organization that comes; undefined where the application is not. */
function futureSharing({ root }: Store, share: ApplicationShare, organization: Organization): RoleSharing | undefined {
  const above = ancestorsOf(root.tenant, organization).map(({ id }) => id);
  const nearest = above
    .reverse()
    .flatMap((id) => share.organizations.filter((each) => each.id === id && each.withChildren));
  return nearest[0]?.roleSharing ?? share.future;
}

function shareOne(
  { store: { root }, baseUrl }: Services,
  { applicationId, anywhere }: Sharing,
  target: Target,
): UnitResult[] {
  const application = root.application(applicationId);
  const organization = organizationOf(root.tenant, target.id);
  if (!application || !organization) return [];
  const share = keptShare(root, applicationId);
  const { id, name } = organization;
  const current = share.organizations.find((shared) => shared.id === id);
  if (current) {
    Object.assign(current, target);
    return [{ id, name, failure: undefined }];
  }
  const { tenant } = root.of(id);
  const isParentShared =
    organization.parentId === root.organizationId ||
    share.organizations.some((shared) => shared.id === organization.parentId);
  if (!isParentShared && !anywhere) {
    return [{ id, name, failure: "The parent organization does not have the application." }];
  }
  if (tenant.applications.some((other) => other.name === application.name)) {
    return [{ id, name, failure: `Organization has a non shared application with name ${application.name}.` }];
  }
  const isFirst = share.organizations.length === 0;
  const changed = isFirst ? asShared(application) : application;
  const copy = newCopy(changed, `${baseUrl()}/t/${root.tenant.organization}/commonauth`);
  tenant.applications.push(copy);
  share.organizations.push({ ...target, copyId: copy.id });
  if (isFirst) root.replaceApplication(changed);
  return [{ id, name, failure: undefined }];
}

/** How an application is shared, as a record to change. */
export function keptShare(root: Store, applicationId: string): ApplicationShare {
  const share = shareOf(root, applicationId);
  if (!root.tenant.applicationShares.includes(share)) root.tenant.applicationShares.push(share);
  return share;
}
