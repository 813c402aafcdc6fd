import type { Api } from "../../api/api";
import type { Failure } from "../../core/check";
import type { Properties } from "../../core/clean";
import { controls } from "../../core/controls";
import type { Match } from "../../core/definition";
import { same } from "../../core/diff";
import type { Run } from "../../core/run";
import { ApiError, AsgardeoError } from "../../errors";
import { applicationText, applicationWithId } from "../api-authorization.references";
import { isCopy } from "../application/shared-copy";
import { matchRole, roleKey, rolePath, rolesLike, whose } from "./directory";
import { isKnown, ownerOf, roleText } from "./program";
import { noteRoleWrite } from "./refreshed-list";
import { listScopes, type RoleWire, roleToPatch, roleWire, valuesOf, withoutUsers } from "./wire";

/** Whether the tenant has shared a role with this organization. Servers before WSO2 Identity Server 7.2 do not say it of any. */
function saysShared({ properties }: RoleWire): boolean {
  return (properties ?? []).some(({ name, value }) => name === "isSharedRole" && value === "true");
}

/** Whether a role's application is the copy of a shared one: all roles of that are the tenant's. */
async function isOfCopy(api: Api, args: Properties): Promise<boolean> {
  const application = isKnown(args) ? ownerOf(args) : undefined;
  if (api.organization === undefined || application === undefined) return false;
  const live = await api.kept(applicationWithId, application);
  return live !== undefined && isCopy(live);
}

async function isShared(api: Api, args: Properties): Promise<boolean> {
  if (await isOfCopy(api, args)) return true;
  const key = roleKey(args);
  const found = key ? await rolesLike(api, key) : [];
  return found.some((role) => role.displayName === key?.displayName && saysShared(role));
}

/** What cannot be declared of a role that was shared from the tenant, and a role that cannot be made here. */
export async function sharedRoleFailures(
  api: Api,
  args: Properties,
  old: Properties | undefined,
  run: Run,
): Promise<Failure[]> {
  if (api.organization === undefined) return [];
  if (old === undefined) return newRoleFailures(api, args, run);
  const { permissions, displayName } = args;
  const isRenamed = displayName !== old.displayName;
  const isNews = controls(args).adopt === true || !same(undefined, permissions, old.permissions ?? []);
  const isPermitting = permissions !== undefined && isNews;
  if (!(isRenamed || isPermitting) || !(await isShared(api, old))) return [];
  const what = `${roleOf(old, run)} is the tenant's, and is shared with the organization ${api.organization}`;
  return [...(isRenamed ? [renamed(what, old)] : []), ...(isPermitting ? [permitting(what)] : [])];
}

function renamed(what: string, { displayName }: Properties): Failure {
  const now = `It has the name ${JSON.stringify(displayName)} now.`;
  const reason = `displayName: ${what} with its name. ${now} Rename it there, and write its new name here in a later run.`;
  return { property: "displayName", reason };
}

function permitting(what: string): Failure {
  const reason = `permissions: ${what} with all that it permits. Take \`permissions\` out here, and declare them of the tenant's role.`;
  return { property: "permissions", reason };
}

/** A role that is not there, or that is there and is not to be adopted. */
async function newRoleFailures(api: Api, args: Properties, run: Run): Promise<Failure[]> {
  if (!(await isOfCopy(api, args)) || (await matchRole(api, args, run))) return [];
  const role = roleOf(args, run);
  if (controls(args).adopt === true) {
    run.say(
      `${role} has not come to the organization yet. The run waits for it: it comes with the share of the application.`,
    );
    return args.permissions === undefined ? [] : [permitting(`${role} is the tenant's, and is to be shared`)];
  }
  const reason = `application: ${applicationText(run, String(args.application))} is the organization's copy of a shared one, whose roles come with the share: none can be made here. Declare the role in the tenant, share it by \`roleSharing\` of the \`ApplicationShare\`, and add \`adopt: true\` here.`;
  return [{ property: "application", reason }];
}

/** `the role "Reader" of the application a` */
function roleOf(args: Properties, run: Run): string {
  const owner = ownerOf(args);
  return owner === undefined ? roleText(args) : `${roleText(args)} of ${whose(run, owner)}`;
}

const lookAdvice =
  "Compare the name with that of the tenant's role, and see that `roleSharing` of the `ApplicationShare` has it.";

/**
 * The role of a shared application that is to be adopted and was not there yet: it is waited for, since the server shares in
 * the background. Undefined for any other role.
 */
export async function awaitedRole(api: Api, args: Properties, run: Run): Promise<Match | undefined> {
  if (controls(args).adopt !== true || !(await isOfCopy(api, args))) return undefined;
  const what = `${roleOf(args, run)} has come to the organization`;
  try {
    return await api.eventually({ what, look: () => matchRole(api, args, run, true) });
  } catch (error) {
    // What has a cause is no waiting in vain, but a refusal or the end of the run.
    if (!(error instanceof AsgardeoError) || error instanceof ApiError || error.cause !== undefined) throw error;
    throw new AsgardeoError(`displayName: ${error.message} ${lookAdvice}`, { cause: error });
  }
}

/**
 * Deletes a role. One that was shared with the organization stays as long as the tenant shares it, which is said; the groups
 * that the program gave it to lose it.
 */
export async function removedUnlessShared(
  api: Api,
  id: string,
  declared: readonly string[],
  run: Run,
  remove: () => Promise<void>,
): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (api.organization === undefined || !(error instanceof ApiError) || error.meaning !== "invalid") throw error;
    const viewing = api.needing("internal_role_mgt_view");
    const live = await viewing.get(rolePath(id), roleWire, withoutUsers);
    if (!saysShared(live) && !/shared role/i.test(error.description)) throw error;
    const held = valuesOf(live.groups);
    const groups = held.filter((group) => !declared.includes(group));
    const isToTakeBack = groups.length < held.length;
    if (isToTakeBack) {
      await noteRoleWrite(api, id);
      const writing = api.needing("internal_role_mgt_update").mayNeed(...listScopes({ groups }));
      await writing.patch(rolePath(id), roleToPatch({ groups }));
    }
    const taken = isToTakeBack ? " The groups that this program gave it to do not have it any more." : "";
    run.say(
      `${roleText(live)} (id ${id}) is kept, since the tenant has shared it with the organization: it goes when the tenant does not share it any more.${taken}`,
    );
  }
}
