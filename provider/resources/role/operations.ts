import type { Api } from "../../api/api";
import type { Created, Live, State } from "../../core/definition";
import { same } from "../../core/diff";
import type { Run } from "../../core/run";
import { ApiError, AsgardeoError, isConflict, PartialCreateError } from "../../errors";
import type { RoleArgs } from "../role.args";
import { rolePath, roles } from "./directory";
import { nameConflict, renaming } from "./names";
import { givenBefore, givenLater, lostOnTheWay, roleText, textsOf } from "./program";
import { listedAsDeclared, noteRoleWrite } from "./refreshed-list";
import { awaitedRole, removedUnlessShared } from "./shared-role";
import {
  listScopes,
  type Role,
  type RoleChange,
  roleFromWire,
  roleToCreate,
  roleToPatch,
  roleWire,
  withoutUsers,
} from "./wire";

type RoleState = State<RoleArgs, object>;

const nothing: RoleState = { args: {}, outputs: {} };

export async function createRole(api: Api, args: Role, run: Run): Promise<Created<object>> {
  const { permissions, groups } = args;
  const filled = {
    permissions: permissions?.length ? permissions : undefined,
    groups: groups?.length ? groups : undefined,
  };
  const shared = await awaitedRole(api, args, run);
  if (shared) {
    const outputs = await updateRole(api.needing("internal_role_mgt_update"), shared.id, args, nothing, run);
    return { id: shared.id, outputs };
  }
  const writing = api.mayNeed(...listScopes(filled));
  try {
    const id = await permitted(args, run, () => writing.create(roles, roleToCreate(args)));
    return { id, outputs: {} };
  } catch (error) {
    throw isConflict(error) ? await nameConflict(api, args, run, error, "create") : error;
  }
}

export async function readRole(api: Api, id: string, state: RoleState): Promise<Live<RoleArgs, object> | undefined> {
  const listed = await listedAsDeclared(api, id, state);
  const args = listed ?? (await liveRole(api, id));
  return args && { args, outputs: {} };
}

async function liveRole(api: Api, id: string): Promise<Role | undefined> {
  const live = await api.find(rolePath(id), roleWire, withoutUsers);
  return live && roleFromWire(live);
}

export async function updateRole(
  api: Api,
  id: string,
  args: Role,
  { args: old }: RoleState,
  run: Run,
): Promise<object> {
  const change = await changeOf(api, id, args, old, run);
  const members = Object.keys(change) as (keyof RoleChange)[];
  if (members.length === 0) return {};
  await noteRoleWrite(api, id);
  const writing = api.mayNeed(...listScopes(change));
  const send = () => writing.patch(rolePath(id), roleToPatch(change));
  try {
    await permitted(args, run, () => (change.displayName === undefined ? send() : renaming(api, args, run, send)));
  } catch (error) {
    if (members.length === 1 || !isPartial(error)) throw error;
    // The server makes one change after the other, without a transaction: what came before the refused one is made. The
    // state keeps what it had, and the next run compares with the role itself.
    const before = Object.fromEntries(members.map((name) => [name, old[name]]));
    const reason = `${roleText(args)} (id ${id}) may have been changed in part: of ${members.join(", ")}, the server makes one change after the other. The next \`pulumi up\` goes on. ${error.message}`;
    throw new PartialCreateError(id, before, [reason], { cause: error });
  }
  return {};
}

/** Whether the server may have made a part of a change before it refused the rest. The name comes first. */
function isPartial(error: unknown): error is AsgardeoError {
  if (!(error instanceof AsgardeoError)) return false;
  const refusal = error instanceof ApiError ? error : error.cause;
  return refusal instanceof ApiError && !["taken", "absent", "forbidden"].includes(refusal.meaning ?? "");
}

/**
 * What is to be sent. As a rule that is what differs from the state. The role itself is asked where the state does not tell
 * it: after an adoption, after a run that did a part, where this run takes permissions away on its way, and where a list is
 * taken out of the program, so that what others have put into it stays.
 */
async function changeOf(api: Api, id: string, args: Role, old: Partial<Role>, run: Run): Promise<RoleChange> {
  const isTakenOut = (list: "permissions" | "groups") => args[list] === undefined && old[list] !== undefined;
  const known = { ...old, displayName: old.displayName ?? "" };
  const isLost = lostOnTheWay(args, textsOf(old.permissions), run).length > 0;
  const isOpen = old.displayName === undefined || isLost || isTakenOut("permissions") || isTakenOut("groups");
  const change = differing(known, args);
  if (!isOpen && Object.keys(change).length > 0) return change;
  const live = roleFromWire(await api.get(rolePath(id), roleWire, withoutUsers));
  const left = (list: "permissions" | "groups") =>
    isTakenOut(list) ? live[list]?.filter((value) => !old[list]?.includes(value)) : args[list];
  return differing(live, { ...args, permissions: left("permissions"), groups: left("groups") });
}

/** The members that are wanted otherwise than they are. */
function differing(known: Role, wanted: Role): RoleChange {
  const names = ["displayName", "permissions", "groups"] as const;
  const changed = names.filter(
    (name) => wanted[name] !== undefined && !same(undefined, wanted[name], known[name] ?? []),
  );
  return Object.fromEntries(changed.map((name) => [name, wanted[name]]));
}

/**
 * Sends a write that gives permissions, when what the program gives to the role is there; once more where it was refused and
 * the program has given them since. Pulumi shows resources in any order where no output leads from one to the other.
 */
async function permitted<T>(args: Role, run: Run, send: () => Promise<T>): Promise<T> {
  await givenBefore(args, run);
  try {
    return await send();
  } catch (error) {
    const refused = refusedPermissions(args, error);
    if (refused.length === 0) throw error;
    if (await givenLater(args, refused, run)) return send();
    throw inArgs(args, refused, error);
  }
}

/** The permissions that a refusal is about: the server names one in its words. */
function refusedPermissions({ permissions = [] }: Role, error: unknown): string[] {
  if (!(error instanceof ApiError) || error.meaning !== "invalid" || !/permission/i.test(error.description)) return [];
  const words = error.description.split(/[\s,]+/);
  return permissions.filter((name) => words.includes(name));
}

function inArgs({ permissions = [], application }: Role, refused: readonly string[], error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const places = refused.map((name) => `permissions[${permissions.indexOf(name)}]`).join(", ");
  const advice =
    application === undefined
      ? "A permission is the name of a scope of an API of the tenant."
      : "A permission is the name of a scope that the application is authorized for: declare an `ApiAuthorization`, and let the role depend on it.";
  return new AsgardeoError(`${places}: ${error.message}. ${advice}`, { cause: error });
}

export async function deleteRole(api: Api, id: string, { args }: RoleState, run: Run): Promise<void> {
  await noteRoleWrite(api, id);
  await removedUnlessShared(api, id, args.groups ?? [], run, () => api.delete(rolePath(id)));
}
