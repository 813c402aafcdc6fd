import type { Api } from "../../api/api";
import type { Failure } from "../../core/check";
import type { Properties } from "../../core/clean";
import type { Run } from "../../core/run";
import { ApiError } from "../../errors";
import { roleNamed, rolePath } from "./directory";
import { type RoleWire, roleWire, withoutUsers } from "./wire";

/** Whether a role of an organization was shared with it: the tenant says what it is called and what it permits. */
function isShared({ properties }: RoleWire): boolean {
  return (properties ?? []).some(({ name, value }) => name === "isSharedRole" && value === "true");
}

const roleText = ({ displayName, id }: RoleWire) => `the role ${JSON.stringify(displayName)} (id ${id})`;

/** What cannot be declared of a role that was shared with an organization. Older servers do not tell of one: there, the run does. */
export async function sharedRoleFailures(api: Api, args: Properties): Promise<Failure[]> {
  if (api.organization === undefined || args.permissions === undefined) return [];
  const found = await roleNamed(api, args);
  if (!found || !isShared(found)) return [];
  const reason = `permissions: ${roleText(found)} was shared with this organization, so its permissions are those of the tenant's role. Take them out, and declare them there. Its groups can be declared here.`;
  return [{ property: "permissions", reason }];
}

/** Deletes a role. One that was shared with an organization stays as long as it is shared: that is said. */
export async function removedUnlessShared(api: Api, id: string, run: Run, remove: () => Promise<void>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (api.organization === undefined || !(error instanceof ApiError) || error.meaning !== "invalid") throw error;
    const found = await api.needing("internal_role_mgt_view").get(rolePath(id), roleWire, withoutUsers);
    if (!isShared(found)) throw error;
    run.say(
      `${roleText(found)} is kept as it is, since it was shared with this organization: it goes when it is not shared any more.`,
    );
  }
}
