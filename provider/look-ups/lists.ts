import { z } from "zod";
import type { Api } from "../api/api";
import { idText } from "../api/ids";
import { byOffset, listed } from "../api/lists";
import { path, type Query } from "../api/path";
import { apiPages } from "../resources/api-pages";

const listedApplication = z.looseObject({ id: idText, name: z.string(), clientId: z.string().nullish() });

export type ListedApplication = z.infer<typeof listedApplication>;

const applicationPage = z.looseObject({ ...listed, applications: z.array(listedApplication) });

/** Applications page by page. Their client ids are there if the filter or `attributes` names them. */
function applicationPages(api: Api, query?: Query) {
  return byOffset(api, path`/api/server/v1/applications`, applicationPage, (answer) => answer.applications, query);
}

/** The applications on the first page: enough for a hint. */
export async function firstApplications(api: Api): Promise<readonly ListedApplication[]> {
  return applicationPages(api).next();
}

/** All applications that a filter lets through. */
export function applications(
  api: Api,
  query: { readonly filter?: string; readonly attributes?: string },
): Promise<ListedApplication[]> {
  return applicationPages(api, query).all();
}

const listedApi = z.looseObject({
  id: idText,
  identifier: z.string(),
  name: z.string(),
  type: z.string().nullish(),
  requiresAuthorization: z.boolean().nullish(),
});

export type ListedApi = z.infer<typeof listedApi>;

/** All APIs that a filter lets through. */
export function apis(api: Api, filter?: string): Promise<ListedApi[]> {
  return apiPages(api, listedApi, { filter }).all();
}
