import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox/index";
import { cliAvailable, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";
import { startVault } from "../support/vault";

jest.setTimeout(180_000);
const engine = cliAvailable() ? describe : describe.skip;

const folder = join(__dirname, "..", "..", "examples");
const examples = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** What the stack of an example must be told about a tenant, beside what the environment gives. */
function configOf(example: string, tenant: string, { baseUrl, organization, clientId }: Sandbox) {
  if (example !== "two-tenants") return {};
  return {
    [`${example}:${tenant}BaseUrl`]: baseUrl,
    [`${example}:${tenant}Organization`]: organization,
    [`${example}:${tenant}ClientId`]: clientId,
  };
}

engine("the example", () => {
  test.each(examples)("%s is deployed, needs no second run, and is destroyed", async (name) => {
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
      for (const [key, value] of Object.entries(config)) await project.config(key, value);
      expect(await project.up()).toMatchObject({ code: 0 });
      expect(await project.preview(["--expect-no-changes"])).toMatchObject({ code: 0 });
      expect(await project.refresh(["--expect-no-changes"])).toMatchObject({ code: 0 });
      expect(await project.destroy()).toMatchObject({ code: 0 });
      expect([...staging.tenant.applications, ...production.tenant.applications]).toHaveLength(6);
    } finally {
      await project.dispose();
      await staging.close();
      await production.close();
      await vault.close();
    }
  });

  test("secret-to-vault puts the client into the vault, and takes it out; the state has neither secret nor token", async () => {
    const sandbox = await startSandbox();
    const vault = await startVault();
    const env = { ...settingsOf(sandbox), ...vault.env };
    const project = await pulumiProject({ dir: "examples/secret-to-vault" }, { env });
    try {
      expect(await project.up()).toMatchObject({ code: 0 });
      const client = sandbox.tenant.applications.find(({ name }) => name === "Order Worker")?.oidc;
      const { clientId, clientSecret } = client ?? {};
      expect(vault.secrets).toEqual(new Map([["secret/order-worker", { clientId, clientSecret }]]));
      const state = JSON.stringify(await project.state());
      for (const secret of [clientSecret, vault.env.VAULT_TOKEN]) expect(state).not.toContain(secret);
      expect(await project.destroy()).toMatchObject({ code: 0 });
      expect(vault.secrets).toEqual(new Map());
    } finally {
      await project.dispose();
      await sandbox.close();
      await vault.close();
    }
  });

  test("machine-to-machine exports what a token takes, which has the scope that was authorized and no other", async () => {
    const sandbox = await startSandbox();
    const project = await pulumiProject({ dir: "examples/machine-to-machine" }, { env: settingsOf(sandbox) });
    try {
      expect(await project.up()).toMatchObject({ code: 0 });
      const { tokenEndpoint, clientId, clientSecret } = await project.outputs();
      const answer = await fetch(String(tokenEndpoint), {
        method: "POST",
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
        body: new URLSearchParams({ grant_type: "client_credentials", scope: "invoices:read invoices:send" }),
      });
      expect(await answer.json()).toMatchObject({ scope: "invoices:read", expires_in: 900 });
      expect(await project.destroy()).toMatchObject({ code: 0 });
    } finally {
      await project.dispose();
      await sandbox.close();
    }
  });

  test("compose-secrets hands the secret on, encrypted in the state on both sides", async () => {
    const sandbox = await startSandbox();
    const project = await pulumiProject({ dir: "examples/compose-secrets" }, { env: settingsOf(sandbox) });
    const handedOn = (name: string) => readFileSync(join(project.dir, "secrets", name), "utf8");
    const client = () => sandbox.tenant.applications.find(({ name }) => name === "Order Worker")?.oidc;
    try {
      expect(await project.up()).toMatchObject({ code: 0 });
      const secret = handedOn("client-secret");
      expect(handedOn("client-id")).toBe(client()?.clientId);
      expect(secret).toBe(client()?.clientSecret);
      expect(JSON.stringify(await project.state())).not.toContain(secret);
      expect(await project.destroy()).toMatchObject({ code: 0 });
      expect(existsSync(join(project.dir, "secrets", "client-secret"))).toBe(false);
    } finally {
      await project.dispose();
      await sandbox.close();
    }
  });
});
