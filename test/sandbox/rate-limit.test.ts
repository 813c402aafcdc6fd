import { RateLimit } from "../../sandbox/rate-limit";
import { callerFor, sandboxFor } from "./support";

const path = "/api/server/v1/applications";

describe("the rate limit", () => {
  test("answers 429 with the seconds to wait, and serves again after them", async () => {
    let now = 0;
    const sandbox = await sandboxFor({ rateLimit: 2, now: () => now });
    const call = await callerFor(sandbox);
    const status = async () => (await call("GET", "/applications")).status;
    expect([await status(), await status()]).toEqual([200, 200]);
    now += 10_500;
    const refused = await call("GET", "/applications");
    expect(refused).toMatchObject({ status: 429, body: { code: 429, message: "Too Many Requests" } });
    expect(refused.headers.get("retry-after")).toBe("50");
    now += 49_499;
    expect(await status()).toBe(429);
    now += 1;
    expect(await status()).toBe(200);
    expect(sandbox.requests.filter((request) => request.status === 429)).toHaveLength(2);
  });

  test("counts tokens and APIs apart", async () => {
    const sandbox = await sandboxFor({ rateLimit: 1 });
    const call = await callerFor(sandbox);
    expect((await call("GET", "/applications")).status).toBe(200);
    await expect(callerFor(sandbox)).rejects.toThrow("access_token");
  });

  test("counts every address apart, and does not count what it refuses", () => {
    let now = 0;
    const limit = new RateLimit(1, () => now);
    expect(limit.secondsToWait("a", path)).toBeUndefined();
    expect(limit.secondsToWait("b", path)).toBeUndefined();
    now = 30_000;
    expect(limit.secondsToWait("a", path)).toBe(30);
    now = 60_000;
    expect(limit.secondsToWait("a", path)).toBeUndefined();
  });

  test("slides: a burst over the turn of a minute is not let through", () => {
    let now = 59_000;
    const limit = new RateLimit(2, () => now);
    limit.secondsToWait("a", path);
    limit.secondsToWait("a", path);
    now = 61_000;
    expect(limit.secondsToWait("a", path)).toBe(58);
  });

  test("leaves other paths alone", () => {
    const limit = new RateLimit(1, () => 0);
    for (const _ of [1, 2]) expect(limit.secondsToWait("a", "/oauth2/jwks")).toBeUndefined();
  });
});
