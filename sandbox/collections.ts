import { apiResources, nextKey } from "./api-resource/collection";
import { applications } from "./application/collection";
import { oidcScopes } from "./oidc-scope/collection";

/** What a tenant holds, by the name in the state file, in the order of the seeds. */
export const collections = {
  apiResources,
  nextKey,
  oidcScopes,
  applications,
};

export type CollectionName = keyof typeof collections;
