import type { Server } from "../../../sandbox/index";
import { type Managed, reconnected, type TestTenant, testTenant } from "../../support/managed";

let tenant: TestTenant;
let application: Managed;
let orders: Managed;
let authorization: Managed;

/** A tenant with an application that is authorized to two of the three scopes of an API. */
export const scene = {
  get tenant() {
    return tenant;
  },
  get application() {
    return application;
  },
  get orders() {
    return orders;
  },
  get authorization() {
    return authorization;
  },
};

export async function opened(server: Server = "asgardeo"): Promise<void> {
  await tenant?.close();
  tenant = await testTenant({ server });
  application = tenant.resource("Application");
  await application.up({ name: "Shop", associatedRoles: { allowedAudience: "APPLICATION" } });
  orders = tenant.resource("ApiResource");
  const scopes = ["orders:read", "orders:write", "orders:delete"].map((name) => ({ name }));
  await orders.up({ name: "Orders", identifier: "https://api.example.com/orders", scopes });
  authorization = tenant.resource("ApiAuthorization");
  await authorization.up(authorized());
  tenant.requests();
}
/** To be called by each file that uses it: every test has its own. */
export function useScene(): void {
  beforeEach(() => opened());
  afterEach(() => tenant.close());
}

export const authorized = (...scopes: string[]) => ({
  application: application.id,
  api: orders.id,
  scopes: ["orders:read", "orders:write", ...scopes],
});
export const ours = (more: object = {}) => ({
  displayName: "Reader",
  application: application.id,
  permissions: ["orders:read"],
  ...more,
});

export const path = (one: Managed) => `/scim2/v2/Roles/${one.id}`;
export const read = (one: Managed) => `GET ${path(one)}?excludedAttributes=users`;
export const stored = (one: Managed) => {
  const found = tenant.sandbox.tenant.roles.find(({ id }) => id === one.id);
  if (!found) throw new Error(`no role ${one.id}`);
  return found;
};
export const patch = (one: Managed, member: string, value: unknown) =>
  tenant.sandbox.console("PATCH", path(one), {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    Operations: [{ op: "replace", path: member, value }],
  });
export const items = (...values: unknown[]) => values.map((value) => ({ value }));

export async function group(displayName: string): Promise<string> {
  const { id = "" } = await tenant.sandbox.console("POST", "/scim2/Groups", { displayName });
  return id;
}
export async function user(userName: string): Promise<string> {
  const { id = "" } = await tenant.sandbox.console("POST", "/scim2/Users", { userName, password: "Wso2@test123" });
  return id;
}
export async function made(args: object = ours()): Promise<Managed> {
  const role = tenant.resource("Role");
  await role.up({ ...args });
  tenant.requests();
  return role;
}
/** A later run on the same tenant, which has not heard of anything. */
export function later(one: Managed): { run: TestTenant; role: Managed } {
  const run = reconnected(tenant.sandbox);
  const role = Object.assign(run.resource("Role"), { id: one.id, state: one.state, inputs: one.inputs });
  return { run, role };
}
