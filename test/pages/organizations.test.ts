import { type Sandbox, startSandbox } from "../../sandbox/index";
import { organization, shareBootstrapClient } from "../support/organizations";
import { quickReader, runPage } from "../support/page";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(600_000);
const engine = cliAvailable() ? describe : describe.skip;

engine("docs/organizations.md", () => {
  let sandbox: Sandbox;
  let project: PulumiProject;
  beforeEach(async () => {
    sandbox = await startSandbox();
    project = await pulumiProject("", { env: { ...quickReader, ...settingsOf(sandbox) } });
  });
  afterEach(async () => {
    await project?.dispose();
    await sandbox?.close();
  });

  test("is what happens: an explicit provider and a stack of its own work in the organization", async () => {
    await shareBootstrapClient(sandbox);
    const hospital = await organization(sandbox, "Central Hospital");
    await runPage("docs/organizations.md", project, { values: { "<organization id>": hospital } });
    const { tenant } = sandbox;
    const names = (all: readonly { name: string }[] = []) => all.map(({ name }) => name).sort();
    expect(names(tenant.applications)).toContain("Portal");
    expect(names(tenant.applications)).not.toContain("Worker");
    expect(names(tenant.inside[hospital]?.applications)).toEqual(expect.arrayContaining(["Reporter", "Worker"]));
  });
});
