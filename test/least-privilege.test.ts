import type { Properties } from "../provider/core/clean";
import { toldProperty } from "../provider/core/told";
import { Provision } from "../provider/service";
import { type Sandbox, type SandboxOptions, startSandbox } from "../sandbox/index";
import { UNKNOWN } from "./support/dynamic-provider";
import { type Gateway, startGateway } from "./support/gateway";

let sandbox: Sandbox;
let gateway: Gateway;
async function start(options?: SandboxOptions): Promise<void> {
  sandbox = await startSandbox(options);
  gateway = await startGateway(sandbox.baseUrl);
}
beforeEach(() => start());
afterEach(async () => {
  await gateway.close();
  await sandbox.close();
});

type TypeName = "Application" | "ApiResource" | "ApiAuthorization";

interface Made {
  readonly id: string;
  readonly outs: Properties;
}

/** A process of Pulumi's, for a program that declares resources of these types; none, where no program runs. */
function process(types: readonly TypeName[] = [], { isPreview = false, settings = {} as Properties } = {}) {
  const { organization, clientId, clientSecret } = sandbox;
  const given: Properties = { baseUrl: gateway.baseUrl, organization, clientId, clientSecret, ...settings };
  const provision = new Provision({ config: () => (key) => given[key.replace("asgardeo:", "")], say: () => {} });
  const service = (type: TypeName) => {
    const found = provision.resource(type);
    if (!found) throw new Error(`no type ${type}`);
    return found;
  };
  const shown = (args: Properties) => ({ ...args, [toldProperty]: { isPreview, types } });
  const check = async (type: TypeName, old: Properties, args: Properties) => {
    const failures = await service(type).check(old, shown(args));
    return failures.map(({ reason }) => reason);
  };
  const checked = async (type: TypeName, old: Properties, args: Properties) => {
    expect(await check(type, old, args)).toEqual([]);
  };
  return {
    service,
    check,
    checked,
    async create(type: TypeName, args: Properties): Promise<Made> {
      await checked(type, {}, args);
      return service(type).create(args);
    },
    async update(type: TypeName, { id, outs }: Made, old: Properties, args: Properties): Promise<Made> {
      await checked(type, old, args);
      expect(service(type).diff(id, outs, args)).toMatchObject({ changes: true, replaces: [] });
      return { id, ...(await service(type).update(id, outs, args)) };
    },
    async stays(type: TypeName, { id, outs }: Made, args: Properties): Promise<void> {
      await checked(type, args, args);
      expect(service(type).diff(id, outs, args)).toMatchObject({ changes: false });
    },
  };
}

const all: TypeName[] = ["ApiAuthorization", "ApiResource", "Application"];
const app = { name: "Worker", oidc: { grantTypes: ["client_credentials"] } };
const orders = { name: "Orders", identifier: "orders", scopes: [{ name: "orders:read", displayName: "Read" }] };
const authorization = (application: string, api: string) => ({ application, api, scopes: ["orders:read"] });

/** Everything that the tests begin with, made by a run of its own, whose tokens do not count. */
async function made() {
  const run = process(all);
  const api = await run.create("ApiResource", orders);
  const application = await run.create("Application", app);
  const link = await run.create("ApiAuthorization", authorization(application.id, api.id));
  gateway.scopes();
  return { api, application, link };
}

const views = [
  "internal_api_resource_view",
  "internal_application_mgt_client_secret_view",
  "internal_application_mgt_view",
];

/** The scopes of each token that was asked for, in alphabetical order. */
const asked = () => gateway.scopes().map((scopes) => scopes.sort());

