import { z } from "zod";
import { idText } from "../../api/ids";
import type { Scope } from "../../api/scopes";
import type { Plain } from "../../core/schema";
import type { RoleArgs } from "../role.args";
import type { JsonObject } from "../wire";

export type Role = Plain<RoleArgs>;

const members = z.array(z.looseObject({ value: z.string() })).nullish();

/** A role as the server shows it. A list that is empty is left out; so are all of them in the lists of older servers. */
export const roleWire = z.looseObject({
  id: idText,
  displayName: z.string(),
  audience: z.looseObject({ type: z.string(), value: z.string() }),
  permissions: members,
  groups: members,
  meta: z.looseObject({ systemRole: z.boolean().nullish() }).nullish(),
  properties: z.array(z.looseObject({ name: z.string().nullish(), value: z.unknown() })).nullish(),
});

export type RoleWire = z.infer<typeof roleWire>;

/** Who has a role is not ours, and may be a hundred thousand: it is not asked for. */
export const withoutUsers = { excludedAttributes: "users" };

/** The id of the application whose role it is; undefined for one of the organization. */
export function applicationOf({ audience }: Pick<RoleWire, "audience">): string | undefined {
  return audience.type.toLowerCase() === "application" ? audience.value : undefined;
}

export function roleFromWire(wire: RoleWire): Role {
  return {
    displayName: wire.displayName,
    application: applicationOf(wire),
    permissions: valuesOf(wire.permissions),
    groups: valuesOf(wire.groups),
  };
}

export function valuesOf(list: z.infer<typeof members>): string[] {
  return (list ?? []).map(({ value }) => value);
}

const items = (values: readonly string[]) => values.map((value) => ({ value }));

/** The body of a POST. Without an audience, the role is one of the organization. */
export function roleToCreate({ displayName, application, permissions, groups }: Role): JsonObject {
  return {
    schemas: ["urn:ietf:params:scim:schemas:extension:2.0:Role"],
    displayName,
    ...(application !== undefined && { audience: { type: "application", value: application } }),
    ...(permissions?.length && { permissions: items(permissions) }),
    ...(groups?.length && { groups: items(groups) }),
  };
}

/** What of a role changes. Of the forms that the server accepts, only `replace` does what it says for every member. */
export type RoleChange = Partial<Pick<Role, "displayName" | "permissions" | "groups">>;

/** The body of a PATCH. Its `Operations` are the only word of SCIM whose case matters. */
export function roleToPatch({ displayName, permissions, groups }: RoleChange): JsonObject {
  const replace = (path: string, value: unknown) => ({ op: "replace", path, value });
  return {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    Operations: [
      ...(displayName === undefined ? [] : [replace("displayName", displayName)]),
      ...(permissions === undefined ? [] : [replace("permissions", items(permissions))]),
      ...(groups === undefined ? [] : [replace("groups", items(groups))]),
    ],
  };
}

/** Newer servers want one scope more for each list that a request names. */
export function listScopes({ permissions, groups }: { permissions?: unknown; groups?: unknown }): Scope[] {
  return [
    ...(permissions === undefined ? [] : (["internal_role_mgt_permissions_update"] as const)),
    ...(groups === undefined ? [] : (["internal_role_mgt_groups_update"] as const)),
  ];
}
