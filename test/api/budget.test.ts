import { type BudgetOptions, withBudget } from "../../provider/api/budget";
import type { HttpRequest, HttpResponse } from "../../provider/api/exchange";
import { answer, fakeClock, scripted } from "../support/client";
import { SimulatedTime } from "./simulated-time";

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
    { say: () => {} },
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
  const began = clock.now();
  const order: string[] = [];
  const send = withBudget(
    async ({ url }) => {
      order.push(url);
      return answer(200);
    },
    1,
    clock,
    { say: () => {} },
  );
  await Promise.all(["a", "b", "c"].map((url) => send({ ...request, url })));
  expect(order).toEqual(["a", "b", "c"]);
  expect(clock.now() - began).toBe(120_000);
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
    { say: () => {} },
  );
  const all = await Promise.allSettled([send(request), send(request), send(request)]);
  expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect((starts[1] ?? 0) - (starts[0] ?? 0)).toBe(60_000);
});

/** Sends so many requests at once, each answered after a second: when they started, in seconds. */
async function starts(count: number, perMinute: number, answers: HttpResponse[] = [], options: BudgetOptions = {}) {
  const time = new SimulatedTime();
  const seconds: number[] = [];
  const script = [...answers];
  const send = withBudget(
    async () => {
      seconds.push(Math.round(time.now() / 1000));
      await time.sleep(1000);
      return script.shift() ?? answer(200);
    },
    perMinute,
    time,
    { say: () => {}, ...options },
  );
  await time.run(Promise.allSettled(Array.from({ length: count }, () => send(request))));
  return seconds;
}

describe("what others have sent", () => {
  test("is unknown in the first minute, so three requests are in flight at most", async () => {
    expect(await starts(7, 180)).toEqual([0, 0, 0, 1, 1, 1, 2]);
  });

  test("matters less where more is allowed", async () => {
    expect(await starts(7, 600)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test("holds all requests back after a 429, as long as its Retry-After says", async () => {
    const seconds = await starts(6, 180, [answer(429, "", { "retry-after": "30" })]);
    // The two that the server answered in the same second have let two more go before nobody knew.
    expect(seconds).toEqual([0, 0, 0, 31, 32, 33]);
  });

  test("holds them back for a minute after a 429 that says nothing", async () => {
    expect(await starts(5, 180, [answer(429)])).toEqual([0, 0, 0, 61, 61]);
  });

  test("lets them come singly until it is a minute old", async () => {
    const seconds = await starts(100, 180, [answer(429, "", { "retry-after": "10" })]);
    const within = (from: number, to: number) => seconds.filter((second) => second >= from && second < to).length;
    expect(within(3, 11)).toBe(0);
    expect(within(11, 61)).toBe(50);
    expect(within(61, 66)).toBe(15);
  });

  test("holds nobody back where the server asks for an hour: those requests fail at once", async () => {
    expect(await starts(6, 180, [answer(429, "", { "retry-after": "3600" })])).toEqual([0, 0, 0, 1, 1, 1]);
  });

  test("is not to blame for a 503", async () => {
    expect(await starts(4, 180, [answer(503, "", { "retry-after": "30" })])).toEqual([0, 0, 0, 1]);
  });
});

test("a request counts until a minute after its answer, since nobody knows when the server has seen it", async () => {
  expect(await starts(7, 3)).toEqual([0, 0, 0, 61, 61, 61, 122]);
});

describe("the line for those who wait", () => {
  async function lines(count: number, perMinute: number, answers?: HttpResponse[]): Promise<string[]> {
    const said: string[] = [];
    await starts(count, perMinute, answers, { say: (line) => said.push(line) });
    return said;
  }

  test("comes every ten seconds, with what is done, what waits and for how long", async () => {
    const said = await lines(305, 180);
    expect(said[0]).toBe(
      "the rate limit of 180 requests a minute holds requests back: 28 done, 274 waiting, about 60 s for these",
    );
    expect(said).toHaveLength(10);
    expect(said.join("\n")).not.toMatch(/127\.0\.0\.1/);
  });

  test("does not come where nobody waits for ten seconds", async () => {
    expect(await lines(30, 180)).toEqual([]);
  });

  test("ends with the last one that waits", async () => {
    expect((await lines(4, 3)).map((line) => line.replace(/.*back: /, ""))).toEqual([
      "3 done, 1 waiting, about 51 s for these",
      "3 done, 1 waiting, about 41 s for these",
      "3 done, 1 waiting, about 31 s for these",
      "3 done, 1 waiting, about 21 s for these",
      "3 done, 1 waiting, about 11 s for these",
      "3 done, 1 waiting, about 1 s for these",
    ]);
  });

  test("says where the server holds requests back", async () => {
    const [first] = await lines(5, 180, [answer(429)]);
    expect(first).toBe(
      "the server has answered 429 (too many requests), so requests wait: 3 done, 2 waiting, about 51 s for these",
    );
  });
});

test("a cancelled run lets go of all who wait, but not of who need not wait", async () => {
  const clock = fakeClock();
  const controller = new AbortController();
  const sleeping = new Promise<void>((resolve) => {
    clock.sleep = () => {
      resolve();
      return new Promise(() => {});
    };
  });
  const send = scripted(answer(200));
  const sending = withBudget(send, 2, clock, { cancelled: controller.signal });
  await sending(request);
  await sending(request);
  const waiting = Promise.allSettled([sending(request), sending(request)]);
  await sleeping;
  controller.abort(new Error("cancelled"));
  expect((await waiting).map((result) => result.status === "rejected" && result.reason.message)).toEqual([
    "cancelled",
    "cancelled",
  ]);
  clock.time += 61_000;
  expect((await sending(request)).status).toBe(200);
  expect(send.sent).toHaveLength(3);
});

test("a request that other processes hold up waits as long as the tally says, and says so once a minute", async () => {
  const clock = fakeClock();
  const said: string[] = [];
  const waits = [0, 65_000, 0];
  const counted: number[] = [];
  const tally = {
    count: (perMinute: number) => {
      counted.push(perMinute);
      return waits[counted.length - 1] ?? 0;
    },
  };
  const send = withBudget(async () => answer(200), 100, clock, { say: (line) => said.push(line), tally });
  const began = clock.now();
  const starts: number[] = [];
  for (let i = 0; i < 3; i++) {
    await send(request);
    starts.push(clock.now() - began);
  }
  expect(starts).toEqual([0, 65_000, 65_000]);
  expect(counted).toEqual([100, 100, 100]);
  expect(said).toEqual([
    "the rate limit of 100 requests a minute, which all providers on this machine keep together, holds requests back: 1 done, 1 waiting, about 55 s for these",
  ]);
});
