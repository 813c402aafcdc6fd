import type { Properties } from "../../../provider/core/clean";
import { type Managed, type TestTenant, testTenant } from "../../support/managed";

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await testTenant();
});
afterEach(() => tenant.close());

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const organization = { associatedRoles: { allowedAudience: "ORGANIZATION" } };
const application = { associatedRoles: { allowedAudience: "APPLICATION" } };
const roles = [
  { id: "r1", name: "reader" },
  { id: "r2", name: "writer" },
];

const stored = (id: string | undefined) => {
  const found = tenant.sandbox.tenant.applications.find((one) => one.id === id);
  if (!found) throw new Error(`no application ${id}`);
  return found;
};

/** An application of a program, with roles that somebody has made for it since. */
async function made(declared: Properties, live: Properties = { allowedAudience: "APPLICATION", roles }) {
  const app = tenant.resource("Application");
  await app.up({ name: "Shop", ...declared });
  Object.assign(stored(app.id), { associatedRoles: live });
  tenant.requests();
  return app;
}

async function saidOf(app: Managed, args: Properties): Promise<string[]> {
  const before = tenant.said.length;
  expect(await app.preview({ name: "Shop", ...args })).toEqual([]);
  return tenant.said.slice(before);
}

const loss = (id: string | undefined) =>
  `warning: associatedRoles.allowedAudience: \`ORGANIZATION\` deletes the 2 roles of the application "Shop" (id ${id}): "reader", "writer". Going back to \`APPLICATION\` does not bring them back.`;

describe.each<[string, Properties, Properties]>([
  ["taken out, where it said APPLICATION", application, {}],
  ["still APPLICATION, with another description", application, { ...application, description: "x" }],
  ["never declared, with another description", {}, { description: "x" }],
  ["declared as what the application has", {}, application],
  ["put right after somebody switched it in the console", organization, application],
])("an audience that is %s", (_, before, after) => {
  test("keeps the application's roles, and has nothing to warn of", async () => {
    const app = await made(before);
    expect(await saidOf(app, after)).toEqual([]);
    expect(await app.up({ name: "Shop", ...after })).toBe("update");
    expect(stored(app.id).associatedRoles).toEqual({ allowedAudience: "APPLICATION", roles });
    await app.refresh();
    expect(await app.up({ name: "Shop", ...after })).toBe("same");
  });
});

describe.each<[string, Properties]>([
  ["first declared as ORGANIZATION", {}],
  ["switched to ORGANIZATION", application],
])("an audience that is %s", (_, before) => {
  test("deletes the application's roles, which the preview names", async () => {
    const app = await made(before);
    expect(await saidOf(app, organization)).toEqual([loss(app.id)]);
    await app.up({ name: "Shop", ...organization });
    expect(stored(app.id).associatedRoles).toEqual({ allowedAudience: "ORGANIZATION" });
  });

  test("is no loss, and no word, where there are no roles", async () => {
    const app = await made(before, { allowedAudience: "APPLICATION", roles: [] });
    expect(await saidOf(app, organization)).toEqual([]);
    await app.up({ name: "Shop", ...organization });
    expect(stored(app.id).associatedRoles).toEqual({ allowedAudience: "ORGANIZATION" });
  });
});

test("an audience that is ORGANIZATION already is not sent", async () => {
  const app = await made({}, { allowedAudience: "ORGANIZATION" });
  expect(await saidOf(app, organization)).toEqual([]);
  tenant.requests();
  await app.apply({ name: "Shop", ...organization });
  expect(tenant.requests()).toEqual([`GET /applications/${app.id}`]);
});

test("an audience that is switched to APPLICATION is sent, and deletes nothing", async () => {
  const app = await made(organization, { allowedAudience: "ORGANIZATION" });
  expect(await saidOf(app, application)).toEqual([]);
  await app.up({ name: "Shop", ...application });
  expect(stored(app.id).associatedRoles).toMatchObject({ allowedAudience: "APPLICATION" });
});

