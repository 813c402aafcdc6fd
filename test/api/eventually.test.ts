import { Api } from "../../provider/api/api";
import { never } from "../../provider/api/cancellation";
import { eventually } from "../../provider/api/eventually";
import { Secrets } from "../../provider/api/redact";
import type { ApiRequest } from "../../provider/api/token";
import { AsgardeoError } from "../../provider/errors";
import { answer, failure, scripted } from "../support/client";
import { SimulatedTime } from "./simulated-time";

const what = "the application a is shared with the organization o";

/** Something that comes about after so many milliseconds, and when it was looked at. */
function background(after: number) {
  const time = new SimulatedTime();
  const looks: number[] = [];
  const said: string[] = [];
  const look = async () => {
    looks.push(time.now());
    return time.now() >= after ? "done" : undefined;
  };
  const end = new AbortController();
  const waiting = { clock: time, say: (line: string) => void said.push(line), cancelled: end.signal };
  return { time, looks, said, look, end, waiting };
}

const pausesOf = (looks: readonly number[]) => looks.slice(1).map((at, i) => at - (looks[i] ?? 0));

test("what has come about already costs one look and no pause", async () => {
  const { time, looks, said, look, waiting } = background(0);
  expect(await time.run(eventually(waiting, { what, look }))).toBe("done");
  expect(looks).toEqual([0]);
  expect(said).toEqual([]);
});

test("a value that counts as nothing in conditions has come about, too", async () => {
  const { time, waiting } = background(0);
  for (const value of [false, 0, "", null]) {
    expect(await time.run(eventually(waiting, { what, look: async () => value }))).toBe(value);
  }
});

test("the pauses grow up to eight seconds, each shortened by up to a half", async () => {
  const { time, looks, look, waiting } = background(60_000);
  await time.run(eventually(waiting, { what, look }));
  const pauses = pausesOf(looks);
  const ceilings = pauses.map((_, i) => Math.min(500 * 2 ** i, 8_000));
  expect(pauses.length).toBeGreaterThan(8);
  for (const [i, pause] of pauses.entries()) {
    expect(pause).toBeGreaterThanOrEqual((ceilings[i] ?? 0) / 2);
    expect(pause).toBeLessThanOrEqual(ceilings[i] ?? 0);
  }
  expect(new Set(pauses).size).toBe(pauses.length);
});

test("a line every ten seconds says what is waited for and how long that may go on", async () => {
  const { time, said, look, waiting } = background(35_000);
  await time.run(eventually(waiting, { what, look, atMost: 90_000 }));
  expect(said.length).toBeGreaterThanOrEqual(2);
  expect(said.length).toBeLessThanOrEqual(3);
  for (const line of said) {
    expect(line).toMatch(
      /^waiting until the application a is shared with the organization o: \d\d s so far, 90 s at most$/,
    );
  }
});

test("what does not come about is an error, after a last look when the time is over", async () => {
  const { time, looks, look, waiting } = background(Number.POSITIVE_INFINITY);
  const work = eventually(waiting, { what, look, atMost: 20_000 });
  const { message } = await failure(AsgardeoError, () => time.run(work));
  expect(message).toBe(
    `the server has accepted it, but after 20 s it is still not so that ${what}. It may come about later: run again.`,
  );
  expect(looks.at(-1)).toBe(20_000);
});

test("two minutes are the limit where no other one is given", async () => {
  const { time, looks, look, waiting } = background(Number.POSITIVE_INFINITY);
  await expect(time.run(eventually(waiting, { what, look }))).rejects.toThrow(/after 120 s/);
  expect(looks.at(-1)).toBe(120_000);
});

test("what comes about at the last moment is no error", async () => {
  const { time, look, waiting } = background(20_000);
  expect(await time.run(eventually(waiting, { what, look, atMost: 20_000 }))).toBe("done");
});

test("a look that fails ends the waiting with its own error", async () => {
  const { time, waiting } = background(0);
  const look = async () => Promise.reject(new AsgardeoError("the server says no"));
  await expect(time.run(eventually(waiting, { what, look }))).rejects.toThrow("the server says no");
});

test("a run that is cancelled does not wait any longer, and says what is under way", async () => {
  const { end, waiting } = background(0);
  let looks = 0;
  const stopped = { ...waiting, clock: { now: () => 0, sleep: () => new Promise<void>(() => {}), random: () => 0 } };
  const look = async () => void looks++;
  const work = eventually(stopped, { what, look });
  setImmediate(() => end.abort(new Error("Ctrl-C")));
  const { message } = await failure(AsgardeoError, () => work);
  expect(message).toBe(
    `the run was cancelled while it waited until ${what}. The server goes on with it: run again to see how it ended.`,
  );
  expect(looks).toBe(1);
});

test("the API waits by the clock and the lines of its process", async () => {
  const { time, said, look, waiting } = background(15_000);
  const send = Object.assign(scripted<ApiRequest>(answer(200)), { require: async () => {} });
  const api = Api.over(send, "http://127.0.0.1", new Secrets(), { waiting: { ...waiting, cancelled: never } });
  expect(await time.run(api.eventually({ what, look }))).toBe("done");
  expect(said).toHaveLength(1);
});
