import type { Clock } from "./clock";
import type { Send } from "./http";

const minute = 60_000;

/**
 * Lets at most `perMinute` requests start in any 60 seconds: the first ones at once, the others as the window moves on.
 * Asgardeo answers 429 beyond 200 a minute for an IP address, which would also hurt the tenant's end users.
 */
export function withBudget(send: Send, perMinute: number, clock: Clock): Send {
  const starts: number[] = [];
  let queue: Promise<unknown> = Promise.resolve();

  async function turn(): Promise<void> {
    const oldest = starts.length < perMinute ? undefined : starts[0];
    if (oldest !== undefined) {
      const wait = oldest + minute - clock.now();
      if (wait > 0) await clock.sleep(wait);
      starts.shift();
    }
    starts.push(clock.now());
  }

  return async (request) => {
    const mine = queue.then(turn);
    // One turn that fails must not fail all that wait behind it.
    queue = mine.catch(() => undefined);
    await mine;
    return send(request);
  };
}
