import type { Clock } from "../../provider/api/clock";

/** A clock on which many things happen at once: it moves on to the next event whenever nothing else can happen. */
export class SimulatedTime implements Clock {
  private time = 0;
  private readonly events: { at: number; run: () => void }[] = [];
  private seed = 1;

  readonly now = () => this.time;

  readonly sleep = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      this.events.push({ at: this.time + milliseconds, run: resolve });
    });

  /** The same numbers in every run (the minimal standard generator). */
  readonly random = () => {
    this.seed = (this.seed * 48_271) % 2_147_483_647;
    return this.seed / 2_147_483_647;
  };

  async run<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const end = () => {
      isOver = true;
    };
    work.then(end, end);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isOver) return work;
      this.next();
    }
  }

  private next(): void {
    const [next] = this.events.sort((a, b) => a.at - b.at);
    if (!next) throw new Error("nothing will ever happen again");
    this.events.shift();
    this.time = Math.max(this.time, next.at);
    next.run();
  }
}
