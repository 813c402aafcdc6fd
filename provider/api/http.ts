import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import { Agent, type Dispatcher, request } from "undici";
import { ConnectionError, type ConnectionFailure, SettingsError } from "../errors";

/** One HTTP request, ready to be sent. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sending it twice does no harm although it is a POST: the token request. */
  readonly repeatable?: boolean;
}

/** One HTTP answer, whatever its status. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

/** The one function type of the transport: `withBudget`, `withRetry` and `withToken` are layers around it. */
export type Send<Request = HttpRequest> = (request: Request) => Promise<HttpResponse>;

/** The keep-alive agent of this process. With a CA file, its certificates are trusted besides the usual ones. */
export function agent(caFile: string | undefined): Agent {
  return new Agent({
    keepAliveTimeout: 30_000,
    connections: 32,
    ...(caFile && { connect: { ca: [...rootCertificates, certificates(caFile)] } }),
  });
}

function certificates(caFile: string): string {
  let text: string;
  try {
    text = readFileSync(caFile, "utf8");
  } catch (cause) {
    throw new SettingsError(`caFile: cannot read ${caFile}; give the path of a PEM file`, { cause });
  }
  if (!text.includes("-----BEGIN CERTIFICATE-----")) {
    throw new SettingsError(`caFile: ${caFile} holds no PEM certificate`);
  }
  return text;
}

/** The bottom layer: undici, one attempt, one time limit over the whole exchange. */
export function overHttp(dispatcher: Dispatcher, timeoutSeconds: number): Send {
  return async ({ method, url, headers, body }) => {
    try {
      const signal = AbortSignal.timeout(timeoutSeconds * 1000);
      const answer = await request(url, { method, headers, body, dispatcher, signal });
      const text = await answer.body.text();
      return { status: answer.statusCode, headers: single(answer.headers), text };
    } catch (cause) {
      throw connectionError(method, url, timeoutSeconds, cause);
    }
  };
}

function single(headers: Record<string, string | string[] | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, Array.isArray(v) ? v[0] : v]));
}

function connectionError(method: string, url: string, timeoutSeconds: number, cause: unknown): ConnectionError {
  const { host, pathname } = new URL(url);
  const code = codeOf(cause);
  const failure = failureOf(code);
  const why = {
    unsent: `cannot reach ${host} (${code}); check the setting baseUrl (asgardeo:baseUrl or ASGARDEO_BASE_URL) and the network`,
    tls: `the certificate of ${host} is not trusted (${code}); put its CA's PEM file into the setting caFile (asgardeo:caFile or ASGARDEO_CA_FILE)`,
    unanswered:
      code === "TimeoutError"
        ? `no answer within ${timeoutSeconds} s (setting timeoutSeconds)`
        : `the connection broke before the answer was complete (${code})`,
  }[failure];
  return new ConnectionError(failure, `${method} ${pathname}: ${why}`, { cause });
}

function codeOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return codeOf(cause.errors[0]);
  if (!(cause instanceof Error)) return "unknown";
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
}

const unsent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function failureOf(code: string): ConnectionFailure {
  if (unsent.has(code)) return "unsent";
  return /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_/.test(code) ? "tls" : "unanswered";
}
