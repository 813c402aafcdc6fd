import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { run } from "./run.mjs";
import { indent, oneLine, root, say, Trouble } from "./say.mjs";

/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, inBundle?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockEntry
 * @typedef {{ os: string, cpu: string, libc: string | undefined }} Platform
 */

/** @returns {Platform} */
function thisPlatform() {
  let libc;
  if (process.platform === "linux") {
    const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report?.getReport() ?? {});
    libc = report.header?.glibcVersionRuntime ? "glibc" : "musl";
  }
  return { os: process.platform, cpu: process.arch, libc };
}

/** @param {string[] | undefined} allowed @param {string | undefined} value */
function fits(allowed, value) {
  if (!allowed || value === undefined) return true;
  if (allowed.includes(`!${value}`)) return false;
  return allowed.includes(value) || allowed.every((entry) => entry.startsWith("!"));
}

/**
 * Why the installed packages are not the ones of the lockfile, or undefined if they are.
 *
 * npm keeps a lockfile of what it has installed. Comparing the two tells more than their times: a checkout makes an
 * unchanged file look new, and a folder copied from another platform looks fresh.
 *
 * @param {string} folder the package's
 * @param {Platform} [platform]
 * @returns {string | undefined}
 */
export function staleness(folder, platform = thisPlatform()) {
  const modules = join(folder, "node_modules");
  if (!existsSync(modules)) return "node_modules is absent";
  /** @type {Record<string, LockEntry>} */
  let wanted;
  /** @type {Record<string, LockEntry>} */
  let installed;
  try {
    wanted = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages;
  } catch (error) {
    throw new Trouble(`package-lock.json cannot be read: ${oneLine(String(error))}`);
  }
  try {
    installed = JSON.parse(readFileSync(join(modules, ".package-lock.json"), "utf8")).packages;
  } catch {
    return "node_modules was not installed by npm, or not to the end";
  }
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.startsWith("node_modules/") || entry.inBundle) continue;
    const forAnother =
      !fits(entry.os, platform.os) || !fits(entry.cpu, platform.cpu) || !fits(entry.libc, platform.libc);
    // npm leaves out optional packages that do not build, whatever the platform.
    if (entry.optional && (forAnother || !entry.cpu)) continue;
    const found = installed[path];
    const name = path.slice("node_modules/".length);
    if (!found || !existsSync(join(folder, path))) return `${name} is not installed`;
    if (found.version !== entry.version) return `${name} is ${found.version}, the lockfile has ${entry.version}`;
    if (found.integrity !== entry.integrity) return `${name} is not the lockfile's copy`;
  }
  return undefined;
}

/** The command that starts npm: the copy that runs this script, if one does. @returns {{ command: string, before: string[] }} */
export function npm() {
  const script = process.env.npm_execpath;
  if (script && basename(script) === "npm-cli.js") return { command: process.execPath, before: [script] };
  return { command: process.platform === "win32" ? "npm.cmd" : "npm", before: [] };
}

/** npm's reasons, without its help and the lines that only frame them. @param {string} output */
function essence(output) {
  const lines = output.split("\n").map((line) => line.replace(/^npm (error|warn) ?/, "").trimEnd());
  const help = lines.findIndex((line) => /^(Clean install a project|Usage:)/.test(line));
  const reasons = (help < 0 ? lines : lines.slice(0, help)).filter(Boolean);
  const more = reasons.length - 12;
  return [...reasons.slice(0, 12), ...(more > 0 ? [`… and ${more} more lines; run npm ci to see them`] : [])].join(
    "\n",
  );
}

/** Installs the packages of the lockfile, unless they are there. */
export async function installPackages() {
  const why = staleness(root);
  if (!why) {
    say("Packages: up to date.");
    return;
  }
  say(`Packages: ${why}. Running npm ci: half a minute or so, mostly downloads.`);
  const { command, before } = npm();
  const result = await run(command, [...before, "ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    label: "npm ci",
  });
  if (result.code !== 0) {
    throw new Trouble(`npm ci failed (exit code ${result.code}):\n${indent(essence(result.output))}`);
  }
}
