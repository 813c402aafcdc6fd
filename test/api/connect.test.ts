import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { path } from "../../provider/api/path";
import { alone } from "../../provider/api/tally";
import { connect } from "../../provider/connect";
import { ApiError } from "../../provider/errors";
import { settingsFrom } from "../../provider/settings";
import { certificate, ifOpenssl } from "../support/certificates";
import { cleanedUp, listening } from "../support/clean-up";
import { failure, fakeClock } from "../support/client";
import { connectProxy } from "../support/connect-proxy";

afterEach(cleanedUp);

let server: Server;
let requests: number;

/** A server that grants every scope and has everything. */
beforeEach(async () => {
  requests = 0;
  server = createServer((request, response) => {
    requests++;
    const token = { access_token: "token-1", expires_in: 3600, scope: "a" };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(request.url?.includes("/oauth2/token") ? token : { id: "1" }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

/** Settings that let two requests through a minute: the token's, and that which it is for. */
function settings() {
  const given: Record<string, string> = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clientId: "me",
    clientSecret: "hush-hush",
    requestsPerMinute: "2",
  };
  return settingsFrom((key) => given[key.replace("asgardeo:", "")], {});
}

const thing = path`/api/server/v1/things/${"1"}`;
const anything = z.looseObject({});

test("lines about requests that wait go to whom the process names", async () => {
  const said: string[] = [];
  const api = connect(settings(), { clock: fakeClock(), say: (line) => said.push(line), tally: alone });
  await api.get(thing, anything);
  expect(said).toEqual([]);
  await api.get(thing, anything);
  expect(said[0]).toMatch(/^the rate limit of 2 requests a minute holds requests back/);
});

test("a process with a signal of its own ends what waits by it", async () => {
  const end = new AbortController();
  const clock = { now: () => 0, sleep: () => new Promise<void>(() => {}), random: () => 0 };
  const api = connect(settings(), { clock, say: () => {}, cancelled: end.signal, tally: alone });
  await api.get(thing, anything);
  const waiting = api.get(thing, anything);
  end.abort(new Error("the user has ended it"));
  await expect(waiting).rejects.toThrow("the user has ended it");
  expect(requests).toBe(2);
});

ifOpenssl("settings lead through a proxy, whose password is masked in what a server says", async () => {
  const { key, cert, certFile } = certificate("DNS:idp.example.com");
  const [word, written] = ["canary-7f3a-pass/word", "canary-7f3a-pa%73s%2fword"];
  const description = `no ${word}, ${written}, ${Buffer.from(`me:${word}`).toString("base64")}`;
  const idp = createTlsServer({ key, cert }, (_, response) => {
    response.writeHead(400, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: "invalid_request", error_description: description }));
  });
  const proxy = await connectProxy({ to: await listening(idp) });
  const given: Record<string, string> = {
    baseUrl: "https://idp.example.com",
    clientId: "me",
    clientSecret: "hush-hush",
    caFile: certFile,
  };
  const found = settingsFrom((name) => given[name.replace("asgardeo:", "")], {
    HTTPS_PROXY: `http://me:${written}@${proxy.at}`,
  });
  const api = connect(found, { clock: fakeClock(), say: () => {}, tally: alone });
  const { message } = await failure(ApiError, () => api.get(thing, anything));
  expect(message).toContain("400 invalid_request: no [secret], [secret], [secret]");
  expect(proxy.asked).toHaveLength(1);
});
