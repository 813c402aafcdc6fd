import { randomUUID } from "node:crypto";
import { emptyApplication } from "./application/create";
import type { ApiResource } from "./models/api-resource";
import type { Application } from "./models/application";
import { oidcOf } from "./oidc/record";
import type { OidcScope, Tenant } from "./store";
import { systemApis } from "./system-apis";
import { knows, type Server } from "./versions";

/** The credentials of an OAuth client. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The scopes of OpenID Connect that every tenant has. */
const oidcScopes: readonly OidcScope[] = [
  { name: "openid", displayName: "OpenID", description: "Sign in with the user's identifier", claims: ["sub"] },
  {
    name: "profile",
    displayName: "Profile",
    description: "Basic profile of the user",
    claims: [
      "name",
      "given_name",
      "family_name",
      "nickname",
      "picture",
      "website",
      "birthdate",
      "gender",
      "locale",
      "zoneinfo",
      "updated_at",
    ],
  },
  {
    name: "email",
    displayName: "Email",
    description: "Email address of the user",
    claims: ["email", "email_verified"],
  },
  {
    name: "phone",
    displayName: "Phone",
    description: "Telephone number of the user",
    claims: ["phone_number", "phone_number_verified"],
  },
  { name: "address", displayName: "Address", description: "Postal address of the user", claims: ["address"] },
  { name: "groups", displayName: "Groups", description: "Groups of the user", claims: ["groups"] },
  { name: "roles", displayName: "Roles", description: "Roles of the user", claims: ["roles"] },
];

/** The APIs that the bootstrap client may use at first: those the provider manages, and enough others to make SYSTEM sensible. */
const bootstrapApis = [
  "/api/server/v1/applications",
  "/api/server/v1/applications/(.*)/authenticationSequence/script",
  "/api/server/v1/api-resources",
  "/api/server/v1/identity-providers",
  "/api/server/v1/oidc/scopes",
  "/api/server/v1/claim-dialects",
  "/api/server/v1/organizations",
  "/scim2/v2/Roles",
];

/** A tenant as it is on its first day: system APIs, portals, OpenID Connect scopes and the bootstrap client. */
export function newTenant(organization: string, server: Server, credentials: Credentials): Tenant {
  const apiResources = seedApis(server);
  const bootstrap = bootstrapApplication(server, credentials, apiResources);
  return {
    format: 1,
    organization,
    server,
    bootstrap: bootstrap.id,
    nextKey: apiResources.length + 1,
    applications: [portal("Console", server), portal("My Account", server), bootstrap],
    apiResources,
    oidcScopes: oidcScopes.map((scope) => ({ ...scope, claims: [...scope.claims] })),
  };
}

/** The application whose client credentials the sandbox prints. */
export function bootstrapApplication(
  server: Server,
  credentials: Credentials,
  apiResources: readonly ApiResource[],
): Application {
  return {
    ...emptyApplication("Bootstrap Client", server),
    description: "The client with which a Pulumi program signs in.",
    templateId: "m2m-application",
    oidc: oidcOf({ grantTypes: ["client_credentials"], ...credentials }, "create"),
    authorizations: apiResources
      .filter(({ identifier }) => bootstrapApis.includes(identifier))
      .map(({ id, scopes }) => ({ apiId: id, policyId: "RBAC", scopeIds: scopes.map((scope) => scope.id) })),
  };
}

function portal(name: string, server: Server): Application {
  const clientId = name.toUpperCase().replace(" ", "_");
  return {
    ...emptyApplication(name, server),
    system: true,
    oidc: oidcOf(
      {
        clientId,
        publicClient: true,
        grantTypes: ["authorization_code", "refresh_token"],
        callbackURLs: [`https://localhost/${name.toLowerCase().replace(" ", "")}/login`],
      },
      "create",
    ),
  };
}

function seedApis(server: Server): ApiResource[] {
  const present = systemApis
    .map((api) => {
      const later = Object.entries(api.since ?? {}).filter(([since]) => knows(server, since as Server));
      return { ...api, scopes: [...api.scopes, ...later.flatMap(([, scopes]) => scopes)] };
    })
    .filter(({ scopes }) => scopes.length > 0);
  return present.map(({ name, identifier, type, scopes }, index) => ({
    key: index + 1,
    id: randomUUID(),
    name,
    identifier,
    type,
    requiresAuthorization: true,
    scopes: scopes.map((scope) => ({ id: randomUUID(), name: scope, displayName: displayNameOf(scope) })),
    authorizationDetailsTypes: [],
  }));
}

function displayNameOf(scope: string): string {
  const words = scope.replace(/^internal_/, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
