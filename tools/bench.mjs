import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { barsOfOrganizations, barsOfPeople, organizations, people, shareBootstrapClient } from "./bench-stacks.mjs";
import { inTemporaryFolder, onInterrupt, run, withHeartbeat, withoutOwn } from "./run.mjs";
import { bold, dim, green, indent, messageOf, red, root, say, sayError, Trouble } from "./say.mjs";
import { setUp } from "./setup.mjs";

/**
 * @typedef {"token" | "application" | "authorization" | "API" | "role" | "group" | "user" | "organization" | "look-up" | "other"} Kind
 * @typedef {Record<Kind, number>} Counts requests of a run, by what they are about
 * @typedef {"application" | "authorization" | "API" | "role" | "group" | "user" | "organization"} Unit
 * @typedef {Record<string, Partial<Record<Kind, readonly [least: number, most: number, each: Unit | undefined]>>>} Bars
 * @typedef {{ program: string, count: number, bars: Bars, keepsLimit?: true }} Other a stack that is not about applications
 * @typedef {{ name: string, apps: number, apis: number, by: "id" | "identifier", other?: Other }} Stack each application is authorized to each API
 * @typedef {{ step: string, seconds: number, megabytes: number | undefined, counts: Counts }} Step
 * @typedef {{ stack: string, what: string, value: string, bar: string, meets: boolean }} Verdict
 * @typedef {{ dir: string, env: NodeJS.ProcessEnv }} Project
 */

const usage = `usage: npm run bench [-- --quick]

Runs the real Pulumi CLI against the sandbox and compares requests, time and memory with the bars that the project has
set itself. Five minutes or so; --quick leaves out what takes long, the 100 applications.`;

/** @type {Kind[]} */
const kinds = [
  "token",
  "application",
  "authorization",
  "API",
  "role",
  "group",
  "user",
  "organization",
  "look-up",
  "other",
];
const MOST_TIME = 1.5;
const MOST_MEMORY = 1.25;
const MOST_TOKENS = 2;
const MINUTE = 60_000;
/** The usual setting `requestsPerMinute`. */
const PER_MINUTE = 180;
/** How many applications the sandbox lists at once, as WSO2 Identity Server does unless it is set otherwise. */
const PAGE = 30;
/** The same for roles. */
const PAGE_OF_ROLES = 100;
/** The applications that a tenant has of its own, and about as many roles: they are in the lists, too. */
const OWN = 3;
/** From how many applications on a refresh asks for a list. */
const MANY = 5;
/** Applications that a refresh reads by themselves nevertheless: the list begins with the newest, Pulumi with the oldest. */
const BY_THEMSELVES = 10;

/** The stack of all runs, in JavaScript since the compiler would only add to every time. */
const program = `
const { ApiAuthorization, ApiResource, Application, Role } = require(process.env.BENCH_CLASSES);
const { BENCH_APPS, BENCH_APIS, BENCH_BY, BENCH_DESCRIPTION, BENCH_LIFETIME } = process.env;
const apis = Array.from({ length: Number(BENCH_APIS) }, (_, i) => new ApiResource("api-" + i, {
  name: "API " + i,
  identifier: "https://api.example.com/" + i,
  scopes: [{ name: "read:" + i, displayName: "Read" }, { name: "write:" + i, displayName: "Write" }],
}));
for (let i = 0; i < Number(BENCH_APPS); i++) {
  const application = new Application("app-" + i, {
    name: "Application " + i,
    description: BENCH_DESCRIPTION,
    oidc: {
      grantTypes: ["authorization_code", "refresh_token", "client_credentials"],
      callbackUrls: ["https://app-" + i + ".example.com/callback"],
      accessToken: { type: "JWT", applicationAccessTokenExpiryInSeconds: Number(BENCH_LIFETIME) },
    },
  });
  apis.forEach((api, j) => new ApiAuthorization("app-" + i + "-api-" + j, {
    application: application.id,
    api: BENCH_BY === "identifier" ? api.identifier : api.id,
    scopes: ["read:" + j],
  }));
  new Role("role-" + i, {
    displayName: BENCH_DESCRIPTION + " reader",
    application: application.id,
    permissions: apis.map((_, j) => "read:" + j),
  });
}
`;

