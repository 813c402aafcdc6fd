import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

const root = resolve(__dirname, "..", "..");
const folder = join(root, "examples", "pipelines");
const workflows = readdirSync(join(folder, ".github", "workflows")).sort();
const text = (workflow: string) => readFileSync(join(folder, ".github", "workflows", workflow), "utf8");
/** actionlint as WebAssembly. The main file of the package wants a newer Node.js than this project. */
const { runLint } = require(join(root, "node_modules", "@tktco", "node-actionlint", "build", "run-lint.js")) as {
  runLint(text: string, path: string): Promise<readonly { readonly message: string; readonly line: number }[]>;
};

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Record<string, unknown>;
  readonly run?: string;
  readonly env?: Record<string, string>;
}

interface Workflow {
  readonly on: Record<string, unknown>;
  readonly permissions: Record<string, string>;
  readonly env?: unknown;
  readonly concurrency: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly jobs: Record<string, Job>;
}

interface Job {
  readonly if?: string;
  readonly env?: unknown;
  readonly environment?: string;
  readonly "timeout-minutes": number;
  readonly steps: readonly Step[];
}

interface GitlabJob {
  readonly extends?: string;
  readonly variables?: Record<string, string>;
  readonly environment?: string;
  readonly resource_group?: string;
  readonly rules?: readonly { readonly if: string }[];
  readonly script?: readonly string[];
  readonly before_script?: readonly string[];
}

const read = (workflow: string) => parse(text(workflow)) as Workflow;
const jobsOf = (workflow: string) => Object.values(read(workflow).jobs);
const stepsOf = (workflow: string) => jobsOf(workflow).flatMap(({ steps }) => steps);
/** The step that runs Pulumi on the tenant. */
const work = (workflow: string) => stepsOf(workflow).at(-1) ?? {};
const gitlab = parse(readFileSync(join(folder, ".gitlab-ci.yml"), "utf8")) as Record<string, GitlabJob>;
const github = { preview: "preview.yml", deploy: "deploy.yml", drift: "drift.yml" } as const;
type Name = keyof typeof github;
const names = Object.keys(github) as Name[];

test("the linter finds what is wrong with a workflow", async () => {
  const wrong = text("preview.yml").replace("timeout-minutes", "timeout").replace("runs-on: ubuntu", "runs-on: ubunto");
  expect(await runLint(wrong, ".github/workflows/preview.yml")).toHaveLength(2);
});

