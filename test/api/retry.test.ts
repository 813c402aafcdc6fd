import { withBudget } from "../../provider/api/budget";
import { Effort, withEffort } from "../../provider/api/effort";
import type { HttpRequest, HttpResponse } from "../../provider/api/exchange";
import { delayBefore, retryDefaults, withRetry } from "../../provider/api/retry";
import { AsgardeoError, ConnectionError, type ConnectionFailure } from "../../provider/errors";
import { answer, type FakeClock, failure, fakeClock, scripted } from "../support/client";

const cut = (failure: ConnectionFailure) => new ConnectionError(failure, "no answer");
const ok = answer(200);

/** How often the request was sent when `first` came first and success would come next. */
async function attempts(request: Partial<HttpRequest>, first: HttpResponse | Error): Promise<number> {
  const send = scripted(first, ok);
  await withRetry(send, fakeClock())({ method: "GET", url: "http://127.0.0.1/", ...request }).catch(() => undefined);
  return send.sent.length;
}

const safe = ["GET", "PUT", "DELETE"] as const;
const unsafe = ["POST", "PATCH"] as const;

test.each(safe)("%s is repeated after a network failure, 429, 502, 503 and 504", async (method) => {
  for (const first of [cut("unsent"), cut("unanswered"), answer(429), answer(502), answer(503), answer(504)]) {
    expect(await attempts({ method }, first)).toBe(2);
  }
});

test.each(unsafe)("%s is repeated only where nothing can have run", async (method) => {
  for (const first of [cut("unsent"), answer(429), answer(503, "", { "retry-after": "1" })]) {
    expect(await attempts({ method }, first)).toBe(2);
  }
  for (const first of [cut("unanswered"), answer(502), answer(503), answer(504)]) {
    expect(await attempts({ method }, first)).toBe(1);
  }
});

test("a POST that may be sent twice, such as a token request, is repeated like a GET", async () => {
  expect(await attempts({ method: "POST", repeatable: true }, cut("unanswered"))).toBe(2);
  expect(await attempts({ method: "POST", repeatable: true }, answer(502))).toBe(2);
});

test.each([200, 204, 302, 400, 401, 403, 404, 409, 500, 501])("the status %i is never repeated", async (status) => {
  expect(await attempts({}, answer(status))).toBe(1);
});

test("a certificate that is not trusted is not tried again", async () => {
  expect(await attempts({}, cut("tls"))).toBe(1);
});

test("an error that is not the network's is not tried again", async () => {
  expect(await attempts({}, new TypeError("a bug"))).toBe(1);
});

test("after five failures the last one is told", async () => {
  const last = cut("unsent");
  const send = scripted(cut("unsent"), cut("unsent"), cut("unsent"), cut("unsent"), last, ok);
  await expect(withRetry(send, fakeClock())({ method: "GET", url: "x" })).rejects.toBe(last);
  expect(send.sent).toHaveLength(5);
});

test("after five bad gateways the last answer is handed on", async () => {
  const send = scripted(answer(502));
  expect((await withRetry(send, fakeClock())({ method: "GET", url: "x" })).status).toBe(502);
  expect(send.sent).toHaveLength(5);
});

test("after a 429 nothing is waited for here: the budget does so for all requests", async () => {
  const clock = fakeClock();
  const send = scripted(answer(429, "", { "retry-after": "17" }), answer(429), ok);
  expect((await withRetry(send, clock)({ method: "POST", url: "x" })).status).toBe(200);
  expect(clock.slept).toEqual([]);
});

test("a server that answers 429 for ever is asked ten times", async () => {
  const send = scripted(answer(429));
  expect((await withRetry(send, fakeClock())({ method: "POST", url: "x" })).status).toBe(429);
  expect(send.sent).toHaveLength(10);
});

test("waits double, up to the longest, and vary by jitter over their upper half", () => {
  const at = (attempt: number, random: number) => delayBefore(attempt, fakeClock(random));
  expect([1, 2, 3, 4].map((attempt) => at(attempt, 1))).toEqual([500, 1000, 2000, 4000]);
  expect([1, 2, 3, 4].map((attempt) => at(attempt, 0))).toEqual([250, 500, 1000, 2000]);
  expect(at(30, 1)).toBe(retryDefaults.longestDelay);
});

