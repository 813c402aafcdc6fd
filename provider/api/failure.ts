import { baseUrlSetting, ConnectionError, type ConnectionFailure } from "../errors";

/** What an error of the network says of itself; the rest of it may lie in `errors` or `cause`. */
interface Reason {
  readonly code: string;
  readonly syscall?: unknown;
}

/** Translates an error of undici or Node into whether the server can have seen the request, and what to do. */
export function connectionError(method: string, url: string, timeoutSeconds: number, cause: unknown): ConnectionError {
  const { host, pathname } = new URL(url);
  const reason = reasonOf(cause);
  const failure = failureOf(reason);
  const { code } = reason;
  const why = {
    unsent: () => `cannot reach ${host} (${code}); check ${baseUrlSetting} and the network`,
    tls: () => `${tlsProblem(code, host)} (${code})`,
    unanswered: () =>
      code === "TimeoutError"
        ? `no answer within ${timeoutSeconds} s; the setting timeoutSeconds (asgardeo:timeoutSeconds or ASGARDEO_TIMEOUT_SECONDS) is the limit`
        : `the connection to ${host} broke before the answer was complete (${code})`,
  }[failure];
  return new ConnectionError(failure, `${method} ${pathname}: ${why()}`, { cause });
}

/** Looks at members, never at classes: errors of Node's core may come from another realm, as they do in Jest. */
function reasonOf(error: unknown): Reason {
  if (typeof error !== "object" || error === null) return { code: "unknown" };
  const { errors, code, syscall, cause, name } = error as Readonly<Record<string, unknown>>;
  if (Array.isArray(errors) && errors.length > 0) return reasonOf(errors[0]);
  if (typeof code === "string") return { code, syscall };
  if (cause !== undefined) return reasonOf(cause);
  return { code: typeof name === "string" ? name : "unknown" };
}

const unsent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);
const notTls = /^(EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|ERR_SSL_HTTP_REQUEST)$/;
const tls = /CERT|SSL|TLS|CRL|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|^INVALID_(CA|PURPOSE)$/;

/** ETIMEDOUT and the like are harmless only while connecting: in a read they come after the request was sent. */
function failureOf({ code, syscall }: Reason): ConnectionFailure {
  if (unsent.has(code) || syscall === "connect" || syscall === "getaddrinfo") return "unsent";
  return notTls.test(code) || tls.test(code) ? "tls" : "unanswered";
}

function tlsProblem(code: string, host: string): string {
  if (notTls.test(code)) return `${host} does not speak TLS; check scheme and port in ${baseUrlSetting}`;
  if (/ALTNAME|HOSTNAME_MISMATCH/.test(code)) {
    return `the certificate of ${host} is for another host name; check ${baseUrlSetting}`;
  }
  if (/EXPIRED|NOT_YET_VALID/.test(code)) {
    return `the certificate of ${host} is out of date; renew it at the server, or set this machine's clock`;
  }
  if (/^ERR_SSL/.test(code)) return `the TLS handshake with ${host} failed; check ${baseUrlSetting}`;
  return `the certificate of ${host} is not trusted; put its CA's PEM file into the setting caFile (asgardeo:caFile or ASGARDEO_CA_FILE)`;
}
