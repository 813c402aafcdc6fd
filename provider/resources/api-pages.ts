import { z } from "zod";
import type { Api } from "../api/api";
import { byCursor, listed } from "../api/lists";
import type { Pages } from "../api/pages";
import { path, type Query } from "../api/path";

/** The APIs that a filter lets through, page by page. */
export function apiPages<T extends { readonly id: string }>(api: Api, item: z.ZodType<T>, query: Query = {}): Pages<T> {
  const items = z.array(item).nullish();
  // The documents of the API say `APIResources`; the server says `apiResources`.
  const page = z
    .looseObject({ ...listed, apiResources: items, APIResources: items })
    .refine((answer) => itemsOf(answer) !== undefined, { path: ["apiResources"], error: "a list is missing" });
  const itemsOf = ({ apiResources, APIResources }: { apiResources?: T[] | null; APIResources?: T[] | null }) =>
    apiResources ?? APIResources ?? undefined;
  return byCursor(api, path`/api/server/v1/api-resources`, page, (answer) => itemsOf(answer) ?? [], query);
}
