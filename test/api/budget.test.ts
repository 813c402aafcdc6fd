import { withBudget } from "../../provider/api/budget";
import type { HttpRequest } from "../../provider/api/http";
import { answer, fakeClock } from "../support/client";

const request: HttpRequest = { method: "GET", url: "http://127.0.0.1/" };

function budgeted(perMinute: number) {
  const clock = fakeClock();
  const starts: number[] = [];
  const send = withBudget(
    async () => {
      starts.push(clock.now());
      return answer(200);
    },
    perMinute,
    clock,
  );
  return { clock, starts, send };
}

test("requests within the budget start at once", async () => {
  const { clock, starts, send } = budgeted(3);
  await Promise.all([send(request), send(request), send(request)]);
  expect(starts).toHaveLength(3);
  expect(clock.slept).toEqual([]);
});

test("no 60 seconds ever see more requests than the budget allows", async () => {
  const { clock, starts, send } = budgeted(4);
  for (let i = 0; i < 8; i++) {
    await Promise.all([send(request), send(request)]);
    clock.time += 7_000;
  }
  const counts = starts.map((start) => starts.filter((other) => other >= start && other < start + 60_000).length);
  expect(Math.max(...counts)).toBe(4);
  expect(starts).toHaveLength(16);
});

test("requests beyond the budget keep their order", async () => {
  const clock = fakeClock();
  const order: string[] = [];
  const send = withBudget(
    async ({ url }) => {
      order.push(url);
      return answer(200);
    },
    1,
    clock,
  );
  await Promise.all(["a", "b", "c"].map((url) => send({ ...request, url })));
  expect(order).toEqual(["a", "b", "c"]);
  expect(clock.slept).toEqual([60_000, 60_000]);
});

test("a slow answer holds up no request behind it", async () => {
  const clock = fakeClock();
  let started = 0;
  const send = withBudget(() => (started++ === 0 ? new Promise(() => {}) : Promise.resolve(answer(200))), 5, clock);
  void send(request);
  expect((await send(request)).status).toBe(200);
});

test("a request that fails does not fail the next one", async () => {
  const clock = fakeClock();
  let count = 0;
  const send = withBudget(
    async () => {
      if (count++ === 0) throw new Error("cut");
      return answer(200);
    },
    5,
    clock,
  );
  const both = await Promise.allSettled([send(request), send(request)]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
});

test("a wait that fails does not fail all who wait behind it, and the budget still holds", async () => {
  const clock = fakeClock();
  const starts: number[] = [];
  const { sleep } = clock;
  let fails = true;
  clock.sleep = async (milliseconds) => {
    if (fails) {
      fails = false;
      throw new Error("no timer");
    }
    return sleep(milliseconds);
  };
  const send = withBudget(
    async () => {
      starts.push(clock.now());
      return answer(200);
    },
    1,
    clock,
  );
  const all = await Promise.allSettled([send(request), send(request), send(request)]);
  expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect((starts[1] ?? 0) - (starts[0] ?? 0)).toBe(60_000);
});