describe("a preview", () => {
  test("without a change asks for no token", async () => {
    const { api, application, link } = await made();
    const preview = process(all, { isPreview: true });
    await preview.stays("ApiResource", api, orders);
    await preview.stays("Application", application, app);
    await preview.stays("ApiAuthorization", link, authorization(application.id, api.id));
    expect(asked()).toEqual([]);
  });

  test("of a new program asks once, for what lets it look at these types", async () => {
    const preview = process(all, { isPreview: true });
    await preview.checked("ApiResource", {}, orders);
    await preview.checked("Application", {}, app);
    await preview.checked("ApiAuthorization", {}, authorization(UNKNOWN, UNKNOWN));
    expect(asked()).toEqual([views]);
  });

  test("of a change asks once, and of nothing but APIs for no scope of applications", async () => {
    const { api, application } = await made();
    const preview = process(["ApiResource"], { isPreview: true });
    await preview.checked("ApiResource", orders, { ...orders, name: "All orders" });
    expect(preview.service("ApiResource").diff(api.id, api.outs, { ...orders, name: "All orders" }).changes).toBe(true);
    expect(asked()).toEqual([["internal_api_resource_view"]]);
    const other = process(["Application"], { isPreview: true });
    await other.checked("Application", app, { ...app, description: "Works" });
    expect(other.service("Application").diff(application.id, application.outs, app).changes).toBe(false);
    expect(asked()).toEqual([views.slice(1)]);
  });

  test("that replaces an API asks once also for what tells who loses access to it", async () => {
    await made();
    const preview = process(["ApiResource"], { isPreview: true });
    await preview.checked("ApiResource", orders, { ...orders, identifier: "orders-2" });
    expect(asked()).toEqual([["internal_api_resource_view", "internal_application_mgt_view"]]);
  });

  test("fails where a run would lack a scope to write, by what the client's own application has", async () => {
    withdraw("internal_application_mgt_create");
    const preview = process(["Application"], { isPreview: true });
    const [reason] = await preview.check("Application", {}, app);
    expect(reason).toMatch(
      /is not authorized for this scope:\n {2}internal_application_mgt_create of "Application Mana/,
    );
    expect(asked()).toEqual([views.slice(1)]);
    expect(await preview.check("Application", app, { ...app, description: "Works" })).toEqual([]);
  });

  test("fails where a run would lack a scope for a script, which not every server knows", async () => {
    withdraw("internal_application_script_update");
    const script = sequence({ script: "var a = 1;" });
    const preview = process(["Application"], { isPreview: true });
    const reasons = await preview.check("Application", {}, { ...app, authenticationSequence: script });
    expect(reasons).toEqual([expect.stringContaining("internal_application_script_update of ")]);
  });

  test("of APIs alone does not look at the client's own application: a run fails before it writes", async () => {
    withdraw("internal_api_resource_create");
    await process(["ApiResource"], { isPreview: true }).checked("ApiResource", {}, orders);
    expect(await process(["ApiResource"]).check("ApiResource", {}, orders)).toEqual([
      expect.stringContaining("internal_api_resource_create of "),
    ]);
  });

  test("leaves it to the run where the client may not read its own application", async () => {
    withdraw("internal_application_mgt_create");
    withdraw("internal_application_mgt_view");
    const preview = process(["ApiResource", "Application"], { isPreview: true });
    await preview.checked("ApiResource", {}, orders);
    const run = process(["ApiResource", "Application"]);
    expect(await run.check("Application", {}, app)).toEqual([
      expect.stringContaining("internal_application_mgt_create of "),
    ]);
  });

  test("with `readOnly` asks for the same, and does not miss a scope to write", async () => {
    withdraw("internal_application_mgt_create");
    for (const isPreview of [true, false]) {
      const preview = process(["Application"], { isPreview, settings: { readOnly: "true" } });
      await preview.checked("Application", {}, app);
      expect(asked()).toEqual([views.slice(1)]);
    }
  });
});

