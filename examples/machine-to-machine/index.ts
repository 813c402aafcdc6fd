import * as asgardeo from "pulumi-asgardeo";

const invoices = new asgardeo.ApiResource("invoices", {
  name: "Invoices API",
  identifier: "https://api.example.com/invoices",
  scopes: [
    { name: "invoices:read", displayName: "Read invoices" },
    { name: "invoices:send", displayName: "Send invoices" },
  ],
});

const mailer = new asgardeo.Application("mailer", {
  name: "Invoice Mailer",
  // The console shows it as an M2M application.
  templateId: "m2m-application",
  oidc: {
    // No other grant: nobody logs in here, so there is nowhere to be sent back to.
    grantTypes: ["client_credentials"],
    accessToken: { type: "JWT", applicationAccessTokenExpiryInSeconds: 900 },
  },
  // Another text makes a new secret; the old one stays valid for a week, where the server has several.
  secretVersion: "1",
  secretOverlapDays: 7,
});

new asgardeo.ApiAuthorization("mailer-invoices", {
  application: mailer.id,
  api: invoices.id,
  // What it needs, and no more.
  scopes: ["invoices:read"],
});

// What the service needs to get a token: a POST to `tokenEndpoint` with `grant_type=client_credentials`.
export const tokenEndpoint = mailer.tokenEndpoint;
export const clientId = mailer.clientId;
export const clientSecret = mailer.clientSecret; // encrypted in state, shown as [secret]
