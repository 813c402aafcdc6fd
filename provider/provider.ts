import * as pulumi from "@pulumi/pulumi";

/**
 * How an explicit provider reaches its tenant. What is left out comes from the environment, never from the stack's config.
 * Args change in place: the resources stay as they are in state, and are not moved to another tenant.
 */
export interface ProviderArgs {
  /** The organization's name, as in the console's URL. `ASGARDEO_ORGANIZATION` in the environment. */
  organization?: pulumi.Input<string> | undefined;
  /**
   * The id of an organization of the tenant, such as the `id` of an `Organization`: the resources and look-ups with this
   * provider are then those of that organization. Left out, they are the tenant's own. It has this name since
   * `organization` is the tenant's, and the APIs call the organizations below it children. See docs/organizations.md.
   * `ASGARDEO_CHILD_ORGANIZATION` in the environment.
   */
  childOrganization?: pulumi.Input<string> | undefined;
  /**
   * The server: `https://api.asgardeo.io` unless told, or the base URL of WSO2 Identity Server, such as
   * `https://is.example.com:9443`. `ASGARDEO_BASE_URL` in the environment.
   */
  baseUrl?: pulumi.Input<string> | undefined;
  /** The client id of the bootstrap client. `ASGARDEO_CLIENT_ID` in the environment. */
  clientId?: pulumi.Input<string> | undefined;
  /** The name of the environment variable that holds its secret: read at every run, so it never enters state. Wins over `clientSecret`. */
  clientSecretEnv?: pulumi.Input<string> | undefined;
  /** The secret itself, encrypted in state. A destroy without the program uses the one in state, even after a rotation. */
  clientSecret?: pulumi.Input<string> | undefined;
  /** Refuses every write. The default is false. `ASGARDEO_READ_ONLY` in the environment. */
  readOnly?: pulumi.Input<boolean> | undefined;
  /**
   * Fails, instead of a warning, where any resource of the program goes against OAuth 2.0 good practice (RFC 9700), or has
   * a text or a name that the server is known to cut or to refuse. The default is false. `ASGARDEO_STRICT` in the
   * environment.
   */
  strict?: pulumi.Input<boolean> | undefined;
  /**
   * The most requests to the server in any 60 seconds, by all providers of this user on this machine; 180 unless told.
   * `ASGARDEO_REQUESTS_PER_MINUTE` in the environment.
   */
  requestsPerMinute?: pulumi.Input<number> | undefined;
  /**
   * A PEM file with one or more CAs to be trusted besides those of Node.js, or with a self-signed certificate of the server.
   * `ASGARDEO_CA_FILE` in the environment.
   */
  caFile?: pulumi.Input<string> | undefined;
  /** The time limit of one request in seconds, from 1 to 600; 30 unless told. `ASGARDEO_TIMEOUT_SECONDS` in the environment. */
  timeoutSeconds?: pulumi.Input<number> | undefined;
}

/**
 * A tenant of its own, for programs that work on several: pass it as the option `provider` of a resource. Each has its own
 * process, settings and tokens.
 *
 * With `childOrganization` it works in an organization of the tenant: see docs/organizations.md.
 *
 * @example
 * import * as asgardeo from "pulumi-asgardeo";
 *
 * const staging = new asgardeo.Provider("staging", {
 *   organization: "acme-staging",
 *   clientId: "the client id of staging's bootstrap client",
 *   clientSecretEnv: "STAGING_CLIENT_SECRET",
 * });
 *
 * new asgardeo.Application("worker", { name: "Order Worker" }, { provider: staging });
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    const { clientSecret, requestsPerMinute, timeoutSeconds, ...rest } = args;
    const all = {
      ...rest,
      clientSecret: clientSecret === undefined ? undefined : pulumi.secret(clientSecret),
      requestsPerMinute: carried(requestsPerMinute),
      timeoutSeconds: carried(timeoutSeconds),
    };
    const inputs = Object.fromEntries(Object.entries(all).map(([key, value]) => [`asgardeo:${key}`, value]));
    super("pulumi-nodejs", name, inputs, opts);
    givenTo.set(this, args);
    if (pulumi.runtime.isDryRun()) void tellUnknown(this, args).catch(() => undefined);
  }

  /** Whether a value is such a provider. A policy of Pulumi, which knows types alone, meets those of other dynamic packages too. */
  static override isInstance(this: void, value: unknown): value is Provider {
    if (!pulumi.Resource.isInstance(value)) return isOfType(value);
    return value instanceof pulumi.ProviderResource && givenTo.has(value);
  }
}

/**
 * Where a setting comes from a resource that the run is yet to make, Pulumi's engine asks the provider nothing in a preview,
 * so nobody but the program can say that its resources were not looked at.
 */
async function tellUnknown(provider: pulumi.ProviderResource, args: ProviderArgs): Promise<void> {
  const known = await Promise.all(Object.values(args).map((value) => isKnown(value)));
  const unknown = Object.keys(args).filter((_, i) => !known[i]);
  if (unknown.length === 0) return;
  const what = unknown.map((name) => `\`${name}\``).join(" and ");
  await pulumi.log.info(
    `${what} of this provider is not known before the run, so this preview has not looked at the resources with it: neither at their args, nor at what the server has and allows. The run checks them before it makes them.`,
    provider,
  );
}

/** The type of Pulumi's outputs does not show this member, which the copies of all versions have. */
async function isKnown(value: unknown): Promise<boolean> {
  const output: object = pulumi.output(value);
  return !("isKnown" in output) || (await output.isKnown) !== false;
}

/** Pulumi's engine fails at NaN and Infinity before any check; as texts they come to ours, which says what to do. */
function carried(number: pulumi.Input<number> | undefined): pulumi.Input<number | string> | undefined {
  if (number === undefined) return undefined;
  return pulumi.output(number).apply((value) => (isLost(value) ? String(value) : value));
}

function isLost(value: unknown): boolean {
  return typeof value === "number" && !Number.isFinite(value);
}

function isOfType(value: unknown): boolean {
  const type = "pulumi:providers:pulumi-nodejs";
  return typeof value === "object" && value !== null && "__pulumiType" in value && value.__pulumiType === type;
}

/** Beside the objects and not in them, so that no secret is printed with a provider. */
const givenTo = new WeakMap<pulumi.ProviderResource, ProviderArgs>();

/** What a program gave to an explicit provider; undefined for the provider of another package. */
export function argsOfProvider(provider: pulumi.ProviderResource): ProviderArgs | undefined {
  return givenTo.get(provider);
}
