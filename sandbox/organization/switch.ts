import type { Services } from "../gate";
import type { Application } from "../models/application";
import { invalidRequest, OAuthError } from "../oauth-error";
import { isSharedWith } from "../sharing/rules";
import type { Store } from "../store";
import type { TokenOrganization } from "../tokens";
import { knows } from "../versions";
import type { Organization } from "./collection";
import { isWithin, organizationOf } from "./tree";

/** The organization that a client switches to, or the refusal of the token endpoint; the order of the checks is the server's. */
export function switchedOrganization(
  { store, tokens }: Services,
  { id: applicationId }: Application,
  form: ReadonlyMap<string, string>,
): Organization {
  const token = form.get("token");
  const id = form.get("switching_organization");
  if (!token) throw invalidRequest("Missing parameters: token");
  if (!id) throw invalidRequest("Missing parameters: switching_organization");
  const { tenant } = store;
  const organization = organizationOf(tenant, id);
  if (!organization) throw invalidRequest(`Invalid organization id: ${id}`);
  if (organization.status === "DISABLED") throw invalidRequest("The switching organization is in deactivated state.");
  if (!tokens.find(token)) throw invalidGrant("Invalid token received.");
  if (!isWithin(tenant, organization, store.organizationId)) {
    throw invalidGrant("Organization switch is only allowed for the organizations in the same branch.");
  }
  // A switch to the organization that has the application leads back there.
  if (id !== store.organizationId && !isSharedWith(store, applicationId, id)) {
    throw invalidGrant("Organization switching is not allowed for organizations that have not shared the application");
  }
  return organization;
}

/** The scopes of a switched token: those of organizations, and of the APIs that the tenant has made itself. */
export function switchedScopes(authorized: ReadonlySet<string>, asked: readonly string[]): Set<string> {
  const ofOrganizations = (scope: string) => scope.startsWith("internal_org_");
  const all = asked.includes("SYSTEM") ? [...authorized].filter(ofOrganizations) : [];
  const kept = [...asked, ...all].filter((scope) => authorized.has(scope));
  return new Set(kept.filter((scope) => ofOrganizations(scope) || !/^(internal_|console:|openid$)/.test(scope)));
}

/** What a token says of the organization that it is for, and of the one that its application lives in. */
export function tokenOrganization(store: Store, { id, name, orgHandle }: Organization): TokenOrganization {
  return {
    id: id === store.root.organizationId ? undefined : id,
    claims: {
      org_id: id,
      org_name: name,
      ...(knows(store.tenant.server, "organizationHandle") && { org_handle: orgHandle }),
      user_org: store.organizationId,
    },
  };
}

function invalidGrant(description: string): OAuthError {
  return new OAuthError(400, "invalid_grant", description);
}
