import { deployedProgram } from "../support/deployed-program";
import { cliAvailable } from "../support/pulumi";

jest.setTimeout(240_000);
const engine = cliAvailable() ? describe : describe.skip;

/** What a program says, piece by piece; what is left out is as at the start. */
interface Said {
  readonly shop?: string;
  readonly orders?: string;
  readonly authorization?: string;
  readonly reader?: string;
  readonly writer?: string;
  readonly more?: string;
  /** Puts all of it below a component. */
  readonly below?: boolean;
}

const web = 'oidc: { grantTypes: ["authorization_code"], callbackUrls: ["https://shop.example.com"] }';
const scopes = (...names: string[]) => `[${names.map((name) => `{ name: "${name}" }`).join()}]`;
const start = {
  shop: `"shop", { name: "Shop", associatedRoles: { allowedAudience: "APPLICATION" }, ${web} }`,
  orders: `"orders", { name: "Orders", identifier: "https://orders", scopes: ${scopes("orders:read", "orders:write")} }`,
  authorization: '"shop-orders", { application: shop.id, api: orders.id, scopes: ["orders:read", "orders:write"] }',
  reader: '"reader", { displayName: "Reader", application: shop.id, permissions: ["orders:read"] }',
  writer:
    '"writer", { displayName: "Writer", application: shop.id, permissions: ["orders:read", "orders:write"], groups: [support] }',
};

function program(support: string, said: Said = {}): string {
  const { shop, orders, authorization, reader, writer } = { ...start, ...said };
  const { more = "", below = false } = said;
  const made = (type: string, args: string) =>
    args === "" ? "undefined" : `new ${type}(${args}${below ? ", { parent }" : ""})`;
  return `
const { ApiAuthorization, ApiResource, Application, Role } = require("pulumi-asgardeo");
const { ComponentResource } = require("@pulumi/pulumi");
const parent = ${below ? 'new ComponentResource("test:Shop", "all")' : "undefined"};
const support = ${JSON.stringify(support)};
const shop = ${made("Application", shop)};
const orders = ${made("ApiResource", orders)};
const shopOrders = ${made("ApiAuthorization", authorization)};
const reader = ${made("Role", reader)};
const writer = ${made("Role", writer)};
${more}`;
}

const adopting = (args: string) => args.replace("{ ", "{ adopt: true, ");

