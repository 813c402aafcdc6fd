import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { isAlive, withLock } from "./lock.mjs";
import { onInterrupt, run, withoutOwn } from "./run.mjs";
import { demoUser, local, noteSandbox, requestToken, runningSandbox, startSandbox, stopSandbox } from "./sandbox.mjs";
import { bold, dim, green, indent, messageOf, root, say, sayError, Trouble } from "./say.mjs";
import { setUp } from "./setup.mjs";
import { signIn } from "./sign-in.mjs";

const STACK = "local";
const GRANTED = "orders:read";
const WITHHELD = "orders:write";
/** Where the web application of the quickstart wants to get its codes. Nobody has to listen there. */
const CALLBACK = "http://localhost:3000/callback";

const usage = `npm start             deploy examples/quickstart to a local sandbox and prove the result
npm start -- --keep   leave the sandbox running, for pulumi in another terminal
npm start -- --stop   stop a sandbox that was left running`;

/** @typedef {import("./sandbox.mjs").Running} Running */

/**
 * What pulumi needs to work on the local stack: `own` of it alone, `all` with the rest of the environment.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {import("./sandbox.mjs").Tenant} tenant
 */
function environment(env, tenant) {
  const backend = join(local, "backend");
  const home = join(local, "pulumi-home");
  const passphrase = join(local, "passphrase");
  for (const folder of [backend, home]) mkdirSync(folder, { recursive: true });
  if (!existsSync(passphrase)) writeFileSync(passphrase, randomBytes(24).toString("base64url"), { mode: 0o600 });
  const own = {
    PULUMI_BACKEND_URL: pathToFileURL(backend).href,
    PULUMI_HOME: home,
    PULUMI_CONFIG_PASSPHRASE_FILE: passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    ASGARDEO_BASE_URL: tenant.baseUrl,
    ASGARDEO_ORGANIZATION: tenant.organization,
    ASGARDEO_CLIENT_ID: tenant.clientId,
    ASGARDEO_CLIENT_SECRET: tenant.clientSecret,
    // The default spares the rate limit of a real tenant; a local one has none.
    ASGARDEO_REQUESTS_PER_MINUTE: "6000",
  };
  return { own, all: { ...env, ...own } };
}

/**
 * Runs pulumi in the repository; throws with its output when it fails.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} args
 * @param {{ show?: boolean }} [options]
 */
async function pulumi(env, args, { show = false } = {}) {
  const color = show && process.stdout.isTTY && !process.env.NO_COLOR ? "always" : "never";
  const result = await run("pulumi", [...args, "--non-interactive", "--color", color], {
    cwd: root,
    env,
    label: `pulumi ${args[0]}`,
    onLine: show ? (line) => say(`  ${line}`.trimEnd()) : undefined,
    limit: 10 * 60_000,
  });
  if (result.code !== 0) {
    const said = show ? "see above" : `\n${indent((result.stderr || result.stdout).trim())}`;
    throw new Trouble(`pulumi ${args.slice(0, 2).join(" ")} failed (exit code ${result.code}): ${said}`);
  }
  return result.stdout;
}

/** Frees the stack if a run that was killed has left it locked: only one run at a time comes here. @param {NodeJS.ProcessEnv} env */
async function unlock(env) {
  const folder = join(local, "backend", ".pulumi", "locks");
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true, recursive: true }) : [];
  const locks = entries.filter((entry) => entry.isFile());
  if (locks.length === 0) return;
  const owners = locks.map((entry) => JSON.parse(readFileSync(join(entry.parentPath, entry.name), "utf8")).pid);
  const alive = owners.find(isAlive);
  if (alive !== undefined)
    throw new Trouble(`pulumi is at work on the local stack (process ${alive}): wait for it to end.`);
  say("An earlier run of pulumi was ended while it held the stack: freeing the stack.");
  await pulumi(env, ["cancel", "--yes", "--stack", STACK]);
}

/** Deploys the program; tells what changed. @param {NodeJS.ProcessEnv} env @returns {Promise<Record<string, number>>} */
async function deploy(env) {
  await pulumi(env, ["stack", "select", STACK, "--create"]);
  await unlock(env);
  say(bold("pulumi up"));
  // With --refresh, what somebody has changed or deleted in the sandbox since is put right as well.
  await pulumi(env, ["up", "--yes", "--skip-preview", "--refresh", "--stack", STACK], { show: true });
  const history = JSON.parse(await pulumi(env, ["stack", "history", "--json", "--page-size", "1", "--stack", STACK]));
  return history[0]?.resourceChanges ?? {};
}

/** Proves that the deployed applications may do what the program says, and no more. @param {NodeJS.ProcessEnv} env @param {Running} sandbox */
async function prove(env, { tenant }) {
  const outputs = JSON.parse(await pulumi(env, ["stack", "output", "--show-secrets", "--json", "--stack", STACK]));
  const { clientId, clientSecret, webClientId } = outputs;
  if (!clientId || !clientSecret || !webClientId)
    throw new Trouble("The stack lacks an output of clientId, clientSecret and webClientId to prove anything with.");
  await proveTokens(tenant, { clientId, clientSecret });
  await proveSignIn(tenant, webClientId);
}

