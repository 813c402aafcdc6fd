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

  test("is what happens; renames and moves write nothing to the tenant, and the client stays the same", async () => {
    const clientIds = new Set<unknown>();
    const clientId = () => sandbox.tenant.applications.find(({ name }) => name === "Order Worker")?.oidc?.clientId;
    const writes = () =>
      sandbox.requests
        .filter(({ method, path }) => method !== "GET" && !path.includes("/oauth2/"))
        .map(({ method, path }) => `${method} ${path.split("/").at(-1)}`);
    await runPage("docs/refactoring.md", project, {
      meanwhile: {
        "nothing was written to the tenant since the first run": async () => {
          expect(writes().sort()).toEqual(["POST api-resources", "POST applications", "POST authorized-apis"]);
          clientIds.add(clientId());
          return undefined;
        },
      },
    });
    expect([...clientIds.add(clientId())]).toEqual([expect.any(String)]);
  });
});
