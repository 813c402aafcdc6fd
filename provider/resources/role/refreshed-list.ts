import type { Api, Collection } from "../../api/api";
import type { State } from "../../core/definition";
import { same } from "../../core/diff";
import { RefreshedList } from "../refreshed-list";
import type { RoleArgs } from "../role.args";
import { scimPage } from "../scim-list";
import { roles } from "./directory";
import { type Role, type RoleWire, roleFromWire, roleWire, withoutUsers } from "./wire";

/** The tenant's roles, as far as reading them together pays. */
const roleList: Collection<RefreshedList<RoleWire>> = {
  load: async () => new RefreshedList(scimPage(roles, roleWire, withoutUsers)),
};

/** To be called before a write to a role: no read after it is answered by an older list. */
export async function noteRoleWrite(api: Api, id: string): Promise<void> {
  (await api.kept(roleList)).noteWrite(id);
}

/** What the lists of older servers have of a role, and nothing else. */
const head = new Set(["id", "displayName", "audience", "meta", "schemas"]);

/** Whether a list has all of a role: an empty list of its own would be left out, too. */
function isWhole(role: RoleWire): boolean {
  return Object.keys(role).some((name) => !head.has(name));
}

/**
 * The role where a list proves that it is as declared. The list never says anything else: that a role is gone, or has
 * changed, is told by the role itself.
 */
export async function listedAsDeclared(
  api: Api,
  id: string,
  { args }: State<RoleArgs, object>,
): Promise<Role | undefined> {
  // Nothing is declared in a look-up by id.
  if (args.displayName === undefined) return undefined;
  const list = await api.kept(roleList);
  const found = await list.find(api, id, 1, (role) => isWhole(role) && isAsDeclared(args, roleFromWire(role)));
  return found && roleFromWire(found);
}

function isAsDeclared(args: Partial<Role>, live: Role): boolean {
  const { displayName, permissions = live.permissions, groups = live.groups } = args;
  return (
    displayName === live.displayName &&
    same(undefined, permissions, live.permissions) &&
    same(undefined, groups, live.groups)
  );
}
