import * as pulumi from "@pulumi/pulumi";
import * as asgardeo from "pulumi-asgardeo";

const config = new pulumi.Config();
const url = config.require("url");

const orders = new asgardeo.ApiResource("orders", {
  name: "Orders API",
  identifier: "https://api.example.com/orders",
  scopes: [
    { name: "orders:read", displayName: "Read orders" },
    { name: "orders:write", displayName: "Change orders" },
    { name: "orders:export", displayName: "Export all orders" },
  ],
});

const desk = new asgardeo.Application("desk", {
  name: "Order Desk",
  accessUrl: url,
  // Its roles count here and nowhere else.
  associatedRoles: { allowedAudience: "APPLICATION" },
  claimConfiguration: {
    requestedClaims: [{ claim: "http://wso2.org/claims/emailaddress" }, { claim: "http://wso2.org/claims/roles" }],
  },
  advancedConfiguration: { skipLoginConsent: true },
  oidc: {
    grantTypes: ["authorization_code", "refresh_token"],
    callbackUrls: [`${url}/callback`],
    publicClient: true,
    pkce: { mandatory: true },
    accessToken: { type: "JWT", userAccessTokenExpiryInSeconds: 900 },
    refreshToken: { expiryInSeconds: 86_400, renewRefreshToken: true },
  },
});

// What the application may ask for at all. Nobody gets orders:export through it.
const authorization = new asgardeo.ApiAuthorization("desk-orders", {
  application: desk.id,
  api: orders.id,
  scopes: ["orders:read", "orders:write"],
});

const clerks = new asgardeo.Group("clerks", { displayName: "Order Clerks" });

// What a clerk gets of that.
new asgardeo.Role("clerk", {
  displayName: "Clerk",
  application: authorization.application,
  permissions: ["orders:read"],
  groups: [clerks.id],
});

// For a demo. People of a production tenant are invited, register, or come from a directory.
new asgardeo.User("kim", {
  userName: "kim@example.com",
  name: { givenName: "Kim", familyName: "Deal" },
  emails: [{ value: "kim@example.com" }],
  password: config.requireSecret("password"),
  groups: [clerks.id],
});

export const clientId = desk.clientId;
export const discoveryUrl = desk.discoveryUrl;
