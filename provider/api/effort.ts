import { AsgardeoError } from "../errors";
import type { Clock } from "./clock";
import type { HttpRequest, Send } from "./exchange";

/**
 * The milliseconds that one operation has spent on its requests and on the pauses between their repetitions. Waiting
 * for the budget is not in it, or large runs would fail.
 *
 * Pulumi's engine sends no deadline, and `customTimeouts` do not reach dynamic providers: this is the only limit there is.
 */
export class Effort {
  spent = 0;
}

/** How long an operation may take on its requests, in milliseconds: as long as ten that are just not timed out. */
export function longestEffort(timeoutSeconds: number): number {
  return 10 * timeoutSeconds * 1000;
}

/** Notes how long each attempt takes. */
export function withEffort(send: Send, clock: Clock): Send {
  return async (request) => {
    const start = clock.now();
    try {
      return await send(request);
    } finally {
      if (request.effort) request.effort.spent += clock.now() - start;
    }
  };
}

/** Refuses what would come after the end of the operation's time. */
export function refuseBeyond(longest: number, { method, url, effort }: HttpRequest, pause = 0, cause?: unknown): void {
  const spent = effort?.spent ?? 0;
  if (spent + pause <= longest) return;
  const seconds = (milliseconds: number) => `${Math.round(milliseconds / 1000)} s`;
  const words = [
    `${method} ${new URL(url).pathname}: not ${pause > 0 ? "repeated" : "sent"}, since this operation has spent ${seconds(spent)} on its requests`,
    pause > 0 && ` and would have to pause for ${seconds(pause)}`,
    `; ${seconds(longest)} are the limit, ten times the setting timeoutSeconds (asgardeo:timeoutSeconds or ASGARDEO_TIMEOUT_SECONDS)`,
    cause instanceof Error && `; the last failure: ${cause.message}`,
  ];
  throw new AsgardeoError(words.filter(Boolean).join(""), { cause });
}
