import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import { type Sandbox, startSandbox } from "../../sandbox/index";
import { runPage } from "../support/page";
import { type CliResult, cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";

jest.setTimeout(600_000);
const engine = cliAvailable() ? describe : describe.skip;

/** Steps that need the network, and that the page says are not run. */
const setUp = ["Install the Pulumi CLI", "Install the packages"];

interface Job {
  readonly steps: readonly { readonly name?: string; readonly run?: string; readonly env?: Record<string, string> }[];
}

/** The steps of a workflow that run a command. */
function stepsOf(folder: string, workflow: string) {
  const text = readFileSync(join(folder, ".github", "workflows", workflow), "utf8");
  const { jobs } = parse(text) as { jobs: Record<string, Job> };
  return Object.values(jobs).flatMap(({ steps }) => steps.filter(({ run }) => run !== undefined));
}

/** The preview inside of a deploy is left out, to save time: it is that of preview.yml. */
const quick: Record<string, Record<string, string>> = { "deploy.yml": { PULUMI_OPTION_SKIP_PREVIEW: "true" } };

/** A value as GitHub fills it in. What is not given is empty there, so here it is an error. */
function filled(value: string, given: Record<string, string>): string {
  return value.replace(/\$\{\{ (?:vars|secrets)\.(\w+) \}\}/g, (_, name: string) => {
    const known = given[name];
    if (known === undefined) throw new Error(`the test has no ${name}`);
    return known;
  });
}

/** A client that only reads, with the scopes that docs/bootstrap-client.md names for one. */
async function readerOf(sandbox: Sandbox) {
  const { status, id } = await sandbox.console("POST", "/api/server/v1/applications", {
    name: "Reader",
    inboundProtocolConfiguration: { oidc: { grantTypes: ["client_credentials"] } },
  });
  expect(status).toBe(201);
  for (const scope of ["internal_application_mgt_view", "internal_api_resource_view"]) {
    const api = sandbox.tenant.apiResources.find(({ scopes }) => scopes.some(({ name }) => name === scope));
    const body = { id: api?.id, policyIdentifier: "RBAC", scopes: [scope] };
    const answer = await sandbox.console("POST", `/api/server/v1/applications/${id}/authorized-apis`, body);
    expect(answer.status).toBe(200);
  }
  const oidc = sandbox.tenant.applications.find(({ name }) => name === "Reader")?.oidc;
  return { clientId: oidc?.clientId ?? "", clientSecret: oidc?.clientSecret ?? "" };
}

engine("docs/pipelines.md", () => {
  let sandbox: Sandbox;
  let project: PulumiProject;
  beforeEach(async () => {
    sandbox = await startSandbox({ organization: "acme" });
    // Of the tenant, the page leaves out where it is.
    const env = { ASGARDEO_BASE_URL: sandbox.baseUrl, PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
    project = await pulumiProject({ dir: "examples/pipelines" }, { env });
  });
  afterEach(async () => {
    await project?.dispose();
    await sandbox?.close();
  });

  const worker = () => sandbox.tenant.applications.find(({ name }) => name === "Order Worker");

  test("is what happens, from a pull request to the end of an old secret", async () => {
    const reader = await readerOf(sandbox);
    const given = {
      PULUMI_BACKEND_URL: pathToFileURL(join(dirname(project.dir), "backend")).href,
      PULUMI_CONFIG_PASSPHRASE: "test",
      ASGARDEO_READER_CLIENT_ID: reader.clientId,
      ASGARDEO_READER_CLIENT_SECRET: reader.clientSecret,
      ASGARDEO_WRITER_CLIENT_ID: sandbox.clientId,
      ASGARDEO_WRITER_CLIENT_SECRET: sandbox.clientSecret,
    };

    /** Runs the steps of a workflow in their order, as GitHub does. The output of the last one is compared with the page. */
    async function workflow(
      name: string,
      code = 0,
      others: Partial<typeof given> = {},
    ): Promise<CliResult | undefined> {
      const steps = stepsOf(project.dir, name);
      expect(steps.slice(0, 2).map((step) => step.name)).toEqual(setUp);
      let last: CliResult | undefined;
      for (const { run = "", env = {} } of steps.slice(2)) {
        const values = Object.entries(env).map(([key, value]) => [key, filled(value, { ...given, ...others })]);
        last = await project.bash(run, { env: { ...Object.fromEntries(values), ...quick[name] } });
      }
      if (last?.code !== code) throw new Error(`exit code ${last?.code} instead of ${code}:\n${last?.output}`);
      return last;
    }

    /** The same for a client that reads: nothing is written. */
    async function looked(name: string, code = 0, others: Partial<typeof given> = {}) {
      const before = sandbox.requests.length;
      const result = await workflow(name, code, others);
      const writes = sandbox.requests
        .slice(before)
        .filter(({ method, path }) => method !== "GET" && !path.includes("/oauth2/"));
      expect(writes).toEqual([]);
      return result;
    }

    async function renamed(): Promise<undefined> {
      const path = `/api/server/v1/applications/${worker()?.id}`;
      expect((await sandbox.console("PATCH", path, { name: "Worker of orders" })).status).toBe(200);
    }

    /** The end of a secret is reckoned from a time in state: it is put back. */
    async function eightDaysPass(): Promise<undefined> {
      expect(worker()?.oidc?.olderSecrets).toHaveLength(1);
      const past = new Date(Date.now() - 8 * 86_400_000).toISOString();
      const edit = `s/("previousSecretSince": ")[^"]+/\\1${past}/`;
      const script = `pulumi stack export >state.json; sed -E -i.old '${edit}' state.json; pulumi stack import --file state.json`;
      const { code, output } = await project.bash(`${script}; rm state.json*`);
      if (code !== 0) throw new Error(output);
    }

    await runPage("docs/pipelines.md", project, {
      values: {
        "<client id of the writer>": sandbox.clientId,
        "<client secret of the writer>": sandbox.clientSecret,
      },
      meanwhile: {
        "deploy.yml runs": () => workflow("deploy.yml"),
        "preview.yml runs": () => looked("preview.yml"),
        "drift.yml runs": () => looked("drift.yml"),
        "drift.yml runs and exits with 7": () => looked("drift.yml", 7),
        "drift.yml runs with a wrong secret and exits with 1": () =>
          looked("drift.yml", 1, { ASGARDEO_READER_CLIENT_SECRET: "wrong" }),
        "somebody renames the application in the console": renamed,
        "eight days pass": eightDaysPass,
      },
    });
    expect(worker()?.oidc?.olderSecrets).toEqual([]);
  });
});
