import { SettingsError } from "./errors";
import { type Certificates, certificatesOf } from "./settings-ca";
import { type Config, configPlace, present } from "./settings-given";
import { masked } from "./settings-mask";
import { misspelt, strangers } from "./settings-names";
import { type ProxySetting, proxyFor } from "./settings-proxy";
import { asgardeo, organizationIn, schema } from "./settings-schema";
import { clientSecret } from "./settings-secret";

export { type Config, configOf } from "./settings-given";

/** Everything the provider must be told, checked. */
export interface Settings {
  readonly organization: string | undefined;
  /** The id of the organization below the tenant that is worked in; undefined for the tenant itself. */
  readonly childOrganization?: string | undefined;
  /** The tenant's base: what comes before `/api/server/v1` and `/oauth2/token`. */
  readonly tenantUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly readOnly: boolean;
  /** Whether what the server accepts and good practice does not is an error instead of a warning. */
  readonly strict: boolean;
  readonly requestsPerMinute: number;
  /** PEM certificates that are trusted besides those of Node.js: all of `caFile`, and with it of NODE_EXTRA_CA_CERTS. */
  readonly certificates: readonly string[];
  readonly timeoutSeconds: number;
  /** The proxy by which the tenant is reached, from HTTPS_PROXY and the like. */
  readonly proxy: ProxySetting | undefined;
  /** Where id and secret of the bootstrap client come from, and which other id is ignored: for the message of a refused one. */
  readonly clientOrigin: string;
  /** What is no error, but surely not meant: names in the config that are near to a setting's, a secret's file that is open to all. */
  readonly warnings: readonly string[];
}

/** The names of the settings and of the environment variables that give them. */
const names = {
  organization: "ASGARDEO_ORGANIZATION",
  childOrganization: "ASGARDEO_CHILD_ORGANIZATION",
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
  const shown = (text: string) => masked(text, [secret.value, environment[names.clientSecret]]);
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
  const trust = trustOf(given, environment);
  const all = [
    ...organizationProblems(given),
    ...problems,
    ...misplacedSecrets(given),
    ...(trust.problem ? [trust.problem] : []),
  ];
  const failure = (lines: string[]) => new SettingsError(shown([...lines, ...strangers(config, known)].join("\n")));
  if (!result.success || all.length > 0) throw failure(all);
  const { baseUrl, organization, caFile: _, ...settings } = result.data;
  const inUrl = organizationIn(baseUrl);
  const tenantUrl = organization === undefined || inUrl ? baseUrl : `${baseUrl}/t/${organization}`;
  const { proxy, problem } = proxyFor(tenantUrl, environment);
  if (problem) throw failure([problem]);
  return {
    ...settings,
    certificates: trust.certificates,
    proxy,
    organization: organization ?? inUrl,
    tenantUrl,
    clientOrigin: shown(clientOrigin(config, environment, secret.from)),
    warnings: [...misspelt(config, known), secret.warning, trust.warning].filter((text) => text !== undefined),
  };
}

function trustOf({ caFile }: Given, environment: NodeJS.ProcessEnv): Certificates {
  const file = typeof caFile === "string" ? caFile.trim() : "";
  if (file === "") return { certificates: [] };
  const { problem, ...rest } = certificatesOf(file, environment);
  return problem === undefined ? rest : { ...rest, problem: wrong("caFile", problem) };
}

/** Settings that may be shown in messages, and hold the secret by mistake. */
function misplacedSecrets({ clientSecret: secret, ...rest }: Given): string[] {
  if (typeof secret !== "string" || secret.trim().length < 6) return [];
  const wrongPlaces = (Object.keys(names) as Name[]).filter(
    (name) => name !== "clientSecret" && String(rest[name as keyof typeof rest]).includes(secret.trim()),
  );
  return wrongPlaces.map((name) => wrong(name, "holds the client secret"));
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

const what: Record<Name, string> = {
  organization: "the tenant's organization name, as in the console's URL",
  childOrganization: "the id of an organization of the tenant",
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
