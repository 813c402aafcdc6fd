import { type Sandbox, startSandbox } from "../../sandbox/index";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(180_000);
const engine = cliAvailable() ? describe : describe.skip;

const program = `
const { Application } = require("pulumi-asgardeo");
for (let i = 0; i < 12; i++) new Application("app-" + i, { name: "App " + i, oidc: { grantTypes: ["client_credentials"] } });
`;

/** Waits for something that the run itself brings about. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((done) => setTimeout(done, 20));
}

engine("Ctrl-C", () => {
  let sandbox: Sandbox;
  let project: PulumiProject;
  beforeEach(async () => {
    sandbox = await startSandbox();
    // With six requests a minute, the run would go on for minutes.
    const env = { ...settingsOf(sandbox), ASGARDEO_REQUESTS_PER_MINUTE: "6" };
    project = await pulumiProject(program, { language: "javascript", env });
  });
  afterEach(async () => {
    await project?.dispose();
    await sandbox?.close();
  });

  test("ends a run that waits for the budget within ten seconds, and loses nothing", async () => {
    let pid = 0;
    const running = project.up([], { onStart: (started) => (pid = started) });
    await until(() => sandbox.requests.length >= 6);
    const interrupted = Date.now();
    process.kill(pid, "SIGINT");
    const { code, output } = await running;
    expect(Date.now() - interrupted).toBeLessThan(10_000);
    expect(code).not.toBe(0);
    expect(output).toContain("the run was cancelled while this operation waited");
    const { resources = [], pending_operations } = (await project.state()).deployment;
    expect(pending_operations ?? []).toEqual([]);
    const made = sandbox.tenant.applications.filter(({ name }) => name.startsWith("App ")).map(({ id }) => id);
    const known = resources.filter(({ type }) => type.endsWith(":Application")).map(({ id }) => id);
    expect(known.sort()).toEqual(made.sort());
    const up = await project.up([], { env: { ASGARDEO_REQUESTS_PER_MINUTE: "100000" } });
    expect(up.code).toBe(0);
    expect(sandbox.tenant.applications.filter(({ name }) => name.startsWith("App "))).toHaveLength(12);
  });
});
