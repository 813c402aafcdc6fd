import { request } from "node:http";
import { connect } from "node:net";
import type { Sandbox } from "../../sandbox";
import { type Said, start, tokenOf, whereBuilt } from "./command";
import { callerFor, requestToken, sandboxFor, webApplication } from "./support";

// Much is sent, and a process is started for it.
jest.setTimeout(60_000);

const MEBIBYTE = 1024 * 1024;
const LIMIT = 16 * MEBIBYTE;
const applications = "/t/sandbox/api/server/v1/applications";
/** With and without credentials, an API or an organization. */
const everywhere = [applications, "/t/sandbox/oauth2/token", "/t/sandbox/nothing", "/t/other/oauth2/token", "/"];

interface Seen {
  readonly status: number;
  readonly body: string;
}

/** A request with any header that one likes, unlike those of `fetch`. */
function send(
  { baseUrl }: Pick<Sandbox, "baseUrl">,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Seen> {
  const { method = "POST", headers, body } = options;
  return new Promise((done, fail) => {
    const sent = request(baseUrl + path, { method, headers, agent: false }, (answer) => {
      let text = "";
      answer.on("data", (data) => {
        text += String(data);
      });
      answer.once("end", () => done({ status: answer.statusCode ?? 0, body: text }));
    });
    sent.once("error", fail);
    sent.end(body);
  });
}

/**
 * Sends a head, and then the same piece again and again for as long as the other side takes it, up to far more than it
 * may, or so many times and then an end; answers what was seen, and how much was sent.
 */
function pour(
  { baseUrl }: Pick<Sandbox, "baseUrl">,
  head: readonly string[],
  piece?: Buffer,
  { pieces = (16 * LIMIT) / (piece?.length ?? LIMIT), end = "" } = {},
) {
  const socket = connect({ host: "127.0.0.1", port: Number(new URL(baseUrl).port) });
  let seen = "";
  let sent = 0;
  let left = pieces;
  const more = () => {
    while (piece && left > 0 && socket.writable) {
      left -= 1;
      sent += piece.length;
      if (!socket.write(left <= 0 ? Buffer.concat([piece, Buffer.from(end)]) : piece)) return;
    }
    // Whoever has taken all of it would take more.
    if (piece && left <= 0 && end === "") socket.destroy();
  };
  socket.on("data", (data) => {
    seen += String(data);
  });
  socket.on("drain", more);
  // What is still under way when the connection ends is lost.
  socket.on("error", () => undefined);
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  more();
  return new Promise<{ seen: string; sent: number }>((done) => socket.once("close", () => done({ seen, sent })));
}

const chunk = (text: string) => Buffer.from(`${text.length.toString(16)}\r\n${text}\r\n`);
const chunked = (path: string) => [`POST ${path} HTTP/1.1`, "Host: 127.0.0.1", "Transfer-Encoding: chunked"];
const tooLarge = "The body of a request has at most 16 MiB here.\n";

describe("a request to another host", () => {
  test.each([
    "evil.example",
    "evil.example:%",
    "127.0.0.1.evil.example:%",
    "localhost.evil.example",
    "127.0.0.2:%",
    "0.0.0.0:%",
    "localhost.:%",
    "x",
  ])("%s is refused in a sentence, and counts as none", async (name) => {
    const sandbox = await sandboxFor({ rateLimit: 1, faults: [{ kind: "status", status: 503, times: 1 }] });
    const before = structuredClone(sandbox.tenant);
    const host = name.replace("%", new URL(sandbox.baseUrl).port);
    const token = sandbox.clientSecret;
    for (const path of everywhere) {
      for (const method of ["GET", "POST", "DELETE"]) {
        const headers = { host, authorization: `Bearer ${token}` };
        expect(await send(sandbox, path, { method, headers })).toEqual({
          status: 421,
          body: "This sandbox is for requests to 127.0.0.1 or localhost, and not to another host.\n",
        });
      }
    }
    expect(sandbox.requests).toEqual([]);
    expect(sandbox.tenant).toEqual(before);
    // The one fault and the one request of the minute are still to come.
    expect((await requestToken(sandbox)).status).toBe(503);
    expect((await requestToken(sandbox)).status).toBe(429);
  });

  test("is not one to 127.0.0.1, localhost or [::1], with whatever port somebody forwards", async () => {
    const sandbox = await sandboxFor();
    for (const host of ["127.0.0.1", "localhost", "localhost:1", "[::1]:1", new URL(sandbox.baseUrl).host]) {
      expect({ host, ...(await send(sandbox, applications, { headers: { host } })) }).toMatchObject({
        host,
        status: 401,
      });
    }
  });

  test("gets no further with a body: not even its beginning is read", async () => {
    const sandbox = await sandboxFor();
    const head = [`POST ${applications} HTTP/1.1`, "Host: evil.example", "Transfer-Encoding: chunked"];
    const { seen, sent } = await pour(sandbox, head, chunk("a".repeat(65_536)));
    expect(seen).toMatch(/^HTTP\/1\.1 421 /);
    expect(sent).toBeLessThan(LIMIT);
  });
});

describe("a body that is too large", () => {
  test.each(everywhere)("is answered with 413 without being read, where its length is told: %s", async (path) => {
    const sandbox = await sandboxFor();
    const head = [`POST ${path} HTTP/1.1`, "Host: 127.0.0.1", `Content-Length: ${LIMIT + 1}`];
    // Nothing of the body is sent.
    const { seen } = await pour(sandbox, head);
    expect(seen).toMatch(/^HTTP\/1\.1 413 Payload Too Large\r\n/);
    expect(seen).toContain(`\r\n\r\n${tooLarge}`);
    expect(sandbox.requests).toEqual([]);
  });

  test.each(everywhere)("is answered with 413 as soon as it is, where it has no end: %s", async (path) => {
    const sandbox = await sandboxFor();
    const { seen, sent } = await pour(sandbox, chunked(path), chunk("a".repeat(65_536)));
    expect(seen).toMatch(/^HTTP\/1\.1 413 /);
    expect(sent).toBeGreaterThan(LIMIT);
    // The rest is what lies in the buffers of the two systems.
    expect(sent).toBeLessThan(4 * LIMIT);
  });

  test("leaves everything as it is, and the next request is served", async () => {
    const sandbox = await sandboxFor();
    const call = await callerFor(sandbox);
    const before = structuredClone(sandbox.tenant);
    const body = { ...webApplication, description: "a".repeat(LIMIT) };
    expect(await call("POST", "/applications", body)).toMatchObject({ status: 413, body: tooLarge });
    expect(sandbox.tenant).toEqual(before);
    expect((await call("POST", "/applications", webApplication)).status).toBe(201);
  });

  test("is not one of exactly 16 MiB", async () => {
    const sandbox = await sandboxFor();
    const call = await callerFor(sandbox);
    const empty = JSON.stringify({ ...webApplication, description: "" });
    const body = { ...webApplication, description: "a".repeat(LIMIT - empty.length) };
    // What the database has to say of such a description.
    expect(await call("POST", "/applications", body)).toMatchObject({ status: 500, body: { code: "APP-65001" } });
    expect((await call("POST", "/applications", `${JSON.stringify(body)} `)).status).toBe(413);
  });
});

test("headers that are too large are refused, and the path in the list of requests has an end", async () => {
  const sandbox = await sandboxFor();
  expect((await send(sandbox, applications, { headers: { "x-long": "a".repeat(20_000) } })).status).toBe(431);
  const query = `?client_secret=${"s".repeat(5_000)}&filter=${"a".repeat(9_000)}`;
  expect((await send(sandbox, applications + query)).status).toBe(401);
  const [{ path = "" } = {}] = sandbox.requests;
  expect(path).toHaveLength(2_001);
  expect(path).toMatch(/\?client_secret=\*\*\*&filter=a+…$/);
});

whereBuilt(
  "a sandbox with little memory outlives bodies without end, in pieces of any size, many at once",
  async () => {
    const { child, line, ended } = start([], { node: ["--max-old-space-size=48"] });
    const said: Said = JSON.parse(await line);
    const token = await tokenOf(said);
    const bytewise = Buffer.concat(Array.from({ length: 10_000 }, () => chunk("a")));
    const large = Array.from({ length: 6 }, () => pour(said, chunked(applications), chunk("a".repeat(1_000_000))));
    for (const { seen } of await Promise.all(large)) expect(seen).toMatch(/^HTTP\/1\.1 413 /);
    // So many objects, one for each byte, would not fit.
    const head = [...chunked("/t/sandbox/oauth2/token"), "Connection: close"];
    const { seen } = await pour(said, head, bytewise, { pieces: 100, end: "0\r\n\r\n" });
    expect(seen).toMatch(/^HTTP\/1\.1 401 /);
    const response = await fetch(said.baseUrl + applications, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(200);
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0, stderr: "" });
  },
);
