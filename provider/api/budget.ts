import type { Clock } from "./clock";
import type { Send } from "./http";

const minute = 60_000;

/**
 * Lets at most `perMinute` requests start in any 60 seconds: the first ones at once, the others as the window moves on.
 * Asgardeo answers 429 beyond 200 a minute for an IP address, which would also hurt the tenant's end users.
 */
export function withBudget(send: Send, perMinute: number, clock: Clock): Send {
  const starts: number[] = [];
  let queue = Promise.resolve();

  async function turn(): Promise<void> {
    const oldest = starts.length < perMinute ? undefined : starts.shift();
    const wait = oldest === undefined ? 0 : oldest + minute - clock.now();
    if (wait > 0) await clock.sleep(wait);
    starts.push(clock.now());
  }

  return (request) => {
    queue = queue.then(turn);
    return queue.then(() => send(request));
  };
}
