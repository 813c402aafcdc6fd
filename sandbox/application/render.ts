import type { Application } from "../models/application";
import { associatedRolesOf } from "../role/coupling";
import type { Tenant } from "../tenant";
import { withoutLacking } from "../versions";
import { advancedConfigurationsOf } from "./advanced";
import { claimConfigurationOf } from "./claims";
import { effectiveSequence } from "./sequence";

/** The path of an application, as it stands in bodies: relative, with the tenant. */
export function selfOf({ organization }: Tenant, id: string): string {
  return `/t/${organization}/api/server/v1/applications/${id}`;
}

/** The kinds of sign-in protocol, by the member of the record, with the server's name for the type and the last path segment. */
const protocols = [
  ["oidc", "oauth2", "oidc"],
  ["saml", "samlsso", "saml"],
  ["passiveSts", "passivests", "passive-sts"],
] as const;

export function inboundProtocolsOf(tenant: Tenant, application: Application): object[] {
  return protocols
    .filter(([member]) => application[member] !== undefined)
    .map(([, type, path]) => ({
      type,
      name: null,
      self: `${selfOf(tenant, application.id)}/inbound-protocols/${path}`,
    }));
}

/** The answer of GET /applications/{id}. */
export function applicationAnswer(tenant: Tenant, application: Application): unknown {
  const { allowedAudience } = application.associatedRoles;
  const answer = {
    id: application.id,
    name: application.name,
    description: application.description,
    applicationVersion: application.applicationVersion,
    imageUrl: application.imageUrl,
    accessUrl: application.accessUrl,
    logoutReturnUrl: application.logoutReturnUrl,
    // An empty text, not an absent member, where the protocol is missing.
    clientId: application.oidc?.clientId ?? "",
    issuer: application.saml?.issuer ?? "",
    realm: application.passiveSts?.realm ?? "",
    templateId: application.templateId,
    templateVersion: application.templateVersion,
    isManagementApp: application.isManagementApp,
    applicationEnabled: application.applicationEnabled,
    enhancedOrgAuthenticationEnabled: application.enhancedOrgAuthenticationEnabled ?? false,
    associatedRoles: {
      allowedAudience,
      ...(allowedAudience === "APPLICATION" && { roles: associatedRolesOf(tenant, application) }),
    },
    claimConfiguration: claimConfigurationOf(application.claims),
    inboundProtocols: inboundProtocolsOf(tenant, application),
    advancedConfigurations: advancedConfigurationsOf(application),
    provisioningConfigurations: application.provisioningConfigurations,
    authenticationSequence: effectiveSequence(application.authenticationSequence),
    access: application.system ? "READ" : "WRITE",
  };
  return withoutLacking("application", answer, tenant.server);
}
