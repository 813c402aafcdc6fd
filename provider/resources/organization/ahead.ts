import { z } from "zod";
import type { Api } from "../../api/api";
import { isId } from "../../api/ids";
import { path } from "../../api/path";
import type { Failure } from "../../core/check";
import type { Properties } from "../../core/clean";
import type { Reference } from "../../core/references";
import type { Run } from "../../core/run";
import { isUnknown } from "../../core/unknown";
import { ApiError } from "../../errors";
import { activeChildren, childrenOf, matchOrganization, namesOf, unknownOrganization } from "./directory";
import { activeChildrenText, handleTaken } from "./refusals";
import { type OrganizationWire, organizationText, organizationWithId, viewing } from "./wire";

/** An organization of the tenant that an arg gives by its id, or what is wrong with it. */
export async function organizationTarget(
  api: Api,
  _: Run,
  given: string,
): Promise<{ id: string; what: string } | { problem: string }> {
  const live = isId(given) ? await api.kept(organizationWithId, given) : undefined;
  if (live) return { id: given, what: organizationText(live) };
  return { problem: await unknownOrganization(api, given) };
}

/** What an organization refers to. */
export const organizationReferences: readonly Reference[] = [
  { arg: "parentId", type: "Organization", word: "organization", find: organizationTarget },
];

/** Two resources of the program that want one handle. */
export function twinHandles({ name, orgHandle }: Properties, run: Run): Failure[] {
  if (typeof orgHandle !== "string" || isUnknown(orgHandle)) return [];
  const others = run.program.all("Organization");
  const other = others.find(({ args }) => args.orgHandle === orgHandle && args.name !== name);
  if (!other) return [];
  const reason = `orgHandle: the resource ${JSON.stringify(other.name ?? other.args.name)} of this program has the handle ${JSON.stringify(orgHandle)}, too. Give one of them another handle.`;
  return [{ property: "orgHandle", reason }];
}

/** What the server would refuse of a new organization, or of a change. */
export async function organizationFailures(
  api: Api,
  args: Properties,
  old: Properties | undefined,
  run: Run,
): Promise<Failure[]> {
  if (!old) return [...(await handleFailures(api, args)), ...(await parentFailures(api, args, run))];
  const replaced = await replacedOne(api, args, old);
  return [
    ...(replaced ? [...(await handleFailures(api, args)), ...(await replacementWarnings(api, replaced))] : []),
    ...(args.status === "DISABLED" && old.status !== "DISABLED" ? await disablingFailures(api, old) : []),
  ];
}

/** The organization where this change replaces it: what the program has left out so far, the server tells. */
async function replacedOne(api: Api, args: Properties, old: Properties): Promise<OrganizationWire | undefined> {
  const isSaid = (name: string) => args[name] !== undefined && args[name] !== old[name];
  if (!isSaid("orgHandle") && !isSaid("parentId")) return undefined;
  const found = await matchOrganization(api, old);
  const live = found && (await api.kept(organizationWithId, found.id));
  if (!live) return undefined;
  const isOther = (name: string, is: unknown) => args[name] !== undefined && args[name] !== is;
  return isOther("orgHandle", live.orgHandle) || isOther("parentId", live.parent?.id) ? live : undefined;
}

const available = z.looseObject({ available: z.boolean() });

async function handleFailures(api: Api, { orgHandle }: Properties): Promise<Failure[]> {
  if (typeof orgHandle !== "string" || isUnknown(orgHandle)) return [];
  try {
    const checkHandle = path`/api/server/v1/organizations/check-handle`;
    const answer = await viewing(api).postAndRead(checkHandle, { orgHandle }, available);
    return answer.available ? [] : [{ property: "orgHandle", reason: await handleTaken(api, orgHandle) }];
  } catch (error) {
    if (!(error instanceof ApiError) || (error.status !== 404 && error.status !== 405)) throw error;
    const reason =
      "orgHandle: this server has no handles of organizations (WSO2 Identity Server 7.1 and later have). Leave it out.";
    return [{ property: "orgHandle", reason }];
  }
}

async function parentFailures(api: Api, { parentId }: Properties, run: Run): Promise<Failure[]> {
  if (typeof parentId !== "string" || isUnknown(parentId) || !isId(parentId)) return [];
  if (run.program.find("Organization", undefined, parentId)) return [];
  const parent = await api.kept(organizationWithId, parentId);
  if (parent?.status !== "DISABLED") return [];
  const reason = `parentId: ${organizationText(parent)} is disabled, and nothing can be made below it. Activate it first.`;
  return [{ property: "parentId", reason }];
}

async function disablingFailures(api: Api, old: Properties): Promise<Failure[]> {
  const found = await matchOrganization(api, old);
  const children = found && namesOf(await activeChildren(api, found.id));
  return children === undefined ? [] : [{ property: "status", reason: activeChildrenText(children) }];
}

/** Pulumi shows children after what is above them, so here nobody knows which of them the program has. */
async function replacementWarnings(api: Api, { id }: OrganizationWire): Promise<Failure[]> {
  const children = namesOf(await childrenOf(api, id));
  if (children === undefined) return [];
  const reason = `it is replaced, and has children: ${children}. Those that this program declares below it are deleted before it and made anew. Where there are others, its deletion fails, and it stays as it is.`;
  return [{ property: "", reason, isWarning: true }];
}
