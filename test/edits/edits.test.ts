import { deployedProgram } from "../support/deployed-program";
import { cliAvailable } from "../support/pulumi";

jest.setTimeout(240_000);
const engine = cliAvailable() ? describe : describe.skip;

/** What a program says, piece by piece; what is left out is as at the start. */
interface Said {
  readonly app?: string;
  readonly orders?: string;
  readonly authorization?: string;
  readonly more?: string;
  /** Puts all of it below a component. */
  readonly below?: boolean;
}

const grants = 'oidc: { grantTypes: ["client_credentials"] }';
const start = {
  app: `"shop", { name: "Shop", ${grants} }`,
  orders: '"orders", { name: "Orders", identifier: "https://orders", scopes: [{ name: "orders:read" }] }',
  authorization: '"shop-orders", { application: shop.id, api: orders.id, scopes: ["orders:read"] }',
};

function program(said: Said = {}): string {
  const { app, orders, authorization } = { ...start, ...said };
  const { more = "", below = false } = said;
  const opts = below ? ", { parent }" : "";
  return `
const { ApiAuthorization, ApiResource, Application } = require("pulumi-asgardeo");
const { ComponentResource } = require("@pulumi/pulumi");
const parent = ${below ? 'new ComponentResource("test:Shop", "all")' : "undefined"};
const orders = new ApiResource(${orders}${opts});
const shop = new Application(${app}${opts});
const shopOrders = new ApiAuthorization(${authorization}${opts});
${more}
exports.clientId = shop.clientId;`;
}

/** The same args with `adopt: true`. */
const adopting = (args: string) => args.replace("{ ", "{ adopt: true, ");