describe.each(workflows)("the workflow %s", (workflow) => {
  test("has nothing that the linter finds", async () => {
    expect(await runLint(text(workflow), `.github/workflows/${workflow}`)).toEqual([]);
  });

  test("may read the code and nothing else, and ends after a time", () => {
    expect(read(workflow).permissions).toEqual({ contents: "read" });
    for (const job of jobsOf(workflow)) expect(job["timeout-minutes"]).toBeLessThanOrEqual(60);
    for (const { uses, with: given } of stepsOf(workflow)) {
      if (uses?.startsWith("actions/checkout@")) expect(given).toMatchObject({ "persist-credentials": false });
    }
  });

  test("uses no actions but two of GitHub's own, by their major version", () => {
    const uses = stepsOf(workflow).flatMap((step) => step.uses ?? []);
    expect(uses).toEqual(["actions/checkout@v4", "actions/setup-node@v4"]);
  });

  test("gives secrets to its last step alone, by the environment", () => {
    expect(text(workflow).match(/\{\{ secrets\./g)).toHaveLength(2);
    expect(Object.values(work(workflow).env ?? {}).filter((value) => value.includes("secrets."))).toHaveLength(2);
    expect(work(workflow).run).not.toContain("{{");
  });

  test("installs the version of the CLI that this package is tested with", () => {
    const goMod = readFileSync(join(root, "tools", "pulumi-cli", "go.mod"), "utf8");
    const version = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\d+\.\d+\.\d+)/.exec(goMod)?.[1];
    expect(stepsOf(workflow).find(({ name }) => name === "Install the Pulumi CLI")?.run).toContain(
      `--version ${version}\n`,
    );
    expect(gitlab.variables).toEqual({ PULUMI_VERSION: version });
  });
});

test("all workflows are looked at", () => {
  expect(workflows).toEqual(Object.values(github).sort());
});

test.each(["preview", "drift"] as const)("%s has the client that reads, and refuses to write", (name) => {
  for (const env of [work(github[name]).env, { ...gitlab[".reader"]?.variables, ...gitlab[name]?.variables }]) {
    expect(JSON.stringify(env)).toContain("ASGARDEO_READER_CLIENT_SECRET");
    expect(JSON.stringify(env)).not.toContain("WRITER");
    expect(env?.ASGARDEO_READ_ONLY).toBe("true");
  }
  expect(gitlab[name]?.extends).toBe(".reader");
});

test("a pull request from a fork, which gets no secrets, is not previewed", () => {
  expect(Object.keys(read("preview.yml").on)).toEqual(["pull_request"]);
  for (const job of jobsOf("preview.yml")) {
    expect(job.if).toBe("github.event.pull_request.head.repo.full_name == github.repository");
  }
});

test("the client that writes is given to the deploy alone, in the environment prod, and no two run at once", () => {
  expect(read("deploy.yml").concurrency).toEqual({ group: "deploy-prod", "cancel-in-progress": false });
  expect(jobsOf("deploy.yml").map(({ environment }) => environment)).toEqual(["prod"]);
  expect(read("deploy.yml").on).toMatchObject({ push: { branches: ["main"] }, schedule: [expect.anything()] });
  const env = work("deploy.yml").env;
  expect(env?.ASGARDEO_CLIENT_SECRET).toContain("ASGARDEO_WRITER_CLIENT_SECRET");
  expect(gitlab.deploy).toMatchObject({ environment: "prod", resource_group: "deploy-prod", extends: ".pulumi" });
  expect(gitlab.deploy?.variables?.ASGARDEO_CLIENT_SECRET).toBe("$ASGARDEO_WRITER_CLIENT_SECRET");
});

test("a reader and the deploy together have the requests that one client has without a setting", () => {
  const share = (name: Name) => Number(work(github[name]).env?.ASGARDEO_REQUESTS_PER_MINUTE);
  expect([share("preview"), share("drift"), share("deploy")]).toEqual([60, 60, 120]);
});

test.each(names)("GitLab's %s is the same command with the same settings", (name) => {
  const { run = "", env = {} } = work(github[name]);
  expect(gitlab[name]?.script).toHaveLength(1);
  expect(run).toContain(gitlab[name]?.script?.[0]);
  const given = {
    ...(gitlab[name]?.extends === ".reader" && gitlab[".reader"]?.variables),
    ...gitlab[name]?.variables,
  };
  for (const [key, value] of Object.entries(given)) {
    // GitLab hands its variables to every job; GitHub's have to be named.
    expect({ [key]: env[key]?.replace(/^\$\{\{ (?:vars|secrets)\.(\w+) \}\}$/, "$$$1") }).toEqual({ [key]: value });
  }
});

test("GitLab's file has known keywords, and each job says when it runs", () => {
  const known = ["image", "timeout", "cache", "before_script", "extends", "variables", "interruptible", "rules"];
  const { variables: _, ...jobs } = gitlab;
  expect(Object.keys(jobs)).toEqual([".pulumi", ".reader", ...names]);
  for (const [name, job] of Object.entries(jobs)) {
    const others = Object.keys(job).filter((key) => !known.includes(key));
    expect(others.filter((key) => !["script", "environment", "resource_group"].includes(key))).toEqual([]);
    if (!name.startsWith(".")) expect(job.rules?.length).toBeGreaterThan(0);
  }
});
