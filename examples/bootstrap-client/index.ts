import * as asgardeo from "pulumi-asgardeo";

// Management APIs are named by their identifiers, which are the same in every tenant.
type Scopes = Record<string, string[]>;

function authorize(name: string, { id: application }: asgardeo.Application, scopesOf: Scopes) {
  return Object.entries(scopesOf).map(
    ([api, scopes]) => new asgardeo.ApiAuthorization(name + api.replaceAll("/", "-"), { application, api, scopes }),
  );
}

// A client that may only look, for a nightly drift report.

const reader = new asgardeo.Application("drift-reader", {
  name: "Drift Reader",
  description: "Reads the tenant for the nightly drift report",
  oidc: {
    grantTypes: ["client_credentials"],
    accessToken: { applicationAccessTokenExpiryInSeconds: 900 },
  },
});

authorize("drift-reader", reader, {
  "/api/server/v1/applications": ["internal_application_mgt_view"],
  "/api/server/v1/api-resources": ["internal_api_resource_view"],
});

// A client that sets up business customers, such as examples/b2b: organizations, and what is inside them.

const customers = new asgardeo.Application("customers", {
  name: "Customer Setup",
  description: "Makes organizations for customers, and what they need inside",
  oidc: {
    // The second one switches a token of the tenant to an organization.
    grantTypes: ["client_credentials", "organization_switch"],
    accessToken: { applicationAccessTokenExpiryInSeconds: 900 },
  },
});

const authorizations = authorize("customers", customers, {
  // What it does in the tenant:
  "/api/server/v1/applications": [
    "internal_application_mgt_view",
    "internal_application_mgt_create",
    "internal_application_mgt_update",
    "internal_application_mgt_delete",
    "internal_application_mgt_client_secret_view",
    "internal_application_business_api_update",
  ],
  "/api/server/v1/applications/share": [
    "internal_shared_application_view",
    "internal_shared_application_create",
    "internal_shared_application_delete",
  ],
  "/api/server/v1/async-operations": ["internal_async_operation_status_view"],
  "/api/server/v1/api-resources": [
    "internal_api_resource_view",
    "internal_api_resource_create",
    "internal_api_resource_update",
    "internal_api_resource_delete",
  ],
  "/api/server/v1/organizations": [
    "internal_organization_view",
    "internal_organization_create",
    "internal_organization_update",
    "internal_organization_delete",
  ],
  "/scim2/Roles": [
    "internal_role_mgt_view",
    "internal_role_mgt_create",
    "internal_role_mgt_update",
    "internal_role_mgt_delete",
    "internal_role_mgt_permissions_update",
    "internal_role_mgt_groups_update",
  ],
  // What it does inside organizations:
  "/o/api/server/v1/applications": [
    "internal_org_application_mgt_view",
    "internal_org_application_mgt_create",
    "internal_org_application_mgt_update",
    "internal_org_application_mgt_delete",
  ],
  "/o/scim2/Roles": [
    "internal_org_role_mgt_view",
    "internal_org_role_mgt_create",
    "internal_org_role_mgt_update",
    "internal_org_role_mgt_delete",
    "internal_org_role_mgt_permissions_update",
    "internal_org_role_mgt_groups_update",
  ],
  "/o/scim2/Groups": [
    "internal_org_group_mgt_view",
    "internal_org_group_mgt_create",
    "internal_org_group_mgt_update",
    "internal_org_group_mgt_delete",
  ],
  "/o/scim2/Users": [
    "internal_org_user_mgt_list",
    "internal_org_user_mgt_view",
    "internal_org_user_mgt_create",
    "internal_org_user_mgt_update",
    "internal_org_user_mgt_delete",
  ],
});

// Its tokens can be switched to an organization that has its application: to all of them, also those that come later.
new asgardeo.ApplicationShare(
  "customers-share",
  { application: customers.id, allOrganizations: true, roleSharing: { mode: "NONE" } },
  { dependsOn: authorizations },
);

export const driftReaderId = reader.clientId;
export const driftReaderSecret = reader.clientSecret;

/** What the stack of examples/b2b signs in with. */
export const clientId = customers.clientId;
export const clientSecret = customers.clientSecret;
