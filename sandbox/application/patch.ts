import { columns, refuseOverlong } from "../columns";
import type { Application, Patch } from "../models/application";
import { applicationDatabaseError, applicationError } from "../refusal";
import type { Store } from "../store";
import { changedAdvanced } from "./advanced";
import { changedClaims } from "./claims";
import { enhancedOrgAuthentication } from "./create";
import { refuseBadRename } from "./names";
import { changedSequence } from "./sequence";

/** The application after a PATCH, or the refusal that the server would answer. */
export function patchedApplication(store: Store, current: Application, patch: Patch): Application {
  const patched = withPatch(store, current, patch);
  refuseOverlong(columns.application, patched, applicationDatabaseError);
  return patched;
}

/** Each block has rules of its own. */
function withPatch(store: Store, current: Application, patch: Patch): Application {
  const { name, applicationVersion, claimConfiguration, authenticationSequence, provisioningConfigurations } = patch;
  if (name !== undefined && name !== current.name) refuseBadRename(store, name);
  if (applicationVersion !== undefined && applicationVersion !== current.applicationVersion) {
    throw applicationError("APP-60001", "Invalid application version.");
  }
  const accessUrl = patch.accessUrl?.trim() ?? current.accessUrl;
  return {
    ...current,
    name: name ?? current.name,
    description: patch.description ?? current.description,
    imageUrl: patch.imageUrl?.trim() ?? current.imageUrl,
    accessUrl,
    logoutReturnUrl: patch.logoutReturnUrl?.trim() === "" ? ".*" : (patch.logoutReturnUrl ?? current.logoutReturnUrl),
    templateId: patch.templateId ?? current.templateId,
    templateVersion: patch.templateVersion ?? current.templateVersion,
    applicationEnabled: patch.applicationEnabled ?? current.applicationEnabled,
    ...enhancedOrgAuthentication(patch.enhancedOrgAuthenticationEnabled),
    associatedRoles: patch.associatedRoles
      ? replacedRoles(current.associatedRoles, patch.associatedRoles)
      : current.associatedRoles,
    claims: claimConfiguration ? changedClaims(current.claims, claimConfiguration) : current.claims,
    authenticationSequence: authenticationSequence
      ? changedSequence(
          current.authenticationSequence,
          authenticationSequence,
          store.tenant.applicationShares.length > 0,
        )
      : current.authenticationSequence,
    advancedConfigurations: changedAdvanced(
      current.advancedConfigurations,
      patch.advancedConfigurations ?? {},
      accessUrl,
    ),
    provisioningConfigurations: {
      ...current.provisioningConfigurations,
      ...provisioningConfigurations,
      ...(provisioningConfigurations?.inboundProvisioning && {
        inboundProvisioning: {
          ...current.provisioningConfigurations.inboundProvisioning,
          ...provisioningConfigurations.inboundProvisioning,
        },
      }),
    },
  };
}

type Roles = Application["associatedRoles"];

/** Replaced whole; the server looks at the audience that the application had before, not at the new one. */
function replacedRoles(current: Roles, roles: Roles): Roles {
  if (current.allowedAudience === "ORGANIZATION" && roles.roles?.length) {
    throw applicationError(
      "APP-60008",
      "Roles cannot be associated with an application whose audience is the organization.",
    );
  }
  return roles;
}
