import { z } from "zod";
import { ResponseError } from "../errors";
import type { Api } from "./api";
import type { Path, Query } from "./path";

/** As much as is asked for at once: servers give less where their own limit is lower. */
const pageSize = 100;

/** A list that is longer has no end: no tenant has a million of anything that is managed one by one. */
const mostPages = 10_000;

/** One page of a list. */
interface Page<T> {
  readonly items: readonly T[];
  /** How many items all pages have together, where that can be told. */
  readonly total?: number;
  /** What asks for the next page; undefined on the last one. */
  readonly next: Query | undefined;
}

/**
 * A list of the server that is read page by page, as far as somebody wants it. It ends where the server says so, and at
 * a page that has nothing new: a server that gives a page again, or names pages in a circle, would be asked for ever.
 */
export class Pages<T> {
  private readonly seen = new Set<string>();
  private readonly found: T[] = [];
  private read = 0;
  private largest = 0;
  private known: number | undefined;

  constructor(
    private readonly what: string,
    private readonly load: (query: Query) => Promise<Page<T>>,
    private upcoming: Query | undefined,
    private readonly keyOf: (item: T) => string,
  ) {}

  /** What has come so far, each item once. */
  get items(): readonly T[] {
    return this.found;
  }

  /** Whether the last page has come. */
  get isOver(): boolean {
    return this.upcoming === undefined;
  }

  /** About how many pages are to come, at least one before the first has come; undefined where the server does not tell. */
  get left(): number | undefined {
    if (this.isOver) return 0;
    if (this.read === 0) return 1;
    if (this.known === undefined) return undefined;
    return Math.max(1, Math.ceil((this.known - this.found.length) / Math.max(1, this.largest)));
  }

  /**
   * Reads one page more, and answers what is new on it: nothing after the last one. To be called again only when it has
   * ended. After a failure the same page is read again.
   */
  async next(): Promise<readonly T[]> {
    if (this.upcoming === undefined) return [];
    if (this.read === mostPages) throw new ResponseError(`GET ${this.what}: the list has no end`);
    const { items, total, next } = await this.load(this.upcoming);
    const fresh = items.filter((item) => this.isNew(item));
    this.found.push(...fresh);
    this.read++;
    this.largest = Math.max(this.largest, items.length);
    this.known = total;
    this.upcoming = fresh.length > 0 ? next : undefined;
    return fresh;
  }

  /** All items of the list. */
  async all(): Promise<T[]> {
    while (!this.isOver) await this.next();
    return [...this.found];
  }

  private isNew(item: T): boolean {
    const before = this.seen.size;
    return this.seen.add(this.keyOf(item)).size > before;
  }
}

const links = z.array(z.looseObject({ rel: z.string(), href: z.string() })).nullish();

/** What the lists of the management APIs say beside their items. */
export const listed = { totalResults: z.number().nullish(), links };

interface Listed {
  readonly totalResults?: number | null;
  readonly links?: z.infer<typeof links>;
}

interface Identified {
  readonly id: string;
}

const idOf = ({ id }: Identified) => id;

/** A list by `offset`, such as that of applications. The server may cut the size down, so the next offset is what has come. */
export function byOffset<Answer extends Listed, T extends Identified>(
  api: Api,
  path: Path,
  schema: z.ZodType<Answer>,
  itemsOf: (answer: Answer) => readonly T[] | null | undefined,
  query: Query = {},
): Pages<T> {
  let come = 0;
  const at = (offset: number) => ({ ...query, limit: pageSize, offset });
  const load = async (request: Query) => {
    const answer = await api.get(path, schema, request);
    const items = itemsOf(answer) ?? [];
    come += items.length;
    const total = answer.totalResults ?? undefined;
    const isLast = total === undefined ? nextOf(answer) === undefined : come >= total;
    return { items, total, next: isLast ? undefined : at(come) };
  };
  return new Pages(path.text, load, at(0), idOf);
}

/**
 * A list by cursor, such as that of APIs. Only a link tells where the next page begins: the total that the server counts
 * shrinks from page to page.
 */
export function byCursor<Answer extends Listed, T extends Identified>(
  api: Api,
  path: Path,
  schema: z.ZodType<Answer>,
  itemsOf: (answer: Answer) => readonly T[] | null | undefined,
  query: Query = {},
): Pages<T> {
  const at = (after: string | undefined) => ({ limit: pageSize, ...query, after });
  const load = async (request: Query) => {
    const answer = await api.get(path, schema, request);
    const after = cursorIn(nextOf(answer));
    return { items: itemsOf(answer) ?? [], next: after === undefined ? undefined : at(after) };
  };
  return new Pages(path.text, load, at(undefined), idOf);
}

/** A list of SCIM (RFC 7644 3.4.2.4): counted from 1, and without `Resources` where a page is empty. */
export function byStartIndex<T extends Identified>(
  api: Api,
  path: Path,
  item: z.ZodType<T>,
  query: Query = {},
): Pages<T> {
  const schema = z.looseObject({ totalResults: z.number(), Resources: z.array(item).nullish() });
  let come = 0;
  const at = (startIndex: number) => ({ ...query, startIndex, count: pageSize });
  const load = async (request: Query) => {
    const { totalResults: total, Resources } = await api.get(path, schema, request);
    const items = Resources ?? [];
    come += items.length;
    return { items, total, next: come >= total ? undefined : at(come + 1) };
  };
  return new Pages(path.text, load, at(1), idOf);
}

/** A list without pages: a bare array, such as that of claims. `keyOf` tells what tells two items apart. */
export function inOne<T>(api: Api, path: Path, item: z.ZodType<T>, keyOf: (item: T) => string): Pages<T> {
  const load = async () => {
    const items = await api.get(path, z.array(item));
    return { items, total: items.length, next: undefined };
  };
  return new Pages(path.text, load, {}, keyOf);
}

function nextOf({ links }: Listed): string | undefined {
  return links?.find(({ rel }) => rel === "next")?.href;
}

function cursorIn(link: string | undefined): string | undefined {
  const base = "http://relative.invalid";
  if (link === undefined || !URL.canParse(link, base)) return undefined;
  return new URL(link, base).searchParams.get("after") || undefined;
}