/** Classes of the same shape whose provider does nothing: what a run costs by Pulumi alone. */
const idleClasses = `
const pulumi = require("@pulumi/pulumi");
const __provider = 'exports.handler=()=>require("./idle-provider.js")';
const kind = (type, ...outputs) => class extends pulumi.CustomResource {
  constructor(name, args, opts) {
    const absent = Object.fromEntries(outputs.map((output) => [output, undefined]));
    const options = pulumi.mergeOptions({ additionalSecretOutputs: outputs.filter((o) => o === "clientSecret") }, opts);
    super("pulumi-nodejs:dynamic/idle:" + type, name, { ...absent, ...args, outputs, __provider }, options);
  }
};
exports.ApiResource = kind("ApiResource");
exports.ApiAuthorization = kind("ApiAuthorization", "apiId");
exports.Role = kind("Role");
exports.Application = kind("Application", "clientId", "clientSecret", "issuer", "authorizationEndpoint",
  "tokenEndpoint", "endSessionEndpoint", "jwksUri", "discoveryUrl");
`;

const idleProvider = `
const { randomUUID } = require("node:crypto");
const outs = (inputs) => ({ ...inputs, ...Object.fromEntries(inputs.outputs.map((output) => [output, randomUUID()])) });
module.exports = {
  check: async (_, news) => ({ inputs: news, failures: [] }),
  diff: async (_, olds, news) => ({ changes: ["description", "displayName"].some((name) => olds[name] !== news[name]) }),
  create: async (inputs) => ({ id: randomUUID(), outs: outs(inputs) }),
  update: async (_, __, news) => ({ outs: outs(news) }),
  read: async (id, props) => ({ id, props }),
  delete: async () => {},
};
`;

/** How many requests list them all. @param {number} count @param {number} page */
const pagesOf = (count, page) => Math.ceil((count + OWN) / page);

/** @param {{ method: string, path: string }} request @returns {Kind} */
function kindOf({ method, path }) {
  const [below = "", query] = path.replace(/^\/t\/[^/]+(\/o(?=\/(api|scim2)\/))?/, "").split("?");
  if (below === "/oauth2/token") return "token";
  if (/^\/api\/server\/v1\/applications\/[^/]+\/authorized-apis(\/|$)/.test(below)) return "authorization";
  // Lists are asked for ahead of the first write, and by the identifiers of APIs.
  if (/^\/api\/server\/v1\/(applications|api-resources)$/.test(below) && method === "GET" && query) return "look-up";
  if (below === "/scim2/v2/Roles" && method === "GET") return "look-up";
  if (/^\/scim2\/v2\/Roles(\/|$)/.test(below)) return "role";
  if (/^\/scim2\/(Groups|Users)$/.test(below) && method === "GET") return "look-up";
  if (/^\/scim2\/Groups(\/|$)/.test(below)) return "group";
  if (/^\/scim2\/Users(\/|$)/.test(below)) return "user";
  if (/^\/api\/server\/v1\/organizations(\/check-\w+)?$/.test(below) && (method === "GET" || /check/.test(below)))
    return "look-up";
  if (/^\/api\/server\/v1\/organizations(\/|$)/.test(below)) return "organization";
  // All scopes of the tenant, where a scope is new.
  if (below === "/api/server/v1/scopes") return "look-up";
  if (/^\/api\/server\/v1\/applications(\/|$)/.test(below)) return "application";
  return /^\/api\/server\/v1\/api-resources(\/|$)/.test(below) ? "API" : "other";
}

/**
 * Starts a sandbox with an empty tenant.
 *
 * @param {string} base a folder for its log
 * @param {NodeJS.ProcessEnv} env
 */
