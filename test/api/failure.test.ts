import { connectionError } from "../../provider/api/failure";
import { isAmbiguous } from "../../provider/errors";

const url = "https://is.example.com:9443/t/acme/oauth2/token?secret=hush-hush";

function coded(code: string, more: object = {}): Error {
  return Object.assign(new Error("hush-hush"), { code, ...more });
}

const of = (cause: unknown) => connectionError({ method: "POST", url, timeoutSeconds: 30 }, cause);

test.each([
  ["refused", coded("ECONNREFUSED")],
  ["an unknown host", coded("ENOTFOUND", { syscall: "getaddrinfo" })],
  ["a resolver that is down", coded("EAI_AGAIN")],
  ["undici's connect time-out", coded("UND_ERR_CONNECT_TIMEOUT")],
  ["no route", coded("EHOSTUNREACH", { syscall: "connect" })],
  ["the system's connect time-out", coded("ETIMEDOUT", { syscall: "connect" })],
  ["all addresses refused", new AggregateError([coded("ECONNREFUSED"), coded("ECONNREFUSED")])],
  ["nested in a cause", new TypeError("fetch failed", { cause: coded("ECONNREFUSED") })],
])("%s: the server cannot have seen it", (_, cause) => {
  const error = of(cause);
  expect(error.failure).toBe("unsent");
  expect(error.message).toMatch(/^POST \/t\/acme\/oauth2\/token: cannot reach is\.example\.com:9443 \(\w+\).*baseUrl/);
  expect(isAmbiguous(error)).toBe(false);
});

test.each([
  ["the other side closed", coded("UND_ERR_SOCKET")],
  ["reset", coded("ECONNRESET", { syscall: "read" })],
  ["a time-out while reading", coded("ETIMEDOUT", { syscall: "read" })],
  ["no route while writing", coded("EHOSTUNREACH", { syscall: "write" })],
  ["a broken pipe", coded("EPIPE")],
  ["a class that is not known", new RangeError("hush-hush")],
  ["a text", "hush-hush"],
  ["nothing", undefined],
])("%s: the server may have run it", (_, cause) => {
  const error = of(cause);
  expect(error.failure).toBe("unanswered");
  expect(error.message).toMatch(/the connection to is\.example\.com:9443 broke before the answer was complete/);
  expect(isAmbiguous(error)).toBe(true);
});

test("the time limit is named, with its setting", () => {
  const error = of(new DOMException("hush-hush", "TimeoutError"));
  expect(error.failure).toBe("unanswered");
  expect(error.message).toMatch(/no answer within 30 s.*asgardeo:timeoutSeconds/);
});

test.each([
  ["DEPTH_ZERO_SELF_SIGNED_CERT", /not trusted.*asgardeo:caFile/],
  ["SELF_SIGNED_CERT_IN_CHAIN", /not trusted.*asgardeo:caFile/],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /not trusted.*asgardeo:caFile/],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", /not trusted.*asgardeo:caFile/],
  ["CERT_UNTRUSTED", /not trusted.*asgardeo:caFile/],
  ["CERT_HAS_EXPIRED", /out of date/],
  ["ERR_TLS_CERT_ALTNAME_INVALID", /another host name.*baseUrl/],
  ["ERR_SSL_WRONG_VERSION_NUMBER", /does not speak TLS.*baseUrl/],
  ["EPROTO", /does not speak TLS.*baseUrl/],
  ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", /handshake.*failed/],
])("%s says what to do, and is neither tried again nor ambiguous", (code, advice) => {
  const error = of(coded(code));
  expect(error.failure).toBe("tls");
  expect(error.message).toMatch(advice);
  expect(error.message).toContain(code);
  expect(isAmbiguous(error)).toBe(false);
});

test("neither the query nor the cause's own words come into the message", () => {
  expect(of(coded("ECONNRESET")).message).not.toContain("hush-hush");
});

test("the cause is kept", () => {
  const cause = coded("ECONNRESET");
  expect(of(cause).cause).toBe(cause);
});
