import type { Hono } from "hono";
import type { Env, Services } from "../gate";
import type { Feature } from "../versions";
import { apiResourceRoutes } from "./api-resources";
import { apiScopeRoutes, tenantScopeRoutes } from "./api-scopes";
import { applicationSharingRoutes } from "./application-sharing";
import { applicationRoutes } from "./applications";
import { asyncOperationRoutes } from "./async-operations";
import { authorizedApiRoutes } from "./authorized-apis";
import { discoveryConfigurationRoutes } from "./discovery-configuration";
import { inboundProtocolRoutes } from "./inbound-protocols";
import { metadataRoutes } from "./metadata";
import { oidcRoutes } from "./oidc";
import { oidcScopeRoutes } from "./oidc-scopes";
import { oidcSecretRoutes } from "./oidc-secrets";
import { organizationApplicationRoutes } from "./organization-applications";
import { discoveryCheckRoutes, organizationDiscoveryRoutes } from "./organization-discovery";
import { organizationRoutes } from "./organizations";
import { passiveStsRoutes } from "./passive-sts";
import { samlRoutes } from "./saml";
import { groupRoutes } from "./scim-groups";
import { meRoutes } from "./scim-me";
import { roleRoutes } from "./scim-roles";
import { roleV1Routes } from "./scim-roles-v1";
import { roleV3Routes } from "./scim-roles-v3";
import { userRoutes } from "./scim-users";
import { sharedApplicationRoutes } from "./shared-applications";

const applications = "/api/server/v1/applications";
const apiResources = "/api/server/v1/api-resources";

/** A path, what is served below it, and the feature of the servers that have it. */
export type Mount = readonly [path: string, routes: (services: Services) => Hono<Env>, feature?: Feature];

/**
 * The APIs behind the gate, by their path below the tenant; those with a feature are there on the servers that have it.
 * The first route that fits a request answers it.
 */
export const managementRoutes: readonly Mount[] = [
  [`${applications}/meta/inbound-protocols`, metadataRoutes],
  [applications, applicationSharingRoutes, "newSharing"],
  [applications, sharedApplicationRoutes],
  [applications, oidcRoutes],
  [applications, oidcSecretRoutes, "clientSecrets"],
  [applications, samlRoutes],
  [applications, passiveStsRoutes],
  [applications, inboundProtocolRoutes],
  [applications, authorizedApiRoutes],
  [applications, applicationRoutes],
  [apiResources, apiScopeRoutes],
  [apiResources, apiResourceRoutes],
  ["/api/server/v1/scopes", tenantScopeRoutes],
  ["/api/server/v1/oidc/scopes", oidcScopeRoutes],
  ["/api/server/v1/organizations", organizationApplicationRoutes],
  ["/api/server/v1/organizations", organizationDiscoveryRoutes],
  ["/api/server/v1/organizations", discoveryCheckRoutes],
  ["/api/server/v1/organizations", organizationRoutes],
  ["/api/server/v1/organization-configs/discovery", discoveryConfigurationRoutes],
  ["/api/server/v1/async-operations", asyncOperationRoutes, "asyncOperations"],
  ["/scim2/Users", userRoutes],
  ["/scim2/Me", meRoutes],
  ["/scim2/Groups", groupRoutes],
  ["/scim2/Roles", roleV1Routes],
  ["/scim2/v2/Roles", roleRoutes],
  ["/scim2/v3/Roles", roleV3Routes, "rolesV3"],
];
