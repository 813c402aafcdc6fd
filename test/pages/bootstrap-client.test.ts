import { type Sandbox, startSandbox } from "../../sandbox/index";
import { runPage } from "../support/page";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(300_000);
const engine = cliAvailable() ? describe : describe.skip;

engine("docs/bootstrap-client.md", () => {
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

  test("is what happens: the commands of a client that only reads write nothing", async () => {
    expect(await project.up()).toMatchObject({ code: 0 });
    const before = sandbox.requests.length;
    await runPage("docs/bootstrap-client.md", project);
    const sent = sandbox.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
    const writes = sent.filter((request) => !/^GET |\/oauth2\/token$/.test(request));
    expect(sent.filter((request) => request.startsWith("GET ")).length).toBeGreaterThan(0);
    expect(writes).toEqual([]);
  });
});
