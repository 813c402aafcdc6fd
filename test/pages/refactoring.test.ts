import { type Sandbox, startSandbox } from "../../sandbox/index";
import { quickReader, runPage } from "../support/page";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(600_000);
const engine = cliAvailable() ? describe : describe.skip;

engine("docs/refactoring.md", () => {
  let sandbox: Sandbox;
  let project: PulumiProject;
  beforeEach(async () => {
    sandbox = await startSandbox();
    project = await pulumiProject("", { env: { ...settingsOf(sandbox), ...quickReader } });
  });
  afterEach(async () => {
    await project?.dispose();
    await sandbox?.close();
  });

  test("is what happens, and its first run is the only one that writes to the tenant", async () => {
    const writes = () =>
      sandbox.requests
        .filter(({ method, path }) => method !== "GET" && !path.includes("/oauth2/"))
        .map(({ method, path }) => `${method} ${path.split("/").at(-1)}`);
    await runPage("docs/refactoring.md", project, {
      meanwhile: {
        "nothing was written to the tenant since the first run": async () => {
          expect(writes().sort()).toEqual(["POST api-resources", "POST applications", "POST authorized-apis"]);
          return undefined;
        },
      },
    });
    expect(sandbox.tenant.applications.map(({ name }) => name)).toContain("Order Worker");
  });
});
