import { isSince, type Server } from "./versions";

/** A management API of the server itself, with the scopes that a tenant has for it. */
export interface SystemApi {
  readonly name: string;
  readonly identifier: string;
  readonly type: "TENANT" | "SYSTEM" | "ORGANIZATION";
  readonly scopes: readonly string[];
  /** Scopes that came with a later server. */
  readonly since?: Partial<Record<Server, readonly string[]>>;
}

const crud = ["create", "view", "update", "delete"] as const;

function each(prefix: string, verbs: readonly string[] = crud): string[] {
  return verbs.map((verb) => `${prefix}_${verb}`);
}

const clientSecret = ["client_secret_create", "client_secret_view"];
const roleMembers = ["permissions_update", "users_update", "groups_update"];

/** Name, path below /api/server/v1/, scopes. */
const tenantApis: readonly (readonly [string, string, readonly string[]])[] = [
  ["Identity Provider Management API", "identity-providers", each("internal_idp")],
  ["OIDC Scope Management API", "oidc/scopes", each("internal_oidc_scope_mgt")],
  ["Claim Management API", "claim-dialects", each("internal_claim_meta")],
  ["Organization Management API", "organizations", each("internal_organization")],
  [
    "Organization Discovery API",
    "organizations/discovery",
    each("internal_organization_discovery", ["view", "update", "delete"]),
  ],
  [
    "Organization Discovery Configuration API",
    "organization-configs/discovery",
    each("internal_organization_config", ["view", "add", "update", "delete"]),
  ],
  ["Branding Preference Management API", "branding-preference", ["internal_branding_preference_update"]],
  ["Email Templates API", "email", each("internal_email_mgt")],
  ["Notification Templates API", "notification", each("internal_template_mgt")],
  ["Notification Senders API", "notification-senders", each("internal_notification_senders")],
  ["User Store Management API", "userstore", each("internal_userstore")],
  ["Identity Governance API", "identity-governance", each("internal_governance", ["view", "update"])],
  ["Validation Rules API", "validation-rules", ["internal_validation_rule_mgt_update"]],
  [
    "Authenticators API",
    "authenticators",
    ["internal_authenticator_view", ...each("internal_custom_authenticator", ["create", "update", "delete"])],
  ],
  ["Configuration Management API", "configs", each("internal_config")],
  ["Action Management API", "actions", each("internal_action_mgt")],
  ["Script Library API", "script-libraries", each("internal_functional_lib")],
  ["Secret Management API", "secrets", each("internal_secret_mgt", ["add", "update", "view", "delete"])],
  ["Keystore Management API", "keystores/certs", each("internal_keystore", ["view", "update"])],
  ["CORS API", "cors/origins", ["internal_cors_origins_view"]],
  ["Asynchronous Operations API", "async-operations", ["internal_async_operation_status_view"]],
];

/** Name, path below /o/, scopes. Their names are those of the tenant's APIs: only the type tells them apart. */
const organizationApis: readonly (readonly [string, string, readonly string[]])[] = [
  ["OAuth2 Introspection API", "oauth2/introspect", ["internal_org_oauth2_introspect"]],
  [
    "Application Management API",
    "api/server/v1/applications",
    [
      ...each("internal_org_application_mgt", [...crud, ...clientSecret]),
      "internal_org_application_script_update",
      "internal_org_application_internal_api_update",
      "internal_org_application_business_api_update",
    ],
  ],
  ["API Resource Management API", "api/server/v1/api-resources", ["internal_org_api_resource_view"]],
  ["Identity Provider Management API", "api/server/v1/identity-providers", each("internal_org_idp")],
  ["OIDC Scope Management API", "api/server/v1/oidc/scopes", ["internal_org_oidc_scope_mgt_view"]],
  ["Claim Management API", "api/server/v1/claim-dialects", each("internal_org_claim_meta", ["view", "update"])],
  ["Organization Management API", "api/server/v1/organizations", each("internal_org_organization")],
  [
    "Organization Discovery API",
    "api/server/v1/organizations/check-discovery",
    ["internal_org_organization_discovery_view"],
  ],
  ["Asynchronous Operations API", "api/server/v1/async-operations", ["internal_org_async_operation_status_view"]],
  [
    "Branding Preference Management API",
    "api/server/v1/branding-preference",
    ["internal_org_branding_preference_update"],
  ],
  ["User Store Management API", "api/server/v1/userstore", each("internal_org_userstore")],
  ["Identity Governance API", "api/server/v1/identity-governance", each("internal_org_governance", ["view", "update"])],
  ["Validation Rules API", "api/server/v1/validation-rules", ["internal_org_validation_rule_mgt_update"]],
  ["Configuration Management API", "api/server/v1/configs", each("internal_org_config", ["view", "update", "delete"])],
  ["SCIM2 Groups API", "scim2/Groups", each("internal_org_group_mgt")],
  ["SCIM2 Users API", "scim2/Users", each("internal_org_user_mgt", ["create", "list", "view", "update", "delete"])],
];

