import { ConnectionError } from "../errors";
import type { Clock } from "./clock";
import type { HttpRequest, HttpResponse, Send } from "./http";

/** All that decides about a repetition, in one visible place. Times are milliseconds. */
export const retryDefaults = {
  attempts: 5,
  /** More, and with them more than half a minute: without `Retry-After`, a limit a minute is lifted only that late. */
  attemptsAfter429: 10,
  firstDelay: 500,
  longestDelay: 20_000,
  /** A server that asks for more than this gets no repetition. */
  longestRetryAfter: 120_000,
  /** Statuses after which a request that may be repeated is repeated. */
  statuses: [429, 502, 503, 504],
};

/**
 * Repeats what may be repeated. GET, PUT and DELETE after a network failure or 429, 502, 503, 504; POST and PATCH only
 * where nothing can have run: never sent, 429, or 503 with `Retry-After`.
 */
export function withRetry(send: Send, clock: Clock, policy = retryDefaults): Send {
  return async (request) => {
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await send(request);
        if (!mayRepeatAfterStatus(request, response, attempt, policy)) return response;
        await clock.sleep(delayBefore(attempt, clock, policy, response));
      } catch (error) {
        if (attempt >= policy.attempts || !mayRepeatAfterFailure(request, error)) throw error;
        await clock.sleep(delayBefore(attempt, clock, policy));
      }
    }
  };
}

type Repeatable = Pick<HttpRequest, "method" | "repeatable">;

function isIdempotent({ method, repeatable }: Repeatable): boolean {
  return repeatable === true || (method !== "POST" && method !== "PATCH");
}

function mayRepeatAfterStatus(
  request: Repeatable,
  { status, headers }: HttpResponse,
  attempt: number,
  policy: typeof retryDefaults,
): boolean {
  const asked = retryAfter(headers["retry-after"]);
  if (!policy.statuses.includes(status) || (asked ?? 0) > policy.longestRetryAfter) return false;
  if (status === 429) return attempt < policy.attemptsAfter429;
  return attempt < policy.attempts && (isIdempotent(request) || (status === 503 && asked !== undefined));
}

function mayRepeatAfterFailure(request: Repeatable, error: unknown): boolean {
  if (!(error instanceof ConnectionError) || error.failure === "tls") return false;
  return error.failure === "unsent" || isIdempotent(request);
}

/** `Retry-After` where the server gives it (RFC 9110 10.2.3), else exponential with jitter over its upper half. */
export function delayBefore(attempt: number, clock: Clock, policy = retryDefaults, response?: HttpResponse): number {
  const asked = retryAfter(response?.headers["retry-after"]);
  if (asked !== undefined) return asked;
  const ceiling = Math.min(policy.firstDelay * 2 ** (attempt - 1), policy.longestDelay);
  return ceiling / 2 + (clock.random() * ceiling) / 2;
}

/** Seconds or a date. Nothing else is read as a date, since `Date.parse` finds one in many a text. */
function retryAfter(header = ""): number | undefined {
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]+, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
