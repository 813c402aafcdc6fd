import { type Sandbox, startSandbox } from "../../sandbox/index";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(300_000);
const engine = cliAvailable() ? describe : describe.skip;

/** A program that asks for what is not there, or asks wrongly, and how it takes the answer. */
const programs: Record<string, string> = {
  "an output that is exported": 'exports.x = asgardeo.getApplicationOutput({ name: "nobody" }).clientId;',
  "an output, by a question that is wrong": "exports.x = asgardeo.getApplicationOutput({}).clientId;",
  "a promise that is exported, by a question that is wrong":
    "exports.x = asgardeo.getApplication({}).then(({ name }) => name);",
  "a promise that is awaited later": `
    const asked = asgardeo.getApplication({ name: "nobody" });
    module.exports = async () => {
      // The same question, so both have failed.
      await asgardeo.getApplication({ name: "nobody" }).catch(() => undefined);
      await new Promise((done) => setImmediate(done));
      return { x: (await asked).name };
    };`,
  "a promise that is the arg of a resource": `
    const name = asgardeo.getApplication({ name: "nobody" }).then(({ name }) => name);
    new asgardeo.Application("web", { name });`,
  "a promise that nobody takes": 'asgardeo.getApplication({ name: "nobody" });',
};

engine("a look-up that fails", () => {
  let sandbox: Sandbox;
  let project: PulumiProject;
  beforeAll(async () => {
    sandbox = await startSandbox();
    project = await pulumiProject("", { language: "javascript", env: settingsOf(sandbox) });
  });
  afterAll(async () => {
    await project?.dispose();
    await sandbox?.close();
  });

  test.each(Object.entries(programs))("is one error without a stack: %s", async (_, text) => {
    await project.writeProgram(`const asgardeo = require("pulumi-asgardeo");\n${text}`);
    const { code, output } = await project.preview();
    expect(code).not.toBe(0);
    const diagnostics = output.slice(output.indexOf("Diagnostics:"));
    expect(diagnostics.match(/getApplication: /g)).toHaveLength(1);
    expect(output).not.toMatch(/Warning|node_modules|^\s+at /m);
  });

  test("is an error that a program can catch", async () => {
    await project.writeProgram(`
      const asgardeo = require("pulumi-asgardeo");
      module.exports = async () => {
        try {
          return { x: (await asgardeo.getApplication({ name: "nobody" })).name };
        } catch (error) {
          return { x: "caught: " + error.message };
        }
      };`);
    const preview = await project.preview();
    expect(preview).toMatchObject({ code: 0, output: expect.stringContaining("caught: getApplication: name:") });
    expect(preview.output).not.toMatch(/Warning/);
  });
});
