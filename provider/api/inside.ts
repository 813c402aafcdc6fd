import { AsgardeoError } from "../errors";
import type { Scope, ScopeTable } from "./scopes";
import type { Demand } from "./token";

/**
 * The base URL of an organization: its applications have their OAuth endpoints below it. Its management APIs are at `/o/…`
 * of the tenant, without the id, since the token says which organization is meant.
 */
export function baseInside(tenant: string, organization: string): string {
  return `${tenant}/o/${encodeURIComponent(organization)}`;
}

/** The same scopes for an organization, without those of what the server does not have there. */
export function scopesInside(scopes: Iterable<Scope>, table: ScopeTable): Scope[] {
  return [...scopes].flatMap((scope) => table.inOrganization(scope) ?? []);
}

/** What an operation needs of a token that is switched to an organization. */
export function demandInside(demand: Demand, organization: string, table: ScopeTable): Demand {
  const { access, needs, optional, asks = [] } = demand;
  const lacking = needs.filter((scope) => table.inOrganization(scope) === undefined);
  if (lacking.length > 0) throw notInOrganizations(lacking, organization, table);
  return {
    access,
    needs: scopesInside(needs, table),
    optional: scopesInside(optional, table),
    asks: scopesInside(asks, table),
    organization,
  };
}

function notInOrganizations(lacking: readonly Scope[], organization: string, table: ScopeTable): AsgardeoError {
  const what = lacking.map((scope) => `${scope} of "${table.apisOf(scope)[0]?.console}"`).join(", ");
  return new AsgardeoError(
    `childOrganization: this cannot be done in the organization ${organization}, since the server has no scope for it there, only for the tenant itself (${what}). Do it with a provider for the tenant.`,
  );
}
