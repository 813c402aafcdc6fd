import type { Pages } from "../api/pages";

/**
 * Which names the tenant has, asked as cheaply as can be: page by page for many names, by filter for few. It pages on as
 * soon as the filters have cost as much as the pages that are left, so it never costs more than twice the better way.
 */
export class Directory<T> {
  private filters = 0;

  constructor(private readonly pages: Pages<T>) {}

  /** All that have come by now. */
  get seen(): readonly T[] {
    return this.pages.items;
  }

  /** Those that are wanted; `filtered` asks the server for them alone. To be called again only when it has ended. */
  async find(isWanted: (item: T) => boolean, filtered: () => Promise<T[]>): Promise<T[]> {
    const { pages } = this;
    if (pages.items.length === 0) await pages.next();
    while (!pages.isOver && (pages.left ?? 1) <= this.filters) await pages.next();
    const known = pages.items.filter(isWanted);
    // A list that is not whole proves nothing: what is not in it is asked for by its name.
    if (known.length > 0 || pages.isWhole) return known;
    this.filters++;
    return filtered();
  }

  /** All that the tenant has. */
  all(): Promise<T[]> {
    return this.pages.all();
  }
}
