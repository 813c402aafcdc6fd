import { type Sandbox, startSandbox } from "../../sandbox/index";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(180_000);
const engine = cliAvailable() ? describe : describe.skip;

const oidc = '{ grantTypes: ["client_credentials"] }';
const application = (args: string) => `new (require("pulumi-asgardeo").Application)("app", ${args});`;

engine("a preview", () => {
  let sandbox: Sandbox;
  let project: PulumiProject;
  beforeEach(async () => {
    sandbox = await startSandbox();
    project = await pulumiProject(application(`{ name: "Worker", oidc: ${oidc} }`), {
      language: "javascript",
      env: settingsOf(sandbox),
    });
  });
  afterEach(async () => {
    await project?.dispose();
    await sandbox?.close();
  });

  const bootstrap = () => sandbox.tenant.applications.find(({ id }) => id === sandbox.tenant.bootstrap);
  const writes = () => sandbox.requests.filter(({ method, path }) => method !== "GET" && !path.includes("/oauth2/"));

  /** Leaves the bootstrap client only what it needs to look. */
  function viewOnly(): void {
    for (const authorization of bootstrap()?.authorizations ?? []) {
      const scopes = sandbox.tenant.apiResources.find(({ id }) => id === authorization.apiId)?.scopes ?? [];
      const views = new Set(scopes.filter(({ name }) => name.endsWith("_view")).map(({ id }) => id));
      authorization.scopeIds = authorization.scopeIds.filter((id) => views.has(id));
    }
  }

  test("fails where a name is taken, with the line to add; with that line it says what it will adopt and change", async () => {
    const { id } = await sandbox.console("POST", "/api/server/v1/applications", { name: "Worker", description: "old" });
    const taken = await project.preview();
    expect(taken.code).not.toBe(0);
    expect(taken.output).toContain(`name: "Worker" is taken by the application "Worker" (id ${id}).`);
    expect(taken.output).toContain("add `adopt: true`");
    await project.writeProgram(application(`{ name: "Worker", description: "new", adopt: true }`));
    const adopting = await project.preview();
    expect(adopting).toMatchObject({ code: 0 });
    expect(adopting.output).toContain(
      `will adopt the application "Worker" (id ${id}). What changes: description: "old" becomes "new"`,
    );
    expect(writes()).toEqual([]);
    expect((await project.up()).code).toBe(0);
    const [resource] =
      (await project.state()).deployment.resources?.filter(({ type }) => type.endsWith("Application")) ?? [];
    expect(resource?.id).toBe(id);
  });

  test("fails where the bootstrap client lacks a scope that the change needs", async () => {
    viewOnly();
    const preview = await project.preview();
    expect(preview.code).not.toBe(0);
    expect(preview.output).toContain('internal_application_mgt_create of "Application Management API"');
    expect(writes()).toEqual([]);
  });

  test("works with `readOnly` and a client that may only look; a run is refused, and never asks for a write scope", async () => {
    viewOnly();
    const env = { ASGARDEO_READ_ONLY: "true" };
    expect(await project.preview([], { env })).toMatchObject({
      code: 0,
      output: expect.stringContaining("2 to create"),
    });
    const up = await project.up([], { env });
    expect(up.code).not.toBe(0);
    expect(up.output).toContain("readOnly: will not create");
    expect(writes()).toEqual([]);
  });

  test("fails where an API or a scope does not exist, with the near miss", async () => {
    const authorization = (api: string, scope: string) => `
      const { Application, ApiAuthorization } = require("pulumi-asgardeo");
      const app = new Application("app", { name: "Worker", oidc: ${oidc} });
      new ApiAuthorization("link", { application: app.id, api: "${api}", scopes: ["${scope}"] });`;
    await project.writeProgram(authorization("/api/server/v1/aplications", "internal_application_mgt_view"));
    expect((await project.preview()).output).toContain("did you mean `/api/server/v1/applications`?");
    await project.writeProgram(authorization("/api/server/v1/applications", "internal_application_mgt_veiw"));
    const preview = await project.preview();
    expect(preview.code).not.toBe(0);
    expect(preview.output).toContain("did you mean `internal_application_mgt_view`?");
  });

  test("warns of what good practice forbids, and fails of it with `strict`", async () => {
    await project.writeProgram(application(`{ name: "Old", oidc: { grantTypes: ["password"] } }`));
    const preview = await project.preview();
    expect(preview.code).toBe(0);
    expect(preview.output).toMatch(/warning: Application "app": oidc\.grantTypes\[0\]: .*password/);
    const strict = await project.preview([], { env: { ASGARDEO_STRICT: "true" } });
    expect(strict.code).not.toBe(0);
    expect(strict.output).toMatch(/has a problem: oidc\.grantTypes\[0\]: .*password/);
  });

  test("never shows a secret, not even in the value of a property that is wrong", async () => {
    const secret = "a-secret-that-nobody-may-see";
    await project.writeProgram(
      application(
        `{ name: "A", oidc: { grantTypes: [1], clientId: "a", clientSecret: "${secret}", callbackUrls: ["x"] } }`,
      ),
    );
    const preview = await project.preview();
    expect(preview.output).toContain("oidc.callbackUrls[0]: must be an absolute URL");
    expect(preview.output).not.toContain(secret);
  });
});
