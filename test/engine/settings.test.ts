import { type Sandbox, startSandbox } from "../../sandbox/index";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(180_000);
const engine = cliAvailable() ? describe : describe.skip;

const program = `
const asgardeo = require("pulumi-asgardeo");
new asgardeo.Application("one", { name: "One" });
new asgardeo.Application("two", { name: "Two" });
new asgardeo.ApiResource("api", { name: "API", identifier: "api" });
`;

engine("a setting in the stack's configuration", () => {
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

  /** How often the end of a run, which repeats what was said, has a text. */
  const told = (output: string, text: string) => output.slice(output.indexOf("Diagnostics:")).split(text).length - 1;

  test("that is misspelt is a warning, said once, where nothing is missing", async () => {
    await project.config("asgardeo:readOlny", "true");
    const { code, output } = await project.preview();
    expect(code).toBe(0);
    const warning = "warning: asgardeo:readOlny: no such setting, so it counts for nothing; did you mean `readOnly`?";
    expect(told(output, warning)).toBe(1);
  });

  test("that is misspelt is part of the error where something is missing", async () => {
    await project.config("asgardeo:clientID", sandbox.clientId);
    const { code, output } = await project.preview([], { env: { ASGARDEO_CLIENT_ID: undefined } });
    expect(code).not.toBe(0);
    expect(told(output, "clientId: missing")).toBe(1);
    expect(told(output, "asgardeo:clientID: no such setting; did you mean `clientId`?")).toBe(1);
  });

  test("that wins over another client id in the environment is named where the tenant refuses it", async () => {
    await project.config("asgardeo:clientId", "of-another-tenant");
    const { code, output } = await project.up();
    expect(code).not.toBe(0);
    expect(output).toMatch(
      /does not accept the bootstrap client of-another-tenant .*its id is from asgardeo:clientId /,
    );
    expect(output).toContain(`ASGARDEO_CLIENT_ID has another id, ${sandbox.clientId}, which is ignored`);
    expect(output).not.toContain(sandbox.clientSecret);
  });
});