test("an audience that somebody else switched shows as drift, and what putting it right costs", async () => {
  const app = await made(organization);
  await app.refresh();
  expect(app.state).toMatchObject(application);
  expect(await saidOf(app, organization)).toEqual([loss(app.id)]);
});

test("ORGANIZATION that is taken out stays, and the preview says so without a request", async () => {
  const app = await made(organization, { allowedAudience: "ORGANIZATION" });
  expect(await saidOf(app, {})).toEqual([
    'warning: associatedRoles: is not managed any more, so the application "Shop" keeps the audience `ORGANIZATION`. A new application has `APPLICATION`: declare that where you want it.',
  ]);
  expect(await app.up({ name: "Shop" })).toBe("update");
  expect(tenant.requests()).toEqual([]);
  expect(stored(app.id).associatedRoles).toEqual({ allowedAudience: "ORGANIZATION" });
});

test("an audience that is not known yet is warned of as far as it may delete roles", async () => {
  const app = await made(application);
  const conditional = expect.stringContaining(
    'associatedRoles.allowedAudience: is not known yet; `ORGANIZATION` would delete the 2 roles of the application "Shop"',
  );
  expect(await saidOf(app, { associatedRoles: { allowedAudience: unknown } })).toEqual([conditional]);
  expect(await saidOf(app, { associatedRoles: unknown })).toEqual([conditional]);
});

test("an application that is adopted under ORGANIZATION loses its roles, which the preview names", async () => {
  const { id } = await tenant.sandbox.console("POST", "/api/server/v1/applications", { name: "Shop", ...application });
  stored(id).associatedRoles = { allowedAudience: "APPLICATION", roles };
  const app = tenant.resource("Application");
  expect(await saidOf(app, { ...organization, adopt: true })).toEqual([
    expect.stringContaining("will adopt"),
    loss(id),
  ]);
  await app.up({ name: "Shop", ...organization, adopt: true });
  expect(stored(id).associatedRoles).toEqual({ allowedAudience: "ORGANIZATION" });
});

test.each<[string, Properties]>([
  ["with its own audience", application],
  ["without a word about roles", {}],
])("an application that is adopted %s keeps its roles", async (_, declared) => {
  const { id } = await tenant.sandbox.console("POST", "/api/server/v1/applications", { name: "Shop", ...application });
  stored(id).associatedRoles = { allowedAudience: "APPLICATION", roles };
  const app = tenant.resource("Application");
  expect(await saidOf(app, { ...declared, adopt: true })).toEqual([expect.stringContaining("will adopt")]);
  await app.up({ name: "Shop", ...declared, adopt: true });
  expect(stored(id).associatedRoles).toEqual({ allowedAudience: "APPLICATION", roles });
});

test("an application that is replaced loses its roles, which the preview names", async () => {
  const client = (clientId: string) => ({ oidc: { grantTypes: ["client_credentials"], clientId } });
  const app = await made({ ...application, ...client("first") });
  expect(await saidOf(app, { ...application, ...client("second") })).toEqual([
    `warning: oidc.clientId: another one replaces the application, and its 2 roles are deleted with the application "Shop" (id ${app.id}): "reader", "writer".`,
  ]);
});

test("many roles are counted, and some of them named", async () => {
  const many = Array.from({ length: 12 }, (_, i) => ({ id: `r${i}`, name: `role ${i}` }));
  const app = await made(application, { allowedAudience: "APPLICATION", roles: many });
  expect(await saidOf(app, organization)).toEqual([
    expect.stringMatching(/deletes the 12 roles of .*: "role 0", "role 1", .*"role 4" and 7 more\./),
  ]);
});

test("where the application is not found by its name, the warning says what the server does", async () => {
  const app = await made(application);
  stored(app.id).name = "Renamed by hand";
  expect(await saidOf(app, organization)).toEqual([
    'warning: associatedRoles.allowedAudience: `ORGANIZATION` deletes all roles of the application "Shop". Going back to `APPLICATION` does not bring them back.',
  ]);
});
