import { z } from "zod";
import type { Api } from "../api/api";
import { path } from "../api/path";

const pageSize = 100;

const links = z.array(z.looseObject({ rel: z.string(), href: z.string() })).nullish();

/**
 * All APIs that a filter lets through, page by page. Only a link tells where the next page begins: the total shrinks from
 * page to page. A page that has nothing new is the last one: a server that names pages in a circle would be asked for ever.
 */
export async function apiPages<T extends { readonly id: string }>(
  api: Api,
  item: z.ZodType<T>,
  filter?: string,
): Promise<T[]> {
  // The documents of the API say `APIResources`; the server says `apiResources`.
  const page = z.looseObject({ apiResources: z.array(item).nullish(), APIResources: z.array(item).nullish(), links });
  const found = new Map<string, T>();
  let after: string | undefined;
  do {
    const before = found.size;
    const answer: z.infer<typeof page> = await api.get(path`/api/server/v1/api-resources`, page, {
      limit: pageSize,
      filter,
      after,
    });
    for (const one of answer.apiResources ?? answer.APIResources ?? []) found.set(one.id, one);
    after = found.size > before ? cursorOf(answer.links?.find(({ rel }) => rel === "next")?.href) : undefined;
  } while (after !== undefined);
  return [...found.values()];
}

function cursorOf(link: string | undefined): string | undefined {
  const base = "http://relative.invalid";
  if (link === undefined || !URL.canParse(link, base)) return undefined;
  return new URL(link, base).searchParams.get("after") || undefined;
}
