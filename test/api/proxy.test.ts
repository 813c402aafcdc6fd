import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createServer as createTcpServer, type Socket } from "node:net";
import { agent, overHttp, type Way } from "../../provider/api/http";
import { withRetry } from "../../provider/api/retry";
import { ConnectionError, isAmbiguous } from "../../provider/errors";
import { settingsFrom } from "../../provider/settings";
import { certificate, ifOpenssl, openssl } from "../support/certificates";
import { afterTest, cleanedUp, listening } from "../support/clean-up";
import { failure, fakeClock } from "../support/client";
import { connectProxy } from "../support/connect-proxy";

afterEach(cleanedUp);

const url = "https://idp.example.com/api/things?secret=hush-hush";

/** The proxy that a variable of the environment names, as the settings have it. */
function proxyOf(value: string) {
  const given: Record<string, string> = { baseUrl: "https://idp.example.com", clientId: "me", clientSecret: "hush" };
  return settingsFrom((key) => given[key.replace("asgardeo:", "")], { HTTPS_PROXY: value }).proxy;
}

function through(value: string, way: Omit<Way, "proxy"> = {}, timeoutSeconds = 30) {
  const proxy = proxyOf(value);
  const dispatcher = agent({ ...way, proxy });
  afterTest(() => dispatcher.destroy());
  return overHttp(dispatcher, timeoutSeconds, proxy);
}

/** The URL of a proxy that speaks TLS: by name, since certificates are for names. */
const secure = (at: string, user = "") => `https://${user}${at.replace("127.0.0.1", "localhost")}`;

type Sending = ReturnType<typeof through>;

async function failing(send: Sending): Promise<ConnectionError> {
  const error = await failure(ConnectionError, () => send({ method: "POST", url }));
  expect(error.message).toMatch(/^POST \/api\/things: /);
  expect(error.message).not.toMatch(/hush|user@|secret/);
  return error;
}

/** A TLS server for a host that only the proxy can find. */
async function identityServer(name = "DNS:idp.example.com") {
  const { key, cert } = certificate(name);
  const server = createTlsServer({ key, cert }, ({ method, url, headers }, response) => {
    response.end(`${method} ${url} for ${headers.host}, ${headers["proxy-authorization"]}`);
  });
  return { at: await listening(server), certificates: [cert] };
}

describe("a tunnel through a proxy", () => {
  if (!openssl) test.skip("openssl is not installed, so no certificate can be made", () => {});

  ifOpenssl("leads to a server whose name the proxy alone can find", async () => {
    const { at, certificates } = await identityServer();
    const proxy = await connectProxy({ to: at });
    const send = through(`http://${proxy.at}`, { certificates });
    const answer = await send({ method: "GET", url });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.text).toBe("GET /api/things?secret=hush-hush for idp.example.com, undefined");
    for (let i = 0; i < 20; i++) await send({ method: "GET", url });
    expect(proxy.asked[0]).toEqual({ target: "idp.example.com:443", authorization: undefined });
    expect(proxy.asked.length).toBeLessThan(10);
  });

  ifOpenssl("is asked for with user and password, which the server never sees", async () => {
    const { at, certificates } = await identityServer();
    const proxy = await connectProxy({ to: at });
    const { text } = await through(`http://us%65r:hu%73h%2f@${proxy.at}`, { certificates })({ method: "GET", url });
    const basic = Buffer.from("user:hush/").toString("base64");
    expect(proxy.asked).toEqual([{ target: "idp.example.com:443", authorization: `Basic ${basic}` }]);
    expect(text).toMatch(/undefined$/);
  });

  ifOpenssl("may lead through a proxy that speaks TLS, with a CA of the settings", async () => {
    const { at, certificates } = await identityServer();
    const tls = certificate("DNS:localhost");
    const proxy = await connectProxy({ to: at, tls });
    const send = through(secure(proxy.at), { certificates: [...certificates, tls.cert] });
    expect((await send({ method: "GET", url })).status).toBe(200);
    expect(proxy.asked).toHaveLength(1);
  });

  ifOpenssl("does not lessen what is asked of the server's certificate", async () => {
    const { at } = await identityServer();
    const proxy = await connectProxy({ to: at });
    const untrusted = await failing(through(`http://user:hush-hush@${proxy.at}`));
    expect(untrusted.failure).toBe("tls");
    expect(untrusted.message).toMatch(
      /the certificate of idp\.example\.com is not trusted; .*asgardeo:caFile.* \(DEPTH_ZERO_SELF_SIGNED_CERT\); the connection goes through the proxy http:\/\/127\.0\.0\.1:\d+ \(HTTPS_PROXY\)$/,
    );
    const other = await identityServer("DNS:elsewhere.example.com");
    const elsewhere = await connectProxy({ to: other.at });
    const misnamed = await failing(through(`http://${elsewhere.at}`, other));
    expect(misnamed.message).toMatch(/the certificate of idp\.example\.com is for another host name/);
    expect(elsewhere.asked).toHaveLength(1);
  });

  ifOpenssl("that breaks before a word was said is told with its proxy", async () => {
    const proxy = await connectProxy({
      instead: (socket) => socket.end("HTTP/1.1 200 Connection established\r\n\r\n"),
    });
    const { message } = await failing(through(`http://${proxy.at}`));
    expect(message).toMatch(/; the connection goes through the proxy http:\S+ \(HTTPS_PROXY\)$/);
    expect(proxy.asked).toHaveLength(1);
  });
});