describe("a run", () => {
  const creating = [
    "internal_api_resource_create",
    "internal_api_resource_view",
    "internal_application_business_api_update",
    "internal_application_mgt_client_secret_view",
    "internal_application_mgt_create",
    "internal_application_mgt_update",
    "internal_application_mgt_view",
  ];

  test("that makes all types asks once, for what makes them", async () => {
    await made();
    const run = process(all);
    const api = await run.create("ApiResource", {
      name: "Bills",
      identifier: "bills",
      scopes: [{ name: "bills:read" }],
    });
    const application = await run.create("Application", { ...app, name: "Other" });
    const link = { application: application.id, api: api.id, scopes: ["bills:read"] };
    await run.create("ApiAuthorization", link);
    expect(asked()).toEqual([creating]);
  });

  test("that makes an API, and nothing else, asks for no scope of applications", async () => {
    const run = process(["ApiResource"]);
    await run.create("ApiResource", orders);
    expect(asked()).toEqual([["internal_api_resource_create", "internal_api_resource_view"]]);
  });

  test("that only updates asks neither to create nor to delete", async () => {
    const { api, application } = await made();
    const run = process(all);
    await run.update("ApiResource", api, orders, { ...orders, name: "All orders" });
    await run.update("Application", application, app, { ...app, description: "Works" });
    expect(asked()).toEqual([
      [
        "internal_api_resource_update",
        "internal_api_resource_view",
        "internal_application_business_api_update",
        "internal_application_mgt_client_secret_view",
        "internal_application_mgt_update",
        "internal_application_mgt_view",
      ],
    ]);
  });

  test("that may take over what is there asks once, and lacks only what it turns out to need", async () => {
    withdraw("internal_application_mgt_update");
    const run = process(["Application"]);
    await run.create("Application", { ...app, adopt: true });
    expect(asked()).toEqual([
      [
        "internal_application_mgt_client_secret_view",
        "internal_application_mgt_create",
        "internal_application_mgt_update",
        "internal_application_mgt_view",
      ],
    ]);
    await expect(process(["Application"]).create("Application", { ...app, adopt: true })).rejects.toThrow(
      "internal_application_mgt_update of ",
    );
  });

  test("asks nothing for a type that stays as it is", async () => {
    const { application } = await made();
    const run = process(["ApiResource", "Application"]);
    await run.stays("Application", application, app);
    await run.create("ApiResource", { name: "Bills", identifier: "bills" });
    expect(asked()).toEqual([["internal_api_resource_create", "internal_api_resource_view"]]);
  });

  test("that turns out to do more takes another token, for all of it", async () => {
    const { api, application } = await made();
    const run = process(["ApiResource", "Application"]);
    await run.stays("ApiResource", api, orders);
    await run.update("Application", application, app, { ...app, description: "Works" });
    await run.create("ApiResource", { name: "Bills", identifier: "bills" });
    const updating = [
      "internal_application_mgt_client_secret_view",
      "internal_application_mgt_update",
      "internal_application_mgt_view",
    ];
    expect(asked()).toEqual([updating, ["internal_api_resource_create", "internal_api_resource_view", ...updating]]);
  });

  test("that replaces asks once, to delete and to create", async () => {
    const { api } = await made();
    const run = process(["ApiResource"]);
    const changed = { ...orders, identifier: "orders-2" };
    await run.checked("ApiResource", orders, changed);
    expect(run.service("ApiResource").diff(api.id, api.outs, changed).replaces).toEqual(["identifier"]);
    await run.checked("ApiResource", {}, changed);
    await run.service("ApiResource").delete(api.id, api.outs);
    await run.service("ApiResource").create(changed);
    expect(asked()).toEqual([
      [
        "internal_api_resource_create",
        "internal_api_resource_delete",
        "internal_api_resource_view",
        "internal_application_mgt_view",
      ],
    ]);
  });

  test("asks to delete scopes of an API only where it does", async () => {
    const { api } = await made();
    const run = process(["ApiResource"]);
    const bare = { name: "Orders", identifier: "orders", scopes: [] };
    await run.update("ApiResource", api, orders, bare);
    expect(asked()).toEqual([
      ["internal_api_resource_delete", "internal_api_resource_update", "internal_api_resource_view"],
    ]);
  });

  test.each([
    [
      "a script",
      { authenticationSequence: sequence({ script: "var a = 1;" }) },
      ["internal_application_script_update"],
    ],
    [
      "another secret",
      { secretVersion: "2" },
      ["internal_application_mgt_client_secret_create", "internal_application_mgt_client_secret_delete"],
    ],
    ["no client any more", { oidc: undefined }, ["internal_application_mgt_delete"]],
  ])("asks once, and for what %s needs only where the change is that", async (_, change, scopes) => {
    const { application } = await made();
    const run = process(["Application"]);
    await run.update("Application", application, app, { ...app, ...change });
    const usual = [
      "internal_application_mgt_client_secret_view",
      "internal_application_mgt_update",
      "internal_application_mgt_view",
    ];
    expect(asked()).toEqual([[...usual, ...scopes].sort()]);
  });

  test("asks to authorize for the server's own APIs only where it does", async () => {
    const { application } = await made();
    const ofServer = { application: application.id, api: "/api/server/v1/applications" };
    const run = process(["ApiAuthorization"]);
    const link = await run.create("ApiAuthorization", { ...ofServer, scopes: ["internal_application_mgt_view"] });
    const destroy = process();
    const created = asked();
    await destroy.service("ApiAuthorization").delete(link.id, link.outs);
    for (const [first, ...more] of [created, asked()]) {
      expect(first).not.toContain("internal_application_internal_api_update");
      expect(more).toEqual([expect.arrayContaining(["internal_application_internal_api_update"])]);
    }
  });

  test("without a program deletes with one token that can do nothing else", async () => {
    const { api, application, link } = await made();
    const run = process();
    const destroy = new Map(Object.entries({ ApiAuthorization: link, Application: application, ApiResource: api }));
    for (const [type, { id, outs }] of destroy) await run.service(type as TypeName).delete(id, outs);
    expect(asked()).toEqual([
      [
        "internal_api_resource_delete",
        "internal_application_business_api_update",
        "internal_application_mgt_delete",
        "internal_application_mgt_update",
      ],
    ]);
  });

  test("without a program refreshes with one token that can only look", async () => {
    const { api, application, link } = await made();
    const run = process();
    const state = new Map(Object.entries({ Application: application, ApiResource: api, ApiAuthorization: link }));
    for (const [type, { id, outs }] of state) await run.service(type as TypeName).read(id, outs);
    expect(asked()).toEqual([views]);
  });

  test("deletes what left its program with a token for the types that are still there", async () => {
    const { api } = await made();
    const other = { name: "Bills", identifier: "bills" };
    const bills = await process(["ApiResource"]).create("ApiResource", other);
    gateway.scopes();
    const run = process(["ApiResource"]);
    await run.stays("ApiResource", bills, other);
    await run.service("ApiResource").delete(api.id, api.outs);
    expect(asked()).toEqual([["internal_api_resource_delete", "internal_application_mgt_view"]]);
  });
});

function sequence(more: object): Properties {
  return {
    type: "USER_DEFINED",
    steps: [{ options: [{ idp: "LOCAL", authenticator: "BasicAuthenticator" }] }],
    ...more,
  };
}

/** Takes a scope away from the bootstrap client. */
function withdraw(scope: string): void {
  const { tenant } = sandbox;
  const lacking = tenant.apiResources.flatMap(({ scopes }) => scopes).find(({ name }) => name === scope);
  for (const authorization of tenant.applications.find(({ id }) => id === tenant.bootstrap)?.authorizations ?? []) {
    authorization.scopeIds = authorization.scopeIds.filter((id) => id !== lacking?.id);
  }
}
