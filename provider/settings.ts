import { readFileSync } from "node:fs";
import { SettingsError } from "./errors";
import { type Config, configPlace, present } from "./settings-given";
import { misspelt, strangers } from "./settings-names";
import { asgardeo, organizationIn, schema } from "./settings-schema";

export { type Config, configOf } from "./settings-given";

/** Everything the provider must be told, checked. */
export interface Settings {
  readonly organization: string | undefined;
  /** The tenant's base: what comes before `/api/server/v1` and `/oauth2/token`. */
  readonly tenantUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly readOnly: boolean;
  /** Whether what the server accepts and good practice does not is an error instead of a warning. */
  readonly strict: boolean;
  readonly requestsPerMinute: number;
  readonly caFile: string | undefined;
  readonly timeoutSeconds: number;
  /** Where id and secret of the bootstrap client come from, and which other id is ignored: for the message of a refused one. */
  readonly clientOrigin: string;
  /** What the config has that is near to the name of a setting, and none. */
  readonly warnings: readonly string[];
}

/** The names of the settings and of the environment variables that give them. */
const names = {
  organization: "ASGARDEO_ORGANIZATION",
  baseUrl: "ASGARDEO_BASE_URL",
  clientId: "ASGARDEO_CLIENT_ID",
  clientSecret: "ASGARDEO_CLIENT_SECRET",
  readOnly: "ASGARDEO_READ_ONLY",
  strict: "ASGARDEO_STRICT",
  requestsPerMinute: "ASGARDEO_REQUESTS_PER_MINUTE",
  caFile: "ASGARDEO_CA_FILE",
  timeoutSeconds: "ASGARDEO_TIMEOUT_SECONDS",
} as const;

type Name = keyof typeof names;

/** All that the config may have. */
const known = [...Object.keys(names), "clientSecretEnv"];

type Given = Readonly<Partial<Record<Name, unknown>>>;

/** Reads the settings: the config first, then the environment. One error names everything that is missing or wrong. */
export function settingsFrom(config: Config, environment: NodeJS.ProcessEnv = process.env): Settings {
  const secret = clientSecret(config, environment);
  const told = (Object.keys(names) as Name[]).map((name) => [
    name,
    present(config(`asgardeo:${name}`)) ?? present(environment[names[name]]),
  ]);
  const given: Given = { ...Object.fromEntries(told), clientSecret: secret.value };
  const result = schema.safeParse(given, { reportInput: false });
  const problems = (result.error?.issues ?? []).map(({ path, message }) => {
    const name = path[0] as Name;
    if (name === "clientSecret" && secret.problem) return secret.problem;
    return given[name] === undefined ? missing(name) : wrong(name, message);
  });
  const all = [...organizationProblems(given), ...problems];
  if (!result.success || all.length > 0) throw new SettingsError([...all, ...strangers(config, known)].join("\n"));
  const { baseUrl, caFile, organization, ...settings } = result.data;
  const inUrl = organizationIn(baseUrl);
  const tenantUrl = organization === undefined || inUrl ? baseUrl : `${baseUrl}/t/${organization}`;
  return {
    ...settings,
    caFile,
    organization: organization ?? inUrl,
    tenantUrl,
    clientOrigin: clientOrigin(config, environment, secret.from),
    warnings: misspelt(config, known),
  };
}

/** The places of the bootstrap client's id and secret. Of another id that is ignored it names the place and the id. */
function clientOrigin(config: Config, environment: NodeJS.ProcessEnv, secretFrom: string): string {
  const inConfig = present(config("asgardeo:clientId"));
  const inEnvironment = present(environment[names.clientId]);
  const place = inConfig === undefined ? names.clientId : `asgardeo:clientId (${configPlace})`;
  const origin = `its id is from ${place}, its secret from ${secretFrom}`;
  if (inConfig === undefined || inEnvironment === undefined || String(inEnvironment).trim() === String(inConfig).trim())
    return origin;
  return `${origin}; ${names.clientId} has another id, ${inEnvironment}, which is ignored`;
}

/** The organization may also stand in the base URL. WSO2 Identity Server has a tenant without a name, Asgardeo has not. */
function organizationProblems({ organization, baseUrl = asgardeo }: Given): string[] {
  if (typeof baseUrl !== "string" || !URL.canParse(baseUrl)) return [];
  const inUrl = organizationIn(baseUrl);
  if (organization === undefined) {
    const isAsgardeo = /(^|\.)asgardeo\.io$/.test(new URL(baseUrl).hostname);
    return isAsgardeo && inUrl === undefined ? [missing("organization")] : [];
  }
  if (inUrl === undefined || inUrl === String(organization).trim()) return [];
  return [wrong("organization", "is another one than that in baseUrl; leave one of them out")];
}

/** The client secret, or what is wrong with it. */
interface Secret {
  readonly value?: unknown;
  readonly problem?: string;
  /** Where it comes from, for messages. */
  readonly from: string;
}

/** The secret's home is the environment, by a variable of one's own choice or a file; the config is the second best. */
function clientSecret(config: Config, environment: NodeJS.ProcessEnv): Secret {
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

const what: Record<Name, string> = {
  organization: "the tenant's organization name, as in the console's URL",
  baseUrl: "the server",
  clientId: "the client id of the bootstrap client",
  clientSecret: "the secret of the bootstrap client",
  readOnly: "only read",
  strict: "errors instead of warnings about what is against good practice",
  requestsPerMinute: "the most requests a minute",
  caFile: "a PEM file with an extra trusted CA",
  timeoutSeconds: "the time limit of one request in seconds",
};

function wrong(name: Name, message: string): string {
  return `${name}: ${message} (${what[name]}). Give it by ${ways(name)}.`;
}

function missing(name: Name): string {
  return `${name}: missing (${what[name]}). Give it by ${ways(name)}.`;
}

function ways(name: Name): string {
  const command = `\`pulumi config set asgardeo:${name} …\``;
  if (name !== "clientSecret")
    return `${command}, by ${names[name]}, or as \`${name}\` of an explicit asgardeo.Provider`;
  const file = "ASGARDEO_CLIENT_SECRET_FILE";
  const secret = command.replace("set ", "set --secret ");
  return `${names[name]} or ${file} (recommended), by ${secret}, or as \`clientSecretEnv\` of an explicit asgardeo.Provider`;
}
