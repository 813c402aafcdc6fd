// A portal for business customers, and one customer with an administrator who can sign in.
//
// Before the first run:
// - The bootstrap client has to be one that may work in organizations: examples/bootstrap-client makes it.
//   Give its id and secret as ASGARDEO_CLIENT_ID and ASGARDEO_CLIENT_SECRET: the provider for the customer
//   reads no settings of the stack.
// - pulumi config set --secret adminPassword <the administrator's first password>
import * as pulumi from "@pulumi/pulumi";
import * as asgardeo from "pulumi-asgardeo";

const config = new pulumi.Config();
const url = config.require("url");

// In the tenant: the portal, its API, and what an administrator of a customer may do.

const members = new asgardeo.ApiResource("members", {
  name: "Members API",
  identifier: `${url}/api/members`,
  scopes: [{ name: "members:read" }, { name: "members:invite" }],
});

const portal = new asgardeo.Application("portal", {
  name: "Customer Portal",
  accessUrl: url,
  // Each application has its own roles, so that sharing this one shares no others.
  associatedRoles: { allowedAudience: "APPLICATION" },
  advancedConfiguration: { skipLoginConsent: true },
  oidc: {
    grantTypes: ["authorization_code"],
    callbackUrls: [`${url}/callback`],
    allowedOrigins: [url],
    publicClient: true,
    pkce: { mandatory: true },
    accessToken: { type: "JWT" },
  },
});

new asgardeo.ApiAuthorization("portal-members", {
  application: portal.id,
  api: members.id,
  scopes: ["members:read", "members:invite"],
});

const portalAdmin = new asgardeo.Role("portal-admin", {
  displayName: "Portal Admin",
  application: portal.id,
  permissions: ["members:read", "members:invite"],
});

// The customer, who gets the portal with its roles.

const customer = new asgardeo.Organization("customer", { name: "Central Hospital", orgHandle: "central-hospital" });

const share = new asgardeo.ApplicationShare(
  "portal-share",
  { application: portal.id, organizations: [{ organization: customer.id, roleSharing: { mode: "ALL" } }] },
  // What is shared has to be there.
  { dependsOn: portalAdmin },
);

// All that has this provider is inside the customer's organization.

const inside = new asgardeo.Provider("inside", { childOrganization: customer.id });

const admin = new asgardeo.User(
  "admin",
  {
    userName: "kim@central-hospital.example.com",
    name: { givenName: "Kim", familyName: "Deal" },
    emails: [{ value: "kim@central-hospital.example.com" }],
    // In production rather `askPassword: true`: an e-mail invites Kim to choose one.
    password: config.requireSecret("adminPassword"),
  },
  { provider: inside },
);

const admins = new asgardeo.Group("admins", { displayName: "admins", members: [admin.id] }, { provider: inside });

// Sharing has made a copy of the portal and of its role here. They are taken over, since nobody can make them.
const portalInside = new asgardeo.Application(
  "portal-inside",
  { name: portal.name, adopt: true },
  // A new portal would have a new copy: nothing but this tells Pulumi so.
  { provider: inside, dependsOn: share, replacementTrigger: portal.id },
);

new asgardeo.Role(
  "portal-admin-inside",
  { displayName: portalAdmin.displayName, application: portalInside.id, groups: [admins.id], adopt: true },
  { provider: inside },
);

// By these the portal signs users of the customer in: it adds `fidp=OrganizationSSO&orgId=…` to the request.
export const organizationId = customer.id;
export const clientId = portal.clientId;
export const discoveryUrl = portal.discoveryUrl;
