import type { ConnectionFailure } from "../errors";

/** What an error of the network says of itself; the rest of it may lie in `errors` or `cause`. */
export interface Reason {
  readonly code: string;
  readonly syscall?: unknown;
}

/** Looks at members, never at classes: errors of Node's core may come from another realm, as they do in Jest. */
export function reasonOf(error: unknown): Reason {
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
export function failureOf({ code, syscall }: Reason): ConnectionFailure {
  if (unsent.has(code) || syscall === "connect" || syscall === "getaddrinfo") return "unsent";
  return notTls.test(code) || tls.test(code) ? "tls" : "unanswered";
}

/** What is wrong with the TLS of `whom`, whose address stands in `setting`. */
export function tlsProblem(code: string, whom: string, setting: string): string {
  if (notTls.test(code)) return `${whom} does not speak TLS; check scheme and port in ${setting}`;
  if (/ALTNAME|HOSTNAME_MISMATCH/.test(code)) {
    return `the certificate of ${whom} is for another host name; check ${setting}`;
  }
  if (/EXPIRED|NOT_YET_VALID/.test(code)) {
    return `the certificate of ${whom} is out of date; renew it there, or set this machine's clock`;
  }
  if (/^ERR_SSL/.test(code)) return `the TLS handshake with ${whom} failed; check ${setting}`;
  return `the certificate of ${whom} is not trusted; put its CA's PEM file into the setting caFile (asgardeo:caFile or ASGARDEO_CA_FILE)`;
}

/** Whether what came is not HTTP at all: undici's parser gives some of its errors a code, and some none. */
export function isNotHttp({ code }: Reason): boolean {
  return /^(HPE_|HTTPParserError$)/.test(code);
}
