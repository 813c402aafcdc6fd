import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { dim, duration, say, silence, Trouble } from "./say.mjs";

/**
 * @typedef {object} RunOptions
 * @property {string} [label] what the heartbeat calls the work
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(line: string) => void} [onLine] is given each line of output as it comes
 * @property {number} [limit] milliseconds that the work may take
 * @property {number} [stallLimit] milliseconds for which `progress` may stay the same
 * @property {() => unknown} [progress] a value that changes while the work gets on
 *
 * @typedef {object} RunResult
 * @property {number} code 0 where all went well
 * @property {string} stdout
 * @property {string} stderr
 * @property {string} output both, in the order in which they came
 * @property {"limit" | "stall" | undefined} ended why the work was cut short
 */

const HEARTBEAT_AFTER = 5_000;
const GRACE = 10_000;

/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();
/** @type {(() => unknown)[]} */
const cleanups = [];
let interrupted = false;

/** All processes and their parents. @returns {[pid: number, parent: number][]} */
function processes() {
  if (!existsSync("/proc/self/stat")) {
    const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
    return lines.map((line) => /** @type {[number, number]} */ (line.trim().split(/\s+/).map(Number)));
  }
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      return /** @type {[number, number][]} */ ([[Number(name), parent]]);
    } catch {
      return [];
    }
  });
}

/** A process and all that it has started. @param {number} pid @returns {number[]} */
function familyOf(pid) {
  const all = processes();
  const family = [pid];
  for (const member of family) for (const [child, parent] of all) if (parent === member) family.push(child);
  return family;
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalTo(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** Signals a child's process group. @param {import("node:child_process").ChildProcess} child @param {NodeJS.Signals} signal */
function signalGroup(child, signal) {
  if (child.pid !== undefined) signalTo(process.platform === "win32" ? child.pid : -child.pid, signal);
}

/** Ends a child at once, and all that it has started: pulumi gives its plugins process groups of their own. @param {import("node:child_process").ChildProcess} child */
function killFamily(child) {
  if (child.pid === undefined) return;
  /** @type {number[]} */
  let family = [];
  try {
    family = process.platform === "win32" ? [child.pid] : familyOf(child.pid);
  } catch {
    family = [child.pid];
  }
  for (const pid of family) signalTo(pid, "SIGKILL");
  signalGroup(child, "SIGKILL");
}

/** Adds work to be done when a signal ends this process; returns a function that takes it off the list. @param {() => unknown} cleanup */
export function onInterrupt(cleanup) {
  cleanups.push(cleanup);
  listen();
  return () => {
    const index = cleanups.indexOf(cleanup);
    if (index >= 0) cleanups.splice(index, 1);
  };
}

/**
 * Does work with a folder of its own, which is deleted afterwards, and when a signal ends this process.
 *
 * @template T
 * @param {string} name what it is for
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inTemporaryFolder(name, work) {
  mkdirSync(tmpdir(), { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), `pulumi-asgardeo-${name}-`));
  const cleanUp = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  const forget = onInterrupt(cleanUp);
  try {
    return await work(folder);
  } finally {
    forget();
    cleanUp();
  }
}

/** The environment without the user's own accounts: a real tenant or backend must not be touched. @param {NodeJS.ProcessEnv} env */
export function withoutOwn(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(PULUMI|ASGARDEO)_/.test(name)));
}

let listening = false;

function listen() {
  if (listening) return;
  listening = true;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => void interrupt(signal));
  }
}

/** @param {"SIGINT" | "SIGTERM" | "SIGHUP"} signal */
async function interrupt(signal) {
  if (interrupted) {
    for (const child of children) killFamily(child);
    return;
  }
  interrupted = true;
  say(dim("Stopping…"));
  // Also for other signals: it is the one on which pulumi brings its work to an orderly end.
  for (const child of children) signalGroup(child, "SIGINT");
  const patience = setTimeout(() => {
    for (const child of children) killFamily(child);
  }, GRACE);
  await Promise.all([...children].map((child) => new Promise((resolve) => child.once("close", resolve))));
  clearTimeout(patience);
  for (const cleanup of [...cleanups].reverse()) await Promise.resolve(cleanup()).catch(() => undefined);
  process.exit(128 + constants.signals[signal]);
}

/**
 * Says every few seconds that work is still going on, as long as nothing else is said.
 *
 * @template T
 * @param {string} label
 * @param {() => Promise<T>} work
 */
export async function withHeartbeat(label, work) {
  const started = Date.now();
  const timer = setInterval(() => {
    if (silence() >= HEARTBEAT_AFTER) say(dim(`  … ${label} (${duration(Date.now() - started)})`));
  }, 500);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/**
 * Runs a command to its end, with a heartbeat.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, args, options = {}) {
  listen();
  const { label = command, cwd, env = process.env, onLine, limit, stallLimit, progress } = options;
  return withHeartbeat(label, () => {
    // A group of its own, so that whatever the command starts can be ended with it.
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
    });
    children.add(child);
    /** @type {RunResult} */
    const result = { code: -1, stdout: "", stderr: "", output: "", ended: undefined };
    let rest = "";
    for (const name of /** @type {const} */ (["stdout", "stderr"])) {
      child[name].setEncoding("utf8").on("data", (/** @type {string} */ text) => {
        result[name] += text;
        result.output += text;
        if (!onLine) return;
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) onLine(line);
      });
    }
    /** @param {"limit" | "stall"} reason */
    const cut = (reason) => {
      result.ended = reason;
      signalGroup(child, "SIGTERM");
      setTimeout(() => killFamily(child), 3_000).unref();
    };
    const limitTimer = limit === undefined ? undefined : setTimeout(() => cut("limit"), limit);
    let seen = progress?.();
    let changedAt = Date.now();
    const stallTimer =
      stallLimit === undefined
        ? undefined
        : setInterval(() => {
            const now = progress?.();
            if (now !== seen) changedAt = Date.now();
            else if (Date.now() - changedAt > stallLimit && !result.ended) cut("stall");
            seen = now;
          }, 1_000);
    return new Promise((resolve, reject) => {
      const finish = () => {
        clearTimeout(limitTimer);
        clearInterval(stallTimer);
        children.delete(child);
      };
      child.once("error", (error) => {
        finish();
        reject(new Trouble(`${command} cannot be started: ${error.message}`));
      });
      child.once("close", (code, signal) => {
        finish();
        if (onLine && rest) onLine(rest);
        result.code = code ?? 128 + (signal ? constants.signals[signal] : 0);
        // While this process is being ended by a signal, nothing may go on with half a result.
        if (!interrupted) resolve(result);
      });
    });
  });
}
