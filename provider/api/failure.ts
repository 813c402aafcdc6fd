import { baseUrlSetting, ConnectionError, type ConnectionFailure } from "../errors";
import { notTheServer } from "./answer";
import { type HttpProxy, NoTunnel, shown, tunnelProblem } from "./proxy";
import { failureOf, isNotHttp, type Reason, reasonOf, tlsProblem } from "./reason";

/** What was tried. */
interface Attempt {
  readonly method: string;
  readonly url: string;
  readonly timeoutSeconds: number;
  readonly proxy?: HttpProxy | undefined;
}

/** Translates an error of undici or Node into whether the server can have seen the request, and what to do. */
export function connectionError({ method, url, timeoutSeconds, proxy }: Attempt, cause: unknown): ConnectionError {
  const { host, pathname } = new URL(url);
  const said = (failure: ConnectionFailure, why: string) =>
    new ConnectionError(failure, `${method} ${pathname}: ${why}`, { cause });
  if (proxy && cause instanceof NoTunnel) {
    const { failure, why } = tunnelProblem(proxy, host, cause);
    return said(failure, why);
  }
  const reason = reasonOf(cause);
  const failure = failureOf(reason);
  const through = proxy ? `; the connection goes through ${shown(proxy)}` : "";
  return said(failure, `${problem(reason, failure, host, timeoutSeconds)}${through}`);
}

function problem(reason: Reason, failure: ConnectionFailure, host: string, timeoutSeconds: number): string {
  const { code } = reason;
  if (failure === "unsent") return `cannot reach ${host} (${code}); check ${baseUrlSetting} and the network`;
  if (failure === "tls") return `${tlsProblem(code, host, baseUrlSetting)} (${code})`;
  if (code === "TimeoutError") {
    return `no answer within ${timeoutSeconds} s; the setting timeoutSeconds (asgardeo:timeoutSeconds or ASGARDEO_TIMEOUT_SECONDS) is the limit`;
  }
  if (code === "UND_ERR_HEADERS_OVERFLOW") return `the headers of the answer are larger than 16 kB; ${notTheServer}`;
  if (isNotHttp(reason)) return `what ${host} answers is no HTTP (${code}); ${notTheServer}`;
  return `the connection to ${host} broke before the answer was complete (${code})`;
}
