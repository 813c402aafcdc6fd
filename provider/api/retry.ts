import { ConnectionError } from "../errors";
import type { Clock } from "./clock";
import type { HttpRequest, HttpResponse, Send } from "./http";

/** All that decides about a repetition, in one visible place. Times are milliseconds. */
export const retryDefaults = {
  attempts: 5,
  firstDelay: 500,
  longestDelay: 20_000,
  longestRetryAfter: 120_000,
  /** Statuses after which a request that may be repeated is repeated. */
  statuses: [429, 502, 503, 504],
};

/**
 * Repeats what may be repeated. GET, PUT and DELETE after a network failure or 429, 502, 503, 504; POST and PATCH only
 * where nothing can have run: never sent, 429, or 503 with `Retry-After`.
 */
export function withRetry<R extends Pick<HttpRequest, "method" | "repeatable">>(
  send: Send<R>,
  clock: Clock,
  policy = retryDefaults,
): Send<R> {
  return async (request) => {
    for (let attempt = 1; ; attempt++) {
      const last = attempt >= policy.attempts;
      try {
        const response = await send(request);
        if (last || !mayRepeatAfterStatus(request, response, policy.statuses)) return response;
        await clock.sleep(delayBefore(attempt, clock, policy, response));
      } catch (error) {
        if (!mayRepeatAfterFailure(request, error)) throw error;
        if (last) {
          error.exhausted = true;
          throw error;
        }
        await clock.sleep(delayBefore(attempt, clock, policy));
      }
    }
  };
}

type Repeatable = Pick<HttpRequest, "method" | "repeatable">;

function isIdempotent({ method, repeatable }: Repeatable): boolean {
  return repeatable === true || (method !== "POST" && method !== "PATCH");
}

function mayRepeatAfterStatus(request: Repeatable, response: HttpResponse, statuses: readonly number[]): boolean {
  if (!statuses.includes(response.status)) return false;
  if (isIdempotent(request) || response.status === 429) return true;
  return response.status === 503 && response.headers["retry-after"] !== undefined;
}

function mayRepeatAfterFailure(request: Repeatable, error: unknown): error is ConnectionError {
  if (!(error instanceof ConnectionError) || error.exhausted || error.failure === "tls") return false;
  return error.failure === "unsent" || isIdempotent(request);
}

/** `Retry-After` where the server gives it (RFC 9110 10.2.3), else exponential with full jitter over its upper half. */
export function delayBefore(attempt: number, clock: Clock, policy = retryDefaults, response?: HttpResponse): number {
  const asked = retryAfter(response?.headers["retry-after"]);
  if (asked !== undefined) return Math.min(asked, policy.longestRetryAfter);
  const ceiling = Math.min(policy.firstDelay * 2 ** (attempt - 1), policy.longestDelay);
  return ceiling / 2 + (clock.random() * ceiling) / 2;
}

function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
