/** The management APIs that the provider calls, by their names in the console, with the scopes that it uses of each. */
export const managementApis = {
  "/api/server/v1/applications": {
    console: "Application Management API",
    scopes: [
      "internal_application_mgt_view",
      "internal_application_mgt_create",
      "internal_application_mgt_update",
      "internal_application_mgt_delete",
      "internal_application_mgt_client_secret_view",
      "internal_application_mgt_client_secret_create",
      "internal_application_mgt_client_secret_delete",
      "internal_application_internal_api_update",
      "internal_application_business_api_update",
    ],
  },
  "/api/server/v1/applications/(.*)/authenticationSequence/script": {
    console: "Application Authentication Script Management API",
    scopes: ["internal_application_script_update"],
  },
  "/api/server/v1/api-resources": {
    console: "API Resource Management API",
    scopes: [
      "internal_api_resource_view",
      "internal_api_resource_create",
      "internal_api_resource_update",
      "internal_api_resource_delete",
    ],
  },
} as const;

/** A scope of a management API. */
export type Scope = (typeof managementApis)[keyof typeof managementApis]["scopes"][number];

/** The API resource that has a scope. */
export function apiOf(scope: Scope): { identifier: string; console: string } {
  for (const [identifier, api] of Object.entries(managementApis)) {
    if ((api.scopes as readonly string[]).includes(scope)) return { identifier, console: api.console };
  }
  throw new Error(`no management API has the scope ${scope}`);
}

/** How an operation uses the tenant: a token for `view` never carries a scope that can change anything. */
export type Access = "view" | "write";

const all = Object.values(managementApis).flatMap((api) => api.scopes as readonly Scope[]);

/**
 * What a token is asked for. One token for reading and one for writing serve all resource types: two token requests a
 * run, however many types it has.
 */
export const asked: Readonly<Record<Access, readonly Scope[]>> = {
  view: all.filter((scope) => scope.endsWith("_view")),
  write: all,
};
