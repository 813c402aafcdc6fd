import { withBudget } from "../../provider/api/budget";
import type { HttpRequest, Send } from "../../provider/api/exchange";
import { withRetry } from "../../provider/api/retry";
import { answer } from "../support/client";
import { SimulatedTime } from "./simulated-time";

const request: HttpRequest = { method: "POST", url: "http://127.0.0.1/" };
const minute = 60_000;
const limit = 200;
const setting = 180;

/** Says when the next request is served, if it is not served now; Infinity where the client is not told. */
type Window = (now: number) => number | undefined;

function slidingWindow(): Window {
  const served: number[] = [];
  return (now) => {
    while (served[0] !== undefined && served[0] + minute <= now) served.shift();
    if (served.length >= limit) return (served[0] ?? now) + minute;
    served.push(now);
    return undefined;
  };
}

/** The server's minutes begin at a moment that the client does not know. */
function fixedWindow(phase: number): Window {
  let current = 0;
  let count = 0;
  return (now) => {
    const mine = Math.floor((now + phase) / minute);
    if (mine !== current) count = 0;
    current = mine;
    if (count >= limit) return (mine + 1) * minute - phase;
    count++;
    return undefined;
  };
}

/** A server that counts like this, some way off: nobody knows when exactly it sees a request. */
function server(time: SimulatedTime, window: Window, latency: number, tellsWhen: boolean) {
  const statuses: number[] = [];
  const send: Send = async () => {
    await time.sleep(latency * time.random() ** 3);
    const next = window(time.now());
    const status = next === undefined ? 201 : 429;
    statuses.push(status);
    await time.sleep(latency * time.random());
    if (next === undefined || !tellsWhen) return answer(status);
    return answer(status, "", { "retry-after": String(Math.ceil((next - time.now()) / 1000)) });
  };
  return { send, statuses };
}

/** A process of its own, which knows of no other: so many requests, of which Pulumi has some under way at once. */
async function runProcess(time: SimulatedTime, send: Send, count: number, parallel: number): Promise<number> {
  const sending = withRetry(withBudget(send, setting, time, { say: () => {} }), time);
  let left = count;
  let failed = 0;
  const worker = async () => {
    while (left-- > 0) if ((await sending(request)).status !== 201) failed++;
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return failed;
}

const windows: [string, () => Window][] = [
  ["a sliding window", slidingWindow],
  ...[0, 1, 20_000, 40_000, 55_000, 59_999].map((phase): [string, () => Window] => [
    `fixed windows ${phase} ms off`,
    () => fixedWindow(phase),
  ]),
];
const latencies = [3, 400, 8_000];

describe.each(windows)("against %s", (_, window) => {
  test.each(latencies)("a run from a cold start meets no 429 at all, where an answer takes %i ms", async (latency) => {
    const time = new SimulatedTime();
    const { send, statuses } = server(time, window(), latency, true);
    expect(await time.run(runProcess(time, send, 305, 100))).toBe(0);
    expect(statuses).toHaveLength(305);
  });

  const cases = latencies.flatMap((latency) =>
    [20, 100, 180, 305].flatMap((before) => [true, false].map((tellsWhen) => ({ latency, before, tellsWhen }))),
  );
  test.each(cases)(
    "right after $before requests of another process, at most 1 in 100 is answered 429 (answers take $latency ms, Retry-After: $tellsWhen)",
    async ({ latency, before, tellsWhen }) => {
      const time = new SimulatedTime();
      const { send, statuses } = server(time, window(), latency, tellsWhen);
      await time.run(runProcess(time, send, before, 16));
      const first = statuses.length;
      expect(await time.run(runProcess(time, send, 305, 16))).toBe(0);
      const own = statuses.slice(first);
      expect(own.filter((status) => status === 429).length / own.length).toBeLessThanOrEqual(0.01);
    },
  );

  test("two processes at once, as of two explicit providers, get through without a failure", async () => {
    const time = new SimulatedTime();
    const { send } = server(time, window(), 400, true);
    const both = [runProcess(time, send, 305, 16), runProcess(time, send, 305, 16)];
    expect(await time.run(Promise.all(both))).toEqual([0, 0]);
  });
});
