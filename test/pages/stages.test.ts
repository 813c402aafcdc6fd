import { type Sandbox, startSandbox } from "../../sandbox/index";
import { quickReader, runPage } from "../support/page";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";

jest.setTimeout(600_000);
const engine = cliAvailable() ? describe : describe.skip;

engine("docs/stages.md", () => {
  let dev: Sandbox;
  let prod: Sandbox;
  let project: PulumiProject;
  beforeEach(async () => {
    dev = await startSandbox({ organization: "acme-dev" });
    prod = await startSandbox({ organization: "acme" });
    project = await pulumiProject("", { env: quickReader });
  });
  afterEach(async () => {
    await project?.dispose();
    await dev?.close();
    await prod?.close();
  });

  const shop = ({ tenant }: Sandbox) => tenant.applications.find(({ name }) => name === "Web Shop")?.oidc;

  test("is what happens, and each stage has what its stack says", async () => {
    await runPage("docs/stages.md", project, {
      values: {
        "<client id in acme-dev>": dev.clientId,
        "<client secret in acme-dev>": dev.clientSecret,
        "<client id in acme>": prod.clientId,
        "<client secret in acme>": prod.clientSecret,
      },
      meanwhile: {
        // Tenants of Asgardeo have one address, and the page says nothing of it.
        "each tenant is a sandbox with an address of its own": async () =>
          project.bash(
            `pulumi config set --stack dev asgardeo:baseUrl ${dev.baseUrl}; pulumi config set --stack prod asgardeo:baseUrl ${prod.baseUrl}`,
          ),
      },
    });
    expect(shop(dev)?.accessToken?.userAccessTokenExpiryInSeconds).toBe(3600);
    expect(shop(prod)?.accessToken?.userAccessTokenExpiryInSeconds).toBe(900);
    for (const tenant of [dev, prod]) expect(JSON.stringify(shop(tenant)?.callbackURLs)).toContain("/silent");
  });
});
