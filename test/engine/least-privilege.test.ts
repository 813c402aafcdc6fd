import { type Sandbox, startSandbox } from "../../sandbox/index";
import { type Gateway, startGateway } from "../support/gateway";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(240_000);
const engine = cliAvailable() ? describe : describe.skip;

const program = (description: string) => `
const asgardeo = require("pulumi-asgardeo");
const orders = new asgardeo.ApiResource("orders", {
  name: "Orders API", identifier: "https://api.example.com/orders", scopes: [{ name: "orders:read" }],
});
const worker = new asgardeo.Application("worker", {
  name: "Order Worker", description: "${description}", oidc: { grantTypes: ["client_credentials"] },
});
new asgardeo.ApiAuthorization("worker-orders", { application: worker.id, api: orders.id, scopes: ["orders:read"] });
`;

engine("the tokens of a stack", () => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  let project: PulumiProject;
  beforeEach(async () => {
    sandbox = await startSandbox();
    gateway = await startGateway(sandbox.baseUrl);
    const env = settingsOf({ ...sandbox, baseUrl: gateway.baseUrl });
    project = await pulumiProject(program("first"), { language: "javascript", env });
  });
  afterEach(async () => {
    await project?.dispose();
    await gateway?.close();
    await sandbox?.close();
  });

  /** The scopes of each token that a command of Pulumi's asks for, and what it prints. */
  async function run(command: () => Promise<{ code: number; output: string }>) {
    const { code, output } = await command();
    expect({ code, output }).toMatchObject({ code: 0 });
    return { output, tokens: gateway.scopes().map((scopes) => scopes.sort()) };
  }
  const views = [
    "internal_api_resource_view",
    "internal_application_mgt_client_secret_view",
    "internal_application_mgt_view",
  ];

  test("ask for what each of its runs does, and nothing of it is shown or kept", async () => {
    const preview = await run(() => project.preview(["--diff"]));
    expect(preview.tokens).toEqual([views]);
    expect(preview.output).not.toContain("__program");

    expect((await run(() => project.up())).tokens).toEqual([
      [
        "internal_api_resource_create",
        "internal_api_resource_view",
        "internal_application_business_api_update",
        "internal_application_mgt_client_secret_view",
        "internal_application_mgt_create",
        "internal_application_mgt_update",
        "internal_application_mgt_view",
      ],
    ]);
    const kept = (await project.state()).deployment.resources?.map(({ inputs, outputs }) => ({ inputs, outputs }));
    expect(kept).toHaveLength(5);
    expect(JSON.stringify(kept)).not.toContain("__program");

    const same = await run(() => project.preview(["--expect-no-changes", "--diff"]));
    expect(same.tokens).toEqual([]);

    await project.writeProgram(program("second"));
    expect((await run(() => project.preview())).tokens).toEqual([views]);
    const update = await run(() => project.up());
    expect(update.tokens).toEqual([expect.arrayContaining(["internal_application_mgt_update"])]);
    // Whether it may update APIs depends on whether Pulumi has shown that they stay as they are when the token is taken.
    expect(update.tokens.flat().filter((scope) => /_(create|delete)$/.test(scope))).toEqual([]);
    expect((await run(() => project.refresh())).tokens).toEqual([views]);
    expect((await run(() => project.destroy())).tokens).toEqual([
      [
        "internal_api_resource_delete",
        "internal_application_business_api_update",
        "internal_application_mgt_delete",
        "internal_application_mgt_update",
      ],
    ]);
  });
});
