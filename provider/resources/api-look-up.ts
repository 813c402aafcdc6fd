import { z } from "zod";
import type { Api } from "../api/api";
import { path } from "../api/path";
import { type Failure, nearMiss } from "../core/check";
import type { Properties } from "../core/clean";
import type { Match } from "../core/definition";
import { isUnknown } from "../core/unknown";
import { AsgardeoError, isNotFound } from "../errors";
import { apiPages } from "./api-pages";

const item = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  identifier: z.string(),
  type: z.string().nullish(),
});

type Item = z.infer<typeof item>;

/** All APIs of the tenant, read once in a process: many resources ask for one of them. */
function listed(api: Api, afresh: boolean): Promise<Item[]> {
  const viewer = api.needing("internal_api_resource_view");
  if (afresh) viewer.forget("all APIs");
  return viewer.once("all APIs", () => apiPages(viewer, item));
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

const madeKey = (identifier: string) => `API made in this run: ${identifier}`;
const declaredKey = (identifier: unknown) => `API declared in this run: ${identifier}`;
const scopesKey = (id: string) => `scopes of the API ${id}`;

/** An API that this process has made needs no look-up, and neither do its scopes. */
export function noteCreatedApi(
  api: Api,
  id: string,
  args: { identifier: string; scopes?: readonly { name: string }[] },
): void {
  api.note(madeKey(args.identifier), id);
  api.note(
    scopesKey(id),
    (args.scopes ?? []).map(({ name }) => name),
  );
}

/** An API that the program is about to make: what names it by its identifier cannot be looked up before. */
export function noteDeclaredApi(api: Api, { identifier }: Properties): void {
  api.note(declaredKey(identifier), true);
}

function isDeclaredApi(api: Api, identifier: string): boolean {
  return api.known(declaredKey(identifier)) !== undefined;
}

/** The id of an API that is given by its id or by its identifier, or what is wrong with the latter. */
export async function apiOf(api: Api, given: string): Promise<{ id: string } | { problem: string }> {
  if (isId(given)) return { id: given };
  const made = await api.known<string>(madeKey(given));
  if (made !== undefined) return { id: made };
  const isWanted = ({ identifier }: Item) => identifier === given;
  // It may have been made since the list was read. A run that goes well has no such second look.
  const again = !isDeclaredApi(api, given);
  const found =
    (await listed(api, false)).find(isWanted) ?? (again ? (await listed(api, true)).find(isWanted) : undefined);
  if (found) return { id: found.id };
  const miss = nearMiss(
    given,
    (await listed(api, false)).map(({ identifier }) => identifier),
  );
  const advice = miss || "; give its id, or an identifier as in the console under API Resources";
  return { problem: `api: no API of this tenant has the identifier ${JSON.stringify(given)}${advice}` };
}

/** The same where the API has to be there. */
export async function apiIdOf(api: Api, given: string): Promise<string> {
  const found = await apiOf(api, given);
  if ("problem" in found) throw new AsgardeoError(found.problem);
  return found.id;
}

/** Types that a tenant makes itself; all others are the server's own. */
const ownTypes = ["BUSINESS", "MCP"];

/** The API with the declared identifier. */
export async function matchApi(api: Api, { identifier }: Properties, afresh = false): Promise<Match | undefined> {
  if (typeof identifier !== "string" || isUnknown(identifier)) return undefined;
  const found = (await listed(api, afresh)).find((candidate) => candidate.identifier === identifier);
  if (!found) return undefined;
  const isForeign = typeof found.type === "string" && !ownTypes.includes(found.type);
  const refusal = isForeign
    ? "It is a management API of the server itself and cannot be managed; choose another identifier."
    : undefined;
  return { id: found.id, what: `the API "${found.name ?? identifier}"`, ...(refusal !== undefined && { refusal }) };
}

const scopesWire = z.array(z.looseObject({ name: z.string() }));

/** The names of an API's scopes, asked once in a process. */
function scopesOf(api: Api, apiId: string): Promise<string[]> {
  const viewer = api.needing("internal_api_resource_view");
  return viewer.once(scopesKey(apiId), async () =>
    (await viewer.get(path`/api/server/v1/api-resources/${apiId}/scopes`, scopesWire)).map(({ name }) => name),
  );
}

/** The scopes, by their places, that the API does not have. Those that are not known yet are let be. */
export async function scopeFailures(
  api: Api,
  apiId: string,
  scopes: readonly unknown[],
  afresh = false,
): Promise<Failure[]> {
  if (afresh) api.forget(scopesKey(apiId));
  const known = await scopesOf(api, apiId);
  const has = known.length === 0 ? "it has no scopes" : `its scopes are ${known.join(", ")}`;
  return scopes.flatMap((scope, i) => {
    if (typeof scope !== "string" || isUnknown(scope) || known.includes(scope)) return [];
    const reason = `scopes[${i}]: this API has no scope \`${scope}\`${nearMiss(scope, known)} (${has})`;
    return [{ property: "scopes", reason }];
  });
}

/** Whether API and scopes exist; both are checked again at create where they are made in the same run. */
export async function referenceFailures(api: Api, { api: wanted, scopes }: Properties): Promise<Failure[]> {
  if (typeof wanted !== "string" || isUnknown(wanted)) return [];
  try {
    const found = await apiOf(api, wanted);
    if ("problem" in found && isDeclaredApi(api, wanted)) return [];
    if ("problem" in found) return [{ property: "api", reason: found.problem }];
    return await scopeFailures(api, found.id, Array.isArray(scopes) ? scopes : []);
  } catch (error) {
    if (isNotFound(error))
      return [{ property: "api", reason: `api: there is no API with the id ${wanted} in this tenant` }];
    throw error;
  }
}
