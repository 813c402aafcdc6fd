import { randomUUID } from "node:crypto";
import { accessSync, constants, existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { chmod, copyFile, mkdir, readdir, rename, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { withLock } from "./lock.mjs";
import { run } from "./run.mjs";
import { duration, messageOf, oneLine, root, say, Trouble } from "./say.mjs";

/**
 * The oldest CLI on PATH that will do: 3.220.0 is the first that understands `envVarMappings`, by which an explicit
 * `asgardeo.Provider` gets a secret of its own. (Drift by field, from a `read` that returns inputs, needs 3.216.0.)
 */
export const minimumVersion = "3.220.0";

/** What the Go modules need, as their go.mod files say; older releases of Go cannot even read those files. */
const minimumGo = "1.25.11";

const exe = process.platform === "win32" ? ".exe" : "";
const script = process.platform === "win32" ? ".cmd" : "";
const goModules = {
  pulumi: join(root, "tools", "pulumi-cli"),
  languageHost: join(root, "tools", "pulumi-language-nodejs"),
};

/**
 * @typedef {object} Cli
 * @property {string} dir the folder that holds `pulumi`
 * @property {string} version
 * @property {string} from which of the ways it came by
 *
 * @typedef {object} Way
 * @property {string} name as in "a pulumi on PATH"
 * @property {() => Promise<{ dir: string, version: string }>} find throws a Trouble that says why it does not work
 */

/** The version that is downloaded or built: the one in the committed go.mod. */
export function pinnedVersion() {
  const text = readFileSync(join(goModules.pulumi, "go.mod"), "utf8");
  const version = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\d+\.\d+\.\d+)/.exec(text)?.[1];
  if (!version) throw new Trouble("tools/pulumi-cli/go.mod names no version of the Pulumi CLI.");
  return version;
}

/** @param {string} a @param {string} b @returns {boolean} whether version a is at least version b */
export function isAtLeast(a, b) {
  const [left, right] = [a, b].map((version) => version.split(/[.+-]/).slice(0, 3).map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** The folder for what every clone of this user can share. @param {NodeJS.ProcessEnv} [env] */
export function cacheFolder(env = process.env) {
  // The XDG specification tells to ignore a relative path.
  const base = env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : join(homedir(), ".cache");
  return join(base, "pulumi-asgardeo");
}

/** Where the CLI of the pinned version is, or will be, in the cache. @param {NodeJS.ProcessEnv} [env] */
export const cachedCli = (env) =>
  join(cacheFolder(env), `pulumi-${pinnedVersion()}-${process.platform}-${process.arch}`, "bin");

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** @param {NodeJS.ProcessEnv} env */
const pathFolders = (env) => (env.PATH ?? "").split(delimiter).filter(Boolean);

/** @param {string} dir @param {NodeJS.ProcessEnv} env @returns {Promise<string>} */
async function versionOf(dir, env) {
  const program = join(dir, `pulumi${exe}`);
  const result = await run(program, ["version"], {
    label: "asking pulumi for its version",
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    limit: 30_000,
  });
  const version = /^v?(\d+\.\d+\.\d+\S*)/m.exec(result.stdout)?.[1];
  if (result.code !== 0 || !version) {
    throw new Trouble(`${program} does not run: ${oneLine(result.output, 200) || `exit code ${result.code}`}`);
  }
  return version;
}

/** Looks for what the engine starts: beside the CLI, or on PATH. @param {string} dir @param {NodeJS.ProcessEnv} env */
function requireHosts(dir, env) {
  const folders = [dir, dirname(realpathSync(join(dir, `pulumi${exe}`))), ...pathFolders(env)];
  for (const name of [`pulumi-language-nodejs${exe}`, `pulumi-resource-pulumi-nodejs${script}`]) {
    if (!folders.some((folder) => isProgram(join(folder, name)))) {
      throw new Trouble(`${join(dir, "pulumi")} has no ${name} beside it or on PATH`);
    }
  }
}

/** @param {NodeJS.ProcessEnv} env */
async function onPath(env) {
  const dir = pathFolders(env).find((folder) => isProgram(join(folder, `pulumi${exe}`)));
  if (!dir) throw new Trouble("there is none");
  const version = await versionOf(dir, env);
  if (!isAtLeast(version, minimumVersion)) {
    throw new Trouble(`${join(dir, "pulumi")} is ${version}, which is older than ${minimumVersion}`);
  }
  requireHosts(dir, env);
  return { dir, version };
}

/** @param {NodeJS.ProcessEnv} env */
async function inCache(env) {
  const dir = cachedCli(env);
  if (!existsSync(dir)) throw new Trouble(`${dir} does not exist`);
  for (const name of [`pulumi${exe}`, `pulumi-language-nodejs${exe}`, `pulumi-resource-pulumi-nodejs${script}`]) {
    if (!isProgram(join(dir, name))) throw new Trouble(`the copy in ${dir} lacks ${name}`);
  }
  return { dir, version: await versionOf(dir, env) };
}

/** The size of all files below a folder. @param {string} folder */
async function sizeOf(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  let size = 0;
  for (const entry of entries) {
    if (entry.isFile()) size += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return size;
}

/** The official installer, into `folder`. @param {string} folder @param {NodeJS.ProcessEnv} env */
async function installOfficially(folder, env) {
  const temporary = join(folder, "tmp");
  await mkdir(temporary, { recursive: true });
  say(`  trying the official installer: a minute or so, or half a minute where it gets no answer`);
  let size = 0;
  const measure = setInterval(() => void sizeOf(folder).then((now) => (size = now)), 1_000);
  try {
    const args = [join(root, "tools", "pulumi-installer.mjs"), folder, pinnedVersion()];
    const result = await run(process.execPath, args, {
      label: "downloading the Pulumi CLI",
      // What it downloads has to land where its growth can be seen: that tells a slow download from a dead one.
      env: { ...env, TMPDIR: temporary, PULUMI_SKIP_UPDATE_CHECK: "true" },
      progress: () => size,
      stallLimit: 30_000,
      limit: 20 * 60_000,
    });
    if (result.ended) throw new Trouble("it got no answer for 30 s");
    if (result.code !== 0) throw new Trouble(oneLine(result.output, 300) || `exit code ${result.code}`);
  } finally {
    clearInterval(measure);
    await rm(temporary, { recursive: true, force: true });
  }
}

/** @param {NodeJS.ProcessEnv} env */
async function requireGo(env) {
  /** @param {string} name */
  const ask = (name) =>
    // Outside of the modules: inside, a Go that is too old for them answers with an error of its own.
    run("go", ["env", name], { label: "asking Go for its version", env, cwd: tmpdir(), limit: 30_000 });
  let answer;
  try {
    answer = await ask("GOVERSION");
  } catch {
    throw new Trouble(`there is no Go on PATH (it needs Go ${minimumGo} or later)`);
  }
  const version = /go(\d+\.\d+(?:\.\d+)?)/.exec(answer.stdout)?.[1];
  if (!version) throw new Trouble(`Go does not run: ${oneLine(answer.output, 200)}`);
  if (isAtLeast(version, minimumGo)) return;
  const toolchain = (await ask("GOTOOLCHAIN")).stdout.trim();
  // From 1.21 on, Go fetches the release that a module asks for, unless it is told not to.
  if (!isAtLeast(version, "1.21") || toolchain.startsWith("local") || toolchain === "path") {
    throw new Trouble(`Go ${version} is too old (it needs ${minimumGo} or later)`);
  }
}

/**
 * @param {string} module the folder of the go.mod
 * @param {string} target the file to write
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function goBuild(module, target, args, env) {
  const result = await run("go", ["build", "-mod=readonly", "-trimpath", "-buildvcs=false", "-o", target, ...args], {
    cwd: module,
    label: "building the Pulumi CLI with Go",
    // No C compiler needed, nor the C library of this machine; a go.work above the clone is none of its business.
    env: { ...env, CGO_ENABLED: "0", GOWORK: "off" },
    limit: 60 * 60_000,
  });
  if (result.code !== 0) {
    const lines = result.output.split("\n").filter((line) => line.trim() && !line.startsWith("go: downloading"));
    throw new Trouble(
      result.ended ? "go build did not end within an hour" : `go build: ${oneLine(lines.slice(-3).join("\n"), 300)}`,
    );
  }
}

/** A build out of the Go modules in tools/, into `folder`. @param {string} folder @param {NodeJS.ProcessEnv} env */
async function buildFromSource(folder, env) {
  await requireGo(env);
  const bin = join(folder, "bin");
  await mkdir(bin, { recursive: true });
  say("  building it from the Go module proxy: about 4 minutes with 2 cores, much less where Go's caches have it");
  const version = `github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pinnedVersion()}`;
  const started = Date.now();
  await goBuild(
    goModules.pulumi,
    join(bin, `pulumi${exe}`),
    ["-tags", "osusergo,grpcnotrace", "-ldflags", `-s -w -X ${version}`, "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"],
    env,
  );
  await goBuild(
    goModules.languageHost,
    join(bin, `pulumi-language-nodejs${exe}`),
    ["-ldflags", "-s -w", "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"],
    env,
  );
  const sdk = join(root, "node_modules", "@pulumi", "pulumi");
  const name = `pulumi-resource-pulumi-nodejs${script}`;
  const source = [join(sdk, name), join(sdk, "dist", name)].find((path) => existsSync(path));
  if (!source) throw new Trouble(`the installed @pulumi/pulumi has no ${name}`);
  await copyFile(source, join(bin, name));
  await chmod(join(bin, name), 0o755);
  say(`  built in ${duration(Date.now() - started)}`);
}

/**
 * Makes the cached copy with `make`, in a folder aside that is put in place when it is complete.
 *
 * @param {(folder: string, env: NodeJS.ProcessEnv) => Promise<void>} make
 * @param {NodeJS.ProcessEnv} env
 */
async function intoCache(make, env) {
  const target = dirname(cachedCli(env));
  const fresh = join(cacheFolder(env), `.new-${process.pid}-${randomUUID().slice(0, 8)}`);
  try {
    await mkdir(fresh, { recursive: true });
    await make(fresh, env);
    if (existsSync(target)) await rename(target, join(fresh, "damaged"));
    const complete = join(fresh, "bin");
    await mkdir(target, { recursive: true });
    await rename(complete, join(target, "bin"));
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return inCache(env);
}

/** Removes what killed runs left. Only for the owner of the lock. @param {NodeJS.ProcessEnv} env */
async function sweepCache(env) {
  for (const name of await readdir(cacheFolder(env)).catch(() => [])) {
    if (name.startsWith(".new-")) await rm(join(cacheFolder(env), name), { recursive: true, force: true });
  }
}

/**
 * The first way that works. The reasons of those that did not are added to `reasons`.
 *
 * @param {Way[]} ways
 * @param {string[]} reasons
 * @returns {Promise<Cli | undefined>}
 */
export async function firstThatWorks(ways, reasons) {
  for (const { name, find } of ways) {
    try {
      return { ...(await find()), from: name };
    } catch (error) {
      reasons.push(`${name}: ${messageOf(error)}`);
    }
  }
  return undefined;
}

/**
 * The ways to a CLI: those that find one, and those that get one.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ finding: Way[], getting: Way[] }}
 */
function waysTo(env) {
  return {
    finding: [
      { name: "a pulumi on PATH", find: () => onPath(env) },
      { name: "the cache", find: () => inCache(env) },
    ],
    getting: [
      { name: "the official installer", find: () => intoCache(installOfficially, env) },
      { name: "a build from the Go module proxy", find: () => intoCache(buildFromSource, env) },
    ],
  };
}

/**
 * Finds a Pulumi CLI that will do, or gets one.
 *
 * @param {{ env?: NodeJS.ProcessEnv, ways?: { finding: Way[], getting: Way[] } }} [options]
 * @returns {Promise<Cli>}
 */
export async function pulumiCli({ env = process.env, ways = waysTo(env) } = {}) {
  /** @type {string[]} */
  const reasons = [];
  let cli = await firstThatWorks(ways.finding, reasons);
  if (!cli) {
    say(`Pulumi CLI: not here yet (${reasons.join("; ")}).`);
    const lock = join(cacheFolder(env), `pulumi-${pinnedVersion()}.lock`);
    try {
      cli = await withLock(lock, "getting the Pulumi CLI", async () => {
        await sweepCache(env);
        // Another run may have got it while this one waited for the lock.
        return (await firstThatWorks(ways.finding, [])) ?? (await firstThatWorks(ways.getting, reasons));
      });
    } catch (error) {
      reasons.push(`the cache folder ${cacheFolder(env)}: ${messageOf(error)}`);
    }
  }
  if (!cli) {
    throw new Trouble(
      [
        "No Pulumi CLI. Each way to one failed:",
        ...reasons.map((reason) => `  - ${reason}`),
        `Put a pulumi of version ${minimumVersion} or later on PATH, or Go ${minimumGo} or later, and run this again.`,
      ].join("\n"),
    );
  }
  say(`Pulumi CLI: ${cli.version}, from ${cli.from}.`);
  return cli;
}