async function startSandbox(base, env) {
  const log = join(mkdtempSync(join(base, "sandbox-")), "log");
  const main = join(root, "dist", "cli", "main.js");
  const child = spawn(process.execPath, [main, "sandbox", "--log", log], { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    forget();
  };
  const forget = onInterrupt(stop);
  const line = await withHeartbeat("starting the sandbox", () => {
    let said = "";
    return new Promise((resolve, reject) => {
      child.stdout.setEncoding("utf8").on("data", (text) => {
        said += text;
        if (said.includes("\n")) resolve(said.slice(0, said.indexOf("\n")));
      });
      ended.then(() => reject(new Trouble("The sandbox ended before it listened.")));
    });
  });
  /** @type {{ baseUrl: string, organization: string, clientId: string, clientSecret: string }} */
  const tenant = JSON.parse(line);
  let read = 0;
  /** How many requests were sent before the first count. */
  let before = 0;
  return {
    stop,
    settings: {
      ASGARDEO_BASE_URL: tenant.baseUrl,
      ASGARDEO_ORGANIZATION: tenant.organization,
      ASGARDEO_CLIENT_ID: tenant.clientId,
      ASGARDEO_CLIENT_SECRET: tenant.clientSecret,
      ASGARDEO_REQUESTS_PER_MINUTE: "100000",
    },
    /** The most requests of any minute since the first count. */
    busiestMinute: () => {
      const times = linesOf(log)
        .slice(before)
        .map((text) => Date.parse(JSON.parse(text).time));
      times.sort((a, b) => a - b);
      let first = 0;
      return times.reduce((most, time, i) => {
        while ((times[first] ?? 0) <= time - MINUTE) first++;
        return Math.max(most, i - first + 1);
      }, 0);
    },
    /** The requests since the last call. @returns {Counts} */
    counts: () => {
      const lines = linesOf(log);
      const counts = /** @type {Counts} */ (Object.fromEntries(kinds.map((kind) => [kind, 0])));
      for (const text of lines.slice(read)) counts[kindOf(JSON.parse(text))]++;
      if (read === 0) before = lines.length;
      read = lines.length;
      return counts;
    },
  };
}

/** @param {string} file */
const linesOf = (file) => readOrNothing(file).split("\n").filter(Boolean);

/**
 * Makes a Pulumi project with a backend of its own.
 *
 * @param {string} base
 * @param {Stack} stack
 * @param {"pulumi-asgardeo" | "./idle.js"} classes
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Project>}
 */
async function makeProject(base, stack, classes, env) {
  const folder = mkdtempSync(join(base, "project-"));
  const dir = join(folder, "program");
  const home = join(base, "home");
  for (const path of [join(folder, "backend"), join(dir, "node_modules", "@pulumi"), home])
    mkdirSync(path, { recursive: true });
  writeFileSync(join(dir, "Pulumi.yaml"), "name: bench\nruntime: nodejs\n");
  writeFileSync(join(dir, "package.json"), JSON.stringify({ name: "bench", private: true, main: "index.js" }));
  writeFileSync(join(dir, "index.js"), stack.other?.program ?? program);
  writeFileSync(join(dir, "idle.js"), idleClasses);
  writeFileSync(join(dir, "idle-provider.js"), idleProvider);
  symlinkSync(join(root, "node_modules", "@pulumi", "pulumi"), join(dir, "node_modules", "@pulumi", "pulumi"), "dir");
  symlinkSync(root, join(dir, "node_modules", "pulumi-asgardeo"), "dir");
  const project = {
    dir: realpathSync(dir),
    env: {
      ...env,
      PULUMI_HOME: home,
      PULUMI_BACKEND_URL: pathToFileURL(join(folder, "backend")).href,
      PULUMI_CONFIG_PASSPHRASE: "bench",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      BENCH_CLASSES: classes,
      BENCH_COUNT: String(stack.other?.count ?? 0),
      BENCH_APPS: String(stack.apps),
      BENCH_APIS: String(stack.apis),
      BENCH_BY: stack.by,
      BENCH_DESCRIPTION: "first",
      BENCH_LIFETIME: "1800",
    },
  };
  await pulumi(project, ["stack", "init"]);
  return project;
}

/**
 * Runs pulumi; tells how long it took and how much memory the provider's process has held at most.
 *
 * @param {Project} project
 * @param {string[]} args
 */
async function pulumi({ dir, env }, args) {
  const memory = watchMemory(dir);
  const started = performance.now();
  const all = [...args, "--non-interactive", "--color", "never", "--stack", "bench"];
  const result = await run("pulumi", all, { cwd: dir, env, label: `pulumi ${args[0]}`, limit: 5 * 60_000 });
  const seconds = (performance.now() - started) / 1000;
  const megabytes = memory();
  if (result.code !== 0) {
    throw new Trouble(`pulumi ${args[0]} failed (exit code ${result.code}):\n${indent(result.output.trim())}`);
  }
  return { seconds, megabytes };
}

/**
 * Watches the provider processes of a project, by the kernel's own record of their peak. It is read until they end,
 * since it goes with them. The answer is undefined on systems without /proc.
 *
 * @param {string} dir
 */
function watchMemory(dir) {
  if (!existsSync("/proc/self/status")) return () => undefined;
  /** @type {Map<string, boolean>} */
  const seen = new Map();
  let peak = 0;
  const look = () => {
    for (const pid of readdirSync("/proc"))
      if (/^\d+$/.test(pid) && !seen.get(pid)) seen.set(pid, isProvider(pid, dir));
  };
  const measure = () => {
    for (const [pid, isOne] of seen) {
      if (!isOne) continue;
      const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readOrNothing(`/proc/${pid}/status`))?.[1];
      peak = Math.max(peak, Number(kilobytes ?? 0) / 1024);
    }
  };
  const timers = [setInterval(look, 200), setInterval(measure, 20)];
  return () => {
    for (const timer of timers) clearInterval(timer);
    return peak === 0 ? undefined : peak;
  };
}

