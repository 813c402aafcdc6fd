import { type Sandbox, startSandbox } from "../../sandbox/index";
import { quickReader, runPage } from "../support/page";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(240_000);
const engine = cliAvailable() ? describe : describe.skip;

engine("docs/moving-in.md", () => {
  let sandbox: Sandbox;
  let project: PulumiProject;
  beforeEach(async () => {
    sandbox = await startSandbox();
    project = await pulumiProject("", { env: { ...settingsOf(sandbox), ...quickReader } });
    const made = await sandbox.console("POST", "/api/server/v1/applications", {
      name: "Customer Portal",
      description: "Where customers see their orders",
      accessUrl: "https://portal.example.com",
      inboundProtocolConfiguration: {
        oidc: {
          grantTypes: ["authorization_code", "refresh_token"],
          callbackURLs: ["https://portal.example.com/callback"],
          pkce: { mandatory: true, supportPlainTransformAlgorithm: false },
        },
      },
    });
    expect(made.status).toBe(201);
  });
  afterEach(async () => {
    await project?.dispose();
    await sandbox?.close();
  });

  test("is what happens: the application is taken over as it is, and keeps id, client id and secret", async () => {
    const portal = () => {
      const { id, description, accessUrl, oidc } =
        sandbox.tenant.applications.find(({ name }) => name === "Customer Portal") ?? {};
      const { clientId, clientSecret, grantTypes, callbackURLs, pkce } = oidc ?? {};
      return { id, description, accessUrl, clientId, clientSecret, grantTypes, callbackURLs, pkce };
    };
    const before = structuredClone(portal());
    expect(before.clientSecret).toBeTruthy();
    await runPage("docs/moving-in.md", project);
    expect(portal()).toEqual(before);
    expect(await project.outputs()).toEqual({ clientId: before.clientId });
    const methods = sandbox.requests.filter(({ path }) => path.includes("/applications")).map(({ method }) => method);
    expect(new Set(methods)).toEqual(new Set(["GET"]));
  });
});
