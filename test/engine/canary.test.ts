import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FaultRule, type Sandbox, startSandbox } from "../../sandbox/index";
import { canary, leaksBelow, leaksIn } from "../support/canary";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(300_000);
const engine = cliAvailable() ? describe : describe.skip;

const chosen = canary("chosen-by-the-program");
const tokenPath = "/oauth2/token";
const clientPath = "/api/server/v1/applications/*/inbound-protocols/oidc";

/** The secret comes by the environment: the program itself is a file that is searched. */
const program = (edit = "") => `
const asgardeo = require("pulumi-asgardeo");
const provider = new asgardeo.Provider("explicit", { clientSecret: process.env.EXPLICIT_SECRET });
const oidc = { grantTypes: ["client_credentials"] };
const orders = new asgardeo.ApiResource("orders", { name: "Orders", identifier: "orders", scopes: [{ name: "orders:read" }] });
const worker = new asgardeo.Application("worker", { name: "Worker", oidc: { ...oidc, accessToken: { type: "JWT" } } });
const args = { name: "Chosen", oidc: { ...oidc, clientId: "chosen-client", clientSecret: process.env.CHOSEN_SECRET } };
${edit}
const second = new asgardeo.Application("chosen", args, { provider });
new asgardeo.ApiAuthorization("worker-orders", { application: worker.id, api: orders.id, scopes: ["orders:read"] });
exports.generated = worker.clientSecret;
exports.chosen = second.clientSecret;
`;

