import { z } from "zod";
import type { Api } from "../api/api";
import type { Path, Query } from "../api/path";
import type { ListPage } from "./refreshed-list";

const pageSize = 100;

/** A page of a SCIM list for a refresh. Some stores count no more than the page: a full one is never taken for the last. */
export function scimPage<Item>(path: Path, item: z.ZodType<Item>, query: Query) {
  const schema = z.looseObject({ totalResults: z.number().nullish(), Resources: z.array(item).nullish() });
  return async (api: Api, seen: number): Promise<ListPage<Item>> => {
    const answer = await api.get(path, schema, { ...query, startIndex: seen + 1, count: pageSize });
    const items = answer.Resources ?? [];
    const isLast = items.length === 0 || (items.length < pageSize && seen + items.length >= (answer.totalResults ?? 0));
    return { items, isLast };
  };
}
