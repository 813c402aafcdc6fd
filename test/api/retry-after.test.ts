import { path } from "../../provider/api/path";
import { Secrets } from "../../provider/api/redact";
import { accepted } from "../../provider/api/refusal";
import { longestRetryAfter, retryAfter, tooLongToWait } from "../../provider/api/retry-after";
import { requestToken } from "../../provider/api/token-endpoint";
import { ApiError } from "../../provider/errors";
import { answer, failure, fakeClock, scripted } from "../support/client";

const now = Date.parse("2026-01-01T00:00:00Z");
beforeEach(() => jest.spyOn(Date, "now").mockReturnValue(now));
afterEach(() => jest.restoreAllMocks());

const year = 31_536_000;

test.each([
  ["17", 17_000],
  [" 17 ", 17_000],
  ["0", 0],
  ["007", 7000],
  ["120", longestRetryAfter],
  [String(year), year * 1000],
  ["1".padEnd(31, "0"), 1e30 * 1000],
  ["9".repeat(400), Number.POSITIVE_INFINITY],
  ["Thu, 01 Jan 2026 00:01:00 GMT", 60_000],
  ["Thursday, 01-Jan-26 00:01:00 GMT", 60_000],
  ["Wed, 31 Dec 2025 23:59:59 GMT", 0],
  ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
  ["Fri, 01 Jan 2027 00:00:00 GMT", year * 1000],
])("a Retry-After of %j is %d milliseconds", (header, milliseconds) => {
  expect(retryAfter(header)).toBe(milliseconds);
});

test.each([
  ...["", " ", "-5", "-1e9", "+5", "1.5", "0.5", "1e3", "0x10", "1,000", "120, 60", "NaN", "Infinity", "null", "soon"],
  ...["in 2050", "2026-01-01T00:01:00Z", "Thu, 99 Foo 2026 00:01:00 GMT", "Thu, 01 Jan 999999 00:00:00 GMT"],
])("a Retry-After of %j means nothing", (header) => {
  expect(retryAfter(header)).toBeUndefined();
  expect(tooLongToWait(header)).toBeUndefined();
});

test.each([
  ["0", undefined],
  ["120", undefined],
  ["121", "3 minutes"],
  ["3600", "1 hour"],
  ["5400", "2 hours"],
  ["86400", "1 day"],
  [String(year), "365 days"],
  [String(year + 1), "more than a year"],
  ["9".repeat(400), "more than a year"],
  ["Fri, 02 Jan 2026 00:00:00 GMT", "1 day"],
])("what is too long to wait for is told: %j is %s", (header, words) => {
  if (words === undefined) expect(tooLongToWait(header)).toBeUndefined();
  else expect(tooLongToWait(header)).toContain(`the server asks to wait for ${words} (Retry-After)`);
});

test.each([429, 503])("a server that answers %i and asks for an hour is told with it", async (status) => {
  const refused = answer(status, { code: "X-1", description: "too busy" }, { "retry-after": "3600" });
  const things = path`/api/server/v1/things`;
  const error = await failure(ApiError, async () => accepted("GET /x", things, refused, new Secrets(), ""));
  expect(error.message).toMatch(/^GET \/x: \d+ X-1: too busy; the server asks to wait for 1 hour \(Retry-After\)/);
  const credentials = { tokenUrl: "https://x/t", clientId: "me", clientSecret: "hush-hush", organization: undefined };
  const token = await failure(ApiError, () =>
    requestToken(scripted(refused), credentials, [], fakeClock(), new Secrets()),
  );
  expect(token.message).toMatch(/the server asks to wait for 1 hour \(Retry-After\)/);
});
