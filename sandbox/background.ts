import { reasonOf } from "./reason";
import { warn } from "./warning";

/** How long the server leaves undone what it does behind its answers. Where both are given, both have to be over. */
export interface BackgroundOptions {
  /** How many requests are answered first. Default: none. */
  readonly requests?: number;
  /** How many milliseconds pass first, on the clock of the sandbox. Default: none. */
  readonly milliseconds?: number;
}

interface Work {
  readonly do: () => void;
  readonly request: number;
  readonly time: number;
}

/** What the server does behind its answers. It is done before a request is looked at, once its time has come. */
export class Background {
  private waiting: Work[] = [];
  private requests = 0;

  constructor(
    private readonly now: () => number,
    private readonly options: BackgroundOptions = {},
  ) {}

  /** Does something at once, or where there is a time to wait, later. */
  later(work: () => void): void {
    const { requests = 0, milliseconds = 0 } = this.options;
    if (requests <= 0 && milliseconds <= 0) work();
    else this.waiting.push({ do: work, request: this.requests + requests, time: this.now() + milliseconds });
  }

  /** A request has come: does what was due before it. */
  tick(): void {
    const due = this.waiting.filter(({ request, time }) => this.requests >= request && this.now() >= time);
    this.requests += 1;
    this.run(due);
  }

  /** Does all that is left. */
  finish(): void {
    while (this.waiting.length > 0) this.run(this.waiting);
  }

  private run(due: readonly Work[]): void {
    this.waiting = this.waiting.filter((work) => !due.includes(work));
    for (const work of due) {
      try {
        work.do();
      } catch (error) {
        // Nobody is there to be told but whoever reads what the sandbox says.
        warn(`What was to be done in the background has failed: ${reasonOf(error)}`);
      }
    }
  }
}
