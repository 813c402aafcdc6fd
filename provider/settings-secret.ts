import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, parse, resolve } from "node:path";
import { type Config, configPlace, present } from "./settings-given";

/** The client secret, or what is wrong with it. */
export interface Secret {
  readonly value?: unknown;
  readonly problem?: string;
  readonly warning?: string | undefined;
  /** Where it comes from, for messages. */
  readonly from: string;
}

/** The secret's home is the environment, by a variable of one's own choice or a file; the config is the second best. */
export function clientSecret(config: Config, environment: NodeJS.ProcessEnv): Secret {
  const variable = present(config("asgardeo:clientSecretEnv"));
  if (variable !== undefined) return fromVariable(String(variable), environment);
  const inConfig = present(config("asgardeo:clientSecret"));
  if (inConfig !== undefined) return { value: inConfig, from: `asgardeo:clientSecret (${configPlace})` };
  const direct = present(environment.ASGARDEO_CLIENT_SECRET);
  const file = environment.ASGARDEO_CLIENT_SECRET_FILE;
  return direct === undefined && file ? fromFile(file) : { value: direct, from: "ASGARDEO_CLIENT_SECRET" };
}

/** A name for a secret's variable, such as STAGING_CLIENT_SECRET: no secret that was made at random looks like one. */
const tellingName = /^(?=(.*_)?(ASGARDEO|CLIENT|SECRET)(_|$))[A-Z]+(_[A-Z]+)+$/;

function fromVariable(variable: string, environment: NodeJS.ProcessEnv): Secret {
  const from = "the variable of asgardeo:clientSecretEnv";
  const value = present(environment[variable]);
  if (value !== undefined) return { value, from: `${variable} (asgardeo:clientSecretEnv)` };
  // Anything else may be the secret itself, written where its variable's name belongs.
  const problem = tellingName.test(variable)
    ? `clientSecretEnv: the environment variable ${variable} is not set or empty; put the client secret there`
    : "clientSecretEnv: must be the name of an environment variable that holds the client secret; there is no such variable, or it is empty (the name is not shown, since it may be the secret itself)";
  return { problem, from };
}

const fileSetting = "ASGARDEO_CLIENT_SECRET_FILE";

function fromFile(file: string): Secret {
  const from = `the file of ${fileSetting}`;
  try {
    const value = readFileSync(file, "utf8").trim();
    if (value === "")
      return { problem: `${fileSetting}: the file ${file} is empty; put the client secret there`, from };
    return { value, from, warning: openness(file) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem = isPath(file)
      ? `${fileSetting}: the file ${file} cannot be read (${code}); it must hold the client secret`
      : `${fileSetting}: names no file that can be read (${code}); it must be the path of a file that holds the client secret (it is not shown, since it may be the secret itself)`;
    return { problem, from };
  }
}

/** Whether a text is surely a path, and not the secret itself: it is there, or the folder is that it would be in. */
function isPath(text: string): boolean {
  const isRelative = /^\.{1,2}[\\/]/.test(text);
  const folder = dirname(resolve(text));
  // A secret may contain a slash, or begin with one: then its folder is the root, or the one that the process runs in.
  const isElsewhere = dirname(text) !== "." && folder !== parse(folder).root;
  return isThere(text) || ((isRelative || isElsewhere) && isThere(folder));
}

function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/**
 * Says it where everybody on the machine may read the file. Not where a group may, which somebody has chosen, nor of
 * what a container's runtime mounts (Docker below /run/secrets, Kubernetes by links to folders such as `..data`): such a
 * file is always open within the container, and cannot be changed. Windows has other rights.
 */
function openness(file: string): string | undefined {
  if (process.platform === "win32" || (statSync(file).mode & 0o004) === 0) return undefined;
  if (/^(\/var)?\/run\/secrets\/|\/\.\.[^/]/.test(realpathSync(file))) return undefined;
  return `${fileSetting}: everybody on this machine may read the file ${file}; take that right away: chmod 600 ${file}`;
}
