import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { runInThisContext } from "node:vm";
import { type Dispatcher, MockAgent } from "undici";
import type { HttpRequest } from "../../provider/api/exchange";
import { agent, overHttp, type Way } from "../../provider/api/http";
import { ConnectionError } from "../../provider/errors";
import { certificate, ifOpenssl, openssl } from "../support/certificates";
import { afterTest, cleanedUp, listening } from "../support/clean-up";
import { failure } from "../support/client";

afterEach(cleanedUp);

function sending(way: Way = {}, timeoutSeconds = 30) {
  const dispatcher = agent(way);
  afterTest(() => dispatcher.destroy());
  const send = overHttp(dispatcher, timeoutSeconds);
  return (url: string, more: Partial<HttpRequest> = {}) => send({ method: "GET", url, ...more });
}

async function served(listener: RequestListener): Promise<string> {
  return `http://${await listening(createServer(listener))}`;
}

describe("an exchange", () => {
  test("method, path, headers and body arrive, and status, headers and text come back", async () => {
    const url = await served((request, response) => {
      const { method, headers } = request;
      request.setEncoding("utf8").on("data", (body) => {
        response.writeHead(201, { location: "/x", "set-cookie": ["a=1", "b=2"] });
        response.end(`${method} ${request.url} ${headers["content-type"]} ${body}`);
      });
    });
    const answer = await sending()(`${url}/a?b=c`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: '"ü"',
    });
    expect(answer).toMatchObject({ status: 201, text: 'PATCH /a?b=c application/json "ü"' });
    expect(answer.headers).toMatchObject({ location: "/x", "set-cookie": "a=1" });
  });

  test("an error status is an answer, and a redirect is not followed", async () => {
    const mock = new MockAgent();
    mock.disableNetConnect();
    const origin = mock.get("https://is.example.com");
    origin.intercept({ path: "/error" }).reply(500, "no");
    origin.intercept({ path: "/moved" }).reply(302, "", { headers: { location: "https://elsewhere.example.com" } });
    const send = overHttp(mock, 30);
    expect(await send({ method: "GET", url: "https://is.example.com/error" })).toMatchObject({
      status: 500,
      text: "no",
    });
    expect((await send({ method: "GET", url: "https://is.example.com/moved" })).status).toBe(302);
    await mock.close();
  });

  test("connections are kept for the next requests", async () => {
    const ports = new Set<number | undefined>();
    const url = await served(({ socket }, response) => {
      ports.add(socket.remotePort);
      response.end("ok");
    });
    const send = sending();
    for (let i = 0; i < 20; i++) await send(url);
    expect(ports.size).toBeLessThan(10);
  });
});

describe("without an answer", () => {
  const failing = async (url: string, send = sending()) =>
    failure(ConnectionError, () => send(url, { method: "POST" }));

  test("a port where nobody listens: never sent", async () => {
    const server = createTcpServer();
    const host = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    const { failure, message } = await failing(`http://${host}/a`);
    expect(failure).toBe("unsent");
    expect(message).toMatch(new RegExp(`^POST /a: cannot reach ${host} \\(ECONNREFUSED\\)`));
  });

  test("a connection that is closed just as the request is sent: it may have run", async () => {
    const host = await listening(createTcpServer((socket) => socket.once("data", () => socket.end())));
    expect((await failing(`http://${host}`)).failure).toBe("unanswered");
  });

  test("a connection that is reset: it may have run", async () => {
    const host = await listening(createTcpServer((socket) => socket.once("data", () => socket.resetAndDestroy())));
    expect((await failing(`http://${host}`)).failure).toBe("unanswered");
  });

  test("a body that breaks off: it may have run", async () => {
    const url = await served((_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write('{"id":', () => response.destroy());
    });
    expect((await failing(url)).failure).toBe("unanswered");
  });

  test("the time limit is over the whole exchange, also where headers came in time", async () => {
    const url = await served((_, response) => {
      response.writeHead(200);
      response.write("begun");
    });
    const { failure, message } = await failing(url, sending({}, 0.05));
    expect(failure).toBe("unanswered");
    expect(message).toContain("no answer within 0.05 s");
  });

  test("a server that never answers: the time limit", async () => {
    const { message } = await failing(await served(() => {}), sending({}, 0.05));
    expect(message).toContain("no answer within 0.05 s");
  });

  test("a setting of ten minutes is not undercut by limits of the library's own", async () => {
    const options: Dispatcher.DispatchOptions[] = [];
    const dispatcher = agent({}).compose((dispatch) => (given, handler) => {
      options.push(given);
      return dispatch(given, handler);
    });
    afterTest(() => dispatcher.destroy());
    const url = await served((_, response) => response.end());
    await overHttp(dispatcher, 600)({ method: "GET", url });
    expect(options).toMatchObject([{ headersTimeout: 0, bodyTimeout: 0 }]);
  });
});

/** A TLS server with a certificate of its own making. */
async function tlsServed(name: string): Promise<{ url: string; cert: string }> {
  const { key, cert } = certificate(name);
  const server = createTlsServer({ key, cert }, (_, response) => {
    response.end("secure");
  });
  return { url: `https://${await listening(server)}`, cert };
}

describe("TLS", () => {
  if (!openssl) test.skip("openssl is not installed, so no certificate can be made", () => {});

  ifOpenssl("a certificate of an unknown CA is refused, with the setting that would trust it", async () => {
    const { url } = await tlsServed("IP:127.0.0.1");
    const error = await failure(ConnectionError, () => sending()(url));
    expect(error.failure).toBe("tls");
    expect(error.message).toMatch(/not trusted.*asgardeo:caFile or ASGARDEO_CA_FILE.*DEPTH_ZERO_SELF_SIGNED_CERT/);
  });

  ifOpenssl("a certificate of the settings makes it trusted", async () => {
    const { url, cert } = await tlsServed("IP:127.0.0.1");
    expect(await sending({ certificates: [cert] })(url)).toMatchObject({ status: 200, text: "secure" });
  });

  ifOpenssl("a trusted certificate for another host is refused", async () => {
    const { url, cert } = await tlsServed("DNS:elsewhere.example.com");
    const error = await failure(ConnectionError, () => sending({ certificates: [cert] })(url));
    expect(error.message).toMatch(/another host name.*ERR_TLS_CERT_ALTNAME_INVALID/);
  });

  ifOpenssl("the environment cannot switch verification off", async () => {
    const { url } = await tlsServed("IP:127.0.0.1");
    // Jest gives tests a copy of the environment; Node's TLS looks at the real one.
    const real = runInThisContext("process") as NodeJS.Process;
    const { env } = real;
    const warning = jest.spyOn(real, "emitWarning").mockImplementation();
    afterTest(() => warning.mockRestore());
    env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
    afterTest(() => delete env.NODE_TLS_REJECT_UNAUTHORIZED);
    await expect(sending()(url)).rejects.toThrow(/not trusted/);
  });

  test("a server that speaks no TLS is told as such", async () => {
    const url = await served((_, response) => response.end());
    const error = await failure(ConnectionError, () => sending()(url.replace("http:", "https:")));
    expect(error.failure).toBe("tls");
    expect(error.message).toMatch(/does not speak TLS; check scheme and port/);
  });
});
