import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterTest, cleanedUp, listening } from "../support/clean-up";

jest.setTimeout(60_000);
afterEach(cleanedUp);

const megabyte = 1024 * 1024;

/** A tenant that grants a token, and answers some of its paths without end. */
async function tenant(endless: RegExp): Promise<string> {
  const piece = Buffer.alloc(megabyte, "[");
  const listener = ({ url = "" }: IncomingMessage, response: ServerResponse) => {
    response.setHeader("content-type", "application/json");
    if (!endless.test(url)) {
      response.end(JSON.stringify({ access_token: "canary-7f3a-token", expires_in: 3600, scope: "a" }));
      return;
    }
    const body = new Readable({
      read() {
        this.push(piece);
      },
    });
    body.pipe(response);
  };
  return `http://${await listening(createServer(listener))}`;
}

/** What an operation comes to in a process that has little memory, and how many megabytes it has taken at most. */
async function outcome(base: string, operation: string): Promise<{ message: string; megabytes: number }> {
  const dist = (name: string) => JSON.stringify(join(__dirname, "..", "..", "dist", "provider", name));
  const script = `
    const { connect } = require(${dist("connect.js")});
    const { settingsFrom } = require(${dist("settings.js")});
    const { path } = require(${dist("api/path.js")});
    const { z } = require("zod");
    const api = connect(settingsFrom(() => undefined)).permitted({ access: "write", needs: [], optional: [] });
    const any = z.unknown();
    (async () => ${operation})().then(
      () => "done",
      (error) => error.constructor.name + " " + error.message,
    ).then((message) => {
      console.log(JSON.stringify({ message, megabytes: process.resourceUsage().maxRSS / 1024 }));
      process.exit();
    });
  `;
  const child = spawn(process.execPath, ["--max-old-space-size=64", "-e", script], {
    cwd: join(__dirname, "..", ".."),
    env: { ASGARDEO_BASE_URL: base, ASGARDEO_CLIENT_ID: "me", ASGARDEO_CLIENT_SECRET: "canary-7f3a-secret" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  afterTest(() => child.kill("SIGKILL"));
  return JSON.parse(await text(child.stdout));
}

test.each([
  ["the token endpoint", /oauth2/, "api.get(path`/api/server/v1/applications/1`, any)", "POST /oauth2/token"],
  [
    "an object",
    /applications/,
    "api.get(path`/api/server/v1/applications/1`, any)",
    "GET /api/server/v1/applications/1",
  ],
  ["a list of SCIM", /scim2/, "api.get(path`/scim2/v2/Roles`, any)", "GET /scim2/v2/Roles"],
  [
    "a creation",
    /applications/,
    "api.create(path`/api/server/v1/applications`, {})",
    "POST /api/server/v1/applications",
  ],
  [
    "a change",
    /api-resources/,
    "api.patch(path`/api/server/v1/api-resources/1`, {})",
    "PATCH /api/server/v1/api-resources/1",
  ],
  [
    "what is public",
    /well-known/,
    "api.getPublic(path`/.well-known/openid-configuration`, any)",
    "GET /.well-known/openid-configuration",
  ],
])("%s that answers without end takes little memory, and ends with a sentence", async (_, endless, operation, what) => {
  const { message, megabytes } = await outcome(await tenant(endless), operation);
  expect(message).toMatch(/^ResponseError /);
  expect(message).toContain(
    `${what}: the answer is larger than 16 MB, the most that is read; check the setting baseUrl`,
  );
  expect(megabytes).toBeLessThan(300);
});
