import type { Api } from "./api";

/** Something of the tenant that many resources ask for alike, such as the list of its APIs; some have one for each key. */
export interface Collection<T> {
  load(api: Api, key: string): Promise<T>;
}

/** The collections that this process has asked for. A failure is not kept. */
export class Collections {
  private readonly kept = new Map<Collection<unknown>, Map<string, Promise<unknown>>>();

  /** The collection, loaded once for all that ask for it. */
  get<T>(collection: Collection<T>, api: Api, key: string): Promise<T> {
    const all = this.ofKind(collection);
    const known = all.get(key);
    if (known) return known;
    const loading = (async () => collection.load(api, key))();
    all.set(key, loading);
    loading.catch(() => {
      if (all.get(key) === loading) all.delete(key);
    });
    return loading;
  }

  /** Forgets a collection that a write has made stale. */
  drop(collection: Collection<unknown>, key: string): void {
    this.kept.get(collection)?.delete(key);
  }

  private ofKind<T>(collection: Collection<T>): Map<string, Promise<T>> {
    const known = this.kept.get(collection) ?? new Map<string, Promise<unknown>>();
    this.kept.set(collection, known);
    // What is kept for a collection has been loaded by it.
    return known as Map<string, Promise<T>>;
  }
}
