import type { Hono } from "hono";
import type { Env, Services } from "../gate";
import type { Feature } from "../versions";
import { apiResourceRoutes } from "./api-resources";
import { apiScopeRoutes, tenantScopeRoutes } from "./api-scopes";
import { applicationRoutes } from "./applications";
import { authorizedApiRoutes } from "./authorized-apis";
import { inboundProtocolRoutes } from "./inbound-protocols";
import { metadataRoutes } from "./metadata";
import { oidcRoutes } from "./oidc";
import { oidcScopeRoutes } from "./oidc-scopes";
import { oidcSecretRoutes } from "./oidc-secrets";
import { passiveStsRoutes } from "./passive-sts";
import { samlRoutes } from "./saml";
import { groupRoutes } from "./scim-groups";
import { meRoutes } from "./scim-me";
import { roleRoutes } from "./scim-roles";
import { roleV1Routes } from "./scim-roles-v1";
import { roleV3Routes } from "./scim-roles-v3";
import { userRoutes } from "./scim-users";

const applications = "/api/server/v1/applications";
const apiResources = "/api/server/v1/api-resources";

type Mount = readonly [path: string, routes: (services: Services) => Hono<Env>, feature?: Feature];

/**
 * The APIs behind the gate, by their path below the tenant; those with a feature are there on the servers that have it.
 * The first route that fits a request answers it.
 */
export const managementRoutes: readonly Mount[] = [
  [`${applications}/meta/inbound-protocols`, metadataRoutes],
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
  ["/scim2/Users", userRoutes],
  ["/scim2/Me", meRoutes],
  ["/scim2/Groups", groupRoutes],
  ["/scim2/Roles", roleV1Routes],
  ["/scim2/v2/Roles", roleRoutes],
  ["/scim2/v3/Roles", roleV3Routes, "rolesV3"],
];
