import { z } from "zod";
import type { Api } from "./api";
import { type Page, Pages } from "./pages";
import type { Path, Query } from "./path";

/** As much as is asked for at once: servers give less where their own limit is lower. */
const pageSize = 100;

const count = z.int().min(0);
const links = z.array(z.looseObject({ rel: z.string(), href: z.string() })).nullish();

/**
 * What the lists of the management APIs say beside their items. The server gives the total and the items always, also
 * where there are none: without them an answer is no list, and what is not in it may be there.
 */
export const listed = { totalResults: count, startIndex: count.nullish(), count: count.nullish(), links };

interface Listed {
  readonly totalResults: number;
  readonly startIndex?: number | null | undefined;
  readonly count?: number | null | undefined;
  readonly links?: z.infer<typeof links>;
}

interface Identified {
  readonly id: string;
}

const idOf = ({ id }: Identified) => id;

/** Loads one page of a list, given how many items have come before it, and the total by the page before. */
type Load<T> = (request: Query, come: number, before: number | undefined) => Promise<Page<T>>;

/** What begins to read a list: each reading counts what comes. */
function counting<T>(load: Load<T>): () => (request: Query) => Promise<Page<T>> {
  return () => {
    let come = 0;
    let before: number | undefined;
    return async (request) => {
      const page = await load(request, come, before);
      come += page.items.length;
      before = page.total;
      return page;
    };
  };
}

/** What asks for the page behind what has come; undefined where that is all. */
function nextBy(at: (offset: number) => Query, come: number, total: number): Query | undefined {
  return come >= total ? undefined : at(come);
}

/** A list by `offset`, such as that of applications. The server may cut the size down, so the next offset is what has come. */
export function byOffset<Answer extends Listed, T extends Identified>(
  api: Api,
  path: Path,
  schema: z.ZodType<Answer>,
  itemsOf: (answer: Answer) => readonly T[],
  query: Query = {},
): Pages<T> {
  const at = (offset: number) => ({ ...query, limit: query.limit ?? pageSize, offset });
  const reading = counting(async (request, come, before): Promise<Page<T>> => {
    const answer = await api.get(path, schema, request);
    const items = itemsOf(answer);
    const total = answer.totalResults;
    const flaw = placeOf(answer, items, come) ?? flawOf(answer, items, come) ?? changeOf(before, total);
    return { items, total, flaw, next: nextBy(at, come + items.length, total) };
  });
  return new Pages<T>({ what: path.text, first: at(0), reading, keyOf: idOf });
}

/** What is made or deleted while a list is read moves its items from page to page, so that one may be on none. */
function changeOf(before: number | undefined, total: number): string | undefined {
  if (before === undefined || before === total) return undefined;
  return `its total was ${before} on one page and is ${total} on the next`;
}

/**
 * A list by cursor, such as that of APIs. Only a link tells where the next page begins: the total that the server counts
 * is without the pages before, so that it shrinks from page to page.
 */
export function byCursor<Answer extends Listed, T extends Identified>(
  api: Api,
  path: Path,
  schema: z.ZodType<Answer>,
  itemsOf: (answer: Answer) => readonly T[],
  query: Query = {},
): Pages<T> {
  const at = (after: string | undefined) => ({ limit: pageSize, ...query, after });
  const reading = counting(async (request, come, before): Promise<Page<T>> => {
    const answer = await api.get(path, schema, request);
    const items = itemsOf(answer);
    // A server that counts all pages every time is understood as well.
    const total = answer.totalResults === before ? before : come + answer.totalResults;
    const flaw = flawOf(answer, items, come) ?? (total < (before ?? 0) ? changeOf(before, total) : undefined);
    const after = cursorIn(nextOf(answer));
    return { items, total, flaw, next: after === undefined ? undefined : at(after) };
  });
  return new Pages<T>({ what: path.text, first: at(undefined), reading, keyOf: idOf });
}

const linked = z.looseObject({ links: links.catch(undefined) });

/** A list by cursor that tells no total, such as that of organizations: an empty one is an answer without members. */
export function byLink<Answer extends object, T>(
  api: Api,
  path: Path,
  schema: z.ZodType<Answer>,
  itemsOf: (answer: Answer) => readonly T[],
  keyOf: (item: T) => string,
  query: Query = {},
): Pages<T> {
  const first = { limit: pageSize, ...query };
  const load = async (request: Query): Promise<Page<T>> => {
    const answer = await api.get(path, schema, request);
    const after = cursorIn(nextOf(linked.parse(answer)));
    return { items: itemsOf(answer), total: undefined, next: after === undefined ? undefined : { ...first, after } };
  };
  return new Pages<T>({ what: path.text, first, reading: () => load, keyOf });
}

/** A list of SCIM (RFC 7644 3.4.2.4): counted from 1, and without `Resources` where a page is empty. */
export function byStartIndex<T extends Identified>(
  api: Api,
  path: Path,
  item: z.ZodType<T>,
  query: Query = {},
): Pages<T> {
  const schema = z.looseObject({ totalResults: count, Resources: z.array(item).nullish() });
  const at = (startIndex: number) => ({ ...query, startIndex, count: query.count ?? pageSize });
  const reading = counting(async (request, come): Promise<Page<T>> => {
    const { totalResults: total, Resources } = await api.get(path, schema, request);
    const items = Resources ?? [];
    return { items, total, next: nextBy((offset) => at(offset + 1), come + items.length, total) };
  });
  return new Pages<T>({ what: path.text, first: at(1), reading, keyOf: idOf });
}

/** A list without pages: a bare array, such as that of claims. `keyOf` tells what tells two items apart. */
export function inOne<T>(api: Api, path: Path, item: z.ZodType<T>, keyOf: (item: T) => string): Pages<T> {
  const load = async () => ({ items: await api.get(path, z.array(item)), total: undefined, next: undefined });
  return new Pages({ what: path.text, first: {}, reading: () => load, keyOf });
}

/** What a page says of its place in the list that is not so; `come` is how many items have come before it. */
function placeOf({ startIndex, count }: Listed, items: readonly unknown[], come: number): string | undefined {
  if (count !== undefined && count !== null && count !== items.length) {
    return `a page of it has ${items.length} items, and says ${count}`;
  }
  if (startIndex !== undefined && startIndex !== null && startIndex !== come + 1) {
    return `a page of it that was to begin at ${come + 1} begins at ${startIndex}`;
  }
  return undefined;
}

/** What a page says of the list that is not so. */
function flawOf(answer: Listed, items: readonly unknown[], come: number): string | undefined {
  const { totalResults } = answer;
  if (items.length > totalResults) return `its total is ${totalResults}, and a page of it has ${items.length} items`;
  if (items.length === 0 && come === 0 && nextOf(answer) !== undefined) return "a page without items has a next one";
  return undefined;
}

function nextOf({ links }: Pick<Listed, "links">): string | undefined {
  return links?.find(({ rel }) => rel === "next")?.href;
}

function cursorIn(link: string | undefined): string | undefined {
  const base = "http://relative.invalid";
  if (link === undefined || !URL.canParse(link, base)) return undefined;
  return new URL(link, base).searchParams.get("after") || undefined;
}
