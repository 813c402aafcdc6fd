import type { Sandbox } from "../../sandbox";
import type { Server } from "../../sandbox/versions";
import { type Call, callerFor, sandboxFor, textAt, valueAt } from "./support";

export const roles = "/scim2/v2/Roles";
export const rolesV3 = "/scim2/v3/Roles";
export const groups = "/scim2/Groups";
export const users = "/scim2/Users";

/** A PATCH with these operations. */
export const patch = (...operations: readonly object[]) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations: operations,
});

/** A reference by id or name, as lists of SCIM have it. */
export const refs = (...values: readonly string[]) => values.map((value) => ({ value }));

/** What a list of an answer names. */
export function namesIn(body: unknown, list: string): unknown[] {
  const items = valueAt(body, list);
  return Array.isArray(items) ? items.map((item) => valueAt(item, "value")) : [];
}

/** What a list answers, by display name or user name. */
export function foundIn(body: unknown): unknown[] {
  const items = valueAt(body, "Resources");
  return Array.isArray(items) ? items.map((item) => valueAt(item, "displayName") ?? valueAt(item, "userName")) : [];
}

export const userBody = (userName: string) => ({ userName, password: "Wso2@test123" });

export interface Scene {
  readonly sandbox: Sandbox;
  readonly call: Call;
  /** An application "My App", which is authorized to read and list users. */
  readonly app: string;
  readonly usersApi: string;
  readonly kim: string;
  readonly desmond: string;
  /** The group "support", of which Kim is a member. */
  readonly support: string;
  /** A role of the application, with one permission, one user and one group. */
  readonly operator: string;
  /** A role of the organization, "clerk", that has nothing yet. */
  readonly clerk: string;
  readonly organizationId: string;
}

export const readUsers = "internal_user_mgt_view";
export const listUsers = "internal_user_mgt_list";

/** A tenant with users, a group, an application and roles. */
export async function scene(server: Server = "asgardeo"): Promise<Scene> {
  const sandbox = await sandboxFor({ server, organization: "acme" });
  const call = await callerFor(sandbox);
  const { id: kim } = await call("POST", users, userBody("kim"));
  const { id: desmond } = await call("POST", users, userBody("desmond"));
  const members = [{ value: kim, display: "kim" }];
  const { id: support } = await call("POST", groups, { displayName: "support", members });
  const usersApi = sandbox.tenant.apiResources.find(({ identifier }) => identifier === users)?.id ?? "";
  const { id: app } = await call("POST", "/applications", { name: "My App" });
  const authorization = { id: usersApi, scopes: [readUsers, listUsers] };
  await call("POST", `/applications/${app}/authorized-apis`, authorization);
  const { id: operator } = await call("POST", roles, {
    displayName: "operatorRole",
    audience: { type: "application", value: app },
    permissions: refs(readUsers),
    users: refs(kim),
    groups: refs(support),
  });
  const { id: clerk, body } = await call("POST", roles, { displayName: "clerk" });
  const organizationId = textAt(valueAt(body, "audience"), "value");
  return { sandbox, call, app, usersApi, kim, desmond, support, operator, clerk, organizationId };
}

/** A refusal with a type. */
export const invalid = (detail: unknown, scimType = "invalidValue") => ({
  status: 400,
  body: { scimType, detail, status: "400" },
});
/** A refusal with its sentence where the type belongs. */
export const misplaced = (scimType: unknown) => ({
  status: 400,
  body: { scimType, detail: "Request is unparsable, syntactically incorrect, or violates schema." },
});
