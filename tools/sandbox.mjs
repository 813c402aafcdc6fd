import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "./lock.mjs";
import { run, withHeartbeat } from "./run.mjs";
import { indent, oneLine, root, Trouble } from "./say.mjs";
import { newUser } from "./sign-in.mjs";

/**
 * @typedef {{ baseUrl: string, organization: string, clientId: string, clientSecret: string }} Tenant
 * @typedef {{ pid: number, keep: boolean, tenant: Tenant }} Running the sandbox that runs, as noted for the next run
 */

/** Everything that is kept between runs: git-ignored, and to be deleted at will while no sandbox runs. */
export const local = join(root, ".pulumi-local");
const files = {
  running: join(local, "sandbox.json"),
  client: join(local, "client.json"),
  user: join(local, "user.json"),
  state: join(local, "sandbox-state.json"),
  log: join(local, "sandbox.log"),
  stdout: join(local, "sandbox.out"),
  stderr: join(local, "sandbox.err"),
};

const STARTS_WITHIN = 30_000;

/** @param {string} path @param {unknown} value */
const writeSecret = (path, value) => {
  rmSync(path, { force: true });
  writeFileSync(path, `${JSON.stringify(value)}\n`, { mode: 0o600 });
};

/** @template T @param {string} path @returns {T | undefined} */
function readJson(path) {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new Trouble(`${path} is damaged. Delete it and run npm start again.`);
  }
}

/** The client with which this clone signs in at its sandbox: the same in every run. */
function bootstrapClient() {
  /** @type {{ clientId: string, clientSecret: string } | undefined} */
  const known = readJson(files.client);
  if (known?.clientId && known.clientSecret) return known;
  const client = { clientId: "local-bootstrap", clientSecret: randomBytes(24).toString("base64url") };
  writeSecret(files.client, client);
  return client;
}

/** The user of this clone's sandbox, for who wants none of one's own: the same in every run. */
export function demoUser() {
  /** @type {import("./sign-in.mjs").User | undefined} */
  const known = readJson(files.user);
  if (known?.name && known.password) return known;
  const user = newUser("demo");
  writeSecret(files.user, user);
  return user;
}

/**
 * Asks the tenant for a token.
 *
 * @param {Tenant} tenant
 * @param {string} scope
 * @param {{ clientId: string, clientSecret: string }} [client]
 * @returns {Promise<{ status: number, scopes: string[], error: string | undefined }>}
 */
export async function requestToken(tenant, scope, client = tenant) {
  const credentials = [client.clientId, client.clientSecret].map(encodeURIComponent).join(":");
  const response = await fetch(`${tenant.baseUrl}/t/${encodeURIComponent(tenant.organization)}/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope }),
    signal: AbortSignal.timeout(10_000),
  });
  const body = /** @type {{ scope?: string, error?: string, access_token?: string }} */ (
    await response.json().catch(() => ({}))
  );
  return {
    status: response.status,
    scopes: body.access_token && body.scope ? body.scope.split(" ").filter(Boolean) : [],
    error: body.error ?? (body.access_token ? undefined : `HTTP ${response.status}`),
  };
}

/** @param {Tenant} tenant */
async function answers(tenant) {
  try {
    return (await requestToken(tenant, "internal_application_mgt_view")).status === 200;
  } catch {
    return false;
  }
}

/** Whether a process is a sandbox of this clone: a pid may have been given to another program since. @param {number} pid */
async function isSandbox(pid) {
  if (!isAlive(pid)) return false;
  const proc = `/proc/${pid}/cmdline`;
  const command = existsSync(proc)
    ? readFileSync(proc, "utf8")
    : (await run("ps", ["-p", String(pid), "-o", "command="], { label: "ps" }).catch(() => undefined))?.stdout;
  return command?.includes(files.state) ?? false;
}

/** @param {number} pid */
async function endSandbox(pid) {
  for (const [signal, patience] of /** @type {const} */ ([
    ["SIGTERM", 5_000],
    ["SIGKILL", 2_000],
  ])) {
    if (!isAlive(pid)) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (const until = Date.now() + patience; isAlive(pid) && Date.now() < until; ) await sleep(50);
  }
}

/** The sandbox of an earlier run, if it still answers. @returns {Promise<Running | undefined>} */
export async function runningSandbox() {
  /** @type {Running | undefined} */
  const noted = readJson(files.running);
  if (!noted) return undefined;
  if (await isSandbox(noted.pid)) {
    if (await answers(noted.tenant)) return noted;
    await endSandbox(noted.pid);
  }
  rmSync(files.running, { force: true });
  return undefined;
}

/** Stops a sandbox. @param {number} pid */
export async function stopSandbox(pid) {
  if (await isSandbox(pid)) await endSandbox(pid);
  rmSync(files.running, { force: true });
}

/** Notes the sandbox for later runs, as one to be left alone or not. @param {Running} running @param {boolean} keep */
export function noteSandbox(running, keep) {
  writeSecret(files.running, { ...running, keep });
}

/**
 * Starts a sandbox in the background, on the tenant that earlier runs have left.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {(pid: number) => void} started is told the pid at once, before the sandbox answers
 * @returns {Promise<Running>}
 */
export async function startSandbox(env, started) {
  // The state and the log of the sandbox hold secrets too.
  chmodSync(local, 0o700);
  const client = bootstrapClient();
  const user = demoUser();
  rmSync(files.stdout, { force: true });
  rmSync(files.stderr, { force: true });
  // Files, not pipes: a kept sandbox goes on writing after this process has ended.
  const out = openSync(files.stdout, "w", 0o600);
  const err = openSync(files.stderr, "w", 0o600);
  const main = join(root, "dist", "cli", "main.js");
  const args = ["--state", files.state, "--log", files.log, "--client-id", client.clientId, "--user", user.name];
  const child = spawn(process.execPath, [main, "sandbox", ...args], {
    cwd: root,
    env: { ...env, ASGARDEO_SANDBOX_CLIENT_SECRET: client.clientSecret, ASGARDEO_SANDBOX_PASSWORD: user.password },
    stdio: ["ignore", out, err],
    detached: true,
  });
  let ended = false;
  child.once("error", () => (ended = true));
  child.once("exit", () => (ended = true));
  child.unref();
  const { pid } = child;
  if (pid === undefined) throw new Trouble("The sandbox cannot be started.");
  started(pid);
  return withHeartbeat("starting the sandbox", async () => {
    for (const until = Date.now() + STARTS_WITHIN; Date.now() < until && !ended; await sleep(50)) {
      const [line, rest] = readFileSync(files.stdout, "utf8").split("\n", 2);
      if (rest === undefined) continue;
      /** @type {Tenant} */
      let tenant;
      try {
        tenant = JSON.parse(line ?? "");
      } catch {
        throw new Trouble(`The sandbox said something unexpected: ${oneLine(line ?? "", 200)}`);
      }
      const running = { pid, keep: false, tenant };
      noteSandbox(running, false);
      return running;
    }
    const said = readFileSync(files.stderr, "utf8").trim();
    const reason = ended ? "The sandbox ended at once" : `The sandbox did not answer within ${STARTS_WITHIN / 1000} s`;
    throw new Trouble(
      `${reason}${said ? `:\n${indent(said)}` : "."}\nIf its state is damaged, delete ${local} and run npm start again.`,
    );
  });
}