engine("an everyday edit", () => {
  const deployed = deployedProgram<Said>(program, { ofTheFirstRun: false, ofEdits: true });
  const { done, edited, settled, refused } = deployed;
  let clientId: unknown;
  beforeEach(async () => {
    ({ clientId } = await deployed.project.outputs());
  });

  const live = (name: string) => deployed.sandbox.tenant.applications.find((application) => application.name === name);
  const api = (identifier: string) =>
    deployed.sandbox.tenant.apiResources.find((each) => each.identifier === identifier);
  const scopes = (identifier: string) => api(identifier)?.scopes.map(({ name }) => name);
  const granted = () =>
    live("Shop")?.authorizations.flatMap(({ scopeIds }) =>
      deployed.sandbox.tenant.apiResources.flatMap(({ scopes: all }) =>
        all.filter(({ id }) => scopeIds.includes(id)).map(({ name }) => name),
      ),
    );
  const urn = async (type: string) =>
    (await deployed.project.state()).deployment.resources?.find((each) => each.type.endsWith(`:${type}`))?.urn ?? "";

  test("that renames resources without an alias is told about it; with `adopt` the objects stay", async () => {
    const app = start.app.replace('"shop"', '"store"');
    expect(await refused({ app })).toMatch(
      /renamed or moved in the program\?.*aliases: \[\{ name: "its old name" \}\]/,
    );
    const output = await edited({ app: adopting(app) });
    expect(output).toMatch(/Application "Shop" \(id .*\) is kept, since another resource of this program has it/);
    expect(live("Shop")?.oidc?.clientId).toBe(clientId);
    expect(granted()).toEqual(["orders:read"]);
  });

  test("that renames a resource with an alias touches nothing", async () => {
    const before = deployed.sandbox.requests.length;
    const app = `${start.app.replace('"shop"', '"store"')}, { aliases: [{ name: "shop" }] }`;
    await edited({ app });
    expect(
      deployed.sandbox.requests
        .slice(before)
        .filter(({ method, path }) => method !== "GET" && !path.includes("/oauth2/")),
    ).toEqual([]);
    expect(live("Shop")?.oidc?.clientId).toBe(clientId);
  });

  test("that moves everything below a component with `adopt` keeps every object", async () => {
    const ids = [live("Shop")?.id, api("https://orders")?.id];
    await edited({
      below: true,
      app: adopting(start.app),
      orders: adopting(start.orders),
      authorization: adopting(start.authorization),
    });
    expect([live("Shop")?.id, api("https://orders")?.id]).toEqual(ids);
    expect(live("Shop")?.oidc?.clientId).toBe(clientId);
    expect(granted()).toEqual(["orders:read"]);
  });

  test("that was cut off between the adoption and the delete keeps the object in the next run", async () => {
    await deployed.project.writeProgram(program({ app: adopting(start.app.replace('"shop"', '"store"')) }));
    const target = (await urn("Application")).replace(/shop$/, "store");
    await done("up", "--yes", "--skip-preview", "--target", target);
    expect(
      (await deployed.project.state()).deployment.resources?.filter(({ type }) => type.endsWith(":Application")),
    ).toHaveLength(2);
    expect(await done("up", "--yes")).toContain("is kept, since another resource of this program has it");
    await settled();
    expect(live("Shop")?.oidc?.clientId).toBe(clientId);
    await done("destroy", "--yes");
    expect(live("Shop")).toBeUndefined();
  });

  test("that is none: a forced replacement makes the object anew, and what refers to it", async () => {
    const said = { app: adopting(start.app), orders: adopting(start.orders) };
    await edited(said);
    await done("up", "--yes", "--replace", await urn("Application"));
    await settled();
    expect(live("Shop")?.oidc?.clientId).not.toBe(clientId);
    expect(granted()).toEqual(["orders:read"]);
    const { id } = api("https://orders") ?? {};
    await done("state", "taint", await urn("ApiResource"));
    await done("up", "--yes");
    await settled();
    expect(api("https://orders")?.id).not.toBe(id);
    expect(granted()).toEqual(["orders:read"]);
  });

  test("that adds a scope to an API and to its authorization, and renames it in both, is done at once", async () => {
    const of = (...names: string[]) => ({
      orders: start.orders.replace('{ name: "orders:read" }', names.map((name) => `{ name: "${name}" }`).join()),
      authorization: start.authorization.replace('["orders:read"]', JSON.stringify(names)),
    });
    await edited(of("orders:read", "orders:write"));
    expect(granted()?.sort()).toEqual(["orders:read", "orders:write"]);
    await edited(of("orders:read", "orders:change"));
    expect(granted()?.sort()).toEqual(["orders:change", "orders:read"]);
    const output = await refused({
      ...of("orders:read"),
      authorization: of("orders:read", "orders:change").authorization,
    });
    expect(output).toMatch(
      /'shop-orders' has a problem: scopes\[1\]: the API "Orders" of this program \(resource "orders"\) has no scope `orders:change`/,
    );
    expect(granted()?.sort()).toEqual(["orders:change", "orders:read"]);
  });

  test("that moves a scope to another API, in either order, or swaps two, is done at the first try", async () => {
    const billing = (scope: string) =>
      `new ApiResource("billing", { name: "Billing", identifier: "https://billing", scopes: [{ name: "${scope}" }] });`;
    const ordersWith = (scope: string) => ({
      orders: start.orders.replace("orders:read", scope),
      authorization: start.authorization.replace("orders:read", scope),
    });
    await edited({ ...ordersWith("orders:new"), more: billing("orders:read") });
    expect([scopes("https://orders"), scopes("https://billing")]).toEqual([["orders:new"], ["orders:read"]]);
    await edited({ ...ordersWith("orders:read"), more: billing("orders:new") });
    expect([scopes("https://orders"), scopes("https://billing")]).toEqual([["orders:read"], ["orders:new"]]);
    await edited({ ...ordersWith("orders:new"), more: billing("billing:read") });
    expect([scopes("https://orders"), scopes("https://billing")]).toEqual([["orders:new"], ["billing:read"]]);
    expect(granted()).toEqual(["orders:new"]);
  });

  test("that declares an object twice fails, and names both resources", async () => {
    const twice = [
      'new Application("copy", { name: "New" }); new Application("original", { name: "New" });',
      'new Application("copy", { name: "Shop", adopt: true });',
      'new ApiResource("copy", { name: "Copy", identifier: "https://orders", adopt: true });',
      'new ApiAuthorization("copy", { application: shop.id, api: orders.id, scopes: [], adopt: true }, { dependsOn: shopOrders });',
      'new ApiAuthorization("copy", { application: shop.id, api: "https://orders", scopes: [] }, { dependsOn: shopOrders });',
    ];
    for (const more of twice) {
      const output = await refused({ more });
      expect(output).toMatch(/['"]copy['"]/);
      expect(output).toMatch(/"(original|shop|orders|shop-orders)"/);
    }
  });

  test("that replaces an API makes the authorization anew that names it by its identifier", async () => {
    const authorization = start.authorization.replace("orders.id", '"https://orders"');
    await edited({ authorization });
    const orders = start.orders.replace("{ name", "{ requiresAuthorization: false, name");
    await edited({ authorization, orders });
    expect(granted()).toEqual(["orders:read"]);
  });

  test("to a policy that the API does not allow fails before the authorization is deleted", async () => {
    const authorization = start.authorization.replace("scopes", 'policy: "No Policy", scopes');
    expect(await refused({ authorization })).toMatch(
      /policy: the API "Orders" of this program .* accepts the policy `RBAC` only/,
    );
    expect((await deployed.project.pulumi(["up", "--yes", "--skip-preview"])).code).not.toBe(0);
    expect(granted()).toEqual(["orders:read"]);
  });

  test("that leaves a resource out by --exclude says that this can be why a value is missing", async () => {
    const more =
      'const extra = new Application("extra", { name: "Extra" }); new ApiAuthorization("extra-orders", { application: extra.id, api: orders.id, scopes: [] });';
    await deployed.project.writeProgram(program({ more }));
    const extra = (await urn("Application")).replace(/shop$/, "extra");
    const { code, output } = await deployed.project.pulumi(["up", "--yes", "--skip-preview", "--exclude", extra]);
    expect(code).not.toBe(0);
    expect(output).toMatch(/application: missing, a string is needed.*--target.*--exclude/);
  });
});