/** @param {string} pid @param {string} dir */
function isProvider(pid, dir) {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return /dynamic-provider[/\\]index\.js/.test(command) && readlinkSync(`/proc/${pid}/cwd`) === dir;
  } catch {
    return false;
  }
}

/** @param {string} path */
function readOrNothing(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/**
 * A stack's whole life, step by step.
 *
 * @param {string} base
 * @param {Stack} stack
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ steps: Step[], busiestMinute: number }>}
 */
async function live(base, stack, env) {
  const sandbox = await startSandbox(base, env);
  try {
    // Many processes together keep the usual limit; one alone is to be as fast as it can be.
    const limit = stack.other?.keepsLimit ? { ASGARDEO_REQUESTS_PER_MINUTE: "" } : {};
    const project = await makeProject(base, stack, "pulumi-asgardeo", { ...env, ...sandbox.settings, ...limit });
    if (stack.other) await shareBootstrapClient(sandbox.settings);
    sandbox.counts();
    /** @type {Step[]} */
    const steps = [];
    /** @param {string} step @param {string[]} args @param {Record<string, string>} [edit] stays for the later steps */
    const take = async (step, args, edit) => {
      if (stack.other && !(step in stack.other.bars)) return;
      Object.assign(project.env, edit);
      steps.push({ step, ...(await pulumi(project, args)), counts: sandbox.counts() });
    };
    const now = ["--yes", "--skip-preview"];
    await take("create", ["up", "--yes"]);
    await take("no change", ["preview", "--expect-no-changes"]);
    await take("refresh", ["refresh", ...now]);
    await take("change a field", ["up", ...now], { BENCH_DESCRIPTION: "second" });
    await take("change OIDC", ["up", ...now], { BENCH_LIFETIME: "2400" });
    await take("delete", ["destroy", ...now]);
    return { steps, busiestMinute: sandbox.busiestMinute() };
  } finally {
    await sandbox.stop();
  }
}

/**
 * A stack whose provider does nothing: how long its first `up` takes, and how much memory that and the change of a field,
 * in which Pulumi hands over the most, have held at most.
 *
 * @param {string} base
 * @param {Stack} stack
 * @param {NodeJS.ProcessEnv} env
 */
async function idleLife(base, stack, env) {
  const project = await makeProject(base, stack, "./idle.js", env);
  const { seconds, megabytes = 0 } = await pulumi(project, ["up", "--yes"]);
  project.env.BENCH_DESCRIPTION = "second";
  const changed = await pulumi(project, ["up", "--yes", "--skip-preview"]);
  return { seconds, megabytes: Math.max(megabytes, changed.megabytes ?? 0) };
}

/** A stack's first `up` alone. @param {string} base @param {Stack} stack @param {NodeJS.ProcessEnv} env */
async function createOnly(base, stack, env) {
  const sandbox = await startSandbox(base, env);
  try {
    const project = await makeProject(base, stack, "pulumi-asgardeo", { ...env, ...sandbox.settings });
    return await pulumi(project, ["up", "--yes"]);
  } finally {
    await sandbox.stop();
  }
}

/**
 * The bars for each step: how many requests of a kind, at least where less would mean that nothing was measured, and at
 * most.
 *
 * @param {Stack} stack
 * @returns {Record<string, Partial<Record<Kind, [least: number, most: number, each: Unit | undefined]>>>}
 */
function bars({ apps, apis }) {
  const links = apps * apis;
  // A preview and an update each look ahead: one list of names, one of roles, one of APIs and one of scopes, and one request
  // for ten new resources. The preview also looks for the bootstrap client's own application, and at what that is authorized
  // for.
  const lookUps = Math.max(8, Math.floor((2 * apps + links + apis) / 10)) + 1;
  return {
    create: {
      application: [apps, 2 * apps, "application"],
      authorization: [links, links + 1, "authorization"],
      API: [apis, apis, "API"],
      role: [apps, apps, "application"],
      "look-up": [1, lookUps, undefined],
    },
    "no change": {},
    // The client of each application, and one list of all of them where there are many.
    refresh: {
      application: [apps, apps + Math.min(apps, BY_THEMSELVES), "application"],
      role: [0, Math.min(apps, BY_THEMSELVES), undefined],
      "look-up": apps >= MANY ? [1, pagesOf(apps, PAGE) + pagesOf(apps, PAGE_OF_ROLES), undefined] : [0, 0, undefined],
      authorization: [apps, apps, "application"],
      API: [apis, apis, "API"],
    },
    // The new name of a role is looked for among the others, in one list.
    "change a field": {
      application: [apps, apps, "application"],
      role: [apps, apps, "application"],
      "look-up": [1, pagesOf(apps, PAGE_OF_ROLES) + 1, undefined],
    },
    "change OIDC": { application: [apps, 2 * apps, "application"] },
    delete: {
      application: [apps, apps, "application"],
      authorization: [links, links, "authorization"],
      API: [apis, apis, "API"],
      role: [apps, apps, "application"],
    },
  };
}

/** @param {Stack} stack @param {Step[]} steps @returns {Verdict[]} */
function judge(stack, steps) {
  const count = stack.other?.count ?? stack.apps;
  /** @type {Record<Unit, number>} */
  const units = {
    ...{ application: count, role: count, group: count, user: count, organization: count },
    ...{ authorization: stack.apps * stack.apis, API: stack.apis },
  };
  /** @type {Bars} */
  const all = stack.other?.bars ?? bars(stack);
  return steps.flatMap(({ step, counts }) =>
    kinds.flatMap((kind) => {
      const tokens = step === "no change" ? 0 : MOST_TOKENS;
      const [least, most, each] = all[step]?.[kind] ?? [0, kind === "token" ? tokens : 0, undefined];
      const sent = counts[kind];
      const meets = sent >= least && sent <= most;
      // What is not to happen and does not is not worth a line, but where nothing at all is to happen.
      if (most === 0 && meets && !(step === "no change" && kind === "other")) return [];
      const what = `${step}: ${most === 0 && meets ? "any" : kind} requests${each ? ` for each ${each}` : ""}`;
      const by = each ? units[each] : 1;
      return [{ stack: stack.name, what, value: ratio(sent / by), bar: `≤ ${ratio(most / by)}`, meets }];
    }),
  );
}

/** @param {number} value */
const ratio = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(2));

