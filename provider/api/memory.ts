/** What the operations of a process share beside the transport: answers worth keeping, and queues. */
export class Memory {
  private readonly answers = new Map<string, Promise<unknown>>();
  private readonly queues = new Map<string, Promise<unknown>>();

  /** Loads a value once for all callers; a failure is not kept. */
  once<T>(key: string, load: () => Promise<T>): Promise<T> {
    const known = this.answers.get(key);
    if (known) return known as Promise<T>;
    const loading = (async () => load())();
    this.answers.set(key, loading);
    loading.catch(() => {
      if (this.answers.get(key) === loading) this.answers.delete(key);
    });
    return loading;
  }

  note(key: string, value: unknown): void {
    this.answers.set(key, Promise.resolve(value));
  }

  known<T>(key: string): Promise<T> | undefined {
    return this.answers.get(key) as Promise<T> | undefined;
  }

  forget(key: string): void {
    this.answers.delete(key);
  }

  /** Runs the work of all callers with the same key one after the other, whether it goes well or not. */
  inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.queues.get(key) ?? Promise.resolve();
    const mine = before.then(
      () => work(),
      () => work(),
    );
    this.queues.set(key, mine);
    const leave = () => {
      if (this.queues.get(key) === mine) this.queues.delete(key);
    };
    mine.then(leave, leave);
    return mine;
  }
}
