import { Allowance } from "./allowance";
import { never, unlessCancelled } from "./cancellation";
import type { Clock } from "./clock";
import type { HttpResponse, Send } from "./exchange";
import { longestRetryAfter, retryAfter } from "./retry-after";
import { alone, type Tally } from "./tally";
import { type Say, toStderr, WaitingReport } from "./waiting-report";

export interface BudgetOptions {
  /** Shows a line while requests wait. Default: on stderr. */
  readonly say?: Say;
  /** Once it is aborted, no request waits any longer: those that would have to fail. */
  readonly cancelled?: AbortSignal;
  /** Counts the requests of other processes, too. Default: each process counts for itself. */
  readonly tally?: Tally;
}

/**
 * One budget for all requests of the process, and of those that it shares a tally with: the first ones at once, the others
 * as the minute moves on, and none at all while a 429 holds. Asgardeo answers 429 beyond 200 a minute for an IP address,
 * which would also hurt the tenant's end users.
 */
export function withBudget(send: Send, perMinute: number, clock: Clock, options: BudgetOptions = {}): Send {
  const { say = toStderr, cancelled = never, tally = alone } = options;
  const allowance = new Allowance(perMinute, clock.now());
  const report = new WaitingReport(clock, say);
  let queue: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let done = 0;
  let tellAnswer = () => {};
  /** When the request whose turn it is may start by the tally. */
  let due = Number.NEGATIVE_INFINITY;

  function nextAnswer(): Promise<void> {
    return new Promise((resolve) => {
      tellAnswer = resolve;
    });
  }

  function progress() {
    const now = clock.now();
    const isShared = due > now;
    const together = isShared ? ", which all providers on this machine keep together," : "";
    const because = allowance.isHeld(now)
      ? "the server has answered 429 (too many requests), so requests wait"
      : `the rate limit of ${perMinute} requests a minute${together} holds requests back`;
    return { because, done, waiting, left: Math.max(due - now, allowance.timeFor(waiting, now)), isShared };
  }

  async function turn(since: number): Promise<void> {
    let isCounted = false;
    for (;;) {
      const own = allowance.wait(clock.now());
      if (own === 0 && !isCounted) {
        isCounted = true;
        due = clock.now() + tally.count(perMinute);
      }
      const wait = own === 0 ? due - clock.now() : own;
      if (wait <= 0) break;
      report.tell(since, progress);
      const isTime = Number.isFinite(wait);
      const nap = Math.ceil(Math.min(wait, report.dueIn(since)));
      await unlessCancelled(cancelled, isTime ? clock.sleep(nap) : nextAnswer());
    }
    allowance.start(clock.now());
  }

  async function myTurn(): Promise<void> {
    const since = clock.now();
    const mine = queue.then(() => turn(since));
    // One turn that fails must not fail all that wait behind it.
    queue = mine.catch(() => undefined);
    waiting++;
    await mine.finally(() => waiting--);
  }

  function note({ status, headers }: HttpResponse): void {
    const asked = retryAfter(headers["retry-after"]);
    if (status === 429 && (asked ?? 0) <= longestRetryAfter) allowance.refuse(clock.now(), asked);
  }

  return async (request) => {
    await myTurn();
    try {
      const response = await send(request);
      note(response);
      return response;
    } finally {
      done++;
      allowance.end(clock.now());
      tellAnswer();
    }
  };
}
