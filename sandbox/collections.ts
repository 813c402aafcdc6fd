import { apiResources, nextKey } from "./api-resource/collection";
import { applications } from "./application/collection";
import { groups } from "./group/collection";
import { oidcScopes } from "./oidc-scope/collection";
import { roles } from "./role/collection";
import { users } from "./user/collection";

/** What a tenant holds, by the name in the state file, in the order of the seeds. */
export const collections = {
  apiResources,
  nextKey,
  oidcScopes,
  applications,
  users,
  groups,
  roles,
};

export type CollectionName = keyof typeof collections;
