import type { Api } from "../../api/api";
import type { Failure } from "../../core/check";
import type { Properties } from "../../core/clean";
import { type Reference, whatIs } from "../../core/references";
import type { Run } from "../../core/run";
import { applicationReference, applicationText, applicationWithId } from "../api-authorization.references";
import { groupText, groupWithId } from "../group/directory";
import { isObject } from "../wire";
import { isKnown, ownerOf } from "./program";

export const roleReferences: readonly Reference[] = [
  applicationReference(),
  {
    arg: "groups",
    type: "Group",
    word: "group",
    async find(api, _, given) {
      const live = await api.kept(groupWithId, given);
      if (!live) return { problem: `there is no group with the id ${given} in this tenant` };
      return { id: given, what: groupText(live.displayName, given) };
    },
  },
];

const noRolesOfItsOwn = (application: string, says: string) =>
  `application: ${application} ${says} \`associatedRoles.allowedAudience\` \`ORGANIZATION\`, so it has no roles of its own. Take \`application\` out of the role, which makes it one of the organization, or say \`APPLICATION\` there.`;

/** A role of an application that this program gives the roles of the organization: the server would delete it. */
export function audienceAgainstProgram(args: Properties, run: Run): Failure[] {
  const application = isKnown(args) ? ownerOf(args) : undefined;
  if (application === undefined) return [];
  const ours = run.program.find("Application", undefined, application);
  const block = ours?.args.associatedRoles;
  if (!ours || !isObject(block) || block.allowedAudience !== "ORGANIZATION") return [];
  return [{ property: "application", reason: noRolesOfItsOwn(whatIs({ word: "application" }, ours), "declares") }];
}

/** The same for an application whose audience this program does not declare. */
export async function audienceFailures(
  api: Api,
  args: Properties,
  old: Properties | undefined,
  run: Run,
): Promise<Failure[]> {
  const application = isKnown(args) ? ownerOf(args) : undefined;
  if (application === undefined || old?.application === application) return [];
  const ours = run.program.find("Application", undefined, application);
  if (ours?.args.associatedRoles !== undefined || run.program.isMade("Application", application)) return [];
  const live = await api.kept(applicationWithId, application);
  if (live?.associatedRoles?.allowedAudience !== "ORGANIZATION") return [];
  return [{ property: "application", reason: noRolesOfItsOwn(applicationText(run, application), "has") }];
}
