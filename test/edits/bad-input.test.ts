import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Sandbox, startSandbox } from "../../sandbox/index";
import { type CliResult, cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(180_000);
const engine = cliAvailable() ? describe : describe.skip;

const oidc = '{ grantTypes: ["client_credentials"] }';
const application = (args: string) => `new (require("pulumi-asgardeo").Application)("app", ${args});`;
const good = application(`{ name: "Good", oidc: ${oidc} }`);

engine("bad input", () => {
  let sandbox: Sandbox;
  let project: PulumiProject;
  beforeEach(async () => {
    sandbox = await startSandbox();
    project = await pulumiProject(good, { language: "javascript", env: settingsOf(sandbox) });
  });
  afterEach(async () => {
    await project?.dispose();
    await sandbox?.close();
  });

  const made = () => sandbox.tenant.applications.length - 3;

  /** Each failure is said once, without a stack and without the secret, and leaves nothing behind. */
  async function expectRefusal(result: CliResult, ...texts: (string | RegExp)[]): Promise<void> {
    expect(result.code).not.toBe(0);
    for (const text of texts) expect(result.output).toMatch(text);
    expect(result.output).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    expect(result.output).not.toContain(sandbox.clientSecret);
    expect(made()).toBe(0);
    const resources = (await project.state()).deployment.resources ?? [];
    expect(resources.filter(({ type }) => type.includes("dynamic"))).toEqual([]);
  }

  const without = (...names: string[]) => ({
    env: Object.fromEntries(names.map((name) => [name, undefined])) as Record<string, undefined>,
  });

  test("no settings at all: one message names each that is missing, and the ways to give it", async () => {
    const all = Object.keys(settingsOf(sandbox));
    const preview = await project.preview([], without(...all));
    await expectRefusal(
      preview,
      "organization: missing",
      "pulumi config set asgardeo:organization",
      "ASGARDEO_CLIENT_ID",
      /clientSecret: missing .*ASGARDEO_CLIENT_SECRET/,
    );
  });

  test("no settings at all is said once, however many resources there are", async () => {
    await project.writeProgram(`${good}\n${good.replace('"app"', '"second"')}\n${good.replace('"app"', '"third"')}`);
    const { stdout } = await project.preview([], without(...Object.keys(settingsOf(sandbox))));
    const diagnostics = stdout.slice(stdout.indexOf("Diagnostics:"));
    expect(diagnostics.match(/organization: missing/g)).toHaveLength(1);
  });

  test("a wrong organization", async () => {
    const up = await project.up([], { env: { ASGARDEO_ORGANIZATION: "nowhere" } });
    await expectRefusal(up, 'organization: there is no organization "nowhere" at this server');
  });

  test("a wrong secret", async () => {
    const up = await project.up([], { env: { ASGARDEO_CLIENT_SECRET: "not-the-secret" } });
    await expectRefusal(up, "clientId, clientSecret: the tenant does not accept the bootstrap client");
    expect(up.output).not.toContain("not-the-secret");
  });

  test("a server that cannot be reached is said once, however many types of resources there are", async () => {
    const closed = await startSandbox();
    await closed.close();
    const api = 'new (require("pulumi-asgardeo").ApiResource)("api", { name: "A", identifier: "a" });';
    await project.writeProgram(`${good}\n${api}`);
    const preview = await project.preview([], { env: { ASGARDEO_BASE_URL: closed.baseUrl } });
    const diagnostics = preview.output.slice(preview.output.indexOf("Diagnostics:"));
    expect(diagnostics.match(/cannot reach/g)).toHaveLength(1);
    const up = await project.up([], { env: { ASGARDEO_BASE_URL: closed.baseUrl } });
    await expectRefusal(up, /cannot reach 127\.0\.0\.1:\d+ \(ECONNREFUSED\)/, "baseUrl");
  });

  test("a scope that the bootstrap client lacks", async () => {
    const bootstrap = sandbox.tenant.applications.find(({ id }) => id === sandbox.tenant.bootstrap);
    if (bootstrap) bootstrap.authorizations = [];
    const up = await project.up();
    await expectRefusal(
      up,
      "internal_application_mgt_create",
      "Application Management API",
      sandbox.clientId,
      "API Authorization",
    );
  });

  test("a name that is taken", async () => {
    const { id } = await sandbox.console("POST", "/api/server/v1/applications", { name: "Good" });
    const up = await project.up();
    expect(up.code).not.toBe(0);
    expect(up.output).toContain(`name: "Good" is taken by the application "Good" (id ${id})`);
    expect(made()).toBe(1);
  });

  test.each([
    [
      "an unknown property",
      `{ name: "A", oidc: { ...${oidc}, callbackURLs: [] } }`,
      "oidc.callbackURLs: no such property; did you mean `callbackUrls`?",
    ],
    ["a wrong type", `{ name: "A", enabled: "yes" }`, "enabled: must be a boolean, is a string"],
    [
      "a callback URL that is not absolute",
      `{ name: "A", oidc: { grantTypes: ["authorization_code"], callbackUrls: ["/cb"] } }`,
      "oidc.callbackUrls[0]: must be an absolute URL",
    ],
    [
      "a callback URL with a fragment",
      `{ name: "A", oidc: { grantTypes: ["authorization_code"], callbackUrls: ["https://a.example/#x"] } }`,
      "oidc.callbackUrls[0]: must not have a fragment",
    ],
    [
      "a grant type that the server does not know",
      `{ name: "A", oidc: { grantTypes: ["client_credential"] } }`,
      "oidc.grantTypes[0]: no such grant type; did you mean `client_credentials`?",
    ],
  ])("%s fails at preview, at its place", async (_, args, message) => {
    await project.writeProgram(application(args));
    const preview = await project.preview();
    expect(preview.output).toContain(message);
    await expectRefusal(preview);
    expect(sandbox.requests).toEqual([]);
  });

  test("a failed check names every place at once", async () => {
    await project.writeProgram(application(`{ nam: "A", oidc: { grantTypes: [], pkce: { mandatory: 1 } } }`));
    const preview = await project.preview();
    for (const text of [
      "name: missing",
      "nam: no such property; did you mean `name`?",
      "oidc.grantTypes: must have",
      "oidc.pkce.mandatory: must be a boolean",
    ]) {
      expect(preview.output).toContain(text);
    }
  });

  describe("an answer that is no JSON", () => {
    let proxy: Server;
    let baseUrl: string;
    let answer: { status: number; type: string; body: string };
    beforeEach(async () => {
      proxy = createServer((request, response) => {
        const isToken = request.url?.includes("/oauth2/token");
        const token = JSON.stringify({
          access_token: "t",
          expires_in: 3600,
          scope: "internal_application_mgt_create internal_application_mgt_view",
        });
        const { status, type, body } = isToken ? { status: 200, type: "application/json", body: token } : answer;
        response
          .writeHead(status, {
            "content-type": type,
            ...(request.method === "POST" && { location: "/applications/1" }),
          })
          .end(body);
      });
      await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
      baseUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    });
    afterEach(() => {
      proxy.closeAllConnections();
      proxy.close();
    });

    test.each([
      ["an HTML page as an error", { status: 403, type: "text/html", body: "<html>denied</html>" }, /403: .*HTML page/],
      [
        "truncated JSON",
        { status: 200, type: "application/json", body: '{"clientId": "abc' },
        /17 characters of application\/json, not valid JSON/,
      ],
    ])("%s", async (_, given, message) => {
      answer = given;
      const up = await project.up([], { env: { ASGARDEO_BASE_URL: baseUrl } });
      expect(up.code).not.toBe(0);
      expect(up.output).toMatch(message);
      expect(up.output).not.toMatch(/denied|abc/);
      expect(up.output).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    });
  });

  test("a wrong secret at a refresh is an error without a stack, and loses nothing", async () => {
    expect((await project.up()).code).toBe(0);
    const refresh = await project.refresh([], { env: { ASGARDEO_CLIENT_SECRET: "not-the-secret" } });
    expect(refresh.code).not.toBe(0);
    expect(refresh.output).toContain("the tenant does not accept the bootstrap client");
    expect(refresh.output).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    const destroy = await project.destroy([], { env: { ASGARDEO_CLIENT_SECRET: "not-the-secret" } });
    expect(destroy.code).not.toBe(0);
    expect(destroy.output).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    const resources = (await project.state()).deployment.resources ?? [];
    expect(resources.some(({ type }) => type.endsWith("Application"))).toBe(true);
    expect(made()).toBe(1);
  });
});
