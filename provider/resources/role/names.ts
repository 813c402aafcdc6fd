import type { Api } from "../../api/api";
import type { Failure } from "../../core/check";
import { nonEmptyText } from "../../core/checks";
import type { Properties } from "../../core/clean";
import { takenAdvice } from "../../core/controls";
import type { Match } from "../../core/definition";
import type { Declared } from "../../core/program";
import type { Run } from "../../core/run";
import { isUnknown } from "../../core/unknown";
import { type ApiError, AsgardeoError, isConflict } from "../../errors";
import { asMatch, matchRole, roleKey, rolePath, rolesLike } from "./directory";
import { noteRoleWrite } from "./refreshed-list";
import { roleToPatch } from "./wire";

const reserved = "system_";

export const roleName = nonEmptyText.superRefine((name, ctx) => {
  const refuse = (message: string) => ctx.addIssue({ code: "custom", message });
  if (name.trim() === "" && name !== "") refuse("has nothing but blanks; give it a name");
  if (name.includes("/")) refuse("has a `/`, which no role can have in its name; take it out, or write `-` for it");
  if (name.toLowerCase().startsWith(reserved))
    refuse(`begins with \`${reserved}\`, which the server keeps for its own roles; choose another name`);
});

/** Whether this resource of the program gives up the name that it has. */
function givesUp({ args, old }: Declared, name: string): boolean {
  const { displayName } = args;
  return (
    old?.displayName === name && typeof displayName === "string" && !isUnknown(displayName) && displayName !== name
  );
}

/** Another role that has the name of a role that is renamed. It may be one that is renamed itself in this run. */
export async function renamingFailures(
  api: Api,
  args: Properties,
  old: Properties | undefined,
  run: Run,
): Promise<Failure[]> {
  const key = roleKey(args);
  if (!key || old === undefined || old.displayName === key.displayName) return [];
  if ((old.application ?? "") !== (args.application ?? "")) return [];
  const holder = await matchRole(api, args, run);
  if (!holder) return [];
  const all = run.program.all("Role");
  if (all.some((one) => givesUp(one, key.displayName))) return [];
  const taken = `displayName: ${JSON.stringify(key.displayName)} is taken by ${holder.what} (id ${holder.id}).`;
  const unless = "This goes well only if that role is one of this program and gets another name in the same run.";
  return [{ property: "displayName", reason: `${taken} ${unless}`, isWarning: true }];
}

/**
 * Sends a change of a name; once more where the role that has it is one of this program, and gets another name in this run:
 * until its own turn it is called by its id, so that two roles can change names.
 */
export async function renaming(api: Api, args: Properties, run: Run, send: () => Promise<void>): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!isConflict(error)) throw error;
    await api.inTurn("changes of names of roles", async () => {
      if (!(await madeWay(api, args, run))) throw await nameConflict(api, args, run, error, "rename");
      await send();
    });
  }
}

/** Whether the name is free by now. */
async function madeWay(api: Api, args: Properties, run: Run): Promise<boolean> {
  const holder = await holderOf(api, args, run);
  if (!holder) return true;
  const isHolder = ({ id }: Declared) => id === holder.id;
  const giver = await run.program.eventually("Role", isHolder, run.patience);
  const name = String(args.displayName);
  if (!giver || !givesUp(giver, name)) return false;
  await noteRoleWrite(api, holder.id);
  await api.patch(rolePath(holder.id), roleToPatch({ displayName: `${name.slice(0, 200)} ${holder.id}` }));
  return true;
}

/** The role that has the name, or the same in other case. */
async function holderOf(api: Api, args: Properties, run: Run): Promise<Match | undefined> {
  const key = roleKey(args);
  const [found] = key ? await rolesLike(api, key) : [];
  return found && asMatch(run, found);
}

/** What a 409 means, with who has the name. */
export async function nameConflict(
  api: Api,
  args: Properties,
  run: Run,
  conflict: ApiError,
  by: "create" | "rename",
): Promise<AsgardeoError> {
  // Only for the message, so a failure of its own must not hide the conflict.
  const holder = await holderOf(api, args, run).catch(() => undefined);
  const who = holder ? `${holder.what} (id ${holder.id})` : "another role";
  const advice = by === "create" ? (holder?.refusal ?? takenAdvice) : "Choose another, or rename that one first.";
  return new AsgardeoError(
    `displayName: ${JSON.stringify(args.displayName)} is taken by ${who}. ${advice} (${conflict.message})`,
    { cause: conflict },
  );
}
