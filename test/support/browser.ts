import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { z } from "zod";

/** The package unpacks its browser into the folder for temporary files: a process of its own has a folder of its own. */
const unpacking = `
const { default: chromium } = await import("@sparticuz/chromium");
const executable = await chromium.executablePath();
console.log(JSON.stringify({ executable, args: chromium.args }));
`;
const unpacked = z.object({ executable: z.string(), args: z.array(z.string()) });

/** What would have the browser look away where one of a user does not. */
const careless = ["--disable-web-security", "--allow-running-insecure-content"];

/** A Chromium of the tests' own, or why there is none. */
export type TestBrowser =
  | { readonly problem: string }
  | { readonly problem: undefined; open(): Promise<BrowserContext>; end(): void };

/**
 * Unpacks Chromium and tries it out, before any test is declared, so that the tests can be skipped where it cannot
 * start: it is built for Linux on x64. `end` takes away all that it has left.
 */
export function testBrowser(): TestBrowser {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-asgardeo-browser-"));
  const end = () => rmSync(folder, { recursive: true, force: true });
  const temporary = { TMPDIR: folder, TEMP: folder, TMP: folder };
  const env = { ...process.env, ...temporary, FONTCONFIG_PATH: join(folder, "fonts"), HOME: folder };
  const runs = (command: string, args: readonly string[]) =>
    spawnSync(command, args, { cwd: resolve(__dirname, "..", ".."), env, encoding: "utf8", timeout: 60_000 });
  const failed = (what: string, { error, stderr }: ReturnType<typeof runs>) => {
    end();
    return { problem: `${what}: ${error?.message ?? stderr.trim().split("\n").at(-1)}` };
  };
  const unpack = runs(process.execPath, ["--input-type=module", "-e", unpacking]);
  if (unpack.status !== 0) return failed("Chromium cannot be unpacked", unpack);
  const { executable, args } = unpacked.parse(JSON.parse(unpack.stdout));
  const flags = args.filter((arg) => !careless.includes(arg));
  const trial = runs(executable, ["--version"]);
  if (trial.status !== 0) return failed("Chromium cannot start on this machine", trial);
  return {
    problem: undefined,
    open: () =>
      chromium.launchPersistentContext(join(folder, "profile"), { executablePath: executable, args: flags, env }),
    end,
  };
}
