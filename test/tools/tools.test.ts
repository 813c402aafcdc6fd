import { execFile, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const root = resolve(__dirname, "..", "..");
const exec = promisify(execFile);

// Each test starts processes, and on a busy machine their start alone takes seconds.
jest.setTimeout(60_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-asgardeo-tools-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The tools are ES modules that run without any set-up, so they are tried in a process of their own. */
async function inNode(code: string, env: Record<string, string> = {}): Promise<{ value: unknown; said: string }> {
  const tool = (name: string) => JSON.stringify(pathToFileURL(join(root, "tools", name)).href);
  const text = `
    const load = (name) => import({ cli: ${tool("pulumi-cli.mjs")}, lock: ${tool("lock.mjs")}, install: ${tool("install.mjs")},
      say: ${tool("say.mjs")}, run: ${tool("run.mjs")} }[name]);
    const folder = ${JSON.stringify(folder)};
    const value = await (async () => { ${code} })();
    process.stdout.write("\\nRESULT " + JSON.stringify(value ?? null));
  `;
  const { stdout } = await exec(process.execPath, ["--input-type=module", "-e", text], {
    env: { PATH: process.env.PATH, HOME: folder, ...env },
  });
  const [said = "", json = "null"] = stdout.split("\nRESULT ");
  return { value: JSON.parse(json), said };
}

function fakeProgram(path: string, text: string): void {
  mkdirSync(resolve(path, ".."), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
}

function fakeCli(dir: string, version: string): void {
  fakeProgram(join(dir, "pulumi"), `echo v${version}`);
  fakeProgram(join(dir, "pulumi-language-nodejs"), "");
  fakeProgram(join(dir, "pulumi-resource-pulumi-nodejs"), "");
}

const findCli = `
  const { pulumiCli } = await load("cli");
  try { return await pulumiCli(); } catch (error) { return error.message; }`;

describe("the Pulumi CLI", () => {
  const cacheDir = () =>
    inNode(`return (await load("cli")).cachedCli();`, { XDG_CACHE_HOME: join(folder, "cache") }).then(
      ({ value }) => value as string,
    );

  test("on PATH is taken first", async () => {
    fakeCli(join(folder, "bin"), "3.220.0");
    fakeCli(await cacheDir(), "3.259.0");
    const { value } = await inNode(findCli, {
      PATH: `${join(folder, "bin")}:${process.env.PATH}`,
      XDG_CACHE_HOME: join(folder, "cache"),
    });
    expect(value).toMatchObject({ dir: join(folder, "bin"), version: "3.220.0", from: "a pulumi on PATH" });
  });

  test.each([
    ["older than what the provider needs", () => fakeCli(join(folder, "bin"), "3.219.9")],
    ["without a language host", () => fakeProgram(join(folder, "bin", "pulumi"), "echo v3.259.0")],
    ["that does not run", () => fakeProgram(join(folder, "bin", "pulumi"), "echo no such tool; exit 1")],
  ])("on PATH %s is passed over for the cached one", async (_, make) => {
    make();
    const cached = await cacheDir();
    fakeCli(cached, "3.259.0");
    const { value } = await inNode(findCli, {
      PATH: `${join(folder, "bin")}:/usr/bin:/bin`,
      XDG_CACHE_HOME: join(folder, "cache"),
    });
    expect(value).toMatchObject({ dir: cached, from: "the cache" });
  });

  test("that cannot be had is one error, which names each way and why it failed", async () => {
    const { value } = await inNode(
      `const { pulumiCli } = await load("cli");
       const { Trouble } = await load("say");
       const way = (name, reason) => ({ name, find: async () => { throw new Trouble(reason); } });
       const ways = { finding: [way("PATH", "there is none"), way("the cache", "it is empty")],
                      getting: [way("the installer", "no answer"), way("a build", "there is no Go")] };
       try { await pulumiCli({ ways }); } catch (error) { return { message: error.message, foreseen: error instanceof Trouble }; }`,
      { XDG_CACHE_HOME: join(folder, "cache") },
    );
    expect(value).toMatchObject({ foreseen: true });
    const { message } = value as { message: string };
    const lines = [
      "PATH: there is none",
      "the cache: it is empty",
      "the installer: no answer",
      "a build: there is no Go",
    ];
    expect(message.split("\n").filter((line) => line.startsWith("  - "))).toEqual(lines.map((line) => `  - ${line}`));
  });

  test("is looked for again once the lock is had, since another run may have got it", async () => {
    const { value } = await inNode(
      `const { pulumiCli } = await load("cli");
       let looked = 0, got = 0;
       const find = async () => { if (++looked < 2) throw new Error("not yet"); return { dir: "d", version: "1" }; };
       const get = async () => { got++; return { dir: "other", version: "1" }; };
       const cli = await pulumiCli({ ways: { finding: [{ name: "cache", find }], getting: [{ name: "get", find: get }] } });
       return { dir: cli.dir, got };`,
      { XDG_CACHE_HOME: join(folder, "cache") },
    );
    expect(value).toEqual({ dir: "d", got: 0 });
  });

  test("versions are compared number by number", async () => {
    const { value } = await inNode(
      `const { isAtLeast } = await load("cli");
       return [isAtLeast("3.259.0", "3.220.0"), isAtLeast("3.22.0", "3.220.0"), isAtLeast("4.0.0-beta.1", "3.220.0"),
               isAtLeast("3.220.0", "3.220.0"), isAtLeast("1.26", "1.25.11")];`,
    );
    expect(value).toEqual([true, false, true, true, true]);
  });

  test("a relative XDG_CACHE_HOME is ignored", async () => {
    const { value } = await inNode(`return (await load("cli")).cacheFolder();`, { XDG_CACHE_HOME: "relative" });
    expect(value).toBe(join(folder, ".cache", "pulumi-asgardeo"));
  });
});

describe("the lock", () => {
  const owner = (pid: number) => JSON.stringify({ pid, host: hostname(), token: "t" });
  const take = `
    const { withLock } = await load("lock");
    return await withLock(folder + "/a.lock", "making it", async () => "done");`;

  test("of a dead owner is taken over", async () => {
    const child = spawn(process.execPath, ["-e", ""]);
    await new Promise((done) => child.once("exit", done));
    writeFileSync(join(folder, "a.lock"), owner(child.pid ?? 0));
    const { value, said } = await inNode(take);
    expect(value).toBe("done");
    expect(said).toContain("an earlier run ended without finishing making it");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("of a living owner is waited for, which is said", async () => {
    writeFileSync(join(folder, "a.lock"), owner(process.pid));
    const waiting = inNode(take);
    await new Promise((done) => setTimeout(done, 1_000));
    expect(existsSync(join(folder, "a.lock"))).toBe(true);
    rmSync(join(folder, "a.lock"));
    const { value, said } = await waiting;
    expect(value).toBe("done");
    expect(said).toContain(`another run (process ${process.pid}) is making it: waiting`);
  });

  test("lets only one of many in at a time, also when all find a dead owner", async () => {
    writeFileSync(join(folder, "a.lock"), JSON.stringify({ pid: 2 ** 30, host: hostname(), token: "t" }));
    const work = `
      const { withLock } = await load("lock");
      const { appendFileSync } = await import("node:fs");
      await withLock(folder + "/a.lock", "making it", async () => {
        appendFileSync(folder + "/log", "in\\n");
        await new Promise((done) => setTimeout(done, 100));
        appendFileSync(folder + "/log", "out\\n");
      });`;
    await Promise.all([1, 2, 3, 4].map(() => inNode(work)));
    expect(readFileSync(join(folder, "log"), "utf8")).toBe("in\nout\n".repeat(4));
  });

  test("is given back when the work fails", async () => {
    const { value } = await inNode(
      `const { withLock } = await load("lock");
       try { await withLock(folder + "/a.lock", "it", async () => { throw new Error("broken"); }); } catch (error) { return error.message; }`,
    );
    expect(value).toBe("broken");
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("the installed packages", () => {
  type Entry = Record<string, unknown>;
  const lay = (wanted: Record<string, Entry>, installed?: Record<string, Entry>) => {
    writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages: { "": {}, ...wanted } }));
    if (!installed) return;
    for (const path of Object.keys(installed)) mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, "node_modules", ".package-lock.json"), JSON.stringify({ packages: installed }));
  };
  const why = async () =>
    (
      await inNode(
        `const { staleness } = await load("install");
         return staleness(folder, { os: "linux", cpu: "x64", libc: "glibc" }) ?? "fresh";`,
      )
    ).value;
  const a = { "node_modules/a": { version: "1.0.0", integrity: "x" } };

  test("are fresh when they are the lockfile's", async () => {
    lay(a, a);
    expect(await why()).toBe("fresh");
  });

  test("are stale when absent, of another version, or not installed to the end", async () => {
    lay(a);
    expect(await why()).toBe("node_modules is absent");
    mkdirSync(join(folder, "node_modules"));
    expect(await why()).toContain("not to the end");
    lay(a, { "node_modules/a": { version: "0.9.0", integrity: "x" } });
    expect(await why()).toBe("a is 0.9.0, the lockfile has 1.0.0");
    lay(a, a);
    rmSync(join(folder, "node_modules/a"), { recursive: true });
    expect(await why()).toBe("a is not installed");
  });

  test("need the binaries of this platform, and of no other", async () => {
    const binary = (cpu: string, libc: string) => ({
      version: "1.0.0",
      optional: true,
      os: ["linux"],
      cpu: [cpu],
      libc: [libc],
    });
    const wanted = {
      ...a,
      "node_modules/b-arm": binary("arm64", "glibc"),
      "node_modules/b-musl": binary("x64", "musl"),
      "node_modules/b-x64": binary("x64", "glibc"),
    };
    lay(wanted, { ...a, "node_modules/b-arm": binary("arm64", "glibc") });
    expect(await why()).toBe("b-x64 is not installed");
    lay(wanted, { ...a, "node_modules/b-x64": binary("x64", "glibc") });
    expect(await why()).toBe("fresh");
  });
});

describe("a child process", () => {
  test("that is silent is spoken for", async () => {
    const { said } = await inNode(
      `const { run } = await load("run");
       await run(process.execPath, ["-e", "setTimeout(() => {}, 6500)"], { label: "sleeping" });`,
    );
    expect(said).toMatch(/… sleeping \(\d s\)/);
  });

  test("that shows no progress is ended, with what it has started", async () => {
    const { value } = await inNode(
      `const { run } = await load("run");
       const result = await run("sh", ["-c", "sleep 60 & echo $!; wait"], { label: "stalling", stallLimit: 500, progress: () => 1 });
       const { isAlive } = await load("lock");
       await new Promise((done) => setTimeout(done, 200));
       return { ended: result.ended, alive: isAlive(Number(result.stdout.trim())) };`,
    );
    expect(value).toEqual({ ended: "stall", alive: false });
  });

  test("that cannot be started is foreseen trouble", async () => {
    const { value } = await inNode(
      `const { run } = await load("run");
       return await run("no-such-program", []).then(() => "ran", (error) => error.message);`,
    );
    expect(value).toMatch(/^no-such-program cannot be started/);
  });
});
