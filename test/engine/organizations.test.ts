import { type Sandbox, startSandbox } from "../../sandbox/index";
import { become, organization, shareBootstrapClient } from "../support/organizations";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(240_000);
const engine = cliAvailable() ? describe : describe.skip;

/** The tenant has an API; the organization an application that is authorized for it, which its own look-up finds. */
const program = (childOrganization: string, description = "one") => `
const asgardeo = require("pulumi-asgardeo");
const customer = new asgardeo.Provider("customer", { childOrganization: "${childOrganization}" });
const orders = new asgardeo.ApiResource("orders", { name: "Orders", identifier: "orders", scopes: [{ name: "orders:read" }] });
const oidc = { grantTypes: ["client_credentials"] };
const worker = new asgardeo.Application("worker", { name: "Worker", description: "${description}", oidc }, { provider: customer });
const authorization = new asgardeo.ApiAuthorization("worker-orders", {
  application: worker.id, api: orders.identifier, scopes: ["orders:read"],
}, { provider: customer, dependsOn: orders });
const found = asgardeo.getApplicationOutput({ id: worker.id }, { provider: customer, dependsOn: authorization });
exports.tokenEndpoint = found.tokenEndpoint;
`;

engine("a provider for an organization", () => {
  let sandbox: Sandbox;
  let hospital: string;
  let project: PulumiProject;
  beforeEach(async () => {
    sandbox = await startSandbox();
    await shareBootstrapClient(sandbox);
    hospital = await organization(sandbox, "Central Hospital");
    project = await pulumiProject(program(hospital), { language: "javascript", env: settingsOf(sandbox) });
  });
  afterEach(async () => {
    await project?.dispose();
    await sandbox?.close();
  });

  const inside = () => sandbox.tenant.inside[hospital]?.applications.filter(({ name }) => name === "Worker") ?? [];

  test("lives beside that of the tenant: edited, unchanged, refreshed and destroyed", async () => {
    expect(await project.up()).toMatchObject({ code: 0 });
    expect(inside()).toMatchObject([{ description: "one", authorizations: [{ policyId: "RBAC" }] }]);
    expect(sandbox.tenant.applications.some(({ name }) => name === "Worker")).toBe(false);
    expect(await project.outputs()).toEqual({
      tokenEndpoint: `${sandbox.baseUrl}/t/sandbox/o/${hospital}/oauth2/token`,
    });

    await project.writeProgram(program(hospital, "two"));
    expect(await project.up()).toMatchObject({ code: 0, output: expect.stringContaining("1 updated") });
    expect(inside()).toMatchObject([{ description: "two" }]);
    const tokens = sandbox.requests.filter(({ path }) => path.endsWith("/oauth2/token")).length;
    expect(await project.preview(["--expect-no-changes"])).toMatchObject({ code: 0 });
    // But the look-up, which takes a token of the tenant's and one that is switched.
    expect(sandbox.requests.filter(({ path }) => path.endsWith("/oauth2/token"))).toHaveLength(tokens + 2);

    expect(await project.refresh(["--expect-no-changes"])).toMatchObject({ code: 0 });
    expect((await project.destroy()).code).toBe(0);
    expect([inside(), sandbox.tenant.apiResources.some(({ identifier }) => identifier === "orders")]).toEqual([
      [],
      false,
    ]);
  });

  test("comes from the stack's config, for the resources without a provider of their own", async () => {
    await project.writeProgram(`
      const { Application } = require("pulumi-asgardeo");
      new Application("worker", { name: "Worker", oidc: { grantTypes: ["client_credentials"] } });
    `);
    await project.config("asgardeo:childOrganization", hospital);
    expect(await project.up()).toMatchObject({ code: 0 });
    expect(inside()).toHaveLength(1);
    expect((await project.destroy()).code).toBe(0);
    expect(inside()).toEqual([]);
  });

  test("with a handle, or an id that no organization has, fails at preview", async () => {
    for (const [given, message] of [
      ["central.com", "childOrganization: must be an organization's id"],
      [
        "8763448d-a475-4d03-ac0c-cc1a3e6ad0f5",
        "childOrganization: the tenant has no organization with the id 8763448d",
      ],
    ] as const) {
      await project.writeProgram(program(given));
      const preview = await project.preview();
      expect(preview).toMatchObject({ code: 1, output: expect.stringContaining(message) });
    }
    expect(inside()).toEqual([]);
  });

  test("that is disabled fails, and keeps the state for when it is active again", async () => {
    expect((await project.up()).code).toBe(0);
    const before = await project.state();
    await become(sandbox, hospital, "DISABLED");
    for (const run of [await project.refresh(), await project.destroy(["--target", "**::worker-orders"])]) {
      expect(run).toMatchObject({
        code: 1,
        output: expect.stringContaining(`the organization ${hospital} is disabled`),
      });
    }
    const ids = ({ deployment }: typeof before) => deployment.resources?.map(({ urn, id }) => [urn, id]);
    expect(ids(await project.state())).toEqual(ids(before));
    await become(sandbox, hospital, "ACTIVE");
    expect(await project.refresh(["--expect-no-changes"])).toMatchObject({ code: 0 });
    expect((await project.destroy()).code).toBe(0);
  });

  test("that is changed to another one moves nothing, says so, and refuses what is not there", async () => {
    expect((await project.up()).code).toBe(0);
    const clinic = await organization(sandbox, "Clinic");
    await project.writeProgram(program(clinic).replace(/^.*found.*$/gm, ""));
    const warned = "warning: childOrganization: Application ";
    expect(await project.up()).toMatchObject({ code: 0, output: expect.stringContaining(warned) });
    const refused = expect.stringContaining("Nothing moves from one organization to another");
    expect(await project.refresh()).toMatchObject({ code: 1, output: refused });
    expect(await project.destroy(["--target", "**::worker-orders"])).toMatchObject({ code: 1, output: refused });
    expect(inside()).toMatchObject([{ description: "one" }]);
    await project.writeProgram(program(hospital));
    expect((await project.up()).code).toBe(0);
    expect((await project.destroy()).code).toBe(0);
    expect(inside()).toEqual([]);
  });
});

