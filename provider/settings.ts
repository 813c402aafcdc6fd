import { readFileSync } from "node:fs";
import { z } from "zod";
import { SettingsError } from "./errors";

/** Everything the provider must be told, checked. */
export interface Settings {
  readonly organization: string | undefined;
  /** The tenant's base: what comes before `/api/server/v1` and `/oauth2/token`. */
  readonly tenantUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly readOnly: boolean;
  readonly requestsPerMinute: number;
  readonly caFile: string | undefined;
  readonly timeoutSeconds: number;
}

/** Where a setting comes from: the explicit provider's inputs or the stack's config, by key with namespace. */
export type Config = (key: string) => unknown;

/** The names of the settings and of the environment variables that give them. */
const names = {
  organization: "ASGARDEO_ORGANIZATION",
  baseUrl: "ASGARDEO_BASE_URL",
  clientId: "ASGARDEO_CLIENT_ID",
  clientSecret: "ASGARDEO_CLIENT_SECRET",
  readOnly: "ASGARDEO_READ_ONLY",
  requestsPerMinute: "ASGARDEO_REQUESTS_PER_MINUTE",
  caFile: "ASGARDEO_CA_FILE",
  timeoutSeconds: "ASGARDEO_TIMEOUT_SECONDS",
} as const;

type Name = keyof typeof names;

const text = z.string().trim().min(1, "is empty");
const count = z.coerce.number("must be a whole number").int("must be a whole number").min(1, "must be at least 1");

const schema = z.object({
  organization: text.regex(/^[^/\s?#]+$/, "is an organization's name, such as `acme`, not a URL").optional(),
  baseUrl: text.transform(checkedBase).default("https://api.asgardeo.io"),
  clientId: text,
  clientSecret: text,
  readOnly: z.stringbool("must be true or false").default(false),
  requestsPerMinute: count.default(180),
  caFile: text.optional(),
  timeoutSeconds: count.max(600, "must be at most 600").default(30),
});

function checkedBase(value: string, context: z.RefinementCtx): string {
  const refuse = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  if (!URL.canParse(value))
    return refuse("must be a URL such as https://api.asgardeo.io or https://is.example.com:9443");
  const url = new URL(value);
  if (url.username || url.password || url.search || url.hash)
    return refuse("must be a bare URL, without user, query or fragment");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    return refuse(
      "must begin with https: (http: only for 127.0.0.1 or localhost), since the client secret is sent there",
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/api\/server\/v1\/?$/, "").replace(/\/+$/, "");
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}

/** Reads the settings: the config first, then the environment. One error names everything that is missing or wrong. */
export function settingsFrom(config: Config, environment: NodeJS.ProcessEnv = process.env): Settings {
  const given = Object.fromEntries(
    (Object.keys(names) as Name[]).map((name) => [name, raw(name, config, environment)]),
  );
  const result = schema.safeParse(given);
  if (!result.success) {
    throw new SettingsError(result.error.issues.map((i) => problem(i.path[0] as Name, given, i.message)).join("\n"));
  }
  const { baseUrl, ...settings } = result.data;
  const { organization } = settings;
  if (organization === undefined && given.baseUrl === undefined)
    throw new SettingsError(problem("organization", given, ""));
  const named = organization !== undefined && !/\/t\/[^/]+/.test(baseUrl);
  return {
    ...settings,
    organization,
    tenantUrl: named ? `${baseUrl}/t/${organization}` : baseUrl,
    caFile: settings.caFile,
  };
}

function raw(name: Name, config: Config, environment: NodeJS.ProcessEnv): string | undefined {
  if (name === "clientSecret") return clientSecret(config, environment);
  return present(config(`asgardeo:${name}`)) ?? present(environment[names[name]]);
}

/** The secret's home is the environment, by a variable of one's own choice or a file; the config is the second best. */
function clientSecret(config: Config, environment: NodeJS.ProcessEnv): string | undefined {
  const variable = present(config("asgardeo:clientSecretEnv"));
  if (variable !== undefined) {
    const value = present(environment[variable]);
    if (value === undefined) {
      throw new SettingsError(
        `clientSecretEnv: the environment variable ${variable} is not set or empty; put the client secret there`,
      );
    }
    return value;
  }
  const direct = present(config("asgardeo:clientSecret")) ?? present(environment.ASGARDEO_CLIENT_SECRET);
  const file = present(environment.ASGARDEO_CLIENT_SECRET_FILE);
  if (direct !== undefined || file === undefined) return direct;
  try {
    return readFileSync(file, "utf8").trim();
  } catch (cause) {
    throw new SettingsError(`ASGARDEO_CLIENT_SECRET_FILE: cannot read ${file}`, { cause });
  }
}

function present(value: unknown): string | undefined {
  return value === undefined || value === null || value === "" ? undefined : String(value);
}

const what: Record<Name, string> = {
  organization: "the tenant's organization name, as in the console's URL",
  baseUrl: "the server",
  clientId: "the client id of the bootstrap client",
  clientSecret: "the secret of the bootstrap client",
  readOnly: "only read",
  requestsPerMinute: "the most requests a minute",
  caFile: "a PEM file with an extra trusted CA",
  timeoutSeconds: "the time limit of one request in seconds",
};

function problem(name: Name, given: Record<string, string | undefined>, message: string): string {
  if (given[name] !== undefined) return `${name}: ${message} (${what[name]}; asgardeo:${name} or ${names[name]})`;
  const secret = name === "clientSecret";
  const set = `pulumi config set ${secret ? "--secret " : ""}asgardeo:${name} …`;
  const preferred = secret ? `set ${names[name]} (recommended), or \`${set}\`` : `\`${set}\`, or set ${names[name]}`;
  return `${name}: missing (${what[name]}). Give it by ${preferred}, or as \`${secret ? "clientSecretEnv" : name}\` of an explicit asgardeo.Provider.`;
}
