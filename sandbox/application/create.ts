import { randomUUID } from "node:crypto";
import { columns, refuseOverlong } from "../columns";
import type { Application, Creation } from "../models/application";
import { oidcOf } from "../oidc/record";
import { refuseDuplicateClient, refuseInvalidOidc, refusePartialOidc, refuseUnsupportedOidc } from "../oidc/rules";
import { refuseBadExpiry } from "../oidc/secrets";
import { applicationDatabaseError, applicationError } from "../refusal";
import type { Store } from "../store";
import { knows, type Server } from "../versions";
import { changedAdvanced, defaultAdvanced } from "./advanced";
import { changedClaims, defaultClaims } from "./claims";
import { refuseBadName, refuseReservedOnCreation, refuseTakenName } from "./names";
import { refuseTakenRealm } from "./passive-sts";
import { providerOf, refuseTakenIssuer } from "./saml";
import { changedSequence } from "./sequence";

/** An application with nothing but a name. */
export function emptyApplication(name: string, server: Server): Application {
  return {
    id: randomUUID(),
    name,
    applicationVersion: knows(server, "applicationVersion2") ? "v2.0.0" : "v1.0.0",
    isManagementApp: false,
    applicationEnabled: true,
    // The server writes it with every application; only data from before it had such a thing read as ORGANIZATION.
    associatedRoles: { allowedAudience: "APPLICATION" },
    claims: defaultClaims(server),
    advancedConfigurations: defaultAdvanced,
    provisioningConfigurations: { outboundProvisioningIdps: [] },
    authorizations: [],
    system: false,
  };
}

/** The application that a body asks for, or the refusal that the server would answer; the order of the checks is the server's. */
export function createdApplication(store: Store, body: Creation, now: number): Application {
  const { server } = store.tenant;
  const { name, inboundProtocolConfiguration: { oidc, saml, passiveSts } = {} } = body;
  refuseReservedOnCreation(name);
  if (saml && body.advancedConfigurations?.useExternalConsentPage) {
    throw applicationError("APP-60506", "useExternalConsentPage is not supported for SAML applications.");
  }
  if (oidc) {
    refuseUnsupportedOidc(oidc);
    refusePartialOidc(
      oidc,
      applicationError(
        "APP-65006",
        "Server encountered an error while creating the application.",
        "Error creating application.",
      ),
    );
  }
  refuseBadName(name);
  const samlProvider = saml && providerOf(saml);
  // The OAuth client is stored before the application, so its conflicts come first, and hide that of the name.
  if (oidc) {
    refuseDuplicateClient(store, oidc.clientId, name);
    refuseInvalidOidc(oidc, server);
    refuseBadExpiry(oidc.clientSecretExpiresAt, now);
    refuseOverlong(columns.client, oidc, applicationDatabaseError);
  }
  if (samlProvider) refuseTakenIssuer(store, samlProvider.issuer);
  if (passiveSts) refuseTakenRealm(store, passiveSts.realm);
  refuseTakenName(store, name);
  const application = applicationOf(store, emptyApplication(name, server), body);
  refuseOverlong(columns.application, application, applicationDatabaseError);
  return {
    ...application,
    oidc: oidc && oidcOf(oidc, "create", undefined, now),
    saml: samlProvider,
    passiveSts,
  };
}

function applicationOf({ tenant }: Store, empty: Application, body: Creation): Application {
  const { claimConfiguration, authenticationSequence, advancedConfigurations, provisioningConfigurations } = body;
  const accessUrl = body.accessUrl?.trim();
  return {
    ...empty,
    description: body.description,
    imageUrl: body.imageUrl?.trim(),
    accessUrl,
    templateId: body.templateId,
    templateVersion: body.templateVersion,
    isManagementApp: body.isManagementApp ?? false,
    applicationEnabled: body.applicationEnabled ?? true,
    ...enhancedOrgAuthentication(body.enhancedOrgAuthenticationEnabled),
    associatedRoles: body.associatedRoles ?? empty.associatedRoles,
    claims: claimConfiguration ? changedClaims(empty.claims, claimConfiguration) : empty.claims,
    authenticationSequence:
      authenticationSequence && changedSequence(undefined, authenticationSequence, tenant.applicationShares.length > 0),
    advancedConfigurations: changedAdvanced(empty.advancedConfigurations, advancedConfigurations ?? {}, accessUrl),
    provisioningConfigurations: { ...empty.provisioningConfigurations, ...provisioningConfigurations },
  };
}

/** The feature is off, as it is unless a server's operator switches it on. */
export function enhancedOrgAuthentication(enabled: boolean | undefined): {
  enhancedOrgAuthenticationEnabled?: boolean;
} {
  if (enabled) throw applicationError("APP-60521", "Enhanced organization authentication is not enabled.");
  return enabled === undefined ? {} : { enhancedOrgAuthenticationEnabled: enabled };
}