/** A business customer: the organization, and what belongs into it. */
const customerProgram = `
const asgardeo = require("pulumi-asgardeo");
const customer = new asgardeo.Organization("customer", { name: "Customer" });
const provider = new asgardeo.Provider("customer", { childOrganization: customer.id });
const oidc = { grantTypes: ["client_credentials"] };
new asgardeo.Application("worker", { name: "Worker", oidc }, { provider });
const admin = new asgardeo.User("admin", { userName: "kim", password: "Kim-pass-1" }, { provider });
const group = new asgardeo.Group("admins", { displayName: "Admins", members: [admin.id] }, { provider });
new asgardeo.Role("desk", { displayName: "Service Desk", groups: [group.id] }, { provider });
exports.worker = asgardeo.getApplicationOutput({ name: "Worker" }, { provider, dependsOn: group }).name;
`;

engine("an organization of the same program", () => {
  let sandbox: Sandbox;
  let project: PulumiProject;
  beforeEach(async () => {
    // What is shared with all organizations reaches a new one some requests after it was made.
    sandbox = await startSandbox({ background: { requests: 3 } });
    await shareBootstrapClient(sandbox);
    project = await pulumiProject(customerProgram, { language: "javascript", env: settingsOf(sandbox) });
  });
  afterEach(async () => {
    await project?.dispose();
    await sandbox?.close();
  });

  test("passes its first preview, which says what it did not look at, and comes about in one run", async () => {
    const first = await project.preview();
    expect(first).toMatchObject({ code: 0, output: expect.stringContaining("7 to create") });
    expect(first.output).toContain("`childOrganization` of this provider is not known before the run");

    expect(await project.up()).toMatchObject({ code: 0, output: expect.stringContaining("7 created") });
    const id = sandbox.tenant.organizations.find(({ name }) => name === "Customer")?.id ?? "";
    expect(sandbox.tenant.inside[id]?.applications.map(({ name }) => name)).toContain("Worker");
    expect(sandbox.tenant.inside[id]?.groups.map(({ name }) => name)).toContain("Admins");

    const later = await project.preview(["--expect-no-changes"]);
    expect(later.code).toBe(0);
    expect(later.output).not.toContain("not known before the run");
    expect(await project.refresh(["--expect-no-changes"])).toMatchObject({ code: 0 });
    expect((await project.destroy()).code).toBe(0);
    expect(sandbox.tenant.organizations.map(({ name }) => name)).not.toContain("Customer");
  });
});
