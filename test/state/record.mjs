/**
 * Records the state that this version writes, as a fixture for all versions to come. Run it once for each release, after
 * the version in package.json was raised and before it is published:
 *
 *     node test/state/record.mjs
 *
 * It makes `test/state/v<version>/` with
 *
 * - `index.js`: the program, a copy of that of the newest fixture (or `v0.1.0`); extend it first by what is new,
 * - `stack.json`: the stack as `pulumi stack export` gives it. Its secrets are encrypted with the passphrase `test`. The
 *   base URL of the tenant, which has another port in every run, is replaced by `http://tenant.invalid`, and the places in
 *   the source that Pulumi notes are left out, since they are paths of the machine,
 * - `tenant.json`: the state file of the sandbox, which is the tenant that belongs to it.
 *
 * The last application of the program is half-made: its client could not be read. `state.test.ts` finds the fixture by
 * itself. A fixture that was published is never recorded again: users have such state.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inTemporaryFolder, run, withoutOwn } from "../../tools/run.mjs";
import { root, say, sayError, Trouble } from "../../tools/say.mjs";
import { setUp } from "../../tools/setup.mjs";

const here = join(root, "test", "state");
const placeholder = "http://tenant.invalid";
const newest = (/** @type {string} */ a, /** @type {string} */ b) => b.localeCompare(a, "en", { numeric: true });

/** @param {string} stack */
function withoutPlaces(stack) {
  const exported = JSON.parse(stack);
  for (const resource of exported.deployment.resources) {
    delete resource.sourcePosition;
    delete resource.stackTrace;
  }
  return `${JSON.stringify(exported, null, 2)}\n`;
}

/** @param {string} fixture @param {string} temporary */
async function record(fixture, temporary) {
  const { env: found } = await setUp();
  const { startSandbox } = createRequire(import.meta.url)("../../dist/sandbox/index.js");
  const state = join(temporary, "tenant.json");
  const project = join(temporary, "project");
  for (const folder of ["backend", "home", "project/node_modules/@pulumi"]) {
    mkdirSync(join(temporary, folder), { recursive: true });
  }
  cpSync(join(fixture, "index.js"), join(project, "index.js"));
  writeFileSync(join(project, "Pulumi.yaml"), "name: engine-test\nruntime: nodejs\n");
  writeFileSync(join(project, "package.json"), '{ "name": "engine-test", "private": true, "main": "index.js" }\n');
  const modules = join(project, "node_modules");
  symlinkSync(root, join(modules, "pulumi-asgardeo"), "dir");
  symlinkSync(join(root, "node_modules", "@pulumi", "pulumi"), join(modules, "@pulumi", "pulumi"), "dir");

  // The program has three applications with a client before the one that is to be left half-made.
  const path = "/api/server/v1/applications/*/inbound-protocols/oidc";
  const faults = [{ kind: "status", status: 500, method: "GET", path, skip: 3 }];
  const client = { clientId: "fixture-client", clientSecret: "fixture-secret" };
  const sandbox = await startSandbox({ organization: "fixture", state, faults, ...client });
  try {
    const env = {
      ...withoutOwn(found),
      PULUMI_HOME: join(temporary, "home"),
      PULUMI_BACKEND_URL: pathToFileURL(join(temporary, "backend")).href,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      ASGARDEO_BASE_URL: sandbox.baseUrl,
      ASGARDEO_ORGANIZATION: sandbox.organization,
      ASGARDEO_CLIENT_ID: client.clientId,
      ASGARDEO_CLIENT_SECRET: client.clientSecret,
    };
    const pulumi = async (/** @type {string[]} */ ...args) => {
      const { output } = await run("pulumi", [...args, "--non-interactive", "--stack", "test"], { cwd: project, env });
      return output;
    };
    await pulumi("stack", "init");
    const up = await pulumi("up", "--yes", "--skip-preview");
    if (!up.includes("its client could not be read")) throw new Trouble(`No application is half-made:\n${up}`);
    const exported = join(temporary, "stack.json");
    await pulumi("stack", "export", "--file", exported);
    const text = withoutPlaces(readFileSync(exported, "utf8")).replaceAll(sandbox.baseUrl, placeholder);
    if (text.includes(temporary) || text.includes(root)) throw new Trouble("The stack has a path of this machine.");
    writeFileSync(join(fixture, "stack.json"), text);
  } finally {
    await sandbox.close();
  }
  cpSync(state, join(fixture, "tenant.json"));
  const biome = join(root, "node_modules", "@biomejs", "biome", "bin", "biome");
  await run(process.execPath, [biome, "format", "--write", fixture], { cwd: root });
}

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const fixture = join(here, `v${version}`);
try {
  if (existsSync(join(fixture, "stack.json"))) {
    throw new Trouble(
      `${fixture} is there. If this version was never published, delete stack.json and tenant.json first.`,
    );
  }
  const [last] = readdirSync(here)
    .filter((name) => /^v\d/.test(name))
    .sort(newest);
  mkdirSync(fixture, { recursive: true });
  if (!existsSync(join(fixture, "index.js")) && last) cpSync(join(here, last, "index.js"), join(fixture, "index.js"));
  await inTemporaryFolder("record", (temporary) => record(fixture, temporary));
  say(`Recorded ${fixture}.`);
} catch (error) {
  sayError(error);
  process.exitCode = 1;
}
