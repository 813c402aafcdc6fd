import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type ClientCredentials, textAt } from "./support";

export const main = resolve(__dirname, "..", "..", "dist", "cli", "main.js");
/** Skipped until the package has been built. */
export const whereBuilt = existsSync(main) ? test : test.skip;
export const environment = { PATH: process.env.PATH };

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** Has a process killed after the test. */
export function owned<Child extends ChildProcess>(child: Child): Child {
  children.push(child);
  return child;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the command says of its sandbox. */
export interface Said extends ClientCredentials {
  readonly baseUrl: string;
  readonly organization: string;
}

interface StartOptions {
  readonly env?: Record<string, string>;
  /** Arguments for Node.js itself. */
  readonly node?: readonly string[];
  /** What a shell does first, such as to lower a limit. */
  readonly shell?: string;
}

/** Starts the command, and waits for its line. */
export function start(args: readonly string[], { env = {}, node = [], shell }: StartOptions = {}) {
  const command = [process.execPath, ...node, main, "sandbox", ...args];
  const [file = "", ...rest] = shell === undefined ? command : ["sh", "-c", `${shell} exec "$0" "$@"`, ...command];
  const child = owned(spawn(file, rest, { env: { ...environment, ...env } }));
  let stdout = "";
  let stderr = "";
  child.stderr.on("data", (data) => {
    stderr += String(data);
  });
  const ended = new Promise<Ended>((done) => child.once("close", (code) => done({ code, stdout, stderr })));
  const line = new Promise<string>((done, fail) => {
    child.stdout.on("data", (data) => {
      stdout += String(data);
      if (stdout.includes("\n")) done(stdout);
    });
    ended.then(({ stderr: said }) => fail(new Error(`It ended: ${said}`)));
  });
  return { child, line, ended };
}

export async function tokenOf({ baseUrl, organization, clientId, clientSecret }: Said): Promise<string> {
  const response = await fetch(`${baseUrl}/t/${organization}/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: "SYSTEM" }),
  });
  return textAt(await response.json(), "access_token");
}