engine("an everyday edit of roles", () => {
  let support: string;
  const deployed = deployedProgram<Said>(
    (said) => program(support, said),
    { ofTheFirstRun: true, ofEdits: true },
    async ({ console }) => {
      ({ id: support = "" } = await console("POST", "/scim2/Groups", { displayName: "support" }));
    },
  );
  const { done, edited, refused } = deployed;

  const role = (name: string) => deployed.sandbox.tenant.roles.find(({ displayName }) => displayName === name);
  const permissions = (name: string) => role(name)?.permissions.toSorted();
  const ofType = async (type: string) =>
    (await deployed.project.state()).deployment.resources?.filter((each) => each.type.endsWith(`:${type}`)) ?? [];
  const since = (before: number) =>
    deployed.sandbox.requests.slice(before).map(({ method, path }) => `${method} ${path.replace(/^\/t\/sandbox/, "")}`);
  const tokens = (before: number) => since(before).filter((request) => request.endsWith("/oauth2/token")).length;

  test("makes them at the first try, costs nothing without a change, and destroys everything, each with few tokens", async () => {
    expect(permissions("Writer")).toEqual(["orders:read", "orders:write"]);
    expect(role("Writer")?.groups).toEqual([support]);
    let before = deployed.sandbox.requests.length;
    await done("up", "--yes");
    expect(since(before)).toEqual([]);
    await done("refresh", "--yes", "--skip-preview");
    expect(tokens(before)).toBeLessThanOrEqual(2);
    before = deployed.sandbox.requests.length;
    await done("destroy", "--yes");
    expect(tokens(before)).toBeLessThanOrEqual(2);
    const deletes = since(before).filter((request) => request.startsWith("DELETE"));
    expect(deletes.slice(0, 2)).toEqual(Array(2).fill(expect.stringContaining("/scim2/v2/Roles/")));
    expect(deployed.sandbox.tenant.roles.every(({ system }) => system)).toBe(true);
  });

  test("that renames resources is told about it; with an alias or `adopt` the roles stay", async () => {
    const { id } = role("Reader") ?? {};
    const reader = start.reader.replace('"reader"', '"looker"');
    expect(await refused({ reader })).toMatch(/displayName: "Reader" is taken by the role "Reader" of the application/);
    await edited({ reader: `${reader}, { aliases: [{ name: "reader" }] }` });
    expect(await edited({ reader: adopting(start.reader) })).toMatch(/Role "Reader" \(id .*\) is kept/);
    expect(role("Reader")?.id).toBe(id);
  });

  test("that moves everything below a component with `adopt` keeps every role, and who has it", async () => {
    const ids = [role("Reader")?.id, role("Writer")?.id];
    const moved = Object.fromEntries(Object.entries(start).map(([name, args]) => [name, adopting(args)]));
    await edited({ ...moved, below: true });
    expect([role("Reader")?.id, role("Writer")?.id]).toEqual(ids);
    expect(role("Writer")?.groups).toEqual([support]);
  });

  test("that adds a permission, its scope and its authorization at once is done at the first try", async () => {
    await edited({
      orders: start.orders.replace(
        scopes("orders:read", "orders:write"),
        scopes("orders:read", "orders:write", "orders:delete"),
      ),
      authorization: start.authorization.replace('"orders:write"', '"orders:write", "orders:delete"'),
      reader: start.reader.replace('"orders:read"', '"orders:read", "orders:delete"'),
    });
    expect(permissions("Reader")).toEqual(["orders:delete", "orders:read"]);
  });

  test("that removes a scope which a role still has is refused, and done where the role gives it up", async () => {
    const orders = start.orders.replace(scopes("orders:read", "orders:write"), scopes("orders:read"));
    const authorization = start.authorization.replace('"orders:read", "orders:write"', '"orders:read"');
    expect(await refused({ orders, authorization })).toMatch(
      /'writer' has a problem: permissions\[1\]: the application "Shop" of this program \(resource "shop"\) is not authorized for the scope `orders:write` any more/,
    );
    expect(permissions("Writer")).toEqual(["orders:read", "orders:write"]);
    const writer = start.writer.replace('"orders:read", "orders:write"', '"orders:read"');
    await edited({ orders, authorization, writer });
    expect(permissions("Writer")).toEqual(["orders:read"]);
  });

  test("that replaces the application makes its roles anew there", async () => {
    const { id } = role("Writer") ?? {};
    await edited({ shop: start.shop.replace("oidc: {", 'oidc: { clientId: "another",') });
    expect(role("Writer")?.id).not.toBe(id);
    expect(permissions("Writer")).toEqual(["orders:read", "orders:write"]);
  });

  test("that replaces the API, or the authorization, gives the roles their permissions again in the same run", async () => {
    const orders = start.orders.replace("https://orders", "https://orders/v2");
    const output = await edited({ orders });
    expect(output).toContain('the role "Reader" gets `orders:read` anew');
    expect(permissions("Writer")).toEqual(["orders:read", "orders:write"]);
    await edited({ orders: orders.replace("{ name", "{ requiresAuthorization: false, name") });
    const open = {
      orders: orders.replace("{ name", "{ requiresAuthorization: false, name"),
      authorization: start.authorization.replace("scopes:", 'policy: "No Policy", scopes:'),
    };
    await edited(open);
    expect(permissions("Writer")).toEqual(["orders:read", "orders:write"]);
  });

  test("that swaps the names of two roles is done at once, and the roles stay", async () => {
    const ids = [role("Reader")?.id, role("Writer")?.id];
    await edited({
      reader: start.reader.replace('"Reader"', '"Writer"'),
      writer: start.writer.replace('"Writer"', '"Reader"'),
    });
    expect([role("Writer")?.id, role("Reader")?.id]).toEqual(ids);
    expect(permissions("Reader")).toEqual(["orders:read", "orders:write"]);
  });

  test("that adopts a role made in the console keeps its users; one of the organization comes beside it", async () => {
    const { console } = deployed.sandbox;
    const { id: kim } = await console("POST", "/scim2/Users", { userName: "kim", password: "Wso2@test123" });
    const { id } = await console("POST", "/scim2/v2/Roles", { displayName: "Clerk", users: [{ value: kim }] });
    await edited({
      more: 'new Role("clerk", { displayName: "Clerk", permissions: ["orders:read"], adopt: true });',
    });
    expect(role("Clerk")).toMatchObject({ id, users: [kim], permissions: ["orders:read"] });
    await deployed.project.writeProgram(
      `${program(support)}\nrequire("@pulumi/pulumi").output(Role.get("found", ${JSON.stringify(id)}).displayName).apply(console.log);`,
    );
    expect(await done("preview")).toContain("Clerk");
  });

  test("that deletes the application with its roles goes well, and so does a destroy after somebody has deleted it", async () => {
    await edited({ shop: "", authorization: "", reader: "", writer: "" });
    expect(deployed.sandbox.tenant.roles.every(({ system }) => system)).toBe(true);
    await edited({});
    const shop = deployed.sandbox.tenant.applications.find(({ name }) => name === "Shop");
    await deployed.sandbox.console("DELETE", `/api/server/v1/applications/${shop?.id}`);
    await done("destroy", "--yes");
    expect(await ofType("Role")).toEqual([]);
  });

  test("that switches the audience to the organization takes the roles along, and back", async () => {
    const shop = start.shop.replace('"APPLICATION"', '"ORGANIZATION"');
    expect(await refused({ shop })).toMatch(
      /'(reader|writer)' has a problem: application: the application "Shop" of this program \(resource "shop"\) declares `associatedRoles.allowedAudience` `ORGANIZATION`/,
    );
    const reader = start.reader.replace("application: shop.id, ", "");
    const writer = start.writer.replace("application: shop.id, ", "");
    await edited({ shop, reader, writer });
    expect(role("Writer")).toMatchObject({ audience: { type: "organization" }, groups: [support] });
    await edited({});
    expect(role("Writer")).toMatchObject({ audience: { type: "application" }, groups: [support] });
  });

  test("with a mistake in it fails at preview, each with what to do, and changes nothing", async () => {
    const before = structuredClone(deployed.sandbox.tenant.roles);
    const nobody = "00000000-0000-4000-8000-000000000000";
    const wrong: [Said, RegExp][] = [
      [
        { reader: start.reader.replace("orders:read", "orders:raed") },
        /no API has the scope `orders:raed`; did you mean `orders:read`/,
      ],
      [
        { reader: start.reader.replace("orders:read", "internal_user_mgt_list") },
        /is not authorized for the scope `internal_user_mgt_list`/,
      ],
      [{ reader: start.reader.replace("Reader", "Reader/EU") }, /displayName: has a `\/`/],
      [
        { more: 'new Role("admin", { displayName: "admin" });' },
        /displayName: "admin" is taken by the role "admin" of the organization/,
      ],
      [
        { more: `new Role("clerk", { displayName: "Clerk", groups: ["${nobody}"] });` },
        /groups\[0\]: there is no group with the id 0000/,
      ],
      [
        {
          more: 'new Role("copy", { displayName: "Reader", application: shop.id }, { dependsOn: [reader] });',
        },
        /are the same Role, by application .* and displayName "Reader"/,
      ],
    ];
    for (const [said, reason] of wrong) expect(await refused(said)).toMatch(reason);
    expect(deployed.sandbox.tenant.roles).toEqual(before);
  });
});
