import type { Api } from "../../api/api";
import { takenAdvice } from "../../core/controls";
import type { Plain } from "../../core/schema";
import { type ApiError, AsgardeoError, hasCode, isConflict } from "../../errors";
import type { OrganizationArgs } from "../organization.args";
import { activeChildren, childrenOf, matchOrganization, namesOf, organizationsWith } from "./directory";
import { organizationText } from "./wire";

type Args = Partial<Plain<OrganizationArgs>>;

/** Why a handle cannot be had, and what to do. */
export async function handleTaken(api: Api, handle: string): Promise<string> {
  const [found] = await organizationsWith(api, "orgHandle", handle);
  const who = found
    ? `by ${organizationText(found)}`
    : "by an organization of another customer, or by one that was deleted";
  return `orgHandle: ${JSON.stringify(handle)} is taken ${who}, and a handle is never free again, also not where its organization is replaced. Choose another one, or leave it out: the server then makes one.`;
}

/** What the server refused, in terms of the args. */
export async function refusalInArgs(
  api: Api,
  args: Args,
  error: unknown,
  change: "create" | "change",
  id?: string,
): Promise<unknown> {
  if (hasCode(error, "ORG-60100") && args.orgHandle !== undefined) {
    return explained(await handleTaken(api, args.orgHandle), error);
  }
  if (isConflict(error)) {
    const found = await matchOrganization(api, { name: args.name }, true);
    const who = found ? `${found.what} (id ${found.id})` : "another organization of the tenant";
    const advice = change === "create" ? takenAdvice : " Choose another name, or rename that one first.";
    return explained(`name: ${JSON.stringify(args.name)} is taken by ${who}.${advice}`, error);
  }
  if (hasCode(error, "ORG-60029") && id !== undefined) {
    return explained(activeChildrenText(namesOf(await activeChildren(api, id)) ?? "children of it"), error);
  }
  if (hasCode(error, "ORG-60030") || hasCode(error, "ORG-60031")) {
    return explained("parentId: the organization above it is disabled. Activate that one first.", error);
  }
  if (hasCode(error, "ORG-60017") || hasCode(error, "ORG-60097")) {
    return explained(`name: the server does not take ${JSON.stringify(args.name)}. Choose another name.`, error);
  }
  if (hasCode(error, "ORG-60032")) {
    return explained(
      `orgHandle: the server does not take ${JSON.stringify(args.orgHandle)}. Choose another one.`,
      error,
    );
  }
  return error;
}

/** Why an organization cannot be disabled. Pulumi changes children after what is above them, so it takes a run of its own. */
export function activeChildrenText(children: string): string {
  return `status: an organization with active children cannot be disabled, and these are active: ${children}. Disable or delete them first, in a run of their own.`;
}

/** A refused deletion: children that a program declares are deleted before, so these are others. */
export async function deletionRefused(api: Api, id: string, what: string, error: unknown): Promise<unknown> {
  if (!hasCode(error, "ORG-60007")) return error;
  const children = namesOf(await childrenOf(api, id)) ?? "some that cannot be listed";
  return explained(
    `${what} cannot be deleted, since it has children that are not deleted with it: ${children}. Delete them first, or take this resource out of the state with \`pulumi state delete\` to keep all of them.`,
    error,
  );
}

function explained(text: string, error: ApiError): AsgardeoError {
  return new AsgardeoError(`${text} (${error.message})`, { cause: error });
}
