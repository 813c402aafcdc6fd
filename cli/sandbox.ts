import { Command, InvalidArgumentError, Option } from "commander";
import { loadFaults } from "../sandbox/fault-rules";
import { type SandboxOptions, StartError, startSandbox } from "../sandbox/index";
import { servers } from "../sandbox/versions";

/**
 * `pulumi-asgardeo sandbox`: an emulated tenant, until it is interrupted. It reads none of the provider's variables: the
 * secret of a real tenant would be printed, and kept in the state file.
 */
export function sandboxCommand(): Command {
  return new Command("sandbox")
    .summary("serve an emulated Asgardeo tenant on this machine")
    .description(
      "Serves an emulated Asgardeo tenant on 127.0.0.1 until it gets SIGINT or SIGTERM.\n" +
        "The first and only line on stdout is JSON: baseUrl, organization, clientId, clientSecret.",
    )
    .addOption(new Option("--port <number>", "port to listen on (default: any free one)").argParser(wholeNumber))
    .option("--organization <name>", "name of the organization")
    .option("--client-id <id>", "id of the bootstrap client")
    .addOption(
      new Option("--client-secret <secret>", "its secret; a command line is visible to others, so prefer").env(
        "ASGARDEO_SANDBOX_CLIENT_SECRET",
      ),
    )
    .option("--user <name>", "have a user with this name, who can sign in")
    .addOption(
      new Option("--password <password>", "the user's password; a command line is visible to others, so prefer").env(
        "ASGARDEO_SANDBOX_PASSWORD",
      ),
    )
    .option("--state <file>", "keep the tenant, with its secrets, in this file")
    .addOption(
      new Option("--rate-limit <per-minute>", "answer 429 beyond so many requests a minute").argParser(wholeNumber),
    )
    .addOption(new Option("--server <version>", "server to stand for (default: asgardeo)").choices(servers))
    .addOption(
      new Option("--background <requests>", "do what comes behind an answer so many requests later").argParser(
        wholeNumber,
      ),
    )
    .option("--log <file>", "append a line of JSON for each request to this file")
    .option("--faults <file>", "play the faults whose rules are in this file, as a list in JSON")
    .action(serve);
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It is not a whole number.");
  return Number(text);
}

interface Options extends Omit<SandboxOptions, "faults" | "user" | "background"> {
  readonly faults?: string;
  readonly user?: string;
  readonly password?: string;
  readonly background?: number;
}

async function serve({ faults, user, password, background, ...options }: Options): Promise<void> {
  const ended = signal();
  const sandbox = await startSandbox({
    ...withoutEmpty(options),
    user: userOf(user, password),
    background: background === undefined ? undefined : { requests: background },
    faults: faults === undefined ? undefined : loadFaults(faults),
  });
  const { baseUrl, organization, clientId, clientSecret } = sandbox;
  // Nobody may be reading any more, or the disk that they go to may be full.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  process.stdout.write(`${JSON.stringify({ baseUrl, organization, clientId, clientSecret })}\n`);
  await ended;
  await sandbox.close();
}

/** A password without a user may stand in the environment for other sandboxes. */
function userOf(name = "", password = ""): SandboxOptions["user"] {
  if (name === "") return undefined;
  if (password === "") {
    throw new StartError(`The user ${name} needs a password: --password, or better ASGARDEO_SANDBOX_PASSWORD.`);
  }
  return { name, password };
}

/** An environment variable that is set to nothing counts as not set. */
function withoutEmpty(options: SandboxOptions): SandboxOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== ""));
}

function signal(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => resolve());
  });
}
