import { z } from "zod";
import type { Api } from "../api/api";
import { path } from "../api/path";
import { apiPages } from "../resources/api-pages";

/** As much as may be on one page: servers give less where their own limit is lower. */
const pageSize = 100;

const links = z.array(z.looseObject({ rel: z.string(), href: z.string() })).nullish();

const applicationPage = z.looseObject({
  totalResults: z.number().nullish(),
  applications: z.array(z.looseObject({ id: z.string(), name: z.string(), clientId: z.string().nullish() })).nullish(),
  links,
});

type ApplicationPage = z.infer<typeof applicationPage>;
export type ListedApplication = NonNullable<ApplicationPage["applications"]>[number];

/** One page of applications. Their client ids are on it if the filter or `attributes` names them. */
async function pageOfApplications(api: Api, query: Record<string, string | number | undefined>) {
  const page: ApplicationPage = await api.get(path`/api/server/v1/applications`, applicationPage, query);
  return { ...page, applications: page.applications ?? [] };
}

/** The applications on the first page: enough for a hint. */
export async function firstApplications(api: Api): Promise<ListedApplication[]> {
  return (await pageOfApplications(api, { limit: pageSize })).applications;
}

/** All applications that a filter lets through. */
export async function applications(
  api: Api,
  query: { readonly filter?: string; readonly attributes?: string },
): Promise<ListedApplication[]> {
  const found: ListedApplication[] = [];
  for (;;) {
    const page = await pageOfApplications(api, { ...query, limit: pageSize, offset: found.length });
    found.push(...page.applications);
    const isLast = typeof page.totalResults === "number" ? found.length >= page.totalResults : !nextOf(page);
    if (isLast || page.applications.length === 0) return found;
  }
}

const listedApi = z.looseObject({
  id: z.string(),
  identifier: z.string(),
  name: z.string(),
  type: z.string().nullish(),
  requiresAuthorization: z.boolean().nullish(),
});

export type ListedApi = z.infer<typeof listedApi>;

/** All APIs that a filter lets through. */
export function apis(api: Api, filter?: string): Promise<ListedApi[]> {
  return apiPages(api, listedApi, filter);
}

function nextOf(page: { readonly links?: z.infer<typeof links> }): string | undefined {
  return page.links?.find(({ rel }) => rel === "next")?.href;
}
