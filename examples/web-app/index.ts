import * as pulumi from "@pulumi/pulumi";
import * as asgardeo from "pulumi-asgardeo";

const url = new pulumi.Config().require("url");

const basket = new asgardeo.ApiResource("basket", {
  name: "Basket API",
  identifier: `${url}/api/basket`,
  scopes: [
    { name: "basket:read", displayName: "See the basket" },
    { name: "basket:change", displayName: "Change the basket", description: "Add and remove articles" },
  ],
});

const shop = new asgardeo.Application("shop", {
  name: "Web Shop",
  description: "What customers see",
  accessUrl: url,
  associatedRoles: { allowedAudience: "APPLICATION" },
  claimConfiguration: {
    requestedClaims: [
      { claim: "http://wso2.org/claims/emailaddress", mandatory: true },
      { claim: "http://wso2.org/claims/givenname" },
    ],
  },
  // A password first, then a code from the authenticator app.
  authenticationSequence: {
    steps: [
      { options: [{ idp: "LOCAL", authenticator: "BasicAuthenticator" }] },
      { options: [{ idp: "LOCAL", authenticator: "totp" }] },
    ],
  },
  advancedConfiguration: { discoverableByEndUsers: true, skipLogoutConsent: true },
  oidc: {
    grantTypes: ["authorization_code", "refresh_token"],
    // Compared as a whole: the dots in them stand for nothing but dots.
    callbackUrls: [`${url}/login/callback`, `${url}/silent`],
    allowedOrigins: [url],
    pkce: { mandatory: true },
    accessToken: { type: "JWT", userAccessTokenExpiryInSeconds: 900 },
    refreshToken: { expiryInSeconds: 86_400, renewRefreshToken: true },
    logout: { backChannelLogoutUrl: `${url}/logout` },
  },
});

new asgardeo.ApiAuthorization("shop-basket", {
  application: shop.id,
  api: basket.id,
  scopes: ["basket:read", "basket:change"],
});

// What the deploy of the shop itself needs.
export const clientId = shop.clientId;
export const clientSecret = shop.clientSecret;
export const discoveryUrl = shop.discoveryUrl;
