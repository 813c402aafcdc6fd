import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type FaultRule, type Sandbox, startSandbox } from "../../sandbox/index";
import { canary, leaksBelow, leaksIn } from "../support/canary";
import { type CliResult, cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(300_000);
const engine = cliAvailable() ? describe : describe.skip;

const chosen = canary("chosen-by-the-program");
const tokenPath = "/oauth2/token";
const clientPath = "/api/server/v1/applications/*/inbound-protocols/oidc";

/**
 * A debug message of Pulumi's own SDK, shown by --debug and by -v: the engine's answer about each resource of the program,
 * secrets in plain text. From -v=9 on, the engine prints every property. No package can keep them from it.
 */
const byPulumi = /^.*\bRegisterResource RPC finished: .*$/gm;

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
  let heard: { readonly what: string; readonly text: string }[];
  beforeEach(async () => {
    logs = mkdtempSync(join(tmpdir(), "pulumi-asgardeo-canary-"));
    heard = [];
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

  async function hear(what: string, run: Promise<CliResult>): Promise<CliResult> {
    const result = await run;
    heard.push({ what, text: result.output.replaceAll(byPulumi, "") });
    return result;
  }

  /** All that was printed, and all that is on the disk: project, state, history, the logs of the CLI and of the tenant. */
  function leaks(): string[] {
    const printed = heard.flatMap(({ what, text }) => leaksIn(text).map((where) => `${what}: ${where}`));
    return [...printed, ...leaksBelow(dirname(project.dir)), ...leaksBelow(logs)];
  }

  test.each([
    ["at ordinary verbosity", []],
    ["with --debug and the CLI's log", ["--debug", "--logtostderr", "--logflow", "-v=3"]],
  ])("%s, over a whole life", async (_, flags) => {
    expect(await hear("preview", project.preview(["--diff", ...flags]))).toMatchObject({ code: 0 });
    expect(await hear("up", project.up(flags))).toMatchObject({ code: 0 });
    const { generated, chosen: shown } = await project.outputs();
    // The one place where secrets have to be: else there was nothing to be found.
    expect([leaksIn(String(generated)), shown]).toEqual([["[here]"], chosen]);

    const { id } = sandbox.tenant.applications.find(({ name }) => name === "Worker") ?? {};
    const client = `/api/server/v1/applications/${id}/inbound-protocols/oidc`;
    const { status } = await sandbox.console("POST", `${client}/regenerate-secret`);
    expect(status).toBe(200);
    await hear("refresh after a rotation", project.refresh(["--diff", "--preview-only", ...flags]));
    expect(await hear("refresh", project.refresh(flags))).toMatchObject({ code: 0 });

    await project.writeProgram(program('args.oidc.clientSecret += "-2"; args.description = "Changed";'));
    await hear("preview of a replacement", project.preview(["--diff", ...flags]));
    expect(await hear("replacement", project.up(["--diff", ...flags]))).toMatchObject({ code: 0 });
    await hear("the exported state", project.pulumi(["stack", "export"]));
    await hear("the outputs", project.pulumi(["stack", "output", "--json"]));
    await hear("the history", project.pulumi(["stack", "history", "--json"]));
    expect(leaks()).toEqual([]);
    expect(await hear("destroy", project.destroy(flags))).toMatchObject({ code: 0 });
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
      expect([edit, (await hear(edit, project.up(["--diff"]))).code]).not.toEqual([edit, 0]);
    }
    expect(leaks()).toEqual([]);
  });

  test("a value that a failed check is about is not shown, not even one that is no secret by its name", async () => {
    await project.writeProgram(program("args.oidc = { ...args.oidc, secret: args.oidc.clientSecret };"));
    const preview = await hear("preview", project.preview(["--diff"]));
    expect(preview.output).toContain("oidc.secret: no such property");
    expect(preview.output).not.toContain("chosen-client");
    expect(leaks()).toEqual([]);
  });

  test("a wrong bootstrap secret, in config and in a provider, is not repeated, nor is a token without a scope", async () => {
    const { code } = await hear(
      "a wrong secret of a provider",
      project.up([], { env: { EXPLICIT_SECRET: canary("no") } }),
    );
    expect(code).not.toBe(0);
    const bootstrap = sandbox.tenant.applications.find(({ id }) => id === sandbox.tenant.bootstrap);
    if (bootstrap) bootstrap.authorizations = [];
    expect((await hear("a missing scope", project.up())).code).not.toBe(0);
    await project.config("asgardeo:clientSecret", canary("wrong"), { secret: true });
    expect((await hear("a wrong secret in config", project.up())).code).not.toBe(0);
    expect(leaks()).toEqual([]);
  });

  const told = (body: unknown) => ({ error: JSON.stringify(body), description: JSON.stringify(body) });
  const troubles: readonly [string, FaultRule[]][] = [
    ["a client that cannot be read", [{ kind: "status", status: 500, method: "GET", path: clientPath }]],
    ["a client that is cut off", [{ kind: "truncate", path: clientPath }]],
    ["a client of another shape", [{ kind: "mutate", path: clientPath, mutate: (body) => [body] }]],
    ["a client that is told as an error", [{ kind: "mutate", path: clientPath, mutate: told }]],
    ["a connection that breaks", [{ kind: "reset", method: ["POST", "PATCH"], path: "/api/**", when: "after" }]],
    ["a token that is cut off", [{ kind: "truncate", path: tokenPath }]],
    ["a token in another place", [{ kind: "mutate", path: tokenPath, mutate: (body) => ({ token: body }) }]],
    ["tokens that end at once", [{ kind: "expire-tokens", path: "/api/**" }]],
  ];

  test("trouble of any kind with the tenant does not show it: at a creation, at an update and at a refresh", async () => {
    for (const [what, rules] of troubles) {
      sandbox.setFaults(rules);
      await hear(what, project.up());
    }
    sandbox.setFaults([]);
    await hear("up", project.up(["--refresh"]));
    for (const [i, [what, rules]] of troubles.entries()) {
      sandbox.setFaults(rules);
      await project.writeProgram(
        program(`args.description = "Changed ${i}"; args.oidc.publicClient = ${i % 2 === 1};`),
      );
      await hear(what, project.up(["--refresh", "--diff"]));
    }
    expect(leaks()).toEqual([]);
  });
});
