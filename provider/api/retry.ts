import { ConnectionError } from "../errors";
import { never, unlessCancelled } from "./cancellation";
import type { Clock } from "./clock";
import { Effort, longestEffort, refuseBeyond } from "./effort";
import type { HttpRequest, HttpResponse, Send } from "./exchange";
import { longestRetryAfter, retryAfter } from "./retry-after";

/** All that decides about a repetition, in one visible place. Times are milliseconds. */
export const retryDefaults = {
  attempts: 5,
  /** More: others may have used the server's limit up, again and again. */
  attemptsAfter429: 10,
  firstDelay: 500,
  longestDelay: 20_000,
  /** A server that asks for more than this gets no repetition. */
  longestRetryAfter,
  /** An operation that has spent more than this on its requests sends no more of them. */
  longestEffort: longestEffort(30),
  /** Statuses after which a request that may be repeated is repeated. */
  statuses: [429, 502, 503, 504],
};

type Policy = typeof retryDefaults;

/** How an attempt ended. */
type Outcome = { readonly response: HttpResponse } | { readonly error: unknown };

/**
 * Repeats what may be repeated. GET, PUT and DELETE after a network failure or 429, 502, 503, 504; POST and PATCH only
 * where nothing can have run: never sent, 429, or 503 with `Retry-After`. After a 429 it is the budget that waits, for all.
 */
export function withRetry(send: Send, clock: Clock, policy = retryDefaults, cancelled: AbortSignal = never): Send {
  return async (given) => {
    const effort = given.effort ?? new Effort();
    const request = { ...given, effort };
    refuseBeyond(policy.longestEffort, request);
    for (let attempt = 1; ; attempt++) {
      const outcome = await outcomeOf(send(request));
      const pause = pauseAfter(request, outcome, attempt, clock, policy);
      if (pause === undefined) return resultOf(outcome);
      refuseBeyond(policy.longestEffort, request, pause, "error" in outcome ? outcome.error : undefined);
      effort.spent += pause;
      if (pause > 0) await unlessCancelled(cancelled, clock.sleep(pause));
    }
  };
}

async function outcomeOf(attempt: Promise<HttpResponse>): Promise<Outcome> {
  try {
    return { response: await attempt };
  } catch (error) {
    return { error };
  }
}

function resultOf(outcome: Outcome): HttpResponse {
  if ("error" in outcome) throw outcome.error;
  return outcome.response;
}

/** Undefined where there is to be no repetition. */
function pauseAfter(request: Repeatable, outcome: Outcome, attempt: number, clock: Clock, policy: Policy) {
  if ("error" in outcome) {
    const mayRepeat = attempt < policy.attempts && mayRepeatAfterFailure(request, outcome.error);
    return mayRepeat ? delayBefore(attempt, clock, policy) : undefined;
  }
  const { response } = outcome;
  if (!mayRepeatAfterStatus(request, response, attempt, policy)) return undefined;
  return response.status === 429 ? 0 : delayBefore(attempt, clock, policy, response);
}

type Repeatable = Pick<HttpRequest, "method" | "repeatable">;

function isIdempotent({ method, repeatable }: Repeatable): boolean {
  return repeatable === true || (method !== "POST" && method !== "PATCH");
}

function mayRepeatAfterStatus(
  request: Repeatable,
  { status, headers }: HttpResponse,
  attempt: number,
  policy: Policy,
): boolean {
  const asked = retryAfter(headers["retry-after"]);
  if (!policy.statuses.includes(status) || (asked ?? 0) > policy.longestRetryAfter) return false;
  if (status === 429) return attempt < policy.attemptsAfter429;
  return attempt < policy.attempts && (isIdempotent(request) || (status === 503 && asked !== undefined));
}

function mayRepeatAfterFailure(request: Repeatable, error: unknown): boolean {
  if (!(error instanceof ConnectionError)) return false;
  return error.failure === "unsent" || (error.failure === "unanswered" && isIdempotent(request));
}

/** `Retry-After` where the server gives it (RFC 9110 10.2.3), else exponential with jitter over its upper half. */
export function delayBefore(attempt: number, clock: Clock, policy = retryDefaults, response?: HttpResponse): number {
  const asked = retryAfter(response?.headers["retry-after"]);
  if (asked !== undefined) return asked;
  const ceiling = Math.min(policy.firstDelay * 2 ** (attempt - 1), policy.longestDelay);
  return ceiling / 2 + (clock.random() * ceiling) / 2;
}
