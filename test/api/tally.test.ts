import { execFile } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { FileTally, sharedTally } from "../../provider/api/tally";

const folder = () => mkdtempSync(join(tmpdir(), "tally-"));

/** So many processes that count in one file, at a time that the test sets. */
function processes(count: number) {
  const time = { now: 1_000_000 };
  const file = join(folder(), "server");
  const all = Array.from({ length: count }, () => new FileTally(file, () => time.now));
  return { time, file, one: (i: number) => all[i % count] as FileTally };
}

/** When requests start that are ready at these times, each by the next process. */
function startsOf(count: number, perMinute: number, ready: readonly number[]): number[] {
  const { time, one } = processes(count);
  return ready.map((at, i) => {
    time.now = 1_000_000 + at;
    return at + one(i).count(perMinute);
  });
}

test("the requests of several processes start at once up to the limit, and the others a minute after them", () => {
  const starts = startsOf(
    3,
    4,
    Array.from({ length: 9 }, (_, i) => i),
  );
  expect(starts).toEqual([0, 1, 2, 3, 61_000, 61_001, 61_002, 61_003, 122_000]);
});

test("no minute ever sees more requests of all processes than the limit", () => {
  const ready = Array.from({ length: 500 }, (_, i) => i * 137 + ((i * 7919) % 50));
  const starts = startsOf(20, 180, ready).sort((a, b) => a - b);
  const most = Math.max(...starts.map((start, i) => starts.slice(i).filter((other) => other < start + 60_000).length));
  expect(most).toBe(180);
});

test("a process that begins later counts what others have sent before", () => {
  const { time, file, one } = processes(1);
  for (let i = 0; i < 3; i++) one(0).count(3);
  time.now += 10_000;
  expect(new FileTally(file, () => time.now).count(3)).toBe(51_000);
});

test("what was sent more than a minute ago is forgotten", () => {
  const { time, one } = processes(2);
  for (let i = 0; i < 3; i++) one(0).count(3);
  time.now += 61_000;
  expect(one(1).count(3)).toBe(0);
});

test("a process with a lower limit waits for all of them, and holds up none that may send more", () => {
  const { one } = processes(2);
  for (let i = 0; i < 5; i++) one(0).count(100);
  expect(one(1).count(2)).toBe(61_000);
  expect(one(0).count(100)).toBe(0);
});

test("lines that are none, and times of a clock that was set back, hold up nobody", () => {
  const { time, file, one } = processes(1);
  appendFileSync(file, `\nhello\n${time.now + 1e9} 1 x\nNaN NaN NaN\n1 0 x\n`);
  expect(one(0).count(1)).toBe(0);
});

test("where the file cannot be written any more, a process counts for itself", () => {
  const { one } = processes(1);
  const tally = one(0);
  tally.count(1);
  expect(tally.count(1)).toBeGreaterThan(0);
  closeSync(tally.file);
  expect(tally.count(1)).toBe(0);
});

describe("the place to count in", () => {
  /** Counts two requests of one a minute to a server, in a process of its own with that folder for temporary files. */
  async function waitsIn(temporary: string, servers: readonly string[]): Promise<number[]> {
    const code = `
      const { sharedTally } = require(${JSON.stringify(join(__dirname, "..", "..", "dist", "provider", "api", "tally.js"))});
      console.log(JSON.stringify(${JSON.stringify(servers)}.map((server) => sharedTally(server).count(1))));
    `;
    const env = { ...process.env, TMPDIR: temporary, TEMP: temporary };
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", code], { env });
    return JSON.parse(stdout);
  }
  const own = `pulumi-asgardeo-${process.getuid?.() ?? "requests"}`;

  test("is one for all processes of a user, and for each server by its origin", async () => {
    const temporary = folder();
    const [first] = await waitsIn(temporary, ["https://a.example/t/x"]);
    const [second, other] = await waitsIn(temporary, ["https://a.example/t/y", "https://b.example"]);
    expect([first, (second ?? 0) > 0, other]).toEqual([0, true, 0]);
  });

  test("is the user's alone, and has nothing but times", async () => {
    const temporary = folder();
    await waitsIn(temporary, ["https://a.example"]);
    expect(statSync(join(temporary, own)).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(temporary, own))).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
  });

  test("forgets servers that nobody has asked for ten minutes", async () => {
    const temporary = folder();
    await waitsIn(temporary, ["https://a.example"]);
    const [file = ""] = readdirSync(join(temporary, own));
    const longAgo = Date.now() / 1000 - 601;
    utimesSync(join(temporary, own, file), longAgo, longAgo);
    await waitsIn(temporary, ["https://b.example"]);
    expect(readdirSync(join(temporary, own))).toHaveLength(1);
  });

  test.each([
    ["a link to a folder of somebody else", (path: string) => symlinkSync(folder(), path)],
    ["a file", (path: string) => writeFileSync(path, "")],
    [
      "a folder that others may write to",
      (path: string) => {
        mkdirSync(path);
        chmodSync(path, 0o777);
      },
    ],
  ])("is not used where there is %s in its place: each process counts for itself", async (_what, make) => {
    const temporary = folder();
    make(join(temporary, own));
    expect(await waitsIn(temporary, ["https://a.example", "https://a.example"])).toEqual([0, 0]);
  });

  test("may be missing", () => {
    expect(sharedTally("no URL").count(1)).toBe(0);
  });
});
