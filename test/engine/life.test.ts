import { type Sandbox, startSandbox } from "../../sandbox/index";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(180_000);
const engine = cliAvailable() ? describe : describe.skip;

interface Edit {
  readonly appName?: string;
  readonly grantTypes?: string;
  readonly scopes?: string;
  readonly identifier?: string;
}

const program = ({ appName = "Order Worker", grantTypes, scopes = '["orders:read"]', identifier }: Edit = {}) => `
const asgardeo = require("pulumi-asgardeo");
const orders = new asgardeo.ApiResource("orders", {
  name: "Orders API", identifier: ${JSON.stringify(identifier ?? "https://api.example.com/orders")},
  scopes: [{ name: "orders:read", displayName: "Read orders" }, { name: "orders:write", displayName: "Change orders" }],
});
const worker = new asgardeo.Application("worker", {
  name: ${JSON.stringify(appName)}, description: "Works on orders",
  oidc: { grantTypes: ${grantTypes ?? '["client_credentials"]'}, accessToken: { type: "JWT" } },
});
new asgardeo.ApiAuthorization("worker-orders", { application: worker.id, api: orders.id, scopes: ${scopes} });
exports.clientId = worker.clientId;
exports.clientSecret = worker.clientSecret;
`;

engine("a stack over its whole life", () => {
  let sandbox: Sandbox;
  let project: PulumiProject;
  beforeEach(async () => {
    sandbox = await startSandbox();
    project = await pulumiProject(program(), { language: "javascript", env: settingsOf(sandbox) });
    const up = await project.up();
    expect(up).toMatchObject({ code: 0, output: expect.stringContaining("4 created") });
  });
  afterEach(async () => {
    await project?.dispose();
    await sandbox?.close();
  });

  const requests = async (run: () => Promise<unknown>) => {
    const before = sandbox.requests.length;
    await run();
    return sandbox.requests.slice(before).map(({ method, path }) => `${method} ${path.replace(/^\/t\/sandbox/, "")}`);
  };
  const worker = () => sandbox.tenant.applications.find(({ name }) => name.startsWith("Order Worker"));
  const workerPath = () => `/api/server/v1/applications/${worker()?.id}`;

  test("has the secret as an output that nobody sees, and a constant text as provider", async () => {
    const { clientId, clientSecret } = await project.outputs();
    expect(worker()?.oidc).toMatchObject({ clientId, clientSecret });
    const state = await project.state();
    expect(JSON.stringify(state)).not.toContain(clientSecret);
    expect((await project.pulumi(["stack", "output"])).stdout).toMatch(/clientSecret\s+\[secret\]/);
    const texts = state.deployment.resources?.map(({ inputs }) => inputs?.__provider).filter(Boolean);
    expect(texts?.sort()).toEqual(
      ["ApiAuthorization", "ApiResource", "Application"].map(
        (type) => `exports.handler=()=>require("pulumi-asgardeo/runtime").provider("${type}")`,
      ),
    );
  });

  test("shows no change where there is none, which costs no request at all", async () => {
    const made = await requests(async () => {
      const preview = await project.preview(["--expect-no-changes"]);
      expect(preview).toMatchObject({ code: 0, output: expect.stringContaining("4 unchanged") });
    });
    expect(made).toEqual([]);
  });

  test("shows an edit field by field, and makes it in place", async () => {
    const { id } = worker() ?? {};
    await project.writeProgram(program({ appName: "Order Worker 2", scopes: '["orders:read", "orders:write"]' }));
    const preview = await project.preview(["--diff"]);
    expect(preview.output).toMatch(/~ name +: "Order Worker" => "Order Worker 2"/);
    expect(preview.output).toContain('+ [1]: "orders:write"');
    const up = await project.up();
    expect(up.output).toContain("2 updated");
    expect(worker()).toMatchObject({ id, name: "Order Worker 2" });
  });

  test("replaces an API whose identifier changes, and its authorization with it", async () => {
    await project.writeProgram(program({ identifier: "https://api.example.com/v2/orders" }));
    const up = await project.up();
    expect(up).toMatchObject({ code: 0, output: expect.stringContaining("2 replaced") });
    expect(sandbox.tenant.apiResources.filter(({ name }) => name === "Orders API")).toHaveLength(1);
    expect(worker()?.authorizations).toHaveLength(1);
  });

  test("shows drift field by field in a refresh, and puts it right with the next run", async () => {
    await sandbox.console("PATCH", workerPath(), { description: "Changed by hand" });
    const { body } = await sandbox.console("GET", `${workerPath()}/inbound-protocols/oidc`);
    const oidc = body as { accessToken: object };
    await sandbox.console("PUT", `${workerPath()}/inbound-protocols/oidc`, {
      ...oidc,
      accessToken: { ...oidc.accessToken, type: "Default" },
      allowedOrigins: ["https://not.declared.example"],
    });
    const shown = await project.refresh(["--preview-only", "--diff"]);
    expect(shown.output).toMatch(/~ description +: "Works on orders" => "Changed by hand"/);
    expect(shown.output).toMatch(/~ type: "JWT" => "Default"/);
    expect(shown.output).not.toContain("not.declared");
    expect((await project.refresh()).code).toBe(0);
    const up = await project.up();
    expect(up).toMatchObject({ code: 0, output: expect.stringContaining("1 updated") });
    expect(worker()).toMatchObject({
      description: "Works on orders",
      oidc: { accessToken: { type: "JWT" }, allowedOrigins: ["https://not.declared.example"] },
    });
    expect((await project.refresh(["--expect-no-changes"])).code).toBe(0);
  });

  test("makes again what was deleted behind Pulumi's back", async () => {
    await sandbox.console("DELETE", workerPath());
    const shown = await project.refresh(["--preview-only"]);
    expect(shown.output).toMatch(/- .*Application/);
    const up = await project.up(["--refresh"]);
    expect(up.code).toBe(0);
    expect(worker()?.authorizations).toHaveLength(1);
    const { clientId } = await project.outputs();
    expect(clientId).toBe(worker()?.oidc?.clientId);
  });

  test("is refreshed with two requests for an application and one for all its authorizations, by a token that can only view", async () => {
    const made = await requests(() => project.refresh());
    expect(made.filter((request) => request !== "POST /oauth2/token")).toHaveLength(4);
    expect(made.filter((request) => request === "POST /oauth2/token")).toHaveLength(1);
    expect(made.filter((request) => !/^(GET|POST \/oauth2)/.test(request))).toEqual([]);
  });

  test("is destroyed without a trace, also without its program", async () => {
    await project.writeProgram('throw new Error("not run");');
    const destroy = await project.destroy();
    expect(destroy).toMatchObject({ code: 0, output: expect.stringContaining("4 deleted") });
    expect(worker()).toBeUndefined();
    expect(sandbox.tenant.apiResources.some(({ name }) => name === "Orders API")).toBe(false);
    expect((await project.state()).deployment.resources ?? []).toEqual([]);
  });
});
