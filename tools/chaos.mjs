import { randomInt } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { inTemporaryFolder, run } from "./run.mjs";
import { bold, duration, green, indent, messageOf, red, root, say, sayError, Trouble } from "./say.mjs";
import { setUp } from "./setup.mjs";

/**
 * @typedef {{ sequences: number, stories: number[], seed: number, path: string | undefined, edits: boolean }} Plan
 * @typedef {Record<string, number>} Figures
 * @typedef {{ passed: number, failed: number, figures: Figures, replay: string[] }} Result
 */

const usage = `usage: npm run chaos [-- [--quick] [--seed <number> [--path <path>]] [--story <number>]]

Random programs, changes of them, faults and edits in the console, and whether the next run ends in what is declared:
5,000 sequences in the test's own engine, then 50 stories with the real Pulumi CLI in which resources get other names or
are replaced, and the CLI, the provider or both are killed, and at last the everyday edits of test/edits. Faults are lost connections, errors, waits and lost scopes,
answers with 200 that are none, bodies far too large, and a tenant whose disk is full. Twenty minutes or so; --quick tries 200 sequences, 4 stories and no edits. --seed and --path repeat sequences, --story repeats a story.`;

/** As many as there are cores to be expected. */
const AT_ONCE = 2;
const HOUR = 60 * 60_000;

/** @param {string} text @param {string} what */
function number(text, what) {
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value)) throw new Trouble(`${what} must be a number.\n${usage}`);
  return value;
}

/** @returns {Plan | undefined} undefined where only help was asked for */
function planned() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        quick: { type: "boolean" },
        seed: { type: "string" },
        path: { type: "string" },
        story: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }));
  } catch (error) {
    throw new Trouble(`${messageOf(error)}\n${usage}`);
  }
  if (values.help) return undefined;
  if (values.story !== undefined) {
    const story = number(values.story, "--story");
    return { sequences: 0, stories: [story], seed: story, path: undefined, edits: false };
  }
  if (values.path !== undefined) {
    if (values.seed === undefined) throw new Trouble(`--path needs --seed.\n${usage}`);
    return { sequences: 1, stories: [], seed: number(values.seed, "--seed"), path: values.path, edits: false };
  }
  const seed = values.seed === undefined ? randomInt(1_000_000_000) : number(values.seed, "--seed");
  const [sequences, count] = values.quick ? [200, 4] : [5_000, 50];
  return {
    sequences,
    stories: Array.from({ length: count }, (_, i) => seed + i),
    seed,
    path: undefined,
    edits: !values.quick,
  };
}

/**
 * Runs one test file in a process of its own.
 *
 * @param {string} file
 * @param {string} label
 * @param {NodeJS.ProcessEnv} env
 * @param {string} temporary
 */
async function jest(file, label, env, temporary) {
  const report = join(mkdtempSync(join(temporary, "report-")), "figures.json");
  const script = join(root, "node_modules", "jest", "bin", "jest.js");
  const result = await run(
    process.execPath,
    [
      script,
      "--ci",
      "--runInBand",
      "--forceExit",
      "--testPathIgnorePatterns",
      "/node_modules/",
      "--runTestsByPath",
      file,
    ],
    {
      cwd: root,
      env: { ...env, CHAOS_REPORT: report },
      label,
      limit: HOUR,
      onLine: (line) => {
        if (/^ {2}(story \d|\d+ of \d)/.test(line)) say(line.startsWith("  story") ? line : `${line} (${label})`);
      },
    },
  );
  /** @type {Figures & { failed?: number[] }} */
  const figures = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : {};
  return { ...result, figures };
}

/** @param {Plan} plan @param {NodeJS.ProcessEnv} env @param {string} temporary @returns {Promise<Result[]>} */
function sequences({ sequences: count, seed, path }, env, temporary) {
  if (count === 0) return Promise.resolve([]);
  const parts = path === undefined ? AT_ONCE : 1;
  return Promise.all(
    Array.from({ length: parts }, async (_, i) => {
      const runs = Math.ceil(count / parts);
      const chaos = { CHAOS_RUNS: String(runs), CHAOS_SEED: String(seed + i), ...(path && { CHAOS_PATH: path }) };
      const file = join(root, "test", "model", "model.test.ts");
      const { code, output, figures } = await jest(file, `seed ${seed + i}`, { ...env, ...chaos }, temporary);
      const { stories: _stories, ...rest } = figures;
      if (code === 0) return { passed: runs, failed: 0, figures: rest, replay: [] };
      say(red(`FAILED\n${indent(output.trim())}`));
      const [, failing, place] = /seed: (-?\d+), path: "([^"]*)"/.exec(output) ?? [];
      const passed = Number(/Property failed after (\d+) tests/.exec(output)?.[1] ?? 1) - 1;
      const command = place === undefined ? `--seed ${seed}` : `--seed ${failing} --path ${place}`;
      return { passed, failed: 1, figures: rest, replay: [`npm run chaos -- ${command}`] };
    }),
  );
}

