/** Something of the tenant that many resources ask for alike, such as the list of its APIs; some have one for each key. */
export interface Loadable<T, Client> {
  load(client: Client, key: string): Promise<T>;
}

/** The collections that this process has asked for. A failure is not kept. */
export class Collections<Client> {
  private readonly kept = new Map<Loadable<unknown, Client>, Map<string, Promise<unknown>>>();

  /** The collection, loaded once for all that ask for it. */
  get<T>(collection: Loadable<T, Client>, client: Client, key: string): Promise<T> {
    const all = this.ofKind(collection);
    const known = all.get(key);
    if (known) return known;
    const loading = (async () => collection.load(client, key))();
    all.set(key, loading);
    loading.catch(() => {
      if (all.get(key) === loading) all.delete(key);
    });
    return loading;
  }

  /** Forgets a collection that a write has made stale. */
  drop(collection: Loadable<unknown, Client>, key: string): void {
    this.kept.get(collection)?.delete(key);
  }

  private ofKind<T>(collection: Loadable<T, Client>): Map<string, Promise<T>> {
    const known = this.kept.get(collection) ?? new Map<string, Promise<unknown>>();
    this.kept.set(collection, known);
    // What is kept for a collection has been loaded by it.
    return known as Map<string, Promise<T>>;
  }
}
