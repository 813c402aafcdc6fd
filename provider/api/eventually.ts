import { AsgardeoError } from "../errors";
import { unlessCancelled } from "./cancellation";
import type { Clock } from "./clock";
import type { Say } from "./waiting-report";

/** What waiting takes from the process. */
export interface Waiting {
  readonly clock: Clock;
  readonly say: Say;
  readonly cancelled: AbortSignal;
}

/** Something that the server does in the background after it has answered. */
export interface Background<T> {
  /** What is to come about, as a sentence without its end: `the application a is shared with the organization o`. */
  readonly what: string;
  /** Looks once; undefined where it has not come about yet. What it throws ends the waiting. */
  look(): Promise<T | undefined>;
  /** Milliseconds that may pass before it is an error, at least one look. Default: two minutes. */
  readonly atMost?: number;
}

const usualLimit = 120_000;
const firstPause = 500;
const longestPause = 8_000;
const lineEvery = 10_000;

/**
 * Looks again and again, with growing pauses, until it has come about: work of seconds, which the server has accepted
 * with 202. A line every ten seconds says what is waited for; Ctrl-C ends it.
 */
export async function eventually<T>(
  { clock, say, cancelled }: Waiting,
  { what, look, atMost = usualLimit }: Background<T>,
): Promise<T> {
  const start = clock.now();
  let told = start;
  for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
    const found = await look();
    if (found !== undefined) return found;
    const left = start + atMost - clock.now();
    if (left <= 0) throw overdue(what, atMost);
    if (clock.now() - told >= lineEvery) {
      told = clock.now();
      say(`waiting until ${what}: ${seconds(told - start)} so far, ${seconds(atMost)} at most`);
    }
    // Jitter: what began together need not look together. The last look comes when the time is over.
    const nap = Math.min(left, pause / 2 + (clock.random() * pause) / 2);
    await unlessCancelled(cancelled, clock.sleep(nap)).catch((cause) => {
      throw ended(what, cause);
    });
  }
}

function overdue(what: string, atMost: number): AsgardeoError {
  return new AsgardeoError(
    `the server has accepted it, but after ${seconds(atMost)} it is still not so that ${what}. It may come about later: run again.`,
  );
}

function ended(what: string, cause: unknown): AsgardeoError {
  return new AsgardeoError(
    `the run was cancelled while it waited until ${what}. The server goes on with it: run again to see how it ended.`,
    { cause },
  );
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 1000)} s`;
}