/** @param {string[][]} rows the first one is the head */
function sayTable(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  rows.forEach((row, i) => {
    const line = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    say(i === 0 ? dim(`  ${line.join("  ")}`) : `  ${line.join("  ")}`);
  });
}

/** @param {Step[]} steps */
function saySteps(steps) {
  const head = ["step", "seconds", "memory/MB", ...kinds];
  const rows = steps.map(({ step, seconds, megabytes, counts }) => [
    step,
    seconds.toFixed(1),
    megabytes?.toFixed(0) ?? "",
    ...kinds.map((kind) => String(counts[kind])),
  ]);
  sayTable([head, ...rows]);
}

/** A line for each bar, with its value in each stack; answers how many are missed. @param {Verdict[]} verdicts */
function sayVerdicts(verdicts) {
  say(bold("Bars, by number of applications"));
  const stacks = [...new Set(verdicts.map(({ stack }) => stack))];
  const lines = [...new Set(verdicts.map(({ what }) => what))].map((what) => verdicts.filter((v) => v.what === what));
  const rows = lines.map((line) => [
    line[0]?.what ?? "",
    ...stacks.map((stack) => line.find((verdict) => verdict.stack === stack)?.value ?? ""),
    line[0]?.bar ?? "",
    line.every(({ meets }) => meets) ? green("meets") : red("MISSES"),
  ]);
  sayTable([["", ...stacks, "bar", ""], ...rows]);
  const missed = lines.filter((line) => line.some(({ meets }) => !meets)).length;
  say(missed === 0 ? `All ${lines.length} bars are met.` : red(`${missed} of ${lines.length} bars are missed.`));
  return missed;
}

