import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { servers } from "../../sandbox/versions";

const root = resolve(__dirname, "..", "..");
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
const page = read("docs", "versions.md");
const { engines, peerDependencies, devDependencies } = JSON.parse(read("package.json"));
const first = (text: string, form: RegExp) => form.exec(text)?.[1] ?? "not found";

test.each([
  ["the oldest Node.js", `| Node.js | ${engines.node.replace(">=", "")} or later |`],
  ["the range of the SDK", `\`${peerDependencies["@pulumi/pulumi"]}\``],
  ["the SDK of the tests with the CLI", `${devDependencies["@pulumi/pulumi"]} | by our tests: all with the CLI`],
  ["the oldest SDK", `${first(devDependencies["pulumi-sdk-oldest"], /@([\d.]+)$/)}, the oldest | by our tests`],
  ["the newest SDK", `${first(devDependencies["pulumi-sdk-newest"], /@([\d.]+)$/)} | by our tests`],
  ["TypeScript", `TypeScript ${devDependencies.typescript}, CommonJS`],
  [
    "the oldest CLI",
    `| Pulumi CLI | ${first(read("tools", "pulumi-cli.mjs"), /minimumVersion = "([\d.]+)"/)} or later`,
  ],
  ["the CLI", `Our tests run with ${first(read("tools", "pulumi-cli", "go.mod"), /pulumi\/pkg\/v3 v([\d.]+)/)}`],
  [
    "the language host",
    `an old language host (${first(read("tools", "pulumi-language-nodejs", "go.mod"), /pulumi\/sdk\/v3 v([\d.]+)/)})`,
  ],
  ["the servers", servers.filter((server) => server !== "asgardeo").join(", ")],
])("docs/versions.md names %s as the project has it", (_, text) => {
  expect(page).toContain(text);
});
