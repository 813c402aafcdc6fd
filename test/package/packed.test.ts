import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { basename, join, posix, resolve } from "node:path";
import { promisify } from "node:util";
import { cliAvailable, pulumiProject } from "../support/pulumi";

jest.setTimeout(240_000);
const engine = cliAvailable() ? test : test.skip;

const root = resolve(__dirname, "..", "..");
const quickstart = join(root, "examples", "quickstart");
const run = promisify(execFile);

interface Tenant {
  readonly baseUrl: string;
  readonly organization: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Of npm's programs, the copy that runs the tests, if one does. */
function npm(program: "npm" | "npx", args: readonly string[]): [command: string, args: string[]] {
  const script = process.env.npm_execpath ?? "";
  if (basename(script) !== "npm-cli.js") return [program, [...args]];
  return [process.execPath, [join(script, "..", `${program}-cli.js`), ...args]];
}

/** What `npm test` adds to the environment tells its children that they belong to this package. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(npm_package_|npm_lifecycle_|INIT_CWD|ASGARDEO_|PULUMI_)/.test(name),
  ),
);

describe("the package that is published", () => {
  let base: string;
  let project: string;
  let files: string[];

  const installed = (...path: string[]) => join(project, "node_modules", ...path);

  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), "pulumi-asgardeo-packed-"));
    const [pack, packArgs] = npm("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", base]);
    const [packed] = JSON.parse((await run(pack, packArgs, { cwd: root, env })).stdout);
    files = packed.files.map(({ path }: { path: string }) => path);
    project = join(base, "project");
    await mkdir(project);
    for (const name of ["index.ts", "tsconfig.json"]) await cp(join(quickstart, name), join(project, name));
    await writeFile(join(project, "Pulumi.yaml"), "name: packed-test\nruntime: nodejs\n");
    const manifest = JSON.parse(await readFile(join(quickstart, "package.json"), "utf8"));
    manifest.dependencies["pulumi-asgardeo"] = `file:../${packed.filename}`;
    await writeFile(join(project, "package.json"), JSON.stringify(manifest, null, 2));
    const quiet = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
    const [install, installArgs] = npm("npm", ["install", ...quiet]);
    await run(install, installArgs, { cwd: project, env });
  });

  afterAll(() => rm(base, { recursive: true, force: true, maxRetries: 3 }));

  test("holds the compiled code, its types, its documents and its examples, and nothing else", () => {
    const others = files.filter((path) => !/^(dist\/.+\.(js|d\.ts)|docs\/.+\.md|examples\/.+)$/.test(path)).sort();
    expect(others).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "package.json"]);
    expect(files.filter((path) => /^(tests?|tools)\/|(^|\/)node_modules\//.test(path))).toEqual([]);
    for (const path of [
      "dist/provider/index.js",
      "dist/provider/runtime.js",
      "dist/sandbox/index.js",
      "dist/cli/main.js",
    ])
      expect(files).toContain(path);
  });

  test("has all that its pages lead to: who reads them there has no clone beside them", () => {
    const pages = files.filter((path) => path.endsWith(".md"));
    const missing = pages.flatMap((page) => {
      const text = readFileSync(installed("pulumi-asgardeo", page), "utf8");
      const links = [...text.matchAll(/\]\(([^()\s#]+)[^()\s]*\)/g)].map(([, link = ""]) => link);
      const own = links.filter((link) => !/^[a-z]+:/.test(link));
      const there = (link: string) => files.includes(posix.join(posix.dirname(page), link));
      return own.filter((link) => !there(link)).map((link) => `${page}: ${link}`);
    });
    expect(pages.length).toBeGreaterThan(15);
    expect(missing).toEqual([]);
  });

  test("says nothing of the machine that it was built on", () => {
    const folder = installed("pulumi-asgardeo");
    const own = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules", folder.length))
      .map((entry) => join(entry.parentPath, entry.name));
    expect(own).toHaveLength(files.length);
    const places = [`${root}/`, `${homedir()}/`];
    const telling = own.filter((path) => places.some((place) => readFileSync(path, "utf8").includes(place)));
    expect(telling).toEqual([]);
  });

  test("brings its own dependencies, and no second copy of Pulumi's SDK", () => {
    expect(existsSync(installed("@pulumi", "pulumi", "package.json"))).toBe(true);
    expect(existsSync(installed("pulumi-asgardeo", "node_modules", "@pulumi"))).toBe(false);
    expect(existsSync(installed("jest"))).toBe(false);
  });

  test("can be imported by name from modules of both kinds", async () => {
    const esm = `
      import { Application, ApiResource, ApiAuthorization, Provider } from "pulumi-asgardeo";
      import { startSandbox } from "pulumi-asgardeo/sandbox";
      import { provider } from "pulumi-asgardeo/runtime";
      console.log([Application, ApiResource, ApiAuthorization, Provider, startSandbox, provider].map((f) => typeof f).join());`;
    const cjs = `
      const { Application } = require("pulumi-asgardeo");
      const { version } = require("pulumi-asgardeo/package.json");
      console.log(typeof Application, version);`;
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const say = (args: string[]) => run(process.execPath, args, { cwd: project, env });
    expect((await say(["--input-type=module", "-e", esm])).stdout.trim()).toBe(Array(6).fill("function").join());
    expect((await say(["--input-type=commonjs", "-e", cjs])).stdout.trim()).toBe(`function ${version}`);
  });

  test("brings a command that tells its version", async () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const [npx, args] = npm("npx", ["--no-install", "pulumi-asgardeo", "--version"]);
    expect((await run(npx, args, { cwd: project, env })).stdout.trim()).toBe(version);
  });

  engine("deploys the quickstart on the sandbox that it brings, sees no change, and cleans up", async () => {
    const sandbox = new Command(...npm("npx", ["--no-install", "pulumi-asgardeo", "sandbox"]), project);
    const links = Object.fromEntries(
      ["@pulumi/pulumi", "pulumi-asgardeo", "typescript", "@types/node"].map((name) => [name, installed(name)]),
    );
    try {
      const tenant: Tenant = JSON.parse(await sandbox.firstLine);
      const deployed = await pulumiProject(
        { dir: project },
        {
          links,
          env: {
            ASGARDEO_BASE_URL: tenant.baseUrl,
            ASGARDEO_ORGANIZATION: tenant.organization,
            ASGARDEO_CLIENT_ID: tenant.clientId,
            ASGARDEO_CLIENT_SECRET: tenant.clientSecret,
          },
        },
      );
      try {
        expect(await deployed.up()).toMatchObject({ code: 0, output: expect.stringContaining("6 created") });
        const { clientId, clientSecret } = await deployed.outputs();
        const client = { clientId: String(clientId), clientSecret: String(clientSecret) };
        expect(await granted(tenant, client, "orders:read")).toBe("orders:read");
        expect(await granted(tenant, client, "orders:write")).not.toContain("orders:write");
        expect(await deployed.preview(["--expect-no-changes"])).toMatchObject({ code: 0 });
        expect(JSON.stringify(await deployed.state())).not.toContain(String(clientSecret));
        expect(await deployed.destroy()).toMatchObject({ code: 0, output: expect.stringContaining("6 deleted") });
      } finally {
        await deployed.dispose();
      }
    } finally {
      await sandbox.end();
    }
    expect(sandbox.stderr).toBe("");
  });
});

/** A command that runs until it is told to end: npx has children of its own, so it leads a group. */
class Command {
  readonly firstLine: Promise<string>;
  stderr = "";
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;

  constructor(command: string, args: string[], cwd: string) {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    this.#child = child;
    this.#closed = new Promise((done) => child.once("close", done));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.firstLine = new Promise((done, fail) => {
      let said = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        if (said.includes("\n")) done(said.slice(0, said.indexOf("\n")));
      });
      child.once("error", fail);
      child.once("close", (code) => fail(new Error(`the command ended (${code}):\n${this.stderr}`)));
    });
  }

  async end(): Promise<void> {
    if (this.#child.pid !== undefined && this.#child.exitCode === null) process.kill(-this.#child.pid, "SIGTERM");
    await this.#closed;
  }
}

/** The scopes that the tenant grants to a client that asks for this one. */
async function granted(
  { baseUrl, organization }: Tenant,
  client: Pick<Tenant, "clientId" | "clientSecret">,
  scope: string,
): Promise<string> {
  const basic = Buffer.from(`${client.clientId}:${client.clientSecret}`).toString("base64");
  const response = await fetch(`${baseUrl}/t/${organization}/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope }),
  });
  const body: unknown = await response.json();
  return typeof body === "object" && body !== null && "scope" in body ? String(body.scope) : "";
}
