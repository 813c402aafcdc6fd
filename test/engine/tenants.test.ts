import { type Sandbox, startSandbox } from "../../sandbox/index";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(180_000);
const engine = cliAvailable() ? describe : describe.skip;

/** Staging is the tenant of the environment; production has a provider of its own, with its secret in a variable. */
const program = (production: Sandbox) => `
const asgardeo = require("pulumi-asgardeo");
const production = new asgardeo.Provider("production", {
  organization: "${production.organization}", baseUrl: "${production.baseUrl}",
  clientId: "${production.clientId}", clientSecretEnv: "PRODUCTION_SECRET",
});
const oidc = { grantTypes: ["client_credentials"] };
exports.staging = new asgardeo.Application("staging", { name: "In staging", oidc }).clientId;
exports.production = new asgardeo.Application("in-production", { name: "In production", oidc }, { provider: production }).clientId;
`;

engine("two tenants in one program", () => {
  let staging: Sandbox;
  let production: Sandbox;
  let project: PulumiProject;
  beforeEach(async () => {
    staging = await startSandbox({ organization: "staging" });
    production = await startSandbox({ organization: "production" });
    const env = { ...settingsOf(staging), PRODUCTION_SECRET: production.clientSecret };
    project = await pulumiProject(program(production), { language: "javascript", env });
  });
  afterEach(async () => {
    await project?.dispose();
    await staging?.close();
    await production?.close();
  });

  const names = ({ tenant }: Sandbox) =>
    tenant.applications.map(({ name }) => name).filter((name) => name.startsWith("In "));

  test("each get what is theirs, are refreshed and destroyed, and no secret is in state", async () => {
    expect(await project.up()).toMatchObject({ code: 0 });
    expect(names(staging)).toEqual(["In staging"]);
    expect(names(production)).toEqual(["In production"]);
    const state = JSON.stringify(await project.state());
    expect(state).not.toContain(production.clientSecret);
    expect(state).not.toContain(staging.clientSecret);
    expect((await project.refresh(["--expect-no-changes"])).code).toBe(0);
    expect((await project.destroy()).code).toBe(0);
    expect([...names(staging), ...names(production)]).toEqual([]);
  });
});