engine("no secret and no token is in what a run prints or writes", () => {
  let sandbox: Sandbox;
  let project: PulumiProject;
  let logs: string;
  beforeEach(async () => {
    logs = mkdtempSync(join(tmpdir(), "pulumi-asgardeo-canary-"));
    sandbox = await startSandbox({ log: join(logs, "sandbox.log") });
    const { ASGARDEO_CLIENT_SECRET: _, ...settings } = settingsOf(sandbox);
    const env = { ...settings, EXPLICIT_SECRET: sandbox.clientSecret, CHOSEN_SECRET: chosen };
    project = await pulumiProject(program(), { language: "javascript", env });
    await project.config("asgardeo:clientSecret", sandbox.clientSecret, { secret: true });
  });
  afterEach(async () => {
    await project?.dispose();
    await sandbox?.close();
    if (logs) rmSync(logs, { recursive: true, force: true });
  });

  /** All that was printed, and all that is on the disk: project, state, history, the logs of the CLI and of the tenant. */
  const leaks = () => [...project.leaks(), ...leaksBelow(logs)];

  test.each([
    ["at ordinary verbosity", []],
    ["with --debug and the CLI's log", ["--debug", "--logtostderr", "--logflow", "-v=3"]],
  ])("%s, over a whole life", async (_, flags) => {
    expect(await project.preview(["--diff", ...flags])).toMatchObject({ code: 0 });
    expect(await project.up(flags)).toMatchObject({ code: 0 });
    const { generated, chosen: shown } = await project.outputs();
    // The one place where secrets have to be: else there was nothing to be found.
    expect([leaksIn(String(generated)), shown]).toEqual([["[here]"], chosen]);

    const { id } = sandbox.tenant.applications.find(({ name }) => name === "Worker") ?? {};
    const client = `/api/server/v1/applications/${id}/inbound-protocols/oidc`;
    const { status } = await sandbox.console("POST", `${client}/regenerate-secret`);
    expect(status).toBe(200);
    await project.refresh(["--diff", "--preview-only", ...flags]);
    expect(await project.refresh(flags)).toMatchObject({ code: 0 });

    await project.writeProgram(program('args.oidc.clientSecret += "-2"; args.description = "Changed";'));
    await project.preview(["--diff", ...flags]);
    expect(await project.up(["--diff", ...flags])).toMatchObject({ code: 0 });
    await project.pulumi(["stack", "export"]);
    await project.pulumi(["stack", "output", "--json"]);
    await project.pulumi(["stack", "history", "--json"]);
    expect(leaks()).toEqual([]);
    expect(await project.destroy(flags)).toMatchObject({ code: 0 });
    expect(leaks()).toEqual([]);
  });

  test("a refusal of any kind does not repeat it", async () => {
    const oidc = { grantTypes: ["client_credentials"], clientId: "taken-client", clientSecret: canary("taken") };
    const taken = { name: "Taken", inboundProtocolConfiguration: { oidc } };
    expect((await sandbox.console("POST", "/api/server/v1/applications", taken)).status).toBe(201);
    for (const edit of [
      "args.oidc.publicClient = 1; args.enabled = 'yes';",
      "args.oidc.clientSecret = [args.oidc.clientSecret];",
      "args.oidc = [args.oidc];",
      "delete args.oidc.clientId;",
      "args.oidc.clientSecrets = args.secret = args.oidc.clientSecret;",
      "args.oidc.clientId = 'taken-client';",
      "args.name = 'Taken'; args.adopt = true;",
    ]) {
      await project.writeProgram(program(edit));
      expect([edit, (await project.up(["--diff"])).code]).not.toEqual([edit, 0]);
    }
    expect(leaks()).toEqual([]);
  });

  test("a value that a failed check is about is not shown, not even one that is no secret by its name", async () => {
    await project.writeProgram(program("args.oidc = { ...args.oidc, secret: args.oidc.clientSecret };"));
    const preview = await project.preview(["--diff"]);
    expect(preview.output).toContain("oidc.secret: no such property");
    expect(preview.output).not.toContain("chosen-client");
    expect(leaks()).toEqual([]);
  });

  test("a wrong bootstrap secret, in config and in a provider, is not repeated, nor is a token without a scope", async () => {
    const { code } = await project.up([], { env: { EXPLICIT_SECRET: canary("no") } });
    expect(code).not.toBe(0);
    const bootstrap = sandbox.tenant.applications.find(({ id }) => id === sandbox.tenant.bootstrap);
    if (bootstrap) bootstrap.authorizations = [];
    expect((await project.up()).code).not.toBe(0);
    await project.config("asgardeo:clientSecret", canary("wrong"), { secret: true });
    expect((await project.up()).code).not.toBe(0);
    expect(leaks()).toEqual([]);
  });

  const told = (body: unknown) => ({ error: JSON.stringify(body), description: JSON.stringify(body) });
  /** A client that is not readable, cut off, of another shape, in an error; broken connections; tokens of the same kinds. */
  const troubles: readonly FaultRule[] = [
    { kind: "status", status: 500, method: "GET", path: clientPath },
    { kind: "truncate", path: clientPath },
    { kind: "mutate", path: clientPath, mutate: (body) => [body] },
    { kind: "mutate", path: clientPath, mutate: told },
    { kind: "reset", method: ["POST", "PATCH"], path: "/api/**", when: "after" },
    { kind: "truncate", path: tokenPath },
    { kind: "mutate", path: tokenPath, mutate: (body) => ({ token: body }) },
    { kind: "expire-tokens", path: "/api/**" },
  ];

  test("trouble of any kind with the tenant does not show it: at a creation, at an update and at a refresh", async () => {
    // Each once, in turn at a creation and at an update: test/secrets has the whole table, without the CLI.
    const atCreation = troubles.filter((_, i) => i % 2 === 0);
    for (const rule of atCreation) {
      sandbox.setFaults([rule]);
      await project.up();
    }
    sandbox.setFaults([]);
    await project.up(["--refresh"]);
    for (const [i, rule] of troubles.filter((rule) => !atCreation.includes(rule)).entries()) {
      sandbox.setFaults([rule]);
      await project.writeProgram(
        program(`args.description = "Changed ${i}"; args.oidc.publicClient = ${i % 2 === 1};`),
      );
      await project.up(["--refresh", "--diff"]);
    }
    expect(leaks()).toEqual([]);
  });
});
