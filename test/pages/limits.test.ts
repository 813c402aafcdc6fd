import { type Sandbox, startSandbox } from "../../sandbox/index";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(240_000);
const engine = cliAvailable() ? describe : describe.skip;

/** What docs/limits.md says that Pulumi cannot do. Where it can one day, the page is wrong, and this says so. */
engine("a limit of docs/limits.md", () => {
  let sandbox: Sandbox;
  let project: PulumiProject;
  let secret: string;

  const program = (description: string, options = "{}") => `
    const { Application } = require("pulumi-asgardeo");
    const app = new Application("app", {
      name: "App", description: "${description}", oidc: { grantTypes: ["client_credentials"] },
    }, ${options});
    exports.clientSecret = app.clientSecret;`;

  beforeAll(async () => {
    sandbox = await startSandbox();
    // An operation that takes part of a second is not ended by a time-out of a millisecond.
    project = await pulumiProject(program("first", '{ customTimeouts: { create: "1ms" } }'), {
      language: "javascript",
      env: settingsOf(sandbox),
    });
    expect(await project.up()).toMatchObject({ code: 0 });
    secret = String((await project.outputs()).clientSecret);
  });
  afterAll(async () => {
    await project?.dispose();
    await sandbox?.close();
  });

  test("`replaceOnChanges` has no effect, and `preview --json` does not tell how something changes", async () => {
    await project.writeProgram(program("second", '{ replaceOnChanges: ["description"] }'));
    const { steps, changeSummary } = JSON.parse((await project.preview(["--json"])).stdout);
    expect(changeSummary).toEqual({ same: 1, update: 1 });
    const step = steps.find(({ op }: { op: string }) => op === "update");
    expect(step.detailedDiff).toBe(null);
    expect([step.oldState.inputs.description, step.newState.inputs.description]).toEqual(["first", "second"]);
  });

  test("`up --json` has the client secret in plain text; the usual output and the exported state have not", async () => {
    await project.writeProgram(program("third"));
    const asJson = await project.up(["--json"]);
    expect(asJson.code).toBe(0);
    expect(asJson.stdout.includes(secret)).toBe(true);
    await project.writeProgram(program("fourth"));
    const usual = [(await project.up()).output, (await project.pulumi(["stack", "output"])).output];
    expect([...usual, JSON.stringify(await project.state())].map((text) => text.includes(secret))).toEqual([
      false,
      false,
      false,
    ]);
  });
});
