import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { npm } from "./install.mjs";
import { inTemporaryFolder, run } from "./run.mjs";
import { bold, dim, duration, green, indent, red, root, say, sayError } from "./say.mjs";
import { setUp } from "./setup.mjs";

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ name: string, check: () => Promise<{ code: number, output: string }> }} Check
 */

const AT_ONCE = 2;

/** What all secrets and tokens of the tests begin with, so that one that is printed can be found: see test/support/canary.ts. */
const CANARY = "canary-7f3a-";

/** The script of an installed package. @param {string} path */
const installed = (path) => join(root, "node_modules", ...path.split("/"));

/**
 * @param {string} temporary a folder for the packed package
 * @param {NodeJS.ProcessEnv} env
 * @returns {Check[]}
 */
function checks(temporary, env) {
  /** @param {string} name @param {string[]} args @returns {Check} */
  const node = (name, args) => ({ name, check: () => run(process.execPath, args, { cwd: root, env, label: name }) });
  const tsc = installed("typescript/bin/tsc");

  /** @type {Promise<{ code: number, output: string, file: string }> | undefined} */
  let packing;
  const pack = () => {
    const { command, before } = npm();
    const args = [...before, "pack", "--ignore-scripts", "--loglevel=error", "--pack-destination", temporary];
    packing ??= run(command, args, { cwd: root, env, label: "npm pack" }).then((result) => ({
      ...result,
      file: join(temporary, readdirSync(temporary).find((file) => file.endsWith(".tgz")) ?? ""),
    }));
    return packing;
  };
  /** @param {string} name @param {(file: string) => string[]} args @returns {Check} */
  const packed = (name, args) => ({
    name,
    check: async () => {
      const result = await pack();
      return result.code === 0 ? node(name, args(result.file)).check() : result;
    },
  });

  const examples = readdirSync(join(root, "examples"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `examples/${entry.name}`);

  return [
    node("format and lint (biome)", [installed("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."]),
    node("types (tsc)", [tsc, "-p", "tsconfig.json"]),
    node("types of the tools (tsc)", [tsc, "-p", "tools/tsconfig.json"]),
    ...examples.map((folder) => node(`types of ${folder} (tsc)`, [tsc, "--noEmit", "-p", `${folder}/tsconfig.json`])),
    packed("the package (publint)", (file) => [installed("publint/src/cli.js"), "--strict", file]),
    packed("the package's types (attw)", (file) => [
      installed("@arethetypeswrong/cli/dist/index.js"),
      ...["--no-color", "--no-emoji"],
      file,
    ]),
    ...(existsSync(join(root, "tools", "docs.mjs")) ? [node("docs up to date", ["tools/docs.mjs", "--check"])] : []),
  ];
}

/** Runs the checks, a few at once, each to one line. @param {Check[]} all @returns {Promise<Counts>} */
async function runChecks(all) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const waiting = [...all];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const started = Date.now();
      const { code, output } = await next.check();
      const took = dim(`(${duration(Date.now() - started)})`);
      if (code === 0) {
        counts.passed++;
        say(`${green("ok")} ${next.name} ${took}`);
      } else {
        counts.failed++;
        say(`${red("FAILED")} ${next.name} ${took}\n${indent(output.trim())}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return counts;
}

/** @param {string[]} patterns @param {string} temporary @param {NodeJS.ProcessEnv} env @returns {Promise<Counts>} */
async function runJest(patterns, temporary, env) {
  const report = join(temporary, "jest.json");
  const colour = process.stdout.isTTY && !process.env.NO_COLOR ? ["--color"] : [];
  const result = await run(
    process.execPath,
    [
      installed("jest/bin/jest.js"),
      "--ci",
      `--maxWorkers=${AT_ONCE}`,
      "--json",
      "--outputFile",
      report,
      ...colour,
      // Those of everyday edits take long: they run where they are asked for, and in `npm run chaos`.
      ...(patterns.some((pattern) => pattern.startsWith("test/edits"))
        ? ["--testPathIgnorePatterns", "/node_modules/"]
        : []),
      ...(patterns.length > 0 ? ["--testPathPatterns", ...patterns] : []),
    ],
    {
      cwd: root,
      env: { ...env, PULUMI_ASGARDEO_SANDBOX_MARK: CANARY },
      label: "jest",
      onLine: say,
      limit: 60 * 60_000,
    },
  );
  if (result.ended) say(red("jest did not end within an hour."));
  /** @type {Counts} */
  let counts = { passed: 0, failed: 0, skipped: 0 };
  if (existsSync(report)) {
    const jest = JSON.parse(readFileSync(report, "utf8"));
    counts = {
      passed: jest.numPassedTests,
      failed: jest.numFailedTests + jest.numRuntimeErrorTestSuites,
      skipped: jest.numPendingTests + jest.numTodoTests,
    };
  }
  const written = existsSync(report) ? readFileSync(report, "utf8") : "";
  if (`${result.output}${written}`.includes(CANARY)) {
    say(
      red(
        `A secret was printed: the output of the tests has the text "${CANARY}", with which every secret of theirs begins.`,
      ),
    );
    counts.failed++;
  }
  // Trouble outside of any test, such as a pattern that matches nothing or a crash.
  if (result.code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** @param {string[]} patterns @returns {Promise<Counts>} */
async function test(patterns) {
  const { env } = await setUp({ cli: process.env.CI === "true" ? "required" : "optional" });
  return inTemporaryFolder("test", async (temporary) => {
    const none = { passed: 0, failed: 0, skipped: 0 };
    if (patterns.length === 0) say(bold("Checks: half a minute or so."));
    const first = patterns.length === 0 ? await runChecks(checks(temporary, env)) : none;
    say(bold("Tests: some minutes."));
    const second = await runJest(patterns, temporary, env);
    return {
      passed: first.passed + second.passed,
      failed: first.failed + second.failed,
      skipped: first.skipped + second.skipped,
    };
  });
}

/** @type {Counts} */
let counts;
try {
  counts = await test(process.argv.slice(2));
} catch (error) {
  sayError(error);
  counts = { passed: 0, failed: 1, skipped: 0 };
}
process.exitCode = counts.failed > 0 ? 1 : 0;
say(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
