import type { Mount } from ".";
import { applicationRoutes } from "./applications";
import { asyncOperationRoutes } from "./async-operations";
import { authorizedApiRoutes } from "./authorized-apis";
import { inboundProtocolRoutes } from "./inbound-protocols";
import { inheritedApiResourceRoutes, inheritedOidcScopeRoutes } from "./inherited";
import { metadataRoutes } from "./metadata";
import { oidcRoutes } from "./oidc";
import { oidcSecretRoutes } from "./oidc-secrets";
import { discoveryCheckRoutes } from "./organization-discovery";
import { organizationRoutes } from "./organizations";
import { passiveStsRoutes } from "./passive-sts";
import { samlRoutes } from "./saml";
import { groupRoutes } from "./scim-groups";
import { meRoutes } from "./scim-me";
import { roleRoutes } from "./scim-roles";
import { roleV3Routes } from "./scim-roles-v3";
import { userRoutes } from "./scim-users";
import { sharedCopyRoutes } from "./shared-copies";

const applications = "/api/server/v1/applications";

/** The APIs of an organization below the tenant, by their path below `/o`. */
export const organizationRoutesTable: readonly Mount[] = [
  [`${applications}/meta/inbound-protocols`, metadataRoutes],
  [applications, sharedCopyRoutes],
  [applications, oidcRoutes],
  [applications, oidcSecretRoutes, "clientSecrets"],
  [applications, samlRoutes],
  [applications, passiveStsRoutes],
  [applications, inboundProtocolRoutes],
  [applications, authorizedApiRoutes],
  [applications, applicationRoutes],
  ["/api/server/v1/api-resources", inheritedApiResourceRoutes],
  ["/api/server/v1/oidc/scopes", inheritedOidcScopeRoutes],
  ["/api/server/v1/organizations", discoveryCheckRoutes],
  ["/api/server/v1/organizations", organizationRoutes],
  ["/api/server/v1/async-operations", asyncOperationRoutes, "asyncOperations"],
  ["/scim2/Users", userRoutes],
  ["/scim2/Me", meRoutes],
  ["/scim2/Groups", groupRoutes],
  ["/scim2/v2/Roles", roleRoutes],
  ["/scim2/v3/Roles", roleV3Routes, "rolesV3"],
];
