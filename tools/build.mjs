import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { withLock } from "./lock.mjs";
import { run } from "./run.mjs";
import { duration, indent, root, say, sayError, Trouble } from "./say.mjs";

const dist = join(root, "dist");
const local = join(root, ".pulumi-local");
const stampFile = join(local, "build.json");
const configFiles = ["tsconfig.json", "tsconfig.build.json", "package.json"];

/** @typedef {{ sources: string, outputs: Record<string, string> }} Stamp */

/** All files below a folder, as paths relative to it. @param {string} folder @returns {string[]} */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** @param {string | Buffer} data */
const hash = (data) => createHash("sha256").update(data).digest("hex");

/** One value for everything that the output depends on. Times would miss a deleted source and an older branch. */
function hashOfSources() {
  const { include } = JSON.parse(readFileSync(join(root, "tsconfig.build.json"), "utf8"));
  const sources = /** @type {string[]} */ (include).flatMap((folder) =>
    filesIn(join(root, folder))
      .filter((file) => file.endsWith(".ts"))
      .map((file) => join(folder, file)),
  );
  const typescript = join("node_modules", "typescript", "package.json");
  const all = createHash("sha256");
  for (const file of [...sources, ...configFiles, typescript]) {
    const path = join(root, file);
    all.update(`${file}\0${existsSync(path) ? hash(readFileSync(path)) : "absent"}\n`);
  }
  return { sources: all.digest("hex"), count: sources.length };
}

/** The content of each output, so that a file that was lost or changed by hand is noticed. @param {string} folder */
const hashesOfOutputs = (folder) =>
  Object.fromEntries(filesIn(folder).map((file) => [file, hash(readFileSync(join(folder, file)))]));

/** @param {string} sources */
async function isUpToDate(sources) {
  try {
    /** @type {Stamp} */
    const stamp = JSON.parse(await readFile(stampFile, "utf8"));
    return stamp.sources === sources && JSON.stringify(stamp.outputs) === JSON.stringify(hashesOfOutputs(dist));
  } catch {
    return false;
  }
}

/** Makes `to` hold exactly the files of `from`, a file at a time, so that nobody ever meets half a file. @param {string} from @param {string} to */
async function replaceTree(from, to) {
  const files = filesIn(from);
  for (const file of files) {
    await mkdir(dirname(join(to, file)), { recursive: true });
    await rename(join(from, file), join(to, file));
  }
  const keep = new Set(files);
  for (const file of filesIn(to)) if (!keep.has(file)) await rm(join(to, file), { force: true });
  const folders = (await readdir(to, { withFileTypes: true, recursive: true })).filter((entry) => entry.isDirectory());
  const paths = folders.map((entry) => join(entry.parentPath, entry.name)).sort((a, b) => b.length - a.length);
  for (const path of paths) await rmdir(path).catch(() => undefined);
}

/** Compiles the package into dist/, unless that has been done. */
export async function build() {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  if (!existsSync(compiler)) throw new Trouble("The compiler is not installed: run npm ci first.");
  await withLock(join(local, "build.lock"), "building the package", async () => {
    const { sources, count } = hashOfSources();
    if (await isUpToDate(sources)) {
      say("Build: up to date.");
      return;
    }
    say(`Build: compiling ${count} files, some seconds.`);
    const started = Date.now();
    const fresh = join(local, `dist-${process.pid}`);
    try {
      await rm(fresh, { recursive: true, force: true });
      const result = await run(process.execPath, [compiler, "-p", "tsconfig.build.json", "--outDir", fresh], {
        cwd: root,
        label: "compiling",
      });
      if (result.code !== 0) throw new Trouble(`The build failed:\n${indent(result.output.trim())}`);
      const main = join(fresh, "cli", "main.js");
      if (existsSync(main)) await chmod(main, 0o755);
      await replaceTree(fresh, dist);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
    /** @type {Stamp} */
    const stamp = { sources, outputs: hashesOfOutputs(dist) };
    await writeFile(stampFile, JSON.stringify(stamp));
    say(`  built in ${duration(Date.now() - started)}`);
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await build();
  } catch (error) {
    sayError(error);
    process.exitCode = 1;
  }
}
