import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox/index";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(300_000);
const engine = cliAvailable() ? describe : describe.skip;

/** State as released versions have written it: see record.mjs. */
const versions = readdirSync(__dirname).filter((name) => /^v\d/.test(name));

/** What stands in a fixture for the base URL of its tenant, which has another port in every run. */
const placeholder = "http://tenant.invalid";

const seeds = ["Bootstrap Client", "Console", "My Account"];

test("there is state of a released version", () => {
  expect(versions).toContain("v0.1.0");
});

test.each(versions)("the state of %s is of no machine's", (version) => {
  const files = ["stack.json", "tenant.json", "index.js"].map((file) => join(__dirname, version, file));
  for (const text of files.map((file) => readFileSync(file, "utf8"))) {
    expect(text).not.toMatch(/\/(root|home|Users|tmp|var|work)\/|file:\/\/|127\.0\.0\.1/);
  }
});

engine.each(versions)("the state of %s", (version) => {
  const fixture = join(__dirname, version);
  const program = readFileSync(join(fixture, "index.js"), "utf8");
  let folder: string;
  let sandbox: Sandbox;
  let project: PulumiProject;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-asgardeo-state-"));
    const state = join(folder, "tenant.json");
    copyFileSync(join(fixture, "tenant.json"), state);
    sandbox = await startSandbox({ state });
    project = await pulumiProject(program, { language: "javascript", env: settingsOf(sandbox) });
    const stack = join(folder, "stack.json");
    writeFileSync(stack, readFileSync(join(fixture, "stack.json"), "utf8").replaceAll(placeholder, sandbox.baseUrl));
    expect(await project.pulumi(["stack", "import", "--file", stack])).toMatchObject({ code: 0 });
  });
  afterEach(async () => {
    await project?.dispose();
    await sandbox?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const named = (name: string) => sandbox.tenant.applications.find((application) => application.name === name);

  test("has every kind of resource, an explicit provider, and an application that is half-made", async () => {
    const resources = (await project.state()).deployment.resources ?? [];
    const types = new Set(resources.map(({ type }) => type.replace("pulumi-nodejs:dynamic/asgardeo:", "")));
    for (const type of ["Application", "ApiResource", "ApiAuthorization", "pulumi:providers:pulumi-nodejs"]) {
      expect(types).toContain(type);
    }
    expect(resources.filter(({ initErrors }) => initErrors).map(({ urn }) => urn)).toEqual([
      expect.stringMatching(/::half$/),
    ]);
  });

  test("is what the present version shows no change of, but for what was half-made", async () => {
    const preview = await project.preview(["--diff"]);
    expect(preview).toMatchObject({ code: 0 });
    expect(preview.output).toMatch(/Resources:\n +~ 1 to update\n +\d+ unchanged\n/);
    expect(preview.output).not.toMatch(/to (create|delete|replace)/);
  });

  test("is refreshed without a difference, finished, updated in place, and destroyed without a trace", async () => {
    const refresh = await project.refresh();
    expect(refresh).toMatchObject({ code: 0 });
    expect(refresh.output).not.toMatch(/deleted|replaced/);

    expect(await project.up()).toMatchObject({ code: 0 });
    expect(await project.preview(["--expect-no-changes"])).toMatchObject({ code: 0 });
    expect(await project.refresh(["--expect-no-changes"])).toMatchObject({ code: 0 });
    const outputs = await project.outputs();
    expect(outputs).toEqual({ clientId: "worker-client", clientSecret: named("Auditor")?.oidc?.clientSecret });

    const { id, oidc } = named("Shop") ?? {};
    await project.writeProgram(
      program.replace('name: "Shop"', 'name: "New Shop"').replace("mandatory: true }", "mandatory: false }"),
    );
    const up = await project.up();
    expect(up).toMatchObject({ code: 0, output: expect.stringContaining("1 updated") });
    expect(named("New Shop")).toMatchObject({ id, oidc: { clientId: oidc?.clientId } });

    await project.writeProgram('throw new Error("not run");');
    expect(await project.destroy()).toMatchObject({ code: 0 });
    expect(sandbox.tenant.applications.map(({ name }) => name).sort()).toEqual(seeds);
    expect(sandbox.tenant.apiResources.some(({ name }) => name === "Orders")).toBe(false);
  });
});
