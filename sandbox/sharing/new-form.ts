import type { z } from "zod";
import type { Services } from "../gate";
import { descendantsOf, isWithin, organizationOf } from "../organization/tree";
import { applicationError } from "../refusal";
import type { generalShare, Role, selectiveShare, selectiveUnshare, sharePatch } from "./models";
import { sharingError } from "./refusals";
import { changedRoleSharing } from "./roles";
import { checkedRoleSharing, checkedRoles, refuseBlankOrganization, shareableApplication, shareOf } from "./rules";
import { keptShare, shareLater, type Target } from "./share";
import { unshareLater } from "./unshare";

/** Shares an application with organizations that are named, each in its own way. The others stay as they are. */
export function shareSelectively(
  services: Services,
  { applicationId, organizations = [] }: z.infer<typeof selectiveShare>,
  initiatorId: string,
): void {
  const { store } = services;
  shareableApplication(store, applicationId);
  if (organizations.length === 0) throw sharingError(60103, "The organizations to share with cannot be empty.");
  const asked = organizations.map(({ orgId, policy, roleSharing }) => {
    refuseBlankOrganization(orgId);
    if (policy === "NO_ORG") throw sharingError(60105, `The policy ${policy} cannot be used to share an application.`);
    return { id: orgId, policy, roleSharing: checkedRoleSharing(roleSharing) };
  });
  const named = new Set(asked.map(({ id }) => id));
  const targets = new Map<string, Target>();
  for (const { id, policy, roleSharing } of asked) {
    const withChildren = policy === "SELECTED_ORG_WITH_ALL_EXISTING_AND_FUTURE_CHILDREN";
    targets.set(id, { id, roleSharing, withChildren, isNamed: true });
    if (!withChildren) continue;
    for (const below of descendantsOf(store.tenant, id)) {
      if (!named.has(below.id)) targets.set(below.id, { id: below.id, roleSharing, withChildren, isNamed: false });
    }
  }
  // In the order of the tree, so that parents come first. What is not in it is left out in silence.
  const ordered = descendantsOf(store.tenant, store.organizationId).flatMap(({ id }) => targets.get(id) ?? []);
  shareLater(services, { applicationId, initiatorId, policy: "SELECTIVE_SHARE", targets: ordered });
}

/** Shares an application with all organizations that there are, and perhaps with those that come. */
export function shareGenerally(
  services: Services,
  { applicationId, policy, ...asked }: z.infer<typeof generalShare>,
  initiatorId: string,
): void {
  const { store } = services;
  shareableApplication(store, applicationId);
  if (policy === "NO_ORGS") throw sharingError(60105, `The policy ${policy} cannot be used to share an application.`);
  const roleSharing = checkedRoleSharing(asked.roleSharing);
  const hadPolicy = shareOf(store, applicationId).future !== undefined;
  store.change(() => {
    keptShare(store, applicationId).future = policy === "ALL_EXISTING_AND_FUTURE_ORGS" ? roleSharing : undefined;
  });
  // Those that there are have it by the policy already.
  if (policy === "ALL_EXISTING_ORGS_ONLY" && hadPolicy) return;
  const all = descendantsOf(store.tenant, store.organizationId);
  const targets = all.map(({ id }): Target => ({ id, roleSharing, withChildren: false, isNamed: false }));
  shareLater(services, { applicationId, initiatorId, policy, targets });
}

/** Gives organizations single roles of an application, or takes them away. */
export function patchSharedRoles(services: Services, { applicationId, Operations }: z.infer<typeof sharePatch>): void {
  const { store, background } = services;
  const application = shareableApplication(store, applicationId);
  if (Operations.length === 0) throw sharingError(60104, "The operations cannot be empty.");
  const changes = Operations.map(({ op, path, value = [] }) => {
    const kind = op.toLowerCase();
    if (kind !== "add" && kind !== "remove") throw sharingError(60114, `The operation ${op} is not supported.`);
    return { op: kind, id: organizationIn(path), roles: checkedRoles(value) } as const;
  });
  background.later(() => store.change(() => changes.forEach(change)));

  function change({ op, id, roles }: { op: "add" | "remove"; id: string; roles: Role[] }): void {
    const shared = keptShare(store, applicationId).organizations.find((organization) => organization.id === id);
    if (shared) shared.roleSharing = changedRoleSharing(store.tenant, application, shared.roleSharing, op, roles);
  }
}

/** Takes an application from organizations that are named, and from all below them. */
export function unshareSelectively(
  services: Services,
  { applicationId, orgIds }: z.infer<typeof selectiveUnshare>,
): void {
  const { tenant } = services.store;
  shareableApplication(services.store, applicationId);
  if (orgIds.length === 0) throw sharingError(60103, "The organizations to unshare from cannot be empty.");
  for (const id of orgIds) refuseBlankOrganization(id);
  unshareLater(services, applicationId, ({ id }) => {
    const organization = organizationOf(tenant, id);
    return organization !== undefined && orgIds.some((outer) => isWithin(tenant, organization, outer));
  });
}

function organizationIn(path: string): string {
  const [, id, attribute] = /^\s*organizations\[\s*orgId\s+eq\s+"?([^"\]]+)"?\s*\]\.(.+?)\s*$/.exec(path) ?? [];
  if (id === undefined) throw applicationError("OAM-60002", `The path ${path} is not valid.`);
  if (attribute !== "roles") throw sharingError(60115, `The path ${path} is not supported.`);
  return id;
}
