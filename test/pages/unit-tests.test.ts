import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import * as exported from "../../provider";
import { runPage } from "../support/page";
import { cliAvailable, pulumiProject } from "../support/pulumi";

jest.setTimeout(120_000);
const engine = cliAvailable() ? test : test.skip;

const page = readFileSync(join(resolve(__dirname, "..", ".."), "docs", "unit-tests.md"), "utf8");

// The commands of the page need no CLI; the project in which they are run does.
engine("the tests of docs/unit-tests.md pass, in TypeScript and in JavaScript, without any setting", async () => {
  const project = await pulumiProject({ dir: "examples/machine-to-machine" });
  try {
    // As an installation of TypeScript would lay it: npx finds it there.
    mkdirSync(join(project.dir, "node_modules", ".bin"));
    symlinkSync("../typescript/bin/tsc", join(project.dir, "node_modules", ".bin", "tsc"));
    await runPage("docs/unit-tests.md", project);
  } finally {
    await project.dispose();
  }
});

const names = Object.keys(exported);
const classes = names.filter((name) => /^[A-Z]/.test(name) && name !== "Provider");
const lookUps = names.filter((name) => /^get(?!.*Output$)/.test(name));

test.each([
  ...classes.map((name) => [name, `pulumi-nodejs:dynamic/asgardeo:${name}`]),
  ...lookUps.map((name) => [name, `asgardeo:index:${name}`]),
])("docs/unit-tests.md tells the name by which mocks know %s", (name, token) => {
  expect(page).toContain(`| \`${name}\` | \`${token}\` |`);
});
