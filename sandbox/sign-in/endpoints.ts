import type { Services } from "../gate";

/** What comes before `/oauth2` and `/oidc`: the tenant, or an organization that has applications of its own. */
export function endpointsUrl({ store, baseUrl }: Pick<Services, "store" | "baseUrl">): string {
  const inside = store.isBelow ? `/o/${store.organizationId}` : "";
  return `${baseUrl()}/t/${store.root.tenant.organization}${inside}`;
}

/** Who issues the tokens there. */
export function issuerOf(services: Pick<Services, "store" | "baseUrl">): string {
  return `${endpointsUrl(services)}/oauth2/token`;
}
