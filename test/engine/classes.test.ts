import { type Sandbox, startSandbox } from "../../sandbox/index";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(180_000);
const engine = cliAvailable() ? describe : describe.skip;

const worker = (options = "") => `
const asgardeo = require("pulumi-asgardeo");
const worker = new asgardeo.Application(
  "worker", { name: "Order Worker", adopt: true, oidc: { grantTypes: ["client_credentials"] } }, { ${options} },
);
exports.id = worker.id;
`;

engine("what the classes of resources tell the engine", () => {
  let sandbox: Sandbox;
  let project: PulumiProject;
  beforeEach(async () => {
    sandbox = await startSandbox();
    project = await pulumiProject(worker(), { language: "javascript", env: settingsOf(sandbox) });
  });
  afterEach(async () => {
    await project?.dispose();
    await sandbox?.close();
  });

  const writes = () =>
    sandbox.requests
      .filter(({ method, path }) => method !== "GET" && !path.endsWith("/oauth2/token"))
      .map(({ method, path }) => `${method} ${path.replace(/^.*\/api\/server\/v1/, "")}`);

  test("lets a replacement that is asked for delete first, since the name is unique", async () => {
    expect((await project.up()).code).toBe(0);
    const { id } = await project.outputs();
    const urn = (await project.state()).deployment.resources?.find(({ type }) => type.endsWith(":Application"))?.urn;
    const earlier = writes().length;
    const replaced = await project.up(["--replace", String(urn)]);
    expect(replaced).toMatchObject({ code: 0, output: expect.stringContaining("1 replaced") });
    expect(writes().slice(earlier)).toEqual([`DELETE /applications/${id}`, "POST /applications"]);
    expect((await project.outputs()).id).not.toBe(id);

    expect((await project.pulumi(["state", "taint", String(urn)])).code).toBe(0);
    expect(await project.up()).toMatchObject({ code: 0, output: expect.stringContaining("1 replaced") });
    expect(await project.destroy()).toMatchObject({ code: 0 });
  });

  test("is no change in a refresh and the runs after it, and is not shown", async () => {
    const preview = await project.preview(["--diff"]);
    expect(preview).toMatchObject({ code: 0, output: expect.stringContaining("Order Worker") });
    expect(preview.output).not.toContain("__");
    expect((await project.up()).code).toBe(0);
    expect(await project.refresh(["--expect-no-changes"])).toMatchObject({ code: 0 });
    expect(await project.preview(["--expect-no-changes", "--diff"])).toMatchObject({ code: 0 });
    expect(await project.up(["--expect-no-changes"])).toMatchObject({ code: 0 });
  });

  test("reads an object by its id", async () => {
    const id = sandbox.tenant.applications.find(({ name }) => name === "My Account")?.id;
    await project.writeProgram(`
      const asgardeo = require("pulumi-asgardeo");
      exports.name = asgardeo.Application.get("account", "${id}").name;
    `);
    expect(await project.up()).toMatchObject({ code: 0 });
    expect(await project.outputs()).toEqual({ name: "My Account" });
    expect(await project.preview(["--expect-no-changes"])).toMatchObject({ code: 0 });
  });

  test("ends a run with an import by the advice to adopt, without a stack", async () => {
    const id = sandbox.tenant.applications.find(({ name }) => name === "My Account")?.id;
    await project.writeProgram(worker(`import: "${id}"`));
    const { code, output } = await project.preview();
    expect(code).not.toBe(0);
    expect(output).toContain(`Application "worker": Pulumi's option \`import\` cannot work for it`);
    expect(output).toContain("add `adopt: true` to the args");
    expect(output).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    expect(output).not.toMatch(/node_modules|unhandled exception/);
  });
});
