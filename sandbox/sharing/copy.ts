import { randomUUID } from "node:crypto";
import type { Application } from "../models/application";
import { oidcOf } from "../oidc/record";

/** The copy of an application in an organization, with a client of its own. */
export function newCopy(root: Application, commonAuth: string): Application {
  const oidc = oidcOf({ grantTypes: ["authorization_code"], callbackURLs: [commonAuth] }, "create");
  const { allowedAudience } = root.associatedRoles;
  const own = { id: randomUUID(), sharedFrom: root.id, associatedRoles: { allowedAudience }, oidc };
  return copyAsRoot({ ...root, ...own, authenticationSequence: undefined }, root);
}

/**
 * A copy with what it takes from the application that it is of. Its login flow, and which roles it has, are its own.
 */
export function copyAsRoot(copy: Application, root: Application): Application {
  const { discoverableByEndUsers, discoverableGroups, enableAPIBasedAuthentication } = root.advancedConfigurations;
  return {
    ...copy,
    name: root.name,
    applicationVersion: root.applicationVersion,
    accessUrl: root.accessUrl,
    applicationEnabled: root.applicationEnabled,
    claims: root.claims,
    associatedRoles: { ...copy.associatedRoles, allowedAudience: root.associatedRoles.allowedAudience },
    advancedConfigurations: {
      ...copy.advancedConfigurations,
      discoverableByEndUsers,
      discoverableGroups,
      enableAPIBasedAuthentication,
    },
    authorizations: structuredClone(root.authorizations),
    saml: undefined,
    passiveSts: undefined,
    system: false,
  };
}
