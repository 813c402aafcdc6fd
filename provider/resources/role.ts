import { requireWhereKnown } from "../api/optional-scopes";
import type { Scope } from "../api/scopes";
import { distinct, nonEmptyText, scopeName } from "../core/checks";
import type { Properties } from "../core/clean";
import { controlArgs } from "../core/controls";
import type { Definition } from "../core/definition";
import { same } from "../core/diff";
import { argsOf, assumed } from "../core/schema";
import { longTexts } from "./limits";
import { matchRole, readableRoles, rolePath } from "./role/directory";
import { renamingFailures, roleName } from "./role/names";
import { createRole, deleteRole, readRole, updateRole } from "./role/operations";
import { permissionFailures, takenPermissions } from "./role/permissions";
import { comesAfter, lostOnTheWay, roleText, textsOf } from "./role/program";
import { audienceAgainstProgram, audienceFailures, roleReferences } from "./role/references";
import { sharedRoleFailures } from "./role/shared-role";
import { listScopes } from "./role/wire";
import type { RoleArgs } from "./role.args";

export const role: Definition<RoleArgs, object> = {
  type: "Role",
  args: argsOf<RoleArgs>()({
    displayName: roleName,
    application: assumed("", nonEmptyText).optional(),
    permissions: distinct(scopeName).optional(),
    groups: distinct().optional(),
    ...controlArgs,
  }),
  outputs: [],
  replaceOn: ["application"],
  secrets: [],
  comesAfter,
  needs: {
    create: ["internal_role_mgt_create", "internal_role_mgt_view"],
    read: ["internal_role_mgt_view"],
    update: ["internal_role_mgt_update", "internal_role_mgt_view"],
    delete: ["internal_role_mgt_delete"],
    mostly: ["internal_role_mgt_permissions_update"],
    atTimes: ["internal_role_mgt_permissions_update", "internal_role_mgt_groups_update"],
    ahead: ["internal_api_resource_view", "internal_application_mgt_view", "internal_group_mgt_view"],
  },

  keys: ["application", "displayName"],
  path: rolePath,
  probe: readableRoles,
  match: matchRole,
  references: roleReferences,
  mayNeed: changedListScopes,
  advise: (args) => longTexts(args, { displayName: 255 }),
  agree: (args, run) => [...takenPermissions(args, run), ...audienceAgainstProgram(args, run)],
  async verify(api, args, old, run) {
    await requireWhereKnown(api, changedListScopes(args, old));
    const shared = await sharedRoleFailures(api, args, old, run);
    if (shared.length > 0) return shared;
    return [
      ...(await renamingFailures(api, args, old, run)),
      ...(await audienceFailures(api, args, old, run)),
      ...(await permissionFailures(api, args, old, run)),
    ];
  },
  due({ args: old }, args, run) {
    const lost = lostOnTheWay(args, textsOf(old.permissions), run);
    if (lost.length === 0) return undefined;
    return `${roleText(args)} gets ${lost.map((scope) => `\`${scope}\``).join(", ")} anew, since this run takes it away from the role on its way.`;
  },
  create: createRole,
  read: readRole,
  update: updateRole,
  delete: deleteRole,
};

/** The scopes for the lists that a change is about. */
function changedListScopes(args: Properties, old: Properties | undefined): readonly Scope[] {
  const changed = (list: unknown, before: unknown) => (same(undefined, list ?? [], before ?? []) ? undefined : list);
  return listScopes({
    permissions: changed(args.permissions, old?.permissions) ?? taken(args.permissions, old?.permissions),
    groups: changed(args.groups, old?.groups) ?? taken(args.groups, old?.groups),
  });
}

/** A list that is taken out of the program: what it declared goes. */
function taken(list: unknown, before: unknown): unknown {
  return list === undefined && Array.isArray(before) && before.length > 0 ? before : undefined;
}
