import * as asgardeo from "pulumi-asgardeo";

const orders = new asgardeo.ApiResource("orders", {
  name: "Orders API",
  identifier: "https://api.example.com/orders",
  requiresAuthorization: false, // of users: a scope needs no role that has it
  scopes: [
    { name: "orders:read", displayName: "Read orders" },
    { name: "orders:write", displayName: "Change orders" },
  ],
});

const worker = new asgardeo.Application("worker", {
  name: "Order Worker",
  oidc: { grantTypes: ["client_credentials"] },
});

new asgardeo.ApiAuthorization("worker-orders", {
  application: worker.id,
  api: orders.id,
  scopes: ["orders:read"],
});

// People sign in to it with a browser, and it calls the API for them.
const web = new asgardeo.Application("web", {
  name: "Order Web",
  advancedConfiguration: { skipLoginConsent: true },
  oidc: {
    grantTypes: ["authorization_code"],
    callbackUrls: ["http://localhost:3000/callback"],
    publicClient: true,
    pkce: { mandatory: true },
  },
});

new asgardeo.ApiAuthorization("web-orders", {
  application: web.id,
  api: orders.id,
  scopes: ["orders:read"],
  policy: "No Policy", // for everybody who signs in
});

export const clientId = worker.clientId;
export const clientSecret = worker.clientSecret; // encrypted in state, shown as [secret]
export const webClientId = web.clientId;
