import type { ApiResource } from "../models/api-resource";
import { apiResourceError, malformedBody } from "../refusal";
import type { Tenant } from "../tenant";
import { predicateOf } from "./filter";
import { apiResourceItem, apiResourcePath } from "./render";

const DEFAULT_LIMIT = 10;

type Query = Readonly<Record<string, string>>;

const filterable = {
  name: ({ name }: ApiResource) => name,
  identifier: ({ identifier }: ApiResource) => identifier,
  type: ({ type }: ApiResource) => type,
};

/** The answer of GET /api-resources: oldest first, a page at a time, with cursors that name the key of a record. */
export function apiResourceList(tenant: Tenant, query: Query, baseUrl: string): unknown {
  const limit = limitOf(query.limit);
  const attributes = (query.attributes ?? "").split(",").filter(Boolean);
  if (attributes.some((name) => name !== "properties")) {
    throw apiResourceError(400, 60013, "Invalid attribute.", "The only attribute that can be asked for is properties.");
  }
  const after = cursorOf(query.after);
  const before = cursorOf(query.before);
  if (after !== undefined && before !== undefined) {
    throw apiResourceError(400, 60011, "Invalid cursor.", "Both before and after are given.");
  }
  const matches = predicateOf(query.filter, filterable);
  // The server counts with the condition of the cursor included, so the total shrinks from page to page.
  const found = tenant.apiResources.filter(
    (api) => matches(api) && (after === undefined || api.key > after) && (before === undefined || api.key < before),
  );
  const page = before === undefined ? found.slice(0, limit) : found.slice(-limit);
  const more = found.length > limit;
  const links = linksOf(page, {
    previous: before === undefined ? after !== undefined : more,
    next: before === undefined ? more : true,
  }).map(({ rel, cursor }) => ({
    rel,
    href: `${baseUrl}${apiResourcePath(tenant)}?${pageQuery(query, limit, cursor)}`,
  }));
  return {
    totalResults: found.length,
    ...(links.length > 0 && { links }),
    apiResources: page.map((api) => apiResourceItem(tenant, api, attributes.length > 0)),
  };
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  if (!/^-?\d+$/.test(text)) throw malformedBody();
  const limit = Number(text);
  if (limit <= 0) throw apiResourceError(400, 60010, "Invalid limit.", "The limit must be greater than 0.");
  return limit;
}

function cursorOf(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const decoded = /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? Buffer.from(text, "base64").toString("latin1") : "";
  if (!/^\d+$/.test(decoded)) throw apiResourceError(400, 60002, "Invalid cursor.", "The cursor is not valid.");
  return Number(decoded);
}

type Cursor = readonly ["after" | "before", number];

function linksOf(page: readonly ApiResource[], present: { previous: boolean; next: boolean }) {
  const [first, last] = [page[0], page.at(-1)];
  const links: { rel: string; cursor: Cursor }[] = [];
  if (present.previous && first) links.push({ rel: "previous", cursor: ["before", first.key] });
  if (present.next && last) links.push({ rel: "next", cursor: ["after", last.key] });
  return links;
}

function pageQuery({ filter }: Query, limit: number, [name, key]: Cursor): URLSearchParams {
  const query = new URLSearchParams({ limit: String(limit) });
  if (filter) query.set("filter", filter);
  query.set(name, Buffer.from(String(key)).toString("base64"));
  return query;
}
