import { createServer, type Server as HttpServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { sandboxApp } from "./app";
import { Background, type BackgroundOptions } from "./background";
import { Faults } from "./faults";
import { organizationScope, type Services } from "./gate";
import { Journal, type ServedRequest } from "./journal";
import type { FaultRule } from "./models/fault";
import { openTenant, type TenantOptions } from "./opening";
import { RateLimit } from "./rate-limit";
import { received } from "./reception";
import { Codes } from "./sign-in/codes";
import { Sessions } from "./sign-in/sessions";
import { SignIns } from "./sign-in/sign-ins";
import { SigningKey } from "./sign-in/signing-key";
import { StartError } from "./start-error";
import type { Tenant } from "./tenant";
import { Tokens } from "./tokens";

const HOST = "127.0.0.1";
/** Longer than a client keeps an idle connection: the server must not close one that is about to be used. */
const KEEP_ALIVE = 65_000;
/** How long a request in flight may hold up the end. */
const GRACE = 500;

/** How a sandbox runs. */
export interface SandboxOptions extends TenantOptions {
  /** The port on 127.0.0.1. Default: any that is free. */
  readonly port?: number;
  /**
   * How many requests a minute are served for each of /api/server/, /scim2/ and /oauth2/token; beyond them the answer
   * is 429 with `Retry-After`. The window slides. Default: no limit. The hosted service has 200.
   */
  readonly rateLimit?: number;
  /** The file that gets a line of JSON for each request: a {@link ServedRequest}. It grows; default: none. */
  readonly log?: string;
  /** The faults to play from the start. Default: none. */
  readonly faults?: readonly FaultRule[];
  /**
   * How long the server leaves undone what it does behind its answers: to share an application, to end a share, to give
   * a new organization what is shared with it. Default: it is done before the answer.
   */
  readonly background?: BackgroundOptions;
  /** The clock, in milliseconds, for the ends of tokens and client secrets, and for the rate limit. Default: `Date.now`. */
  readonly now?: () => number;
}

/** What the tenant has answered to the console. */
export interface ConsoleAnswer {
  readonly status: number;
  /** The id of what was created, from the header `Location`. */
  readonly id: string | undefined;
  /** The parsed JSON; undefined if the answer has no body, a text if it is not JSON. */
  readonly body: unknown;
}

/** A running sandbox. */
export interface Sandbox {
  /** Where it listens, as `http://127.0.0.1:<port>`: the base URL for a provider. */
  readonly baseUrl: string;
  /** The name of the organization, which stands in every path: `<baseUrl>/t/<organization>/…`. */
  readonly organization: string;
  /** The id of the bootstrap client, which is authorized to the management APIs. */
  readonly clientId: string;
  /** The secret of the bootstrap client. */
  readonly clientSecret: string;
  /** The requests served so far, oldest first, without those of the console; the newest 10,000. */
  readonly requests: readonly ServedRequest[];
  /**
   * The tenant itself, to look at or to change behind the server's back: no rule is checked, and nothing is written to
   * the state file until the next change through the APIs. Look records up afresh: a change may replace them.
   */
  readonly tenant: Tenant;
  /** The rules for faults in force. */
  readonly faults: readonly FaultRule[];
  /**
   * Puts rules for faults in the place of those in force, from the next request on. Each starts afresh: what an equal
   * rule has counted before is forgotten.
   *
   * @throws FaultsError if a rule cannot be used
   */
  setFaults(rules: readonly FaultRule[]): void;
  /**
   * Does what somebody does in the console: a real request with a token that has every scope, which is neither noted
   * in `requests` and the log nor counted for the rate limit, and on which no fault is
   * played. A refusal is an answer like any other.
   *
   * @param method such as `PATCH`
   * @param path below the tenant, such as `/api/server/v1/applications/<id>`
   * @param body sent as JSON; a request without it has no body
   */
  console(method: string, path: string, body?: unknown): Promise<ConsoleAnswer>;
  /** Ends it: idle connections at once, the others when their request is answered. Can be called again. */
  close(): Promise<void>;
}

/**
 * Starts an emulator of an Asgardeo tenant in this process: its token endpoints, and its APIs for applications, API
 * resources, users, groups, roles and organizations. It listens on 127.0.0.1 only.
 *
 * @throws StartError, StateError or FaultsError if it cannot start, with a sentence that says why
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  return (await startServed(options)).sandbox;
}

/** As `startSandbox`, with what the routes work with: for the sandbox's own tests. */
export async function startServed(options: SandboxOptions): Promise<{ sandbox: Sandbox; services: Services }> {
  const { now = Date.now, rateLimit } = options;
  refuseUnusable(options);
  const { store, credentials } = openTenant(options);
  const faults = new Faults(options.faults);
  const journal = new Journal(options.log);
  const tokens = new Tokens(now, new SigningKey(store));
  const scopes = store.tenant.apiResources.flatMap((api) => api.scopes.map(({ name }) => name));
  // An administrator may do in an organization what no client may.
  const consoleToken = tokens.issueForConsole(new Set([...scopes, ...scopes.map(organizationScope)]));
  let baseUrl = "";
  const background = new Background(now, options.background);
  const services: Services = {
    ...{ store, tokens, baseUrl: () => baseUrl, now, background },
    codes: new Codes(now),
    sessions: new Sessions(now),
    signIns: new SignIns(now),
  };
  const limit = rateLimit === undefined ? undefined : new RateLimit(rateLimit, now);
  const app = sandboxApp(services, { journal, consoleToken, faults, rateLimit: limit });
  // The program around the sandbox keeps its own Request and Response, and the body has been read already.
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false, autoCleanupIncoming: false });
  const server = createServer(received(listener));
  server.keepAliveTimeout = KEEP_ALIVE;
  const close = async () => {
    faults.stop();
    await end(server);
    background.finish();
    journal.close();
  };
  try {
    baseUrl = `http://${HOST}:${await listen(server, options.port ?? 0)}`;
    store.change(() => undefined);
  } catch (error) {
    await close();
    throw error;
  }
  const { organization } = store.tenant;
  const tenantUrl = `${baseUrl}/t/${organization}`;
  let closed: Promise<void> | undefined;
  const sandbox: Sandbox = {
    baseUrl,
    organization,
    ...credentials,
    requests: journal.requests,
    tenant: store.tenant,
    get faults() {
      return faults.rules;
    },
    setFaults: (rules) => faults.set(rules),
    console: (method, path, body) => consoleRequest(tenantUrl + path, method, consoleToken, body),
    close: () => {
      closed ??= close();
      return closed;
    },
  };
  return { sandbox, services };
}

function refuseUnusable({ port = 0, rateLimit = 1 }: SandboxOptions): void {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new StartError(`${port} is not a port: it is a number from 0 to 65535.`);
  }
  if (!Number.isInteger(rateLimit) || rateLimit < 1) {
    throw new StartError(`${rateLimit} is not a rate limit: it is a whole number of requests, at least 1.`);
  }
}

function listen(server: HttpServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "another program uses it" : error.message;
      reject(new StartError(`The sandbox cannot listen on port ${port} of ${HOST}: ${why}.`, { cause: error }));
    });
    server.listen(port, HOST, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

function end(server: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => server.closeAllConnections(), GRACE);
    server.close(() => {
      clearTimeout(impatience);
      resolve();
    });
    server.closeIdleConnections();
  });
}

async function consoleRequest(url: string, method: string, token: string, body: unknown): Promise<ConsoleAnswer> {
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  if (body !== undefined) headers["content-type"] = "application/json";
  const response = await fetch(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await response.text();
  const id = response.headers.get("location")?.split("/").at(-1);
  return { status: response.status, id, body: text === "" ? undefined : parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
