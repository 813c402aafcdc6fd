import { z } from "zod";
import { type Api, path } from "../api/api";
import { nearMiss } from "../core/check";
import { AsgardeoError } from "../errors";

const item = z.looseObject({ id: z.string(), identifier: z.string() });

// The documents of the API say `APIResources`; the server says `apiResources`.
const page = z.looseObject({
  apiResources: z.array(item).nullish(),
  APIResources: z.array(item).nullish(),
  links: z.array(z.looseObject({ rel: z.string(), href: z.string() })).nullish(),
});

type Item = z.infer<typeof item>;

const pageSize = 100;

/** The id of an API that is given by its id or by its identifier; the tenant is asked once for each identifier. */
export async function apiIdOf(api: Api, idOrIdentifier: string): Promise<string> {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(idOrIdentifier)) return idOrIdentifier;
  const viewer = api.needing("internal_api_resource_view");
  return viewer.once(`API ${idOrIdentifier}`, () => idByIdentifier(viewer, idOrIdentifier));
}

async function idByIdentifier(api: Api, identifier: string): Promise<string> {
  const isWanted = (candidate: Item) => candidate.identifier === identifier;
  const found = isFilterable(identifier) && (await pages(api, `identifier eq ${identifier}`)).find(isWanted);
  if (found) return found.id;
  const all = await pages(api);
  const last = all.find(isWanted);
  if (last) return last.id;
  const miss = nearMiss(
    identifier,
    all.map((candidate) => candidate.identifier),
  );
  throw new AsgardeoError(
    `api: no API of this tenant has the identifier ${JSON.stringify(identifier)}${miss || "; give its id, or an identifier as in the console under API Resources"}`,
  );
}

/** The server's filter drops all other characters, so identifiers with them are found by looking at all. */
function isFilterable(identifier: string): boolean {
  return /^[A-Za-z0-9@:_\-+.*/]+$/.test(identifier);
}

/** All APIs that the filter lets through, page by page: the cursor of the next page comes in a link. */
async function pages(api: Api, filter?: string): Promise<Item[]> {
  const found: Item[] = [];
  for (let after: string | undefined = ""; after !== undefined; ) {
    const query = { limit: pageSize, filter, after: after === "" ? undefined : after };
    const answer: z.infer<typeof page> = await api.get(path`/api/server/v1/api-resources`, page, query);
    found.push(...(answer.apiResources ?? answer.APIResources ?? []));
    const next = answer.links?.find(({ rel }) => rel === "next")?.href;
    after =
      next === undefined
        ? undefined
        : (new URL(next, "http://relative.invalid").searchParams.get("after") ?? undefined);
  }
  return found;
}

const scopesWire = z.array(z.looseObject({ name: z.string() }));

/** Which of the scopes the API does not have, and what it has; undefined where that cannot be told. */
export async function scopeProblem(api: Api, apiId: string, scopes: readonly string[]): Promise<string | undefined> {
  try {
    const viewer = api.needing("internal_api_resource_view");
    const live = await viewer.get(path`/api/server/v1/api-resources/${apiId}/scopes`, scopesWire);
    const known = live.map(({ name }) => name);
    const problems = scopes.flatMap((scope, i) =>
      known.includes(scope) ? [] : [`scopes[${i}]: this API has no scope \`${scope}\`${nearMiss(scope, known)}`],
    );
    const has = known.length === 0 ? "It has no scopes." : `Its scopes: ${known.join(", ")}.`;
    return problems.length === 0 ? undefined : `${problems.join("\n")}\n${has}`;
  } catch {
    return undefined;
  }
}