/** @param {Plan} plan @param {NodeJS.ProcessEnv} env @param {string} temporary @returns {Promise<Result[]>} */
function stories({ stories: seeds }, env, temporary) {
  const parts = Array.from({ length: AT_ONCE }, (_, i) => seeds.filter((_seed, j) => j % AT_ONCE === i));
  return Promise.all(
    parts
      .filter((part) => part.length > 0)
      .map(async (part) => {
        const file = join(root, "test", "engine", "kills.test.ts");
        const chaos = { CHAOS_STORIES: part.join(",") };
        const { code, output, figures } = await jest(file, "stories", { ...env, ...chaos }, temporary);
        const { failed = code === 0 ? [] : part, ...rest } = figures;
        if (code !== 0) say(red(`FAILED\n${indent(output.trim())}`));
        const replay = failed.map((story) => `npm run chaos -- --story ${story}`);
        return { passed: part.length - failed.length, failed: failed.length, figures: rest, replay };
      }),
  );
}

/**
 * The edits of a program that people make day by day, with the real CLI: each file in a process of its own.
 *
 * @param {Plan} plan
 * @param {NodeJS.ProcessEnv} env
 * @param {string} temporary
 * @returns {Promise<Result[]>}
 */
async function edits({ edits: isAsked }, env, temporary) {
  if (!isAsked) return [];
  const folder = join(root, "test", "edits");
  const waiting = readdirSync(folder).filter((file) => file.endsWith(".test.ts"));
  /** @type {Result[]} */
  const results = [];
  const worker = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const { code, output } = await jest(join(folder, file), file, env, temporary);
      if (code !== 0) say(red(`FAILED\n${indent(output.trim())}`));
      const [passed, failed] = ["passed", "failed"].map((word) =>
        Number(new RegExp(`^Tests: .*?(\\d+) ${word}`, "m").exec(output)?.[1] ?? 0),
      );
      const isBroken = code !== 0 && failed === 0;
      const replay = code === 0 ? [] : [`npm test -- test/edits/${file}`];
      results.push({ passed: passed ?? 0, failed: isBroken ? 1 : (failed ?? 0), figures: { files: 1 }, replay });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** @param {Result[]} results */
function total(results) {
  /** @type {Figures} */
  const figures = {};
  for (const result of results) {
    for (const [name, count] of Object.entries(result.figures)) figures[name] = (figures[name] ?? 0) + count;
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  return { passed, failed, figures, replay: results.flatMap((result) => result.replay) };
}

/** @param {string} what @param {() => Promise<Result[]>} work */
async function part(what, work) {
  const started = Date.now();
  const result = total(await work());
  if (result.passed + result.failed === 0) return result;
  const figures = Object.entries(result.figures).map(([name, count]) => `${count} ${name}`);
  const verdict = result.failed === 0 ? green("ok") : red("FAILED");
  say(`${verdict} ${result.passed} ${what}: ${figures.join(", ")} (${duration(Date.now() - started)})`);
  return result;
}

async function main() {
  const plan = planned();
  if (!plan) return say(usage);
  const { env } = await setUp({ cli: plan.stories.length > 0 ? "required" : "none" });
  const clean = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("CHAOS_")));
  const started = Date.now();
  say(bold(`Seed ${plan.seed}`));
  const all = await inTemporaryFolder("chaos", async (temporary) =>
    total([
      await part("sequences", () => sequences(plan, clean, temporary)),
      await part("stories with the Pulumi CLI", () => stories(plan, clean, temporary)),
      await part("edits with the Pulumi CLI", () => edits(plan, clean, temporary)),
    ]),
  );
  for (const command of all.replay) say(`To repeat it: ${command}`);
  say(`Seed ${plan.seed}, ${duration(Date.now() - started)}`);
  say(`${all.passed} passed, ${all.failed} failed`);
  if (all.failed > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  sayError(error);
  say("0 passed, 1 failed");
  process.exitCode = 1;
}
