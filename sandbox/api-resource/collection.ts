import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Collection } from "../collection";
import { type ApiResource, apiResourceRecord } from "../models/api-resource";
import { systemApis } from "../system-apis";

/** The APIs: those of the server, and the tenant's own. */
export const apiResources: Collection<ApiResource[]> = {
  content: z.array(apiResourceRecord),
  empty: [],
  inEveryFile: true,
  seed: ({ apiResources, server }) => {
    for (const { name, identifier, type, scopes } of systemApis(server)) {
      apiResources.push({
        key: apiResources.length + 1,
        id: randomUUID(),
        name,
        identifier,
        type,
        requiresAuthorization: true,
        scopes: scopes.map((scope) => ({ id: randomUUID(), name: scope, displayName: displayNameOf(scope) })),
        authorizationDetailsTypes: [],
      });
    }
  },
};

/** The key that the next API gets. */
export const nextKey: Collection<number> = {
  content: z.int(),
  empty: 1,
  inEveryFile: true,
  seed: (tenant) => {
    tenant.nextKey = tenant.apiResources.length + 1;
  },
};

function displayNameOf(scope: string): string {
  const words = scope.replace(/^internal_/, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
