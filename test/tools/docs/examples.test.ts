import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Sandbox, startSandbox } from "../../../sandbox/index";
import { cliAvailable, pulumiProject } from "../../support/pulumi";
import { settingsOf } from "../../support/settings";

jest.setTimeout(180_000);
const isThere = cliAvailable();
const engine = isThere ? describe : describe.skip;

/** The program of an `@example`, and what it is an example of. */
type Example = { readonly of: string; readonly code: string };

const root = resolve(__dirname, "..", "..", "..");

function examplesOfRepository(): Example[] {
  const tool = (name: string) => JSON.stringify(pathToFileURL(join(root, "tools", "docs", name)).href);
  const code = `
    import { examplesOf } from ${tool("examples.mjs")};
    import { Source } from ${tool("source.mjs")};
    console.log(JSON.stringify(examplesOf(new Source(${JSON.stringify(root)}))));`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" }));
}

/** What makes two examples clash in one stack or in one tenant: the names of their resources and objects. */
const namesIn = ({ code }: Example) =>
  [
    ...code.matchAll(/new (?:\w+\.)?\w+\(\s*"[^"]+"|\b(?:name|displayName|userName|orgHandle|identifier): "[^"]+"/g),
  ].map(([text]) => text);

/** As few programs as possible: a run of the CLI takes seconds, however much the program declares. */
function stacksOf(examples: readonly Example[]): Example[][] {
  const stacks: { names: Set<string>; examples: Example[] }[] = [];
  for (const example of examples) {
    const names = namesIn(example);
    const free = stacks.find((stack) => !names.some((name) => stack.names.has(name)));
    const stack = free ?? { names: new Set<string>(), examples: [] };
    if (!free) stacks.push(stack);
    for (const name of names) stack.names.add(name);
    stack.examples.push(example);
  }
  return stacks.map((stack) => stack.examples);
}

/** The tenant that the examples speak of: an explicit provider names it and its client. */
const acme = { organization: "acme-staging", clientId: "the client id of staging's bootstrap client" };

/** What somebody has made in that tenant before, by hand: the examples of look-ups ask for it. */
async function furnish(sandbox: Sandbox): Promise<void> {
  const oidc = { grantTypes: ["client_credentials"] };
  const things: readonly [path: string, body: object][] = [
    ["/api/server/v1/applications", { name: "Customer Portal", inboundProtocolConfiguration: { oidc } }],
    ["/api/server/v1/organizations", { name: "City Hospital", orgHandle: "city-hospital" }],
    ["/scim2/Groups", { displayName: "Night Shift" }],
    ["/scim2/Users", { userName: "robin@example.com", password: "Correct-Horse-7" }],
  ];
  for (const [path, body] of things) expect((await sandbox.console("POST", path, body)).status).toBe(201);
}

const stacks = isThere ? stacksOf(examplesOfRepository()) : [];
const title = (examples: readonly Example[]) => examples.map(({ of }) => of).join(", ");

engine("the @example of", () => {
  test.each(stacks.map((examples) => [title(examples), examples] as const))(
    "%s is deployed, yields what it exports, needs no second run, and is destroyed",
    async (_, examples) => {
      const sandbox = await startSandbox(acme);
      await furnish(sandbox);
      const before = sandbox.tenant.applications.length;
      const names = examples.map((_, i) => `example${i + 1}`);
      const program = names.map((name) => `export * as ${name} from "./${name}";`).join("\n");
      const project = await pulumiProject(program, {
        // That they compile is a matter of `npm run docs`.
        env: {
          ...settingsOf(sandbox),
          STAGING_CLIENT_SECRET: sandbox.clientSecret,
          PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        },
      });
      try {
        for (const [i, { code }] of examples.entries()) await writeFile(join(project.dir, `${names[i]}.ts`), code);
        expect(await project.up()).toMatchObject({ code: 0 });
        expect(await project.preview(["--expect-no-changes"])).toMatchObject({ code: 0 });
        const outputs = await project.outputs();
        for (const [i, { code }] of examples.entries()) {
          const exported = [...code.matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
          const values = Object(outputs[names[i] ?? ""]) as Record<string, unknown>;
          expect(Object.keys(values).sort()).toEqual(exported.sort());
          expect(Object.values(values).filter((value) => value === undefined || value === "")).toEqual([]);
        }
        expect(await project.destroy()).toMatchObject({ code: 0 });
        expect(sandbox.tenant.applications).toHaveLength(before);
      } finally {
        await project.dispose();
        await sandbox.close();
      }
    },
  );
});