/** @param {import("./sandbox.mjs").Tenant} tenant @param {{ clientId: string, clientSecret: string }} client */
async function proveTokens(tenant, client) {
  say(bold("Proof: tokens for the new application"));
  const granted = await requestToken(tenant, GRANTED, client);
  if (!granted.scopes.includes(GRANTED)) {
    throw new Trouble(
      `${GRANTED} was authorized, but not granted: ${granted.error ?? `got "${granted.scopes.join(" ")}"`}.`,
    );
  }
  say(`  ${green("✓")} asked for ${GRANTED}: granted, scope "${granted.scopes.join(" ")}"`);
  const withheld = await requestToken(tenant, WITHHELD, client);
  if (withheld.scopes.includes(WITHHELD)) throw new Trouble(`${WITHHELD} was not authorized, yet it was granted.`);
  const answer = withheld.error ? `refused (${withheld.error})` : "not granted, the token comes without it";
  say(`  ${green("✓")} asked for ${WITHHELD}, which is not authorized: ${answer}`);
}

/** Signs the sandbox's user in to the web application. @param {import("./sandbox.mjs").Tenant} tenant @param {string} clientId */
async function proveSignIn({ baseUrl, organization }, clientId) {
  const user = demoUser();
  const scope = `openid profile internal_login ${GRANTED} ${WITHHELD}`;
  say(bold(`Proof: ${user.name} signs in to the web application`));
  const application = { clientId, redirectUri: CALLBACK, scope };
  const { claims, scopes, me } = await signIn(`${baseUrl}/t/${organization}`, application, user);
  const { iss, aud, sub } = claims;
  say(`  ${green("✓")} ID token: ${JSON.stringify({ iss, aud, sub })}`);
  if (!scopes.includes(GRANTED) || scopes.includes(WITHHELD))
    throw new Trouble(`The access token has the scope "${scopes.join(" ")}", of ${GRANTED} and not ${WITHHELD}.`);
  say(`  ${green("✓")} access token: scope "${scopes.join(" ")}", without ${WITHHELD}`);
  if (me.id !== sub) throw new Trouble(`/scim2/Me is ${String(me.id)}, and the ID token says ${String(sub)}.`);
  say(`  ${green("✓")} /scim2/Me with this token: userName "${String(me.userName)}"`);
}

/** @param {Record<string, number>} changes */
function sayChanges(changes) {
  const changed = Object.entries(changes).filter(([kind, count]) => kind !== "same" && count > 0);
  if (changed.length === 0) say("Nothing changed: the tenant is already as the program says.");
  else say(`Changed: ${changed.map(([kind, count]) => `${kind} ${count}`).join(", ")}.`);
}

/** @param {string} value */
const quote = (value) => (/^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`);

/** @param {Record<string, string>} own @param {import("./pulumi-cli.mjs").Cli} cli */
function exports(own, cli) {
  const lines = Object.entries(own).map(([name, value]) => `export ${name}=${quote(value)}`);
  const onPath = (process.env.PATH ?? "").split(":").includes(cli.dir);
  return onPath ? lines : [`export PATH=${quote(cli.dir)}:"$PATH"`, ...lines];
}

const commands = [
  ["pulumi preview --diff", "what an edit of examples/quickstart/index.ts would change"],
  ["pulumi up", "make the change"],
  ["pulumi refresh --preview-only --diff", "what somebody else has changed in the tenant"],
  ["pulumi destroy", "delete everything again"],
];

function sayCommands() {
  for (const [command = "", meaning] of commands) say(`  ${command.padEnd(38)}${dim(`# ${meaning}`)}`);
}

/** @param {boolean} keep */
async function start(keep) {
  const { env, cli } = await setUp();
  if (!cli) throw new Trouble("No Pulumi CLI.");
  const base = withoutOwn(env);
  await withLock(join(local, "start.lock"), "deploying to the local sandbox", async () => {
    const earlier = await runningSandbox();
    /** @type {Running | undefined} */
    let sandbox = earlier;
    let leave = earlier?.keep ?? false;
    /** @type {number | undefined} */
    let pid = earlier?.pid;
    const stop = async () => {
      if (!leave && pid !== undefined) await stopSandbox(pid);
    };
    const forget = onInterrupt(stop);
    try {
      if (!sandbox) sandbox = await startSandbox(base, (started) => (pid = started));
      say(
        `Sandbox: ${sandbox.tenant.baseUrl}, organization ${sandbox.tenant.organization}${earlier ? " (running since earlier)" : ""}.`,
      );
      const { own, all } = environment(base, sandbox.tenant);
      const changes = await deploy(all);
      await prove(all, sandbox);
      say();
      sayChanges(changes);
      if (keep) {
        noteSandbox(sandbox, true);
        leave = true;
      }
      say();
      if (leave) {
        say(bold("The sandbox is left running. In another terminal, in this folder:"));
        for (const line of exports(own, cli)) say(`  ${line}`);
        say("and then");
        sayCommands();
        say(`Stop the sandbox with ${bold("npm start -- --stop")}. What was deployed is kept for the next run.`);
      } else {
        say(bold("Try next"));
        say(
          `  npm start -- --keep                   ${dim("# leaves the sandbox running and prints the lines that pulumi needs in a terminal")}`,
        );
        say("then, in that terminal");
        sayCommands();
      }
    } finally {
      forget();
      await stop();
    }
  });
}

async function main() {
  let options;
  try {
    ({ values: options } = parseArgs({
      options: { keep: { type: "boolean" }, stop: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    }));
  } catch (error) {
    throw new Trouble(`${messageOf(error)}\n${usage}`);
  }
  if (options.help) {
    say(usage);
  } else if (options.stop) {
    const running = await runningSandbox();
    if (running) await stopSandbox(running.pid);
    say(running ? "The sandbox is stopped." : "No sandbox is running.");
  } else {
    await start(options.keep ?? false);
  }
}

try {
  await main();
} catch (error) {
  sayError(error);
  process.exitCode = 1;
}