/** @param {string} base @param {NodeJS.ProcessEnv} env @param {boolean} quick @returns {Promise<Verdict[]>} */
async function bench(base, env, quick) {
  /** @type {Stack[]} */
  const stacks = [
    { name: "1", apps: 1, apis: 1, by: "id" },
    { name: "10", apps: 10, apis: 1, by: "id" },
    { name: "10 by identifier", apps: 10, apis: 2, by: "identifier" },
    {
      ...{ name: "10 of people", apps: 0, apis: 0, by: "id" },
      other: { program: people, count: 10, bars: barsOfPeople(10, MOST_TOKENS) },
    },
    {
      ...{ name: "20 organizations", apps: 0, apis: 0, by: "id" },
      other: { program: organizations, count: 20, bars: barsOfOrganizations(20, MOST_TOKENS), keepsLimit: true },
    },
  ];
  /** @type {Verdict[]} */
  const verdicts = [];
  /** @param {Stack} stack */
  const measure = async (stack) => {
    const plural = stack.apps === 1 ? "" : "s";
    if (stack.other) say(bold(stack.name));
    else
      say(
        bold(
          `${stack.apps} application${plural}, each authorized to ${stack.apis} API${stack.apis === 1 ? "" : "s"} by ${stack.by}`,
        ),
      );
    const { steps, busiestMinute } = await live(base, stack, env);
    saySteps(steps);
    verdicts.push(...judge(stack, steps));
    if (stack.other?.keepsLimit)
      verdicts.push({
        stack: stack.name,
        what: "requests of all processes in any minute, by the usual limit",
        value: String(busiestMinute),
        bar: `≤ ${PER_MINUTE}`,
        meets: busiestMinute <= PER_MINUTE,
      });
    return steps;
  };
  for (const stack of stacks) await measure(stack);
  if (quick) return verdicts;

  const large = /** @type {Stack} */ ({ name: "100", apps: 100, apis: 1, by: "id" });
  // In turn, so that whatever else the machine does falls on both.
  say(bold("100 applications whose provider does nothing"));
  const idle = [await idleLife(base, large, env)];
  say(`  create: ${idle[0]?.seconds.toFixed(1)} s`);
  const steps = await measure(large);
  const [created] = steps;
  say(bold("Both once more"));
  idle.push(await idleLife(base, large, env));
  const real = [created?.seconds ?? 0, (await createOnly(base, large, env)).seconds];
  const [fastest, floor] = [Math.min(...real), Math.min(...idle.map(({ seconds }) => seconds))];
  say(
    `  create: ${idle[1]?.seconds.toFixed(1)} s with a provider that does nothing, ${real[1]?.toFixed(1)} s with this one`,
  );
  say();
  verdicts.push({
    stack: large.name,
    what: `create: time of pulumi up, ${fastest.toFixed(1)} s, by that with a provider that does nothing, ${floor.toFixed(1)} s`,
    value: (fastest / floor).toFixed(2),
    bar: `≤ ${MOST_TIME}`,
    meets: fastest <= MOST_TIME * floor,
  });
  const peaks = steps.flatMap(({ megabytes }) => (megabytes === undefined ? [] : [megabytes]));
  if (peaks.length > 0) {
    const peak = Math.max(...peaks);
    const other = Math.max(...idle.map(({ megabytes }) => megabytes));
    verdicts.push({
      stack: large.name,
      what: `most memory of the provider process, ${peak.toFixed(0)} MB, by that of one that does nothing, ${other.toFixed(0)} MB`,
      value: (peak / other).toFixed(2),
      bar: `≤ ${MOST_MEMORY}`,
      meets: peak <= MOST_MEMORY * other,
    });
  } else say("Memory is measured on Linux only.");
  return verdicts;
}

async function main() {
  let options;
  try {
    ({ values: options } = parseArgs({
      options: { quick: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    }));
  } catch (error) {
    throw new Trouble(`${messageOf(error)}\n${usage}`);
  }
  if (options.help) return say(usage);
  const { env } = await setUp();
  const verdicts = await inTemporaryFolder("bench", (base) => bench(base, withoutOwn(env), options.quick ?? false));
  const missed = sayVerdicts(verdicts);
  if (missed > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  sayError(error);
  process.exitCode = 1;
}
