import type { ConnectionFailure } from "../errors";
import { failureOf, isNotHttp, reasonOf, tlsProblem } from "./reason";

/** A proxy that requests go through. */
export interface HttpProxy {
  /** Scheme, host and port, without user and password: this may be shown. */
  readonly url: string;
  /** The environment variable that names it. */
  readonly variable: string;
  /** User and password as the header `HttpProxy-Authorization` has them. */
  readonly authorization?: string;
}

/** The proxy made no tunnel to the server, so nothing was sent there. */
export class NoTunnel extends Error {
  constructor(
    /** What the proxy answered; undefined where it gave no answer. */
    readonly status: number | undefined,
    options?: ErrorOptions,
  ) {
    super("no tunnel", options);
  }
}

/** The proxy, as messages name it. */
export function shown({ url, variable }: HttpProxy): string {
  return `the proxy ${url} (${variable})`;
}

/** Why there is no tunnel to a host, and what to do. Nothing has been sent to the host. */
export function tunnelProblem(
  proxy: HttpProxy,
  host: string,
  error: NoTunnel,
): { failure: ConnectionFailure; why: string } {
  const { status } = error;
  if (status !== undefined) {
    // What the proxy does not allow, it will not allow a moment later either.
    const isFinal = status < 500 && status !== 408 && status !== 429;
    const why = `${shown(proxy)} refused the connection to ${host} (${status}); ${adviceOn(status, proxy, host)}`;
    return { failure: isFinal ? "refused" : "unsent", why };
  }
  const reason = reasonOf(error);
  const { code } = reason;
  const failure = failureOf(reason);
  if (failure === "tls") return { failure, why: `${tlsProblem(code, shown(proxy), proxy.variable)} (${code})` };
  const advice = `check ${proxy.variable}, or name ${hostname(host)} in NO_PROXY to go without a proxy`;
  if (isNotHttp(reason)) return { failure: "unsent", why: `${shown(proxy)} answers no HTTP (${code}); ${advice}` };
  const problem = failure === "unsent" ? "cannot reach" : "no connection was made by";
  return { failure: "unsent", why: `${problem} ${shown(proxy)} (${code}); ${advice}` };
}

function adviceOn(status: number, { variable, authorization }: HttpProxy, host: string): string {
  if (status === 407) {
    return authorization === undefined
      ? `it asks for a user and a password: put them into ${variable}, as in http://user:password@host:port`
      : `it does not accept the user and password in ${variable}`;
  }
  if (status >= 500) return `it cannot reach that host itself: check the setting baseUrl, and the proxy`;
  return `have the proxy allow it, or name ${hostname(host)} in NO_PROXY to go without a proxy`;
}

function hostname(host: string): string {
  return host.replace(/:\d+$/, "");
}
