import type { Pages } from "../api/pages";

/**
 * Which keys the tenant has, such as names, asked as cheaply as can be: page by page for many keys, by filter for few. It
 * pages on as soon as the filters have cost as much as the pages that are left, so it never costs more than twice the
 * better way.
 */
export class Directory<T> {
  private filters = 0;

  /** `filtered` asks for those that have a key, and for no others. */
  constructor(
    private readonly pages: Pages<T>,
    private readonly keyOf: (item: T) => string,
    private readonly filtered: (key: string) => Promise<T[]>,
  ) {}

  async named(key: string): Promise<T[]> {
    const { pages } = this;
    if (pages.items.length === 0) await pages.next();
    while (!pages.isOver && (pages.left ?? 1) <= this.filters) await pages.next();
    const known = pages.items.filter((item) => this.keyOf(item) === key);
    // A list that is not whole proves nothing: what is not in it is asked for by its key.
    if (known.length > 0 || pages.isWhole) return known;
    this.filters++;
    return this.filtered(key);
  }

  /** All of them. */
  all(): Promise<T[]> {
    return this.pages.all();
  }
}
