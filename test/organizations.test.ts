import { scopeTable } from "../provider/api/scopes";
import type { Operation } from "../provider/core/access";
import type { Properties } from "../provider/core/clean";
import { toldProperty } from "../provider/core/told";
import { lifecycles, scopesToDo } from "../provider/resources/index";
import { organizationLevel } from "../provider/resources/organization-level";
import { Provision } from "../provider/service";
import { type Sandbox, startSandbox } from "../sandbox/index";
import { type Gateway, startGateway } from "./support/gateway";
import { become, organization, shareBootstrapClient } from "./support/organizations";

type TypeName = keyof typeof lifecycles;

let sandbox: Sandbox;
let gateway: Gateway;
let hospital: string;
beforeEach(async () => {
  sandbox = await startSandbox();
  gateway = await startGateway(sandbox.baseUrl);
  await shareBootstrapClient(sandbox);
  hospital = await organization(sandbox, "Central Hospital");
});
afterEach(async () => {
  await gateway.close();
  await sandbox.close();
});

/** A process of Pulumi's for a provider of the organization. */
function process({ isPreview = false, types = ["Application"] as TypeName[], settings = {} as Properties } = {}) {
  const { organization: name, clientId, clientSecret } = sandbox;
  const own = { baseUrl: gateway.baseUrl, organization: name, clientId, clientSecret, childOrganization: hospital };
  const given: Properties = { ...own, ...settings };
  const said: string[] = [];
  const provision = new Provision({
    config: () => (key) => given[key.replace("asgardeo:", "")],
    say: (line) => void said.push(line),
  });
  const service = (type: TypeName) => {
    const found = provision.resource(type);
    if (!found) throw new Error(`no type ${type}`);
    return found;
  };
  return {
    service,
    said,
    /** What the engine shows as failures of a resource. */
    check: async (type: TypeName, args: Properties) =>
      (await service(type).check({}, { ...args, [toldProperty]: { isPreview, types } })).map(({ reason }) => reason),
  };
}

/** Takes a scope of organizations away from the application of the bootstrap client. */
function withdraw(scope: string): void {
  const { tenant } = sandbox;
  const lacking = tenant.apiResources.flatMap(({ scopes }) => scopes).find(({ name }) => name === scope);
  for (const authorization of tenant.applications.find(({ id }) => id === tenant.bootstrap)?.authorizations ?? []) {
    authorization.scopeIds = authorization.scopeIds.filter((id) => id !== lacking?.id);
  }
}

const worker = { name: "Worker", oidc: { grantTypes: ["client_credentials"] } };
const orders = { name: "Orders", identifier: "orders", scopes: [{ name: "orders:read" }] };

describe("the table of what organizations have", () => {
  const operations: readonly Operation[] = ["create", "read", "update", "delete"];

  test.each(Object.keys(lifecycles) as TypeName[])("says of %s what the scopes of organizations say", (type) => {
    const possible = operations.filter((operation) =>
      scopesToDo([operation], [type]).every((scope) => scopeTable.inOrganization(scope) !== undefined),
    );
    expect(organizationLevel[type].operations).toEqual(possible);
  });
});

test("an API that is declared in an organization fails at preview, without a request", async () => {
  const [reason, ...others] = await process({ isPreview: true }).check("ApiResource", orders);
  expect(reason).toMatch(
    new RegExp(
      `^ApiResource: cannot be made in the organization ${hospital}, .*declare it with a provider for the tenant`,
    ),
  );
  expect(others).toEqual([]);
  expect(gateway.scopes()).toEqual([]);
});

test("so does the share of an application, which the tenant alone has", async () => {
  const share = { application: hospital, allOrganizations: true };
  expect(await process({ isPreview: true }).check("ApplicationShare", share)).toEqual([
    expect.stringMatching(/^ApplicationShare: cannot be made in the organization .*with a provider for the tenant/),
  ]);
});

test("with a provider for the tenant, it is declared as ever", async () => {
  expect(await process({ settings: { childOrganization: undefined } }).check("ApiResource", orders)).toEqual([]);
});

describe("a preview in an organization", () => {
  test("asks for nothing that could change anything, there or in the tenant", async () => {
    const preview = process({ isPreview: true, types: ["ApiAuthorization", "Application"] });
    expect(await preview.check("Application", worker)).toEqual([]);
    expect(await preview.check("ApiAuthorization", { application: "a", api: "b", scopes: [] })).not.toEqual([]);
    expect(gateway.scopes().map((scopes) => scopes.sort())).toEqual([
      [],
      [
        "internal_org_api_resource_view",
        "internal_org_application_mgt_client_secret_view",
        "internal_org_application_mgt_view",
      ],
      // What a run will lack is told by the application of the tenant.
      ["internal_application_mgt_view"],
    ]);
  });

  test("fails where a run would lack a scope there, with the API to authorize in the tenant", async () => {
    withdraw("internal_org_application_mgt_create");
    const [reason] = await process({ isPreview: true }).check("Application", worker);
    expect(reason).toMatch(
      /internal_org_application_mgt_create of "Application Management API" \(\/o\/api\/server\/v1\/applications\)\n.*"Organization API"/,
    );
  });

  test("fails where the switch leaves out a scope to look", async () => {
    withdraw("internal_org_application_mgt_view");
    const [reason] = await process({ isPreview: true }).check("Application", worker);
    expect(reason).toMatch(/internal_org_application_mgt_view of "Application Management API"/);
  });
});

test("a run takes one token of the tenant, which may do nothing, and one that is switched", async () => {
  const run = process({ types: ["Application"] });
  expect(await run.check("Application", worker)).toEqual([]);
  const { id } = await run.service("Application").create(worker);
  expect(id).not.toBe("");
  const [root, inside, ...more] = gateway.scopes();
  expect([root, more]).toEqual([[], []]);
  expect(inside).toContain("internal_org_application_mgt_create");
  expect(inside?.filter((scope) => !scope.startsWith("internal_org_"))).toEqual([]);
});

test("`readOnly` writes nothing in an organization, too", async () => {
  const run = process({ settings: { readOnly: "true" } });
  await expect(run.service("Application").create(worker)).rejects.toThrow(/^readOnly: will not create/);
});

describe("a provider for an organization", () => {
  test.each([
    ["that is disabled", () => become(sandbox, hospital, "DISABLED"), /is disabled, and nothing can be done in it/],
    [
      "that is gone",
      () => sandbox.console("DELETE", `/api/server/v1/organizations/${hospital}`),
      /^childOrganization: the tenant has no organization with the id /,
    ],
  ])("%s says it once in full, and in short for its other resources", async (_, happens, expected) => {
    await happens();
    const preview = process({ isPreview: true });
    expect(await preview.check("Application", worker)).toEqual([expect.stringMatching(expected)]);
    expect(await preview.check("Application", { ...worker, name: "Other" })).toEqual([
      expect.stringMatching(/^as another resource of this run says in full: childOrganization: /),
    ]);
  });

  test("whose client may not switch is told the grant", async () => {
    const path = `/api/server/v1/applications/${sandbox.tenant.bootstrap}/inbound-protocols/oidc`;
    const { body } = await sandbox.console("GET", path);
    await sandbox.console("PUT", path, { ...Object(body), grantTypes: ["client_credentials"] });
    const [reason] = await process({ isPreview: true }).check("Application", worker);
    expect(reason).toMatch(/may not use the grant organization_switch; allow it in the console/);
  });
});