const allApis: readonly SystemApi[] = [
  {
    name: "Application Management API",
    identifier: "/api/server/v1/applications",
    type: "TENANT",
    scopes: each("internal_application_mgt"),
    since: {
      "7.2": [
        ...each("internal_application_mgt", clientSecret),
        "internal_application_internal_api_update",
        "internal_application_business_api_update",
      ],
      asgardeo: ["internal_application_mgt_client_secret_delete"],
    },
  },
  {
    name: "Application Authentication Script Management API",
    identifier: "/api/server/v1/applications/(.*)/authenticationSequence/script",
    type: "TENANT",
    scopes: [],
    since: { "7.2": ["internal_application_script_update"] },
  },
  {
    name: "Shared Application Management API",
    identifier: "/api/server/v1/applications/share",
    type: "TENANT",
    scopes: [],
    since: { "7.2": each("internal_shared_application", ["create", "view", "delete"]) },
  },
  {
    name: "API Resource Management API",
    identifier: "/api/server/v1/api-resources",
    type: "TENANT",
    scopes: each("internal_api_resource"),
  },
  ...tenantApis.map(
    ([name, path, scopes]): SystemApi => ({ name, identifier: `/api/server/v1/${path}`, type: "TENANT", scopes }),
  ),
  {
    name: "SCIM2 Roles API",
    identifier: "/scim2/Roles",
    type: "TENANT",
    scopes: each("internal_role_mgt"),
    since: { asgardeo: each("internal_role_mgt", roleMembers) },
  },
  // It shares scopes with the one before: an application can be authorized to such a scope through only one of them.
  {
    name: "SCIM2 Roles V3 API",
    identifier: "/scim2/v3/Roles",
    type: "TENANT",
    scopes: [],
    since: {
      asgardeo: each("internal_role_mgt", [
        "view",
        "meta_create",
        "meta_update",
        "delete",
        "users_update",
        "groups_update",
      ]),
    },
  },
  { name: "SCIM2 Groups API", identifier: "/scim2/Groups", type: "TENANT", scopes: each("internal_group_mgt") },
  {
    name: "SCIM2 Users API",
    identifier: "/scim2/Users",
    type: "TENANT",
    scopes: each("internal_user_mgt", ["create", "list", "view", "update", "delete"]),
  },
  {
    name: "OAuth2 Introspection API",
    identifier: "/oauth2/introspect",
    type: "TENANT",
    scopes: ["internal_oauth2_introspect"],
  },
  { name: "SCIM2 Bulk API", identifier: "/scim2/Bulk", type: "TENANT", scopes: ["internal_bulk_resource_create"] },
  {
    name: "Tenant Management API",
    identifier: "/api/server/v1/tenants",
    type: "SYSTEM",
    scopes: ["internal_create_tenants", "internal_list_tenants", "internal_modify_tenants"],
  },
  {
    name: "SCIM2 Roles API",
    identifier: "/o/scim2/Roles",
    type: "ORGANIZATION",
    scopes: each("internal_org_role_mgt"),
    since: { asgardeo: each("internal_org_role_mgt", roleMembers) },
  },
  ...organizationApis.map(
    ([name, path, scopes]): SystemApi => ({ name, identifier: `/o/${path}`, type: "ORGANIZATION", scopes }),
  ),
];

/** Whether a server has a scope of a system API. */
export function hasScope(server: Server, scope: string): boolean {
  return systemApis(server).some(({ scopes }) => scopes.includes(scope));
}

/** The APIs that the bootstrap client may use at first: those the provider manages, and enough others to make SYSTEM sensible. */
export const bootstrapApis: readonly string[] = [
  "/api/server/v1/applications",
  "/api/server/v1/applications/(.*)/authenticationSequence/script",
  "/api/server/v1/api-resources",
  "/api/server/v1/identity-providers",
  "/api/server/v1/oidc/scopes",
  "/api/server/v1/claim-dialects",
  "/api/server/v1/organizations",
  "/api/server/v1/organizations/discovery",
  "/api/server/v1/organization-configs/discovery",
  "/api/server/v1/applications/share",
  "/api/server/v1/async-operations",
  "/o/api/server/v1/applications",
  "/o/api/server/v1/api-resources",
  "/o/api/server/v1/oidc/scopes",
  "/o/api/server/v1/organizations",
  "/o/api/server/v1/async-operations",
  "/o/scim2/Roles",
  "/o/scim2/Groups",
  "/o/scim2/Users",
  "/scim2/Users",
  "/scim2/Groups",
  "/scim2/Roles",
  "/scim2/v3/Roles",
];

/** The system APIs of a server. One without any scope there is not there at all. */
export function systemApis(server: Server): SystemApi[] {
  return allApis
    .map((api) => {
      const later = Object.entries(api.since ?? {}).filter(([since]) => isSince(server, since as Server));
      return { ...api, scopes: [...api.scopes, ...later.flatMap(([, scopes]) => scopes)] };
    })
    .filter(({ scopes }) => scopes.length > 0);
}
