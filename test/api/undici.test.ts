import { execFileSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { parts, proxyParts } from "../../provider/api/undici";

jest.setTimeout(60_000);

let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => response.end(`got ${request.url}`));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});
afterAll(() => new Promise((done) => server.close(done)));

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/a?b=c`;

async function asked({ Agent, request }: ReturnType<typeof parts>): Promise<string> {
  const { origin, pathname, search } = new URL(url());
  const agent = new Agent({});
  const { body } = await request.call(agent, { origin, path: `${pathname}${search}`, method: "GET" });
  const text = await body.text();
  await agent.close();
  return text;
}

test("a release of undici without the files that are used of it serves as a whole", async () => {
  const without = (name: string) => {
    if (name !== "undici") throw new Error(`Cannot find module '${name}'`);
    return require("undici");
  };
  expect(await asked(parts(without))).toBe("got /a?b=c");
  expect(await asked(parts())).toBe("got /a?b=c");
  const undici = require("undici");
  expect(proxyParts(without)).toEqual({
    ProxyAgent: undici.ProxyAgent,
    Pool: undici.Pool,
    connect: undici.Dispatcher.prototype.connect,
  });
});

/** Which of undici's files are loaded when a tenant has been asked for in this environment. */
function loaded(env: Record<string, string>): Record<string, boolean> {
  const dist = (name: string) => JSON.stringify(join(__dirname, "..", "..", "dist", "provider", name));
  const script = `
    require(${dist("runtime.js")});
    const { connect } = require(${dist("connect.js")});
    const { settingsFrom } = require(${dist("settings.js")});
    connect(settingsFrom(() => undefined));
    const names = Object.keys(require.cache).map((file) => file.replaceAll("\\\\", "/"));
    const has = (end) => names.some((file) => file.endsWith("undici/" + end));
    console.log(JSON.stringify({
      agent: has("lib/dispatcher/agent.js"), proxy: has("lib/dispatcher/proxy-agent.js"), whole: has("index.js"),
    }));
  `;
  const settings = { ASGARDEO_ORGANIZATION: "acme", ASGARDEO_CLIENT_ID: "me", ASGARDEO_CLIENT_SECRET: "hush" };
  const text = execFileSync(process.execPath, ["-e", script], { encoding: "utf8", env: { ...settings, ...env } });
  return JSON.parse(text);
}

test("the client does not load the rest of undici, and what is for proxies only where there is one to go through", () => {
  const proxy = "http://proxy.example.com:3128";
  expect(loaded({})).toEqual({ agent: true, proxy: false, whole: false });
  expect(loaded({ HTTPS_PROXY: proxy, NO_PROXY: "asgardeo.io" })).toMatchObject({ proxy: false });
  expect(loaded({ HTTPS_PROXY: proxy, ASGARDEO_BASE_URL: "http://127.0.0.1:1" })).toMatchObject({ proxy: false });
  expect(loaded({ HTTPS_PROXY: proxy })).toEqual({ agent: true, proxy: true, whole: false });
});
