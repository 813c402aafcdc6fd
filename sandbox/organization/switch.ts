import type { Services } from "../gate";
import type { Application } from "../models/application";
import { invalidGrant, invalidRequest } from "../oauth-error";
import { isSharedWith } from "../sharing/rules";
import type { Store } from "../store";
import type { Token } from "../tokens";
import { knows } from "../versions";
import type { Organization } from "./collection";
import { isWithin, organizationOf } from "./tree";

/** The organization that a client switches to, and by which token, or the refusal of the token endpoint; the order of the checks is the server's. */
export function switchedOrganization(
  { store, tokens }: Services,
  { id: applicationId }: Application,
  form: ReadonlyMap<string, string>,
): { organization: Organization; token: Token } {
  const value = form.get("token");
  const id = form.get("switching_organization");
  if (!value) throw invalidRequest("Missing parameters: token");
  if (!id) throw invalidRequest("Missing parameters: switching_organization");
  const { tenant } = store;
  const organization = organizationOf(tenant, id);
  if (!organization) throw invalidRequest(`Invalid organization id: ${id}`);
  if (organization.status === "DISABLED") throw invalidRequest("The switching organization is in deactivated state.");
  const token = tokens.find(value);
  if (!token) throw invalidGrant("Invalid token received.");
  if (!isWithin(tenant, organization, store.organizationId)) {
    throw invalidGrant("Organization switch is only allowed for the organizations in the same branch.");
  }
  // A switch to the organization that has the application leads back there.
  if (id !== store.organizationId && !isSharedWith(store, applicationId, id)) {
    throw invalidGrant("Organization switching is not allowed for organizations that have not shared the application");
  }
  return { organization, token };
}

/** The scopes of a switched token: those of organizations, and of the APIs that the tenant has made itself. */
export function switchedScopes(authorized: ReadonlySet<string>, asked: readonly string[]): Set<string> {
  const ofOrganizations = (scope: string) => scope.startsWith("internal_org_");
  const all = asked.includes("SYSTEM") ? [...authorized].filter(ofOrganizations) : [];
  const kept = [...asked, ...all].filter((scope) => authorized.has(scope));
  return new Set(kept.filter((scope) => ofOrganizations(scope) || !/^(internal_|console:|openid$)/.test(scope)));
}

/** What a token says of the organization that it is for, and of the one that its user or its application lives in. */
export function tokenOrganization(
  { tenant }: Store,
  { id, name, orgHandle }: Organization,
  residence: string,
): Record<string, unknown> {
  return {
    org_id: id,
    org_name: name,
    ...(knows(tenant.server, "organizationHandle") && { org_handle: orgHandle }),
    user_org: residence,
  };
}
