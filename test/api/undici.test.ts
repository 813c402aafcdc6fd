import { execFileSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { parts } from "../../provider/api/undici";

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
});

test("the client does not load the rest of undici", () => {
  const script = `
    require(${JSON.stringify(join(__dirname, "..", "..", "dist", "provider", "runtime.js"))});
    const names = Object.keys(require.cache).map((file) => file.replaceAll("\\\\", "/"));
    console.log(names.some((file) => file.endsWith("undici/lib/dispatcher/agent.js")), names.some((file) => file.endsWith("undici/index.js")));
  `;
  expect(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" })).toBe("true false\n");
});