describe("a proxy that makes no tunnel is named, and nothing was sent", () => {
  const refusing = (status: number) =>
    connectProxy({
      instead: (socket) => socket.end(`HTTP/1.1 ${status} hush-hush\r\nproxy-authenticate: Basic\r\n\r\n`),
    });

  test.each([
    [407, "", /it asks for a user and a password: put them into HTTPS_PROXY, as in http:\/\/user:password@host:port$/],
    [407, "user:hush-hush@", /it does not accept the user and password in HTTPS_PROXY$/],
    [403, "user:hush-hush@", /have the proxy allow it, or name idp\.example\.com in NO_PROXY to go without a proxy$/],
    [301, "", /have the proxy allow it/],
  ])("%i with the user %j is final", async (status, user, advice) => {
    const proxy = await refusing(status);
    const clock = fakeClock();
    const error = await failing(withRetry(through(`http://${user}${proxy.at}`), clock));
    expect(error.message).toContain(
      `: the proxy http://${proxy.at} (HTTPS_PROXY) refused the connection to idp.example.com (${status}); `,
    );
    expect(error.message).toMatch(advice);
    expect(error.failure).toBe("refused");
    expect(isAmbiguous(error)).toBe(false);
    expect(proxy.asked).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });

  test.each([502, 503, 429])("%i may pass", async (status) => {
    const proxy = await refusing(status);
    const error = await failing(withRetry(through(`http://${proxy.at}`), fakeClock()));
    expect(error.message).toContain(`(HTTPS_PROXY) refused the connection to idp.example.com (${status}); `);
    expect(error.failure).toBe("unsent");
    expect(proxy.asked).toHaveLength(5);
  });

  test("one that cannot be reached", async () => {
    const server = createTcpServer();
    const at = await listening(server);
    await new Promise((done) => server.close(done));
    const { failure: kind, message } = await failing(through(`http://user:hush-hush@${at}`));
    expect(kind).toBe("unsent");
    expect(message).toContain(
      `: cannot reach the proxy http://${at} (HTTPS_PROXY) (ECONNREFUSED); check HTTPS_PROXY, or name idp.example.com in NO_PROXY`,
    );
  });

  test("one that hangs up is asked once", async () => {
    const proxy = await connectProxy({ instead: (socket) => socket.destroy() });
    const { failure: kind, message } = await failing(through(`http://${proxy.at}`));
    expect(kind).toBe("unsent");
    expect(message).toContain(`no connection was made by the proxy http://${proxy.at} (HTTPS_PROXY) (`);
    expect(proxy.asked).toHaveLength(1);
  });

  test("one that says nothing is not waited for as long as for an answer", async () => {
    const proxy = await connectProxy({ instead: () => {} });
    const { failure: kind, message } = await failing(through(`http://${proxy.at}`, { connectSeconds: 0.1 }));
    expect(kind).toBe("unsent");
    expect(message).toContain(`no connection was made by the proxy http://${proxy.at} (HTTPS_PROXY) (TimeoutError)`);
  });

  test("a server that is none", async () => {
    const at = await listening(createServer((_, response) => response.end("hush-hush")));
    expect((await failing(through(`http://${at}`))).message).toContain(`the proxy http://${at} (HTTPS_PROXY) (`);
    const greeting = (socket: Socket) => socket.end("220 mail.example.com hush-hush\r\n");
    const mail = await listening(
      createTcpServer((socket) => socket.on("error", () => {}).once("data", () => greeting(socket))),
    );
    const { failure: kind, message } = await failing(through(`http://${mail}`));
    expect(kind).toBe("unsent");
    expect(message).toContain(`the proxy http://${mail} (HTTPS_PROXY) answers no HTTP (`);
  });

  test("one that speaks no TLS where its URL says so", async () => {
    const proxy = await connectProxy({ instead: (socket) => socket.destroy() });
    const { failure: kind, message } = await failing(through(secure(proxy.at)));
    expect(kind).toBe("tls");
    expect(message).toContain(
      `the proxy ${secure(proxy.at)} (HTTPS_PROXY) does not speak TLS; check scheme and port in HTTPS_PROXY (`,
    );
  });

  ifOpenssl("one whose certificate is not trusted, or for another name", async () => {
    const unknown = await connectProxy({ tls: certificate("DNS:localhost") });
    const untrusted = await failing(through(secure(unknown.at, "user:hush-hush@")));
    expect(untrusted.failure).toBe("tls");
    expect(untrusted.message).toMatch(
      /the certificate of the proxy https:\S+ \(HTTPS_PROXY\) is not trusted; put its CA's PEM file into the setting caFile/,
    );
    const tls = certificate("DNS:elsewhere.example.com");
    const other = await connectProxy({ tls });
    const misnamed = await failing(through(secure(other.at), { certificates: [tls.cert] }));
    expect(misnamed.message).toMatch(
      /the certificate of the proxy https:\S+ \(HTTPS_PROXY\) is for another host name; check HTTPS_PROXY \(/,
    );
    expect([...unknown.asked, ...other.asked]).toEqual([]);
  });
});
