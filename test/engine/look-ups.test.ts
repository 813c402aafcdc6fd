import { type Sandbox, startSandbox } from "../../sandbox/index";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(180_000);
const engine = cliAvailable() ? describe : describe.skip;

/** Authorizes an application for a management API by its id, and looks up what it makes itself. */
const program = `
const asgardeo = require("pulumi-asgardeo");
const applications = asgardeo.getApiResourceOutput({ identifier: "/api/server/v1/applications" });
const auditor = new asgardeo.Application("auditor", { name: "Auditor", oidc: { grantTypes: ["client_credentials"] } });
const authorization = new asgardeo.ApiAuthorization("auditor-applications", {
  application: auditor.id, api: applications.id,
  scopes: applications.scopes.apply((scopes) => scopes.map(({ name }) => name).filter((name) => /_mgt_view$/.test(name))),
});
module.exports = async () => {
  const { issuer } = await asgardeo.getOrganizationInfo();
  const found = asgardeo.getApplicationOutput({ id: auditor.id }, { dependsOn: authorization });
  return { issuer, name: found.name, clientId: found.clientId };
};
`;

engine("a program that looks the tenant up", () => {
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

  const auditor = () => sandbox.tenant.applications.find(({ name }) => name === "Auditor");

  test("is previewed with what is not known yet, deployed by what it found, and unchanged afterwards", async () => {
    const preview = await project.preview(["--diff"]);
    expect(preview).toMatchObject({ code: 0, output: expect.stringContaining("3 to create") });
    expect(preview.output).toContain('"internal_application_mgt_view"');
    // But the bootstrap client's own, whose scopes a preview looks at.
    const others = sandbox.requests.filter(({ path }) => !path.includes(sandbox.tenant.bootstrap ?? "none"));
    expect(others.filter(({ path }) => /\/applications\/[^?]/.test(path))).toEqual([]);

    expect(await project.up()).toMatchObject({ code: 0, output: expect.stringContaining("3 created") });
    const api = sandbox.tenant.apiResources.find(({ identifier }) => identifier === "/api/server/v1/applications");
    expect(auditor()?.authorizations).toMatchObject([{ apiId: api?.id }]);
    expect(await project.outputs()).toEqual({
      issuer: `${sandbox.baseUrl}/t/${sandbox.organization}/oauth2/token`,
      name: "Auditor",
      clientId: auditor()?.oidc?.clientId,
    });

    expect(await project.preview(["--expect-no-changes"])).toMatchObject({ code: 0 });
    expect((await project.destroy()).code).toBe(0);
    expect(auditor()).toBeUndefined();
  });

  test("fails with the message alone where nothing is found", async () => {
    await project.writeProgram(`
      const asgardeo = require("pulumi-asgardeo");
      exports.clientId = asgardeo.getApplicationOutput({ name: "my account" }).clientId;
    `);
    const { code, output } = await project.preview();
    expect(code).not.toBe(0);
    expect(output).toContain(
      'getApplication: name: "my account" is the name of no application of this tenant; did you mean `My Account`?',
    );
    expect(output).not.toMatch(/unhandled exception|node_modules|at async/);
  });
});
