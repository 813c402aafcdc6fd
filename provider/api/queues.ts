/** Queues of work that must not run at the same time, by key. */
export class Queues {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs the work of all callers with the same key one after the other, whether it goes well or not. */
  inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(key) ?? Promise.resolve();
    const mine = before.then(
      () => work(),
      () => work(),
    );
    this.last.set(key, mine);
    const leave = () => {
      if (this.last.get(key) === mine) this.last.delete(key);
    };
    mine.then(leave, leave);
    return mine;
  }
}
