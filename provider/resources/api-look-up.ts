import { z } from "zod";
import type { Api, Collection } from "../api/api";
import { idText } from "../api/ids";
import { path } from "../api/path";
import { nearMiss } from "../core/check";
import type { Properties } from "../core/clean";
import type { Match } from "../core/definition";
import type { Target } from "../core/references";
import type { Run } from "../core/run";
import { isUnknown } from "../core/unknown";
import { AsgardeoError } from "../errors";
import { apiPages } from "./api-pages";

const text = z.string().nullish();

const item = z.looseObject({ id: idText, name: text, identifier: z.string(), type: text });

export type ApiItem = z.infer<typeof item>;

/** An API as `GET /api-resources/{id}` answers it. */
export const apiWire = z.looseObject({
  name: z.string(),
  identifier: z.string(),
  description: text,
  type: text,
  requiresAuthorization: z.boolean().nullish(),
  scopes: z.array(z.looseObject({ name: z.string(), displayName: text, description: text })).nullish(),
});

export type ApiWire = z.infer<typeof apiWire>;

const viewing = (api: Api) => api.needing("internal_api_resource_view");

/** All APIs of the tenant: many resources ask for one of them. */
export const allApis: Collection<ApiItem[]> = { load: (api) => apiPages(viewing(api), item).all() };

/** That APIs can be read. */
export const readableApis: Collection<unknown> = { load: (api) => apiPages(viewing(api), item, { limit: 1 }).probe() };

/** The API with an id; undefined where there is none. */
export const apiWithId: Collection<ApiWire | undefined> = {
  load: (api, id) => viewing(api).find(path`/api/server/v1/api-resources/${id}`, apiWire),
};

function isId(given: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(given);
}

/** `the API "Orders API" (id …)` */
export function apiText(name: string | null | undefined, id: string): string {
  return `the API${name ? ` ${JSON.stringify(name)}` : ""} (id ${id})`;
}

/** The id of an API that is given by its id or by its identifier, or what is wrong with the latter. */
export async function apiNamed(api: Api, run: Run, given: string): Promise<{ id: string } | { problem: string }> {
  if (isId(given)) return { id: given };
  const ours = run.program.find("ApiResource", "identifier", given);
  if (ours?.id !== undefined) return { id: ours.id };
  const isWanted = ({ identifier }: ApiItem) => identifier === given;
  // It may have been made since the list was read. A run that goes well has no such second look.
  const found =
    (await api.kept(allApis)).find(isWanted) ?? (ours ? undefined : (await api.afresh(allApis)).find(isWanted));
  if (found) return { id: found.id };
  if (ours) return { problem: `this program declares the API ${JSON.stringify(given)}, and has not made it yet` };
  const miss = nearMiss(
    given,
    (await api.kept(allApis)).map(({ identifier }) => identifier),
  );
  const advice = miss || "; give its id, or an identifier as in the console under API Resources";
  return { problem: `no API of this tenant has the identifier ${JSON.stringify(given)}${advice}` };
}

/** The same where the API has to be there. */
export async function apiIdOf(api: Api, run: Run, given: string): Promise<string> {
  const found = await apiNamed(api, run, given);
  if ("problem" in found) throw new AsgardeoError(`api: ${found.problem}`);
  return found.id;
}

/** An API of the tenant that is none of the program's, with its scopes. */
export async function apiTarget(api: Api, run: Run, given: string): Promise<Target | { problem: string }> {
  const found = await apiNamed(api, run, given);
  if ("problem" in found) return found;
  const live = await api.kept(apiWithId, found.id);
  if (!live) return { problem: `there is no API with the id ${given} in this tenant` };
  return {
    id: found.id,
    what: apiText(live.name, found.id),
    parts: async () => (live.scopes ?? []).map(({ name }) => name),
  };
}

/** Types that a tenant makes itself; all others are the server's own. */
const ownTypes = ["BUSINESS", "MCP"];

/** Whether an API belongs to the server itself, so that no program can manage it. */
export function isOfServer({ type }: { readonly type?: string | null | undefined }): boolean {
  return typeof type === "string" && !ownTypes.includes(type);
}

/** The API with the declared identifier. */
export async function matchApi(api: Api, { identifier }: Properties, afresh = false): Promise<Match | undefined> {
  if (typeof identifier !== "string" || isUnknown(identifier)) return undefined;
  const all = afresh ? await api.afresh(allApis) : await api.kept(allApis);
  const found = all.find((candidate) => candidate.identifier === identifier);
  if (!found) return undefined;
  const refusal = "It is a management API of the server itself and cannot be managed; choose another identifier.";
  return {
    id: found.id,
    what: `the API ${JSON.stringify(found.name ?? identifier)}`,
    ...(isOfServer(found) && { refusal }),
  };
}
