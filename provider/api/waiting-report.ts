import type { Clock } from "./clock";

/** Shows a line to the user. */
export type Say = (line: string) => void;

/** What of a line changes from one to the next. */
export interface Progress {
  /** Why requests wait. */
  readonly because: string;
  readonly done: number;
  readonly waiting: number;
  /** Milliseconds until the last of those that wait has started. */
  readonly left: number;
  /** Whether other processes wait, too, and say the same. */
  readonly isShared: boolean;
}

const every = 10_000;
const everyOfMany = 60_000;

/**
 * A line every ten seconds while a request waits for its turn, beginning when one has waited for ten seconds. Where many
 * processes wait, each says it once a minute.
 */
export class WaitingReport {
  private last = Number.NEGATIVE_INFINITY;
  private pause = every;

  constructor(
    private readonly clock: Clock,
    private readonly say: Say,
  ) {}

  /** Milliseconds until the next line is due, where the request that comes next waits since then. */
  dueIn(since: number): number {
    return Math.max(since + every, this.last + this.pause) - this.clock.now();
  }

  /** Shows a line if it is due. It names no request, so no secret can be in it. */
  tell(since: number, progress: () => Progress): void {
    if (this.dueIn(since) > 0) return;
    this.last = this.clock.now();
    const { because, done, waiting, left, isShared } = progress();
    this.pause = isShared ? everyOfMany : every;
    const seconds = Math.max(1, Math.round(left / 1000));
    this.say(`${because}: ${done} done, ${waiting} waiting, about ${seconds} s for these`);
  }
}

/** Pulumi shows to the user what a provider writes there. */
export const toStderr: Say = (line) => process.stderr.write(`asgardeo: ${line}\n`);
