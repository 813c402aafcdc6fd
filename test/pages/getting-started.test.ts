import { type Sandbox, startSandbox } from "../../sandbox/index";
import { runPage } from "../support/page";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(300_000);
const engine = cliAvailable() ? describe : describe.skip;

engine("docs/getting-started.md", () => {
  let sandbox: Sandbox;
  let project: PulumiProject;
  beforeEach(async () => {
    sandbox = await startSandbox();
    project = await pulumiProject({ dir: "examples/quickstart" }, { env: settingsOf(sandbox) });
  });
  afterEach(async () => {
    await project?.dispose();
    await sandbox?.close();
  });

  test("is what happens: the program is deployed, and deleted again", async () => {
    const before = sandbox.tenant.applications.length;
    await runPage("docs/getting-started.md", project);
    expect(sandbox.requests.map(({ method }) => method)).toContain("DELETE");
    expect(sandbox.tenant.applications).toHaveLength(before);
  });
});
