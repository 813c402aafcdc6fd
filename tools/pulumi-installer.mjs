// The official installer in a process of its own, so that it can be ended when it gets no answer.
// node pulumi-installer.mjs <folder> <version>
import { createRequire } from "node:module";

const fromHere = createRequire(import.meta.url);
const [, , folder, version] = process.argv;
try {
  const { PulumiCommand } = fromHere("@pulumi/pulumi/automation");
  const { SemVer } = createRequire(fromHere.resolve("@pulumi/pulumi"))("semver");
  await PulumiCommand.install({ root: folder, version: new SemVer(version) });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
