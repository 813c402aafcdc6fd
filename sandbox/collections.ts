import { apiResources, nextKey } from "./api-resource/collection";
import { applications } from "./application/collection";
import { groups } from "./group/collection";
import { oidcScopes } from "./oidc-scope/collection";
import { discoveryConfiguration, organizationHandles, organizations } from "./organization/collection";
import { roles } from "./role/collection";
import { applicationShares, asyncOperations } from "./sharing/collection";
import { signingKey } from "./sign-in/signing-key";
import { users } from "./user/collection";

/** What a tenant holds, by the name in the state file, in the order of the seeds. */
export const collections = {
  apiResources,
  nextKey,
  oidcScopes,
  applications,
  organizations,
  organizationHandles,
  discoveryConfiguration,
  applicationShares,
  asyncOperations,
  users,
  groups,
  roles,
  signingKey,
};

export type CollectionName = keyof typeof collections;

/** The collections of which each organization below the tenant has one of its own. */
export const ownNames = ["applications", "users", "groups", "roles"] as const satisfies readonly CollectionName[];

export type OwnName = (typeof ownNames)[number];
