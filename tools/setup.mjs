import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";
import { installPackages } from "./install.mjs";
import { withLock } from "./lock.mjs";
import { isAtLeast, pulumiCli } from "./pulumi-cli.mjs";
import { root, say, sayError, Trouble } from "./say.mjs";

const minimumNode = "20.18.1";

/** @typedef {{ env: NodeJS.ProcessEnv, cli: import("./pulumi-cli.mjs").Cli | undefined }} SetUp */

/**
 * Brings this clone to where its programs run: packages, build, Pulumi CLI. What is there already is skipped.
 *
 * @param {{ cli?: "required" | "optional" | "none" }} [options] with "optional", a CLI that cannot be had is only reported
 * @returns {Promise<SetUp>} the environment in which programs of this repository run
 */
export async function setUp({ cli: need = "required" } = {}) {
  if (!isAtLeast(process.versions.node, minimumNode)) {
    throw new Trouble(`Node.js ${process.versions.node} is too old: this needs ${minimumNode} or later.`);
  }
  await withLock(join(root, ".pulumi-local", "setup.lock"), "setting up this clone", async () => {
    await installPackages();
    await build();
  });
  let cli;
  if (need !== "none") {
    try {
      cli = await pulumiCli();
    } catch (error) {
      if (need === "required" || !(error instanceof Trouble)) throw error;
      sayError(error);
      say("Going on without: what needs the CLI is skipped.");
    }
  }
  const env = { ...process.env };
  if (cli) {
    env.PATH = [cli.dir, process.env.PATH].filter(Boolean).join(delimiter);
    env.PULUMI_ASGARDEO_CLI_DIR = cli.dir;
  }
  return { env, cli };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await setUp();
  } catch (error) {
    sayError(error);
    process.exitCode = 1;
  }
}
