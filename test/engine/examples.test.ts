import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox/index";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";
import { signedIn } from "../support/sign-in";
import { type FakeVault, startVault } from "../support/vault";

jest.setTimeout(180_000);
const engine = cliAvailable() ? describe : describe.skip;

const folder = join(__dirname, "..", "..", "examples");
/** What it needs is made by another example first: see examples-b2b.test.ts. */
const ofTheirOwn = ["b2b"];
const examples = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "Pulumi.yaml")))
  .map(({ name }) => name)
  .filter((name) => !ofTheirOwn.includes(name));

/** What an example has been deployed to. */
interface Deployed {
  readonly project: PulumiProject;
  readonly sandbox: Sandbox;
  readonly vault: FakeVault;
}

/** What an example is there for, beyond a deployment: looked at after it, and once more after destroy. */
const purposes: Record<string, (deployed: Deployed) => Promise<() => void>> = {
  async "compose-secrets"({ project, sandbox }) {
    const path = (name: string) => join(project.dir, "secrets", name);
    const client = clientOf(sandbox, "Order Worker");
    expect(readFileSync(path("client-id"), "utf8")).toBe(client.clientId);
    expect(readFileSync(path("client-secret"), "utf8")).toBe(client.clientSecret);
    expect(JSON.stringify(await project.state())).not.toContain(client.clientSecret);
    return () => expect(existsSync(path("client-secret"))).toBe(false);
  },
  async "secret-to-vault"({ project, sandbox, vault }) {
    const client = clientOf(sandbox, "Order Worker");
    expect(vault.secrets).toEqual(new Map([["secret/order-worker", client]]));
    const state = JSON.stringify(await project.state());
    for (const secret of [client.clientSecret, vault.env.VAULT_TOKEN]) expect(state).not.toContain(secret);
    return () => expect(vault.secrets).toEqual(new Map());
  },
  /** What it exports takes a token, which has the scope that was authorized and no other. */
  async "machine-to-machine"({ project }) {
    const { tokenEndpoint, clientId, clientSecret } = await project.outputs();
    const answer = await fetch(String(tokenEndpoint), {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
      body: new URLSearchParams({ grant_type: "client_credentials", scope: "invoices:read invoices:send" }),
    });
    expect(await answer.json()).toMatchObject({ scope: "invoices:read", expires_in: 900 });
    return () => {};
  },
  /** A clerk signs in, and gets what the role of clerks permits of what the application may ask for. */
  async "sign-in"({ project, sandbox: { baseUrl, organization } }) {
    const scope = "openid email roles orders:read orders:write orders:export";
    const desk = {
      clientId: String((await project.outputs()).clientId),
      redirectUri: "http://localhost:3000/callback",
      scope,
    };
    const tokens = await signedIn(`${baseUrl}/t/${organization}`, desk, { name: "kim@example.com", password });
    expect(tokens.scope).toBe("openid email roles orders:read");
    expect(tokens.claims()).toMatchObject({ email: "kim@example.com", roles: ["Clerk"] });
    return () => {};
  },
};

/** Of the users that examples make. */
const password = "Correct-Horse-7";

function clientOf({ tenant }: Sandbox, application: string) {
  const { clientId, clientSecret } = tenant.applications.find(({ name }) => name === application)?.oidc ?? {};
  return { clientId: clientId ?? "none", clientSecret: clientSecret ?? "none" };
}

/** What the stack of an example must be told about a tenant, beside what the environment gives. */
function configOf(example: string, tenant: string, { baseUrl, organization, clientId }: Sandbox) {
  if (example === "sign-in") return { "sign-in:password": password };
  if (example !== "two-tenants") return {};
  return {
    [`${example}:${tenant}BaseUrl`]: baseUrl,
    [`${example}:${tenant}Organization`]: organization,
    [`${example}:${tenant}ClientId`]: clientId,
  };
}

engine("the example", () => {
  test.each(examples)("%s is deployed, does what it is for, needs no second run, and is destroyed", async (name) => {
    const staging = await startSandbox();
    const production = await startSandbox();
    const vault = await startVault();
    const env = {
      ...settingsOf(staging),
      STAGING_CLIENT_SECRET: staging.clientSecret,
      PRODUCTION_CLIENT_SECRET: production.clientSecret,
      ...vault.env,
      // What goes against good practice is a failure.
      ASGARDEO_STRICT: "true",
    };
    const project = await pulumiProject({ dir: `examples/${name}` }, { env });
    try {
      const config = { ...configOf(name, "staging", staging), ...configOf(name, "production", production) };
      for (const [key, value] of Object.entries(config)) {
        await project.config(key, value, { secret: key.endsWith(":password") });
      }
      expect(await project.up()).toMatchObject({ code: 0 });
      const isUndone = await purposes[name]?.({ project, sandbox: staging, vault });
      expect(await project.preview(["--refresh", "--expect-no-changes"])).toMatchObject({ code: 0 });
      expect(await project.destroy()).toMatchObject({ code: 0 });
      isUndone?.();
      expect([...staging.tenant.applications, ...production.tenant.applications]).toHaveLength(6);
    } finally {
      await project.dispose();
      await staging.close();
      await production.close();
      await vault.close();
    }
  });
});
