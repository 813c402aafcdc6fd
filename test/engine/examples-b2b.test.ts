import { createHash, randomBytes } from "node:crypto";
import { type Sandbox, startSandbox } from "../../sandbox/index";
import { inQuery, Visitor } from "../sandbox/login-scene";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(300_000);
const engine = cliAvailable() ? describe : describe.skip;

const password = "Kim-pass-1";
const kim = "kim@central-hospital.example.com";
const callback = "https://portal.example.com/callback";
const noChanges = ["--expect-no-changes"];

engine("the example b2b", () => {
  let sandbox: Sandbox;
  /** What makes the bootstrap client of the other. */
  let clients: PulumiProject;
  let project: PulumiProject;
  beforeAll(async () => {
    // The server does in the background what it has answered already.
    sandbox = await startSandbox({ background: { requests: 5 } });
    const env = { ...settingsOf(sandbox), ASGARDEO_STRICT: "true" };
    clients = await pulumiProject({ dir: "examples/bootstrap-client" }, { env });
    expect(await clients.up()).toMatchObject({ code: 0 });
    const { clientId, clientSecret } = await clients.outputs();
    const its = { ...env, ASGARDEO_CLIENT_ID: String(clientId), ASGARDEO_CLIENT_SECRET: String(clientSecret) };
    project = await pulumiProject({ dir: "examples/b2b" }, { env: its });
    await project.config("b2b:adminPassword", password, { secret: true });
  });
  afterAll(async () => {
    await project?.dispose();
    await clients?.dispose();
    await sandbox?.close();
  });

  const customer = () => sandbox.tenant.organizations.find(({ name }) => name === "Central Hospital");
  const inside = () => sandbox.tenant.inside[customer()?.id ?? ""];

  test("is deployed by the client of bootstrap-client, from nothing to a customer whose administrator signs in", async () => {
    const before = whatIsThere();
    expect(await project.up()).toMatchObject({ code: 0 });
    const { clientId, organizationId } = await project.outputs();
    expect(organizationId).toBe(customer()?.id);
    const scopes = await signedIn(String(clientId), String(organizationId));
    expect(scopes).toEqual(["members:invite", "members:read", "openid"]);

    const seen = sandbox.requests.length;
    expect(await project.preview(noChanges)).toMatchObject({ code: 0 });
    expect(sandbox.requests.slice(seen)).toEqual([]);
    expect(await project.refresh(noChanges)).toMatchObject({ code: 0 });

    await takenFromAdmins();
    expect(await signedIn(String(clientId), String(organizationId))).toEqual(["openid"]);
    const drift = await project.preview(["--refresh", "--diff"]);
    expect(drift).toMatchObject({ code: 0, output: expect.stringMatching(/portal-admin-inside[\s\S]*groups/) });
    expect(await project.up(["--refresh"])).toMatchObject({ code: 0 });
    expect(await signedIn(String(clientId), String(organizationId))).toEqual(scopes);

    expect(await project.destroy()).toMatchObject({
      code: 0,
      output: expect.stringContaining("The groups that this program gave it to do not have it any more."),
    });
    expect(whatIsThere()).toEqual(before);
    expect(await clients.destroy()).toMatchObject({ code: 0 });
    expect(sandbox.tenant.applications.some(({ name }) => name === "Customer Setup")).toBe(false);
  });

  /** The ids of all that a tenant can hold, and of what its organizations have. */
  function whatIsThere(): Record<string, string[]> {
    const { organizations, applications, apiResources, roles, groups, users, inside: ofOrganizations } = sandbox.tenant;
    const all = { organizations, applications, apiResources, roles, groups, users };
    const ids = Object.entries(all).map(([name, list]): [string, string[]] => [name, list.map(({ id }) => id)]);
    return { ...Object.fromEntries(ids), inside: Object.keys(ofOrganizations) };
  }

  /** As somebody would do it in the console of the customer. */
  async function takenFromAdmins(): Promise<void> {
    const role = inside()?.roles.find(({ displayName }) => displayName === "Portal Admin");
    const Operations = [{ op: "replace", path: "groups", value: [] }];
    const path = `/o/${customer()?.id}/scim2/v2/Roles/${role?.id}`;
    expect(await sandbox.console("PATCH", path, { Operations })).toMatchObject({ status: 200 });
  }

  /** The scopes that Kim gets of the portal, by the login page of the customer. */
  async function signedIn(clientId: string, orgId: string): Promise<string[]> {
    const place = `${sandbox.baseUrl}/t/${sandbox.organization}`;
    const verifier = randomBytes(32).toString("base64url");
    const query = new URLSearchParams({
      response_type: "code",
      client_id: clientId,
      redirect_uri: callback,
      scope: "openid members:read members:invite",
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
      fidp: "OrganizationSSO",
      orgId,
    });
    const back = await new Visitor().throughTheForm(`${place}/oauth2/authorize?${query}`, { name: kim, password });
    const answer = await fetch(`${place}/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "authorization_code",
        client_id: clientId,
        code: inQuery(back).code ?? "",
        redirect_uri: callback,
        code_verifier: verifier,
      }),
    });
    const { scope }: { scope?: string } = JSON.parse(await answer.text());
    return (scope ?? "").split(" ").sort();
  }
});
