import { z } from "zod";
import type { Api } from "../api/api";
import { byCursor, listed } from "../api/pages";
import { path } from "../api/path";

/** All APIs that a filter lets through, page by page. */
export function apiPages<T extends { readonly id: string }>(
  api: Api,
  item: z.ZodType<T>,
  filter?: string,
): Promise<T[]> {
  // The documents of the API say `APIResources`; the server says `apiResources`.
  const page = z.looseObject({
    ...listed,
    apiResources: z.array(item).nullish(),
    APIResources: z.array(item).nullish(),
  });
  const itemsOf = ({ apiResources, APIResources }: z.infer<typeof page>) => apiResources ?? APIResources;
  return byCursor(api, path`/api/server/v1/api-resources`, page, itemsOf, { filter }).all();
}
