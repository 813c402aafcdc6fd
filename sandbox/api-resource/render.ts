import type { ApiResource } from "../models/api-resource";
import type { Tenant } from "../tenant";
import { withoutLacking } from "../versions";

/** The path of an API resource, relative, with the tenant. */
export function apiResourcePath({ organization }: Tenant, id = ""): string {
  return `/t/${organization}/api/server/v1/api-resources${id && `/${id}`}`;
}

/** The answer of POST /api-resources and GET /api-resources/{id}, which has no `self`. */
export function apiResourceAnswer(tenant: Tenant, api: ApiResource): unknown {
  const { key: _, ...shown } = api;
  return withoutLacking("apiResource", { ...shown, properties: [] }, tenant.server);
}

/** What the list says of an API resource. */
export function apiResourceItem(tenant: Tenant, api: ApiResource, withProperties: boolean): object {
  const { id, name, identifier, type, requiresAuthorization } = api;
  const properties = withProperties ? { properties: [] } : {};
  return { id, name, identifier, type, requiresAuthorization, ...properties, self: apiResourcePath(tenant, id) };
}
