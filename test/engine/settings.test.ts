import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox/index";
import { cleanedUp } from "../support/clean-up";
import { connectProxy } from "../support/connect-proxy";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(180_000);
const engine = cliAvailable() ? describe : describe.skip;

const program = `
const asgardeo = require("pulumi-asgardeo");
new asgardeo.Application("one", { name: "One" });
new asgardeo.Application("two", { name: "Two" });
new asgardeo.ApiResource("api", { name: "API", identifier: "api" });
`;

engine("a setting in the stack's configuration", () => {
  let sandbox: Sandbox;
  let project: PulumiProject;
  beforeEach(async () => {
    sandbox = await startSandbox();
    project = await pulumiProject(program, { language: "javascript", env: settingsOf(sandbox) });
  });
  afterEach(async () => {
    await project?.dispose();
    await sandbox?.close();
  });

  /** How often the end of a run, which repeats what was said, has a text. */
  const told = (output: string, text: string) => output.slice(output.indexOf("Diagnostics:")).split(text).length - 1;

  test("that is misspelt is a warning, said once, where nothing is missing", async () => {
    await project.config("asgardeo:readOlny", "true");
    const { code, output } = await project.preview();
    expect(code).toBe(0);
    const warning = "warning: asgardeo:readOlny: no such setting, so it counts for nothing; did you mean `readOnly`?";
    expect(told(output, warning)).toBe(1);
  });

  test("that is misspelt is part of the error where something is missing", async () => {
    await project.config("asgardeo:clientID", sandbox.clientId);
    const { code, output } = await project.preview([], { env: { ASGARDEO_CLIENT_ID: undefined } });
    expect(code).not.toBe(0);
    expect(told(output, "clientId: missing")).toBe(1);
    expect(told(output, "asgardeo:clientID: no such setting; did you mean `clientId`?")).toBe(1);
  });

  test("that wins over another client id in the environment is named where the tenant refuses it", async () => {
    await project.config("asgardeo:clientId", "of-another-tenant");
    const { code, output } = await project.up();
    expect(code).not.toBe(0);
    expect(output).toMatch(
      /does not accept the bootstrap client of-another-tenant .*its id is from asgardeo:clientId /,
    );
    expect(output).toContain(`ASGARDEO_CLIENT_ID has another id, ${sandbox.clientId}, which is ignored`);
    expect(output).not.toContain(sandbox.clientSecret);
  });

  test("that names a CA file which is not there is one sentence, said once, already in a preview", async () => {
    await project.config("asgardeo:caFile", join(project.dir, "none.pem"));
    const { code, output } = await project.preview();
    expect(code).not.toBe(0);
    expect(told(output, `caFile: there is no file ${join(project.dir, "none.pem")} (`)).toBe(1);
    expect(output).not.toMatch(/^\s+at /m);
  });

  test("that is no number is told as such, also where JSON has no such number", async () => {
    await project.writeProgram(`
      const asgardeo = require("pulumi-asgardeo");
      const { output } = require("@pulumi/pulumi");
      const provider = new asgardeo.Provider("it", { requestsPerMinute: Number.NaN, timeoutSeconds: output(Infinity) });
      new asgardeo.Application("one", { name: "One" }, { provider });
    `);
    const { code, output } = await project.preview();
    expect(code).not.toBe(0);
    expect(told(output, "requestsPerMinute: must be a whole number from 1 to 1000000 (")).toBe(1);
    expect(told(output, "timeoutSeconds: must be a whole number from 1 to 600 (")).toBe(1);
  });
});

engine("the environment of a run", () => {
  afterEach(cleanedUp);
  let sandbox: Sandbox;
  let project: PulumiProject;
  beforeEach(async () => {
    sandbox = await startSandbox();
    project = await pulumiProject(program, { language: "javascript", env: settingsOf(sandbox) });
  });
  afterEach(async () => {
    await project?.dispose();
    await sandbox?.close();
  });

  test("may name a proxy: a server on this machine is reached without it, by resources and by look-ups", async () => {
    const proxy = await connectProxy({ instead: (socket) => socket.destroy() });
    const env = { HTTPS_PROXY: `http://${proxy.at}`, HTTP_PROXY: `http://${proxy.at}` };
    await project.writeProgram(`${program}
      exports.info = asgardeo.getOrganizationInfo().then(({ issuer }) => issuer);
    `);
    const { code, output } = await project.up([], { env });
    expect(output).not.toContain("proxy");
    expect(code).toBe(0);
    expect(proxy.asked).toEqual([]);
  });

  test("may name a proxy that refuses: it is named without user and password", async () => {
    const proxy = await connectProxy({
      instead: (socket) => socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"),
    });
    const word = "canary-7f3a-of-the-proxy";
    const env = { ASGARDEO_BASE_URL: "https://idp.example.com", HTTPS_PROXY: `http://user-7f3a:${word}@${proxy.at}` };
    const { code, output } = await project.up([], { env });
    expect(code).not.toBe(0);
    expect(output).toContain(
      `the proxy http://${proxy.at} (HTTPS_PROXY) refused the connection to idp.example.com (407); it does not accept the user and password in HTTPS_PROXY`,
    );
    expect(output).not.toMatch(/user-7f3a/);
    expect(proxy.asked.map(({ target }) => target)).toContain("idp.example.com:443");
  });

  test("may have the secret in a file: one that everybody may read is a warning, said once", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-asgardeo-secret-"));
    const file = join(folder, "secret");
    writeFileSync(file, sandbox.clientSecret, { mode: 0o644 });
    const env = { ASGARDEO_CLIENT_SECRET: undefined, ASGARDEO_CLIENT_SECRET_FILE: file };
    const { code, output } = await project.preview([], { env });
    rmSync(folder, { recursive: true });
    expect(code).toBe(0);
    const end = output.slice(output.indexOf("Diagnostics:"));
    expect(
      end.split(`everybody on this machine may read the file ${file}; take that right away: chmod 600 ${file}`),
    ).toHaveLength(2);
  });
});
