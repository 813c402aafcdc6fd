const asgardeo = require("pulumi-asgardeo");

const explicit = new asgardeo.Provider("explicit", {
  organization: process.env.ASGARDEO_ORGANIZATION,
  baseUrl: process.env.ASGARDEO_BASE_URL,
  clientId: process.env.ASGARDEO_CLIENT_ID,
  clientSecretEnv: "ASGARDEO_CLIENT_SECRET",
});

const orders = new asgardeo.ApiResource("orders", {
  name: "Orders",
  identifier: "https://api.example.com/orders",
  description: "Orders of the shop",
  requiresAuthorization: true,
  scopes: [{ name: "orders:read", displayName: "Read orders", description: "Shows orders" }, { name: "orders:write" }],
});

const shop = new asgardeo.Application("shop", {
  name: "Shop",
  description: "Where customers buy",
  imageUrl: "https://shop.example.com/logo.png",
  accessUrl: "https://shop.example.com",
  enabled: true,
  associatedRoles: { allowedAudience: "APPLICATION" },
  claimConfiguration: {
    dialect: "LOCAL",
    requestedClaims: [{ claim: "http://wso2.org/claims/emailaddress", mandatory: true }],
  },
  authenticationSequence: {
    type: "USER_DEFINED",
    steps: [{ options: [{ idp: "LOCAL", authenticator: "BasicAuthenticator" }] }],
  },
  advancedConfiguration: { skipLoginConsent: true },
  oidc: {
    grantTypes: ["authorization_code", "refresh_token"],
    callbackUrls: ["https://shop.example.com/b", "https://shop.example.com/a"],
    allowedOrigins: ["https://shop.example.com"],
    publicClient: true,
    pkce: { mandatory: true },
    accessToken: { type: "JWT", userAccessTokenExpiryInSeconds: 900 },
    refreshToken: { expiryInSeconds: 7200, renewRefreshToken: true },
    idToken: { expiryInSeconds: 900, audience: ["https://api.example.com"] },
    logout: { backChannelLogoutUrl: "https://shop.example.com/logout" },
  },
});

const worker = new asgardeo.Application("worker", {
  name: "Worker",
  oidc: {
    grantTypes: ["client_credentials"],
    clientId: "worker-client",
    clientSecret: "the-secret-of-a-test",
  },
});

const plain = new asgardeo.Application("plain", { name: "Plain" }, { provider: explicit });

const auditor = new asgardeo.Application(
  "auditor",
  { name: "Auditor", oidc: { grantTypes: ["client_credentials"], accessToken: { type: "JWT" } } },
  { provider: explicit },
);

const byId = new asgardeo.ApiAuthorization("worker-orders", {
  application: worker.id,
  api: orders.id,
  scopes: ["orders:write", "orders:read"],
  policy: "RBAC",
});

new asgardeo.ApiAuthorization("auditor-applications", {
  application: auditor.id,
  api: "/api/server/v1/applications",
  scopes: ["internal_application_mgt_view"],
});

new asgardeo.Application(
  "half",
  { name: "Half", oidc: { grantTypes: ["client_credentials"] } },
  { dependsOn: [shop, worker, plain, auditor, byId] },
);

exports.clientId = worker.clientId;
exports.clientSecret = auditor.clientSecret;
