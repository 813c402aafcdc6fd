import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox/index";
import { runPage, stepsOf } from "../support/page";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(300_000);
const engine = cliAvailable() ? describe : describe.skip;

const root = resolve(__dirname, "..", "..");
const commandsOf = (page: string) =>
  stepsOf(readFileSync(join(root, page), "utf8"))
    .filter(({ language }) => language === "sh")
    .map(({ text }) => text);

test("the README gives the settings by the commands of their page", () => {
  expect(commandsOf("docs/settings.md")).toHaveLength(1);
  expect(commandsOf("README.md")).toEqual(expect.arrayContaining(commandsOf("docs/settings.md")));
});

engine("docs/settings.md", () => {
  let sandbox: Sandbox;
  let project: PulumiProject;
  beforeEach(async () => {
    sandbox = await startSandbox({ organization: "acme" });
    // Of the tenant, the page leaves out where it is. A reader says yes to each question of the CLI.
    const env = { ASGARDEO_BASE_URL: settingsOf(sandbox).ASGARDEO_BASE_URL, PULUMI_SKIP_CONFIRMATIONS: "true" };
    project = await pulumiProject({ dir: "examples/quickstart" }, { env });
  });
  afterEach(async () => {
    await project?.dispose();
    await sandbox?.close();
  });

  test("is what happens", async () => {
    const { clientId, clientSecret } = sandbox;
    await runPage("docs/settings.md", project, {
      values: { "<client id>": clientId, "<client secret>": clientSecret },
    });
    expect(sandbox.tenant.applications.map(({ name }) => name)).toContain("Order Worker");
    expect(JSON.stringify(await project.state())).not.toContain(clientSecret);
  });
});