test("Retry-After of a 503 is obeyed to the second", async () => {
  const clock = fakeClock();
  await withRetry(scripted(answer(503, "", { "retry-after": "17" }), ok), clock)({ method: "POST", url: "x" });
  expect(clock.slept).toEqual([17_000]);
});

test("Retry-After may be a date, and one in the past means now", () => {
  const at = (date: number) => answer(429, "", { "retry-after": new Date(date).toUTCString() });
  const wait = delayBefore(1, fakeClock(), retryDefaults, at(Date.now() + 60_000));
  expect(wait).toBeGreaterThan(50_000);
  expect(wait).toBeLessThanOrEqual(60_000);
  expect(delayBefore(1, fakeClock(), retryDefaults, at(Date.now() - 60_000))).toBe(0);
});

test.each(["soon", "-5", "1.5", "in 2050", ""])("a Retry-After of %j means nothing", async (header) => {
  expect(delayBefore(1, fakeClock(), retryDefaults, answer(429, "", { "retry-after": header }))).toBe(500);
  expect(await attempts({ method: "POST" }, answer(503, "", { "retry-after": header }))).toBe(1);
});

test("a server that asks for an hour gets no repetition: the answer is handed on at once", async () => {
  const clock = fakeClock();
  const send = scripted(answer(503, "", { "retry-after": "3600" }), ok);
  expect((await withRetry(send, clock)({ method: "GET", url: "x" })).status).toBe(503);
  expect(clock.slept).toEqual([]);
});

test("every attempt is the same request", async () => {
  const send = scripted(answer(429), cut("unsent"), ok);
  const request: HttpRequest = { method: "PATCH", url: "x", body: "{}" };
  await withRetry(send, fakeClock())(request);
  expect(send.sent).toMatchObject([request, request, request]);
});

describe("the time limit of an operation", () => {
  const request: HttpRequest = { method: "PUT", url: "http://127.0.0.1/things/1?x=hush" };
  const slow = (clock: FakeClock, seconds: number, response: HttpResponse | Error) => {
    const send = scripted(response);
    const timed = withEffort(async (sent) => {
      clock.time += seconds * 1000;
      return send(sent);
    }, clock);
    return Object.assign(timed, { sent: send.sent });
  };

  test("is over the attempts and the pauses of all its requests", async () => {
    const clock = fakeClock();
    const send = slow(clock, 100, ok);
    const sending = withRetry(send, clock);
    const effort = new Effort();
    for (let i = 0; i < 4; i++) await sending({ ...request, effort });
    const { message } = await failure(AsgardeoError, () => sending({ ...request, effort }));
    expect(message).toBe(
      "PUT /things/1: not sent, since this operation has spent 400 s on its requests; 300 s are the limit, ten times the setting timeoutSeconds (asgardeo:timeoutSeconds or ASGARDEO_TIMEOUT_SECONDS)",
    );
    expect(send.sent).toHaveLength(4);
    expect((await sending(request)).status).toBe(200);
  });

  test("refuses a pause that would go beyond it, and tells the last failure", async () => {
    const clock = fakeClock();
    const waits = withRetry(scripted(answer(503, "", { "retry-after": "100" })), clock);
    expect((await failure(AsgardeoError, () => waits(request))).message).toMatch(
      /^PUT \/things\/1: not repeated, since this operation has spent 300 s .* and would have to pause for 100 s; 300 s are the limit/,
    );
    expect(clock.slept).toEqual([100_000, 100_000, 100_000]);
    const fails = withRetry(slow(clock, 150, cut("unanswered")), clock);
    expect((await failure(AsgardeoError, () => fails(request))).message).toMatch(/; the last failure: no answer$/);
  });

  test("does not count what a request waits for the budget", async () => {
    const clock = fakeClock();
    const budgeted = withBudget(slow(clock, 1, ok), 1, clock, { say: () => {} });
    const sending = withRetry(budgeted, clock);
    const effort = new Effort();
    for (let i = 0; i < 20; i++) await sending({ ...request, effort });
    expect(effort.spent).toBe(20_000);
    expect(clock.now()).toBeGreaterThan(19 * 60_000);
  });
});

test("a cancelled run does not wait for the next attempt", async () => {
  const clock = fakeClock();
  const controller = new AbortController();
  clock.sleep = () => new Promise(() => controller.abort(new Error("cancelled")));
  const sending = withRetry(scripted(answer(503), ok), clock, retryDefaults, controller.signal);
  await expect(sending({ method: "GET", url: "x" })).rejects.toThrow("cancelled");
});
