import * as asgardeo from "pulumi-asgardeo";

const reader = new asgardeo.Application("drift-reader", {
  name: "Drift Reader",
  description: "Reads the tenant for the nightly drift report",
  oidc: {
    grantTypes: ["client_credentials"],
    accessToken: { applicationAccessTokenExpiryInSeconds: 900 },
  },
});

// Management APIs are named by their identifiers, which are the same in every tenant.
const views = {
  "/api/server/v1/applications": ["internal_application_mgt_view"],
  "/api/server/v1/api-resources": ["internal_api_resource_view"],
};

for (const [api, scopes] of Object.entries(views)) {
  new asgardeo.ApiAuthorization(`drift-reader${api.replaceAll("/", "-")}`, { application: reader.id, api, scopes });
}

export const clientId = reader.clientId;
export const clientSecret = reader.clientSecret;
