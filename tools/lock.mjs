import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onInterrupt, withHeartbeat } from "./run.mjs";
import { say } from "./say.mjs";

const TOUCH_EVERY = 5_000;
// For owners whose pid says nothing: on another machine that shares the folder, or a pid used again.
const SILENT_OWNER_IS_DEAD_AFTER = 120_000;
const HALF_WRITTEN_IS_DEAD_AFTER = 10_000;

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
  try {
    // In a container whose first process collects no orphans, the dead keep their pids: "<pid> (<name>) Z …".
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(")") + 2));
  } catch {
    return true;
  }
}

/**
 * Who holds the lock file, if anybody alive does.
 *
 * @param {string} path
 * @returns {Promise<{ state: "free" } | { state: "dead", text: string } | { state: "held", pid: number | undefined }>}
 */
async function holder(path) {
  let text;
  let age;
  try {
    text = await readFile(path, "utf8");
    age = Date.now() - (await stat(path)).mtimeMs;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return { state: "free" };
    throw error;
  }
  let owner;
  try {
    owner = JSON.parse(text);
  } catch {
    return age > HALF_WRITTEN_IS_DEAD_AFTER ? { state: "dead", text } : { state: "held", pid: undefined };
  }
  const dead = age > SILENT_OWNER_IS_DEAD_AFTER || (owner.host === hostname() && !isAlive(owner.pid));
  return dead ? { state: "dead", text } : { state: "held", pid: owner.pid };
}

/** Takes a dead owner's lock away, and puts it back if another waiter was quicker. @param {string} path @param {string} text */
async function clear(path, text) {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, "utf8")) === text) await rm(aside, { force: true });
  else await rename(aside, path);
}

/**
 * Does work that only one process at a time may do. A second process waits, and says so.
 *
 * @template T
 * @param {string} path the lock file
 * @param {string} what the work, in a sentence such as "waiting for … to finish <what>"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, what, work) {
  await mkdir(dirname(path), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() });
  let waiting = false;
  await withHeartbeat(`waiting for another run to finish ${what}`, async () => {
    for (;;) {
      try {
        await writeFile(path, mine, { flag: "wx" });
        return;
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
      }
      const found = await holder(path);
      if (found.state === "dead") {
        say(`  an earlier run ended without finishing ${what}: going on in its place`);
        await clear(path, found.text);
      } else if (found.state === "held") {
        if (!waiting)
          say(`  another run${found.pid ? ` (process ${found.pid})` : ""} is ${what}: waiting for it to finish`);
        waiting = true;
        await sleep(300);
      }
    }
  });
  const release = async () => {
    clearInterval(touch);
    if ((await readFile(path, "utf8").catch(() => "")) === mine) await rm(path, { force: true });
  };
  const touch = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), TOUCH_EVERY);
  const forget = onInterrupt(release);
  try {
    return await work();
  } finally {
    forget();
    await release();
  }
}
