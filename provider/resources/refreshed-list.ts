import type { Api } from "../api/api";

/** A page of a list: its items, and whether it is the last one. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly isLast: boolean;
}

interface Identified {
  readonly id: string;
}

/**
 * A list of the tenant's objects in place of a request for each one, for a program that has many. How many those are,
 * and how many others the tenant has, nobody tells: so a page is asked for only where what was saved so far, and a tenth
 * of the requests that all reads would have cost, pay for it.
 */
export class RefreshedList<Item extends Identified> {
  private readonly items = new Map<string, Item>();
  private readonly written = new Set<string>();
  private readonly waiting = new Map<string, (item: Item) => boolean>();
  private requests = 0;
  private saved = 0;
  private pages = 0;
  private seen = 0;
  private isOver = false;
  private loading: Promise<void> | undefined;

  /** `page` answers the page behind as many items as have been seen. */
  constructor(private readonly page: (api: Api, seen: number) => Promise<ListPage<Item>>) {}

  /** From now on the object is read by itself: what a list said of it is old. */
  noteWrite(id: string): void {
    this.written.add(id);
  }

  /** The object in the list where it `fits`; undefined where only the object itself can tell. */
  async find(api: Api, id: string, requests: number, fits: (item: Item) => boolean): Promise<Item | undefined> {
    this.requests += requests;
    // Reads come together. While the first of them waits for the token, the others are counted.
    await api.ready();
    const isKnown = this.items.has(id);
    this.waiting.set(id, fits);
    while (!this.items.has(id) && this.isWorthAPage()) await this.nextPage(api);
    this.waiting.delete(id);
    const found = this.items.get(id);
    if (!found || this.written.has(id) || !fits(found)) return undefined;
    if (isKnown) this.saved++;
    return found;
  }

  private isWorthAPage(): boolean {
    return !this.isOver && (this.loading !== undefined || this.pages + 1 <= this.saved + this.requests / 10);
  }

  private nextPage(api: Api): Promise<void> {
    this.loading ??= this.load(api).finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  private async load(api: Api): Promise<void> {
    this.pages++;
    try {
      const { items, isLast } = await this.page(api, this.seen);
      this.seen += items.length;
      this.isOver = isLast;
      for (const each of items) {
        this.items.set(each.id, each);
        if (this.waiting.get(each.id)?.(each)) this.saved++;
      }
    } catch {
      // Whatever is wrong with the list, each object can be read by itself, and tells what is wrong with it.
      this.isOver = true;
    }
  }
}
