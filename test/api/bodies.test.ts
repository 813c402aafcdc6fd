import { EventEmitter, once } from "node:events";
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type Socket } from "node:net";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { agent, overHttp } from "../../provider/api/http";
import { withRetry } from "../../provider/api/retry";
import { ConnectionError, isAmbiguous, ResponseError } from "../../provider/errors";
import { afterTest, cleanedUp, listening } from "../support/clean-up";
import { failure, fakeClock } from "../support/client";

afterEach(cleanedUp);

const megabyte = 1024 * 1024;

async function served(listener: RequestListener): Promise<string> {
  return `http://${await listening(createServer(listener))}/api/things?secret=hush-hush`;
}

function sending(timeoutSeconds = 30) {
  const dispatcher = agent({});
  afterTest(() => dispatcher.destroy());
  return overHttp(dispatcher, timeoutSeconds);
}

const get = (url: string, send = sending()) => send({ method: "GET", url });

/** Writes until the other side closes the connection. */
function withoutEnd(response: ServerResponse): void {
  const piece = Buffer.alloc(megabyte, "a");
  const endless = new Readable({
    read() {
      this.push(piece);
    },
  });
  endless.pipe(response);
}

const tooLarge =
  /^(GET|POST) \/api\/things: the answer is larger than 16 MB, the most that is read; check .*baseUrl.* and any proxy in between$/;

describe("a body", () => {
  test("of 16 MB is read", async () => {
    const url = await served((_, response) => response.end(Buffer.alloc(16 * megabyte, "a")));
    expect((await get(url)).text).toHaveLength(16 * megabyte);
  });

  test("that is one byte larger is not", async () => {
    const url = await served((_, response) => {
      response.write(Buffer.alloc(16 * megabyte, "a"));
      response.end("b");
    });
    expect((await failure(ResponseError, () => get(url))).message).toMatch(tooLarge);
  });

  test.each([
    ["announces more", { "content-length": String(10 ** 12) }, (response: ServerResponse) => response.write("a")],
    ["has no end", {}, withoutEnd],
  ])("that %s ends, with its connection", async (_, headers, write) => {
    const events = new EventEmitter();
    const closed = once(events, "closed");
    const url = await served((_request, response) => {
      response.once("close", () => events.emit("closed"));
      response.writeHead(200, headers);
      write(response);
    });
    expect((await failure(ResponseError, () => get(url))).message).toMatch(tooLarge);
    await closed;
  });

  test.each([200, 201, 404, 500, 503])(
    "without end and with the status %i leaves open whether a POST ran, and is not asked for again",
    async (status) => {
      let requests = 0;
      const url = await served((_, response) => {
        requests++;
        response.writeHead(status, { "retry-after": "1" });
        withoutEnd(response);
      });
      for (const method of ["POST", "GET"] as const) {
        const send = withRetry(sending(), fakeClock());
        const error = await failure(ResponseError, () => send({ method, url }));
        expect(error.message).toMatch(tooLarge);
        expect(isAmbiguous(error)).toBe(true);
      }
      expect(requests).toBe(2);
    },
  );

  test("that drips for ever ends with the time limit", async () => {
    const url = await served((_, response) => {
      response.writeHead(200);
      const drip = () => response.write("a", () => setImmediate(drip));
      drip();
      response.once("error", () => {});
    });
    const { failure: kind, message } = await failure(ConnectionError, () => get(url, sending(0.2)));
    expect(kind).toBe("unanswered");
    expect(message).toContain("no answer within 0.2 s");
  });

  test.each(["gzip", "br", "aws-chunked", "identity, GZIP"])(
    "that is compressed (%s) is refused: nothing asked for it",
    async (encoding) => {
      const url = await served((request, response) => {
        expect(request.headers["accept-encoding"]).toBe("identity");
        response.writeHead(200, { "content-encoding": encoding, "content-type": "application/json" });
        response.end(gzipSync('{"name":"hush-hush"}'));
      });
      const { message } = await failure(ResponseError, () => get(url));
      expect(message).toMatch(/^GET \/api\/things: the answer is compressed, which was not asked for; check .*proxy/);
      expect(message).not.toContain("hush-hush");
    },
  );

  test("that is not there is not compressed, whatever its header says", async () => {
    const url = await served((_, response) => response.writeHead(204, { "content-encoding": "gzip" }).end());
    expect(await get(url)).toMatchObject({ status: 204, text: "" });
  });

  test("that says that it is not compressed is read", async () => {
    const url = await served((_, response) => response.writeHead(200, { "content-encoding": "Identity" }).end("{}"));
    expect((await get(url)).text).toBe("{}");
  });

  test("that is compressed does not hide the status of an error", async () => {
    const url = await served((_, response) => {
      response.writeHead(502, { "content-encoding": "gzip" }).end(gzipSync("bad gateway"));
    });
    expect((await get(url)).status).toBe(502);
  });

  test("that is no UTF-8 is refused, since writing it back would change names", async () => {
    const latin1 = Buffer.from('{"name":"Müller"}', "latin1");
    const url = await served((_, response) => response.end(latin1));
    const { message } = await failure(ResponseError, () => get(url));
    expect(message).toMatch(/^GET \/api\/things: the answer is not UTF-8; check .*proxy/);
    expect(message).not.toContain("ller");
    const failing = await served((_, response) => response.writeHead(500).end(latin1));
    expect(await get(failing)).toMatchObject({ status: 500, text: '{"name":"M\ufffdller"}' });
  });

  test("in UTF-8 arrives as it is, also where a piece ends within a character, and without a byte order mark", async () => {
    const url = await served((_, response) => {
      const bytes = Buffer.from('\ufeff{"name":"Müller 😀"}');
      for (const byte of bytes) response.write(Buffer.from([byte]));
      response.end();
    });
    expect((await get(url)).text).toBe('{"name":"Müller 😀"}');
  });
});

describe("what is no answer of HTTP", () => {
  /** A server that answers each request by this, whatever it is. */
  async function answering(answer: (socket: Socket) => void): Promise<string> {
    const server = createTcpServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => answer(socket));
    });
    return `http://${await listening(server)}/api/things`;
  }

  test("headers without end are told as such", async () => {
    const url = await answering((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      const more = () => {
        if (!socket.destroyed) socket.write(`x: ${"a".repeat(1000)}\r\n`, () => setImmediate(more));
      };
      more();
    });
    const { failure: kind, message } = await failure(ConnectionError, () => get(url));
    expect(kind).toBe("unanswered");
    expect(message).toMatch(/^GET \/api\/things: the headers of the answer are larger than 16 kB; check .*proxy/);
  });

  test("a server of another protocol is told as such", async () => {
    const url = await answering((socket) => socket.end("220 mail.example.com ESMTP hush-hush\r\n"));
    const { failure: kind, message } = await failure(ConnectionError, () => get(url));
    expect(kind).toBe("unanswered");
    expect(message).toMatch(
      /^GET \/api\/things: what 127\.0\.0\.1:\d+ answers is no HTTP \((HPE_|HTTPParserError)\w*\); check .*baseUrl/,
    );
    expect(message).not.toContain("hush-hush");
  });
});
