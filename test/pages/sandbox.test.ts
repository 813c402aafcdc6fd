import { mkdir, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { runPage } from "../support/page";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";

jest.setTimeout(300_000);
const engine = cliAvailable() ? describe : describe.skip;

engine("docs/sandbox.md", () => {
  let project: PulumiProject;
  beforeEach(async () => {
    project = await pulumiProject({ dir: "examples/quickstart" });
    // npm makes this link where it installs the package.
    const bin = join(project.dir, "node_modules", ".bin");
    await mkdir(bin, { recursive: true });
    await symlink(resolve(__dirname, "..", "..", "dist", "cli", "main.js"), join(bin, "pulumi-asgardeo"));
  });
  afterEach(() => project?.dispose());

  test("is what happens: the command ends with its process, and the test of a program passes", async () => {
    await runPage("docs/sandbox.md", project);
  });
});
