import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { cleanedUp, listening } from "./support/clean-up";

afterEach(cleanedUp);

const dist = (name: string) => JSON.stringify(join(__dirname, "..", "dist", "provider", name));

/** Asks a server so often that V8 would compile the parser anew; tells the megabytes it took at most, and what was said. */
async function peak(isLean: boolean): Promise<{ megabytes: number; stderr: string }> {
  const server = createServer((_, response) => response.end("[]"));
  const url = `http://${await listening(server)}/`;
  const script = `
    if (${isLean}) require(${dist("parser-memory.js")}).keepParserSmall();
    const { agent, overHttp } = require(${dist("api/http.js")});
    const send = overHttp(agent({ certificates: undefined, proxy: undefined }), 30, undefined);
    (async () => {
      for (let i = 0; i < 400; i++) await send({ method: "GET", url: ${JSON.stringify(url)} });
      console.log(process.resourceUsage().maxRSS / 1024);
      process.exit();
    })();
  `;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["-e", script]);
  return { megabytes: Number(stdout), stderr };
}

test("many requests take less memory where the parser is compiled once, and V8 knows how to do that", async () => {
  const [lean, usual] = [await peak(true), await peak(false)];
  expect(lean.stderr).toBe("");
  expect(lean.megabytes).toBeLessThan(usual.megabytes);
});
