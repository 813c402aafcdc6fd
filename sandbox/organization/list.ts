import { malformedBody, Refusal } from "../refusal";
import type { Tenant } from "../tenant";
import type { Organization } from "./collection";
import { organizationFilter } from "./filter";
import { organizationError } from "./refusals";
import { organizationItem, organizationPath } from "./render";
import { childrenOf, descendantsOf } from "./tree";

const DEFAULT_LIMIT = 15;
const MAXIMUM_LIMIT = 30;

type Query = Readonly<Record<string, string>>;

/** The answer of GET /organizations: newest first, with cursors that are times of creation. An empty list has no members at all. */
export function organizationList(tenant: Tenant, callerId: string, query: Query): object {
  const limit = organizationLimit(query.limit);
  const after = cursorTime(query.after);
  const before = cursorTime(query.before);
  const matches = organizationFilter(query.filter);
  const found = below(tenant, callerId, query)
    .filter(matches)
    .filter(({ created }) => (after === undefined || created < after) && (before === undefined || created > before))
    .sort((a, b) => b.created - a.created);
  // Backwards, the page is the one that ends at the cursor.
  const page = before === undefined ? found.slice(0, limit) : found.slice(Math.max(found.length - limit, 0));
  const [first] = page;
  const last = page.at(-1);
  if (!first || !last) return {};
  const links = pageLinks(query, found.length > limit, { first: timeCursor(first), last: timeCursor(last) });
  const base = `${organizationPath(tenant)}?${listQuery(query, limit)}`;
  return {
    ...(links.length > 0 && { links: links.map(({ rel, at }) => ({ href: `${base}&${at}`, rel })) }),
    organizations: page.map((organization) => organizationItem(tenant, organization)),
  };
}

/** The answer of GET /organizations/meta-attributes: the keys of attributes in use, in ascending order. */
export function attributeKeyList(tenant: Tenant, callerId: string, query: Query): object {
  const limit = organizationLimit(query.limit);
  const [, operator = "", value = ""] = /^\s*attributes\s+(\S+)\s+(.+?)\s*$/.exec(query.filter ?? "") ?? [];
  if (query.filter && operator === "") {
    throw organizationError(60023, "Unable to retrieve organizations.", `Unsupported filter: ${query.filter}.`);
  }
  const all = new Set(below(tenant, callerId, query).flatMap(({ attributes }) => attributes.map(({ key }) => key)));
  const matches = keyFilter(operator, value);
  const after = decoded(query.after);
  const before = decoded(query.before);
  const found = [...all].sort().filter((key) => matches(key) && (!after || key > after) && (!before || key < before));
  const page = before === undefined ? found.slice(0, limit) : found.slice(Math.max(found.length - limit, 0));
  const [first] = page;
  const last = page.at(-1);
  if (first === undefined || last === undefined) return {};
  const links = pageLinks(query, found.length > limit, { first: encoded(first), last: encoded(last) });
  const base = `${organizationPath(tenant, "meta-attributes")}?${listQuery(query, limit)}`;
  return {
    ...(links.length > 0 && { links: links.map(({ rel, at }) => ({ href: `${base}&${at}`, rel })) }),
    attributes: page,
  };
}

function below(tenant: Tenant, callerId: string, { recursive }: Query): Organization[] {
  return recursive === "true" ? descendantsOf(tenant, callerId) : childrenOf(tenant, callerId);
}

function keyFilter(operator: string, value: string): (key: string) => boolean {
  if (operator === "") return () => true;
  if (operator === "eq") return (key) => key === value;
  if (operator === "co") return (key) => key.includes(value);
  if (operator === "sw") return (key) => key.startsWith(value);
  if (operator === "ew") return (key) => key.endsWith(value);
  throw organizationError(60059, "Unable to retrieve organizations.", `Unsupported filter operation: ${operator}.`);
}

/** How many of them a page has; none at all for 0. */
export function organizationLimit(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  if (!/^-?\d+$/.test(text)) throw malformedBody();
  if (Number(text) < 0) {
    throw new Refusal(400, "UE-10000", "Invalid Request", "Property limit is too small: at least 0.");
  }
  return Math.min(Number(text), MAXIMUM_LIMIT);
}

/** Which links a page has, the one back first. */
function pageLinks({ after, before }: Query, more: boolean, page: { readonly first: string; readonly last: string }) {
  const isFirst = before ? !more : !after;
  const isLast = !more && !before;
  return [
    ...(isFirst ? [] : [{ rel: "previous", at: `before=${page.first}` }]),
    ...(isLast ? [] : [{ rel: "next", at: `after=${page.last}` }]),
  ];
}

function listQuery({ recursive = "false", filter }: Query, limit: number): string {
  const filtered = filter ? `&filter=${encodeURIComponent(filter).replaceAll("%20", "+")}` : "";
  return `limit=${limit}&recursive=${recursive}${filtered}`;
}

function timeCursor({ created }: Organization): string {
  return encoded(new Date(created).toISOString().replace("T", " ").replace("Z", ""));
}

function cursorTime(text: string | undefined): number | undefined {
  const time = decoded(text);
  if (time === undefined) return undefined;
  const sound = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,9})?$/.test(time);
  const parsed = sound ? Date.parse(`${time.replace(" ", "T")}Z`) : Number.NaN;
  if (Number.isNaN(parsed)) throw badCursor();
  return parsed;
}

function encoded(text: string): string {
  return Buffer.from(text).toString("base64");
}

function decoded(text: string | undefined): string | undefined {
  if (!text) return undefined;
  // A plus sign that was not escaped arrives as a blank.
  const base64 = text.replaceAll(" ", "+");
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) throw badCursor();
  return Buffer.from(base64, "base64").toString("utf8");
}

function badCursor() {
  return organizationError(60026, "Unable to retrieve paginated result.", "Invalid cursor used for pagination.");
}
