import type { Services } from "../gate";
import { scimUrl } from "../scim/answer";
import { memberOf, type ScimBody, valuesOf } from "../scim/body";
import { scimList } from "../scim/list";
import { projected } from "../scim/projection";
import type { ScimQuery, Shown } from "../scim/query";
import { scimError } from "../scim/refusal";
import type { Store } from "../store";
import { isObject } from "../versions";
import type { Role } from "./collection";
import { pages, rolesFound } from "./list";
import { roleSchemas, usersAndGroups } from "./render";
import { foundRole, refuseUnknownUsers } from "./rules";

/** The first version of the API knows no audience, and permissions as plain texts. */
type Context = Pick<Services, "store" | "baseUrl">;

/** A role as this API shows it. */
export function roleV1(context: Context, role: Role, shown: Shown) {
  const { id, displayName, permissions, system } = role;
  const meta = {
    location: `${scimUrl(context)}/Roles/${id}`,
    resourceType: "Role",
    ...(system && { systemRole: true }),
  };
  const lists = { ...usersAndGroups(context, role), ...(permissions.length > 0 && { permissions }) };
  return projected({ id, displayName, ...lists, meta, schemas: roleSchemas }, shown);
}

/** The list, which has the roles of the organization only. */
export function roleV1List(services: Services, query: ScimQuery): object {
  const found = rolesFound(services, query).filter(({ audience }) => audience.type === "organization");
  return scimList(found, query, (role) => roleV1(services, role, query.shown), pages);
}

/** A role of the organization. The server fails at one of an application. */
export function foundRoleV1(store: Store, id: string): Role {
  const role = foundRole(store, id);
  if (role.audience.type === "organization") return role;
  throw scimError(500, `Error occurred while retrieving the role: ${id}`);
}

/** A body in the form that the later versions have. */
export function laterBody(body: ScimBody): ScimBody {
  const kept = Object.entries(body).filter(([key]) => !["audience", "permissions"].includes(key.toLowerCase()));
  const permissions = memberOf(body, "permissions");
  return { ...Object.fromEntries(kept), ...(permissions !== undefined && { permissions: laterList(permissions) }) };
}

/** The same for the operations of a PATCH. */
export function laterPatch(body: ScimBody): ScimBody {
  const { Operations: operations } = body;
  if (!Array.isArray(operations)) return body;
  return {
    ...body,
    Operations: operations.map((operation) => (isObject(operation) ? laterOperation(operation) : operation)),
  };
}

function laterOperation(operation: ScimBody): ScimBody {
  const value = memberOf(operation, "value");
  const { value: _, ...rest } = operation;
  if (value === undefined) return operation;
  return { ...rest, value: isObject(value) ? laterBody(value) : laterList(value) };
}

function laterList(list: unknown): unknown {
  return Array.isArray(list) ? list.map((item) => (typeof item === "string" ? { value: item } : item)) : list;
}

/** An unknown user in a body is an error of the server here. */
export function refuseUnknownUsersV1(store: Store, body: ScimBody): void {
  refuseUnknownUsers(store, valuesOf(body, "users") ?? [], (id) =>
    scimError(500, `A user doesn't exist with id: ${id} in the tenantDomain: ${store.tenant.organization}`),
  );
}
