import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import { type Dispatcher, MockAgent } from "undici";
import type { HttpRequest } from "../../provider/api/exchange";
import { agent, overHttp } from "../../provider/api/http";
import { ConnectionError, SettingsError } from "../../provider/errors";
import { failure } from "../support/client";

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function listening(server: TcpServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUps.push(() => new Promise((resolve) => server.close(resolve)));
  if ("closeAllConnections" in server) cleanUps.push(() => (server as Server).closeAllConnections());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function sending(caFile?: string, timeoutSeconds = 30) {
  const dispatcher = agent(caFile);
  cleanUps.push(() => dispatcher.destroy());
  const send = overHttp(dispatcher, timeoutSeconds);
  return (url: string, more: Partial<HttpRequest> = {}) => send({ method: "GET", url, ...more });
}

async function served(listener: RequestListener): Promise<string> {
  return `http://${await listening(createServer(listener))}`;
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "pulumi-asgardeo-http-"));
  cleanUps.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
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
    cleanUps.length = 0;
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
    const { failure, message } = await failing(url, sending(undefined, 0.05));
    expect(failure).toBe("unanswered");
    expect(message).toContain("no answer within 0.05 s");
  });

  test("a server that never answers: the time limit", async () => {
    const { message } = await failing(await served(() => {}), sending(undefined, 0.05));
    expect(message).toContain("no answer within 0.05 s");
  });

  test("a setting of ten minutes is not undercut by limits of the library's own", async () => {
    const options: Dispatcher.DispatchOptions[] = [];
    const dispatcher = agent(undefined).compose((dispatch) => (given, handler) => {
      options.push(given);
      return dispatch(given, handler);
    });
    cleanUps.push(() => dispatcher.destroy());
    const url = await served((_, response) => response.end());
    await overHttp(dispatcher, 600)({ method: "GET", url });
    expect(options).toMatchObject([{ headersTimeout: 0, bodyTimeout: 0 }]);
  });
});

/** Whether certificates can be made here: Node itself cannot sign one. */
const openssl = (() => {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** A TLS server with a certificate of its own making. */
async function tlsServed(name: string): Promise<{ url: string; caFile: string }> {
  const path = folder();
  const [key, cert] = [join(path, "key.pem"), join(path, "cert.pem")];
  execFileSync(
    "openssl",
    // biome-ignore format: one option and its value a line says less
    ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
      "-subj", "/CN=test", "-addext", `subjectAltName=${name}`, "-keyout", key, "-out", cert],
    { stdio: "ignore" },
  );
  const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => {
    response.end("secure");
  });
  return { url: `https://${await listening(server)}`, caFile: cert };
}

describe("TLS", () => {
  const ifOpenssl = openssl ? test : test.skip;
  if (!openssl) test.skip("openssl is not installed, so no certificate can be made", () => {});

  ifOpenssl("a certificate of an unknown CA is refused, with the setting that would trust it", async () => {
    const { url } = await tlsServed("IP:127.0.0.1");
    const error = await failure(ConnectionError, () => sending()(url));
    expect(error.failure).toBe("tls");
    expect(error.message).toMatch(/not trusted.*asgardeo:caFile or ASGARDEO_CA_FILE.*DEPTH_ZERO_SELF_SIGNED_CERT/);
  });

  ifOpenssl("the CA file makes it trusted", async () => {
    const { url, caFile } = await tlsServed("IP:127.0.0.1");
    expect(await sending(caFile)(url)).toMatchObject({ status: 200, text: "secure" });
  });

  ifOpenssl("a trusted certificate for another host is refused", async () => {
    const { url, caFile } = await tlsServed("DNS:elsewhere.example.com");
    const error = await failure(ConnectionError, () => sending(caFile)(url));
    expect(error.message).toMatch(/another host name.*ERR_TLS_CERT_ALTNAME_INVALID/);
  });

  ifOpenssl("the environment cannot switch verification off", async () => {
    const { url } = await tlsServed("IP:127.0.0.1");
    // Jest gives tests a copy of the environment; Node's TLS looks at the real one.
    const real = runInThisContext("process") as NodeJS.Process;
    const { env } = real;
    const warning = jest.spyOn(real, "emitWarning").mockImplementation();
    cleanUps.push(() => warning.mockRestore());
    env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
    cleanUps.push(() => delete env.NODE_TLS_REJECT_UNAUTHORIZED);
    await expect(sending()(url)).rejects.toThrow(/not trusted/);
  });

  test("a server that speaks no TLS is told as such", async () => {
    const url = await served((_, response) => response.end());
    const error = await failure(ConnectionError, () => sending()(url.replace("http:", "https:")));
    expect(error.failure).toBe("tls");
    expect(error.message).toMatch(/does not speak TLS; check scheme and port/);
  });

  test("a CA file that is not there is a setting", async () => {
    const path = join(folder(), "none.pem");
    expect(() => agent(path)).toThrow(SettingsError);
    expect(() => agent(path)).toThrow(`caFile: cannot read ${path}`);
  });

  test.each(["", "hello", "-----BEGIN CERTIFICATE-----\nbroken\n-----END CERTIFICATE-----"])(
    "a CA file without a certificate is a setting, and nothing of it is repeated: %j",
    async (text) => {
      const path = join(folder(), "ca.pem");
      writeFileSync(path, text);
      expect(() => agent(path)).toThrow(SettingsError);
      expect(() => agent(path)).toThrow(/^caFile: \S+ca\.pem holds no PEM certificate$/);
    },
  );
});
