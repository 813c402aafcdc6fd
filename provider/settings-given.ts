import { readFileSync } from "node:fs";

/** What an explicit provider or the stack's config gives, by key with namespace. */
export interface Config {
  (key: string): unknown;
  /** All keys that it has, where they can be known. */
  readonly keys?: readonly string[];
}

/** Where a config comes from, for messages: a provider process is not told which of the two it has. */
export const configPlace = "the stack's config or an explicit provider";

/** The config that Pulumi's process for dynamic providers hands over. Its keys are in a member that no page describes. */
export function configOf(given: { get(key: string): unknown }): Config {
  const raw = "rawConfig" in given ? given.rawConfig : undefined;
  const keys = typeof raw === "object" && raw !== null ? Object.keys(raw) : [];
  return Object.assign((key: string) => given.get(key), { keys });
}

/** Numbers and booleans, as an explicit provider may give them, become texts; an empty text counts as not given. */
export function present(value: unknown): unknown {
  if (value === undefined || value === null || value === "") return undefined;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
}

/** The client secret, or what is wrong with it. */
export interface Secret {
  readonly value?: unknown;
  readonly problem?: string;
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

function fromVariable(variable: string, environment: NodeJS.ProcessEnv): Secret {
  const from = "the variable of asgardeo:clientSecretEnv";
  const value = present(environment[variable]);
  if (value !== undefined) return { value, from: `${variable} (asgardeo:clientSecretEnv)` };
  // Anything else may be the secret itself, written where its variable's name belongs.
  const isName = /^[A-Z][A-Z0-9_]*$/.test(variable);
  const problem = isName
    ? `clientSecretEnv: the environment variable ${variable} is not set or empty; put the client secret there`
    : "clientSecretEnv: must be the name of an environment variable that holds the client secret; there is no such variable";
  return { problem, from };
}

function fromFile(file: string): Secret {
  const from = "the file of ASGARDEO_CLIENT_SECRET_FILE";
  const place = `ASGARDEO_CLIENT_SECRET_FILE: the file ${file}`;
  try {
    const value = readFileSync(file, "utf8").trim();
    return value === "" ? { problem: `${place} is empty; put the client secret there`, from } : { value, from };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { problem: `${place} cannot be read (${code}); it must hold the client secret`, from };
  }
}
