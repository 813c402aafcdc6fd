import { baseUrlSetting, ResponseError } from "../errors";
import type { Query } from "./path";

/** No tenant has more of anything that is managed one by one: a list that says so is none. */
const mostItems = 1_000_000;

/**
 * No list is read further: with 30 on a page, as the server cuts pages down, these are 30,000 items, and five minutes at
 * 180 requests a minute.
 */
const mostPages = 1_000;

/** Pages that a list may have beyond what its total and its largest page promise: it may grow while it is read. */
const spare = 10;

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** How many items all pages have together, by what this page says; undefined where the server does not tell. */
  readonly total: number | undefined;
  /** What asks for the next page; undefined on the last one. */
  readonly next: Query | undefined;
  /** What the page says of itself, or of the list, that cannot be so. */
  readonly flaw?: string | undefined;
}

/** How a list of the server is asked for. */
export interface Source<T> {
  /** The path, for messages. */
  readonly what: string;
  /** What asks for the first page. */
  readonly first: Query;
  /** Begins to read: the function loads the pages, one after the other. */
  reading(): (query: Query) => Promise<Page<T>>;
  /** What tells two items apart. */
  keyOf(item: T): string;
}

/**
 * A list of the server that is read page by page, as far as somebody wants it. It ends where the server says so, and at a
 * page that has nothing new; one that has more pages than its total allows is an error. A server that gives a page again,
 * names pages in a circle or makes items up would be asked for ever.
 */
export class Pages<T> {
  private reading: Reading<T>;

  constructor(private readonly source: Source<T>) {
    this.reading = new Reading(source);
  }

  /** What has come so far, each item once. */
  get items(): readonly T[] {
    return this.reading.found;
  }

  /** Whether the last page has come. */
  get isOver(): boolean {
    return this.reading.upcoming === undefined;
  }

  /** Whether all of the list has come, by its own account: only then is what it does not have not there. */
  get isWhole(): boolean {
    return this.isOver && this.reading.doubt === undefined;
  }

  /** About how many pages are to come, at least one before the first has come; undefined where the server does not tell. */
  get left(): number | undefined {
    return this.reading.left;
  }

  /**
   * Reads one page more, and answers what is new on it: nothing after the last one. To be called again only when it has
   * ended. After a failure the same page is read again.
   */
  next(): Promise<readonly T[]> {
    return this.reading.next();
  }

  /** All items of the list; an error where it is not whole. */
  async all(): Promise<T[]> {
    await this.reading.toEnd();
    if (!this.isWhole) {
      // Somebody may have made or deleted something while it was read.
      this.reading = new Reading(this.source);
      await this.reading.toEnd();
    }
    if (!this.isWhole) throw this.contradiction();
    return [...this.items];
  }

  /** The first page alone, for a list of which no more has to be known than that it can be read. */
  async probe(): Promise<readonly T[]> {
    const items = await this.next();
    if (this.reading.flaw !== undefined || (this.isOver && !this.isWhole)) throw this.contradiction();
    return items;
  }

  private contradiction(): ResponseError {
    return new ResponseError(
      `GET ${this.source.what}: the list contradicts itself: ${this.reading.doubt}. What it does not have may be there nevertheless. Run again.`,
    );
  }
}

/** One reading of a list, from its first page on. */
class Reading<T> {
  readonly found: T[] = [];
  upcoming: Query | undefined;
  /** What a page has said of itself that is not so. */
  flaw: string | undefined;
  private readonly seen = new Set<string>();
  private readonly load: (query: Query) => Promise<Page<T>>;
  private read = 0;
  private largest = 0;
  private most = mostPages;
  private total: number | undefined;

  constructor(private readonly source: Source<T>) {
    this.upcoming = source.first;
    this.load = source.reading();
  }

  /** Why it may be that not all has come, once it is over. */
  get doubt(): string | undefined {
    const { flaw, total, found } = this;
    if (flaw !== undefined || total === undefined || total === found.length) return flaw;
    return `its total is ${total}, and ${found.length === 0 ? "nothing has" : `${found.length} different items have`} come`;
  }

  get left(): number | undefined {
    if (this.upcoming === undefined) return 0;
    if (this.read === 0) return 1;
    if (this.total === undefined) return undefined;
    return Math.max(1, Math.ceil((this.total - this.found.length) / Math.max(1, this.largest)));
  }

  async next(): Promise<readonly T[]> {
    if (this.upcoming === undefined) return [];
    if (this.read >= this.most) throw this.endless(`it goes on after ${this.read} pages`);
    const { items, total, next, flaw } = await this.load(this.upcoming);
    if (total !== undefined && total > mostItems) throw this.endless(`its total is ${total}`);
    const fresh = items.filter((item) => this.isNew(item));
    this.found.push(...fresh);
    this.read++;
    this.largest = Math.max(this.largest, items.length);
    if (total !== undefined) this.most = Math.min(this.most, 2 * Math.ceil(total / this.largest) + spare);
    // A page that has nothing new is none: the list has ended with the page before.
    if (fresh.length > 0 || this.read === 1) this.total = total;
    this.flaw ??= flaw;
    this.upcoming = fresh.length > 0 ? next : undefined;
    return fresh;
  }

  async toEnd(): Promise<void> {
    while (this.upcoming !== undefined) {
      const pages = this.read + (this.left ?? 0);
      if (pages > mostPages) throw this.endless(`it promises ${pages} pages`);
      await this.next();
    }
  }

  private endless(why: string): ResponseError {
    return new ResponseError(
      `GET ${this.source.what}: the list has no end: ${why}. No tenant has so much; check ${baseUrlSetting}.`,
    );
  }

  private isNew(item: T): boolean {
    const before = this.seen.size;
    return this.seen.add(this.source.keyOf(item)).size > before;
  }
}
