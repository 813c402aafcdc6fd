import type { Api } from "../../api/api";
import { isId } from "../../api/ids";
import type { Failure } from "../../core/check";
import type { Properties } from "../../core/clean";
import type { Reference } from "../../core/references";
import type { Run } from "../../core/run";
import { isUnknown } from "../../core/unknown";
import { authorizationReferences } from "../api-authorization.references";
import { organizationTarget } from "../organization/ahead";
import { organizationText, organizationWithId } from "../organization/wire";
import { isObject, type JsonObject } from "../wire";
import { formOf } from "./detection";

/** What a share refers to by itself; the organizations of its list are looked at below. */
export const shareReferences: readonly Reference[] = authorizationReferences.filter(({ arg }) => arg === "application");

/** The elements of the list that are not unknown as a whole, with their places. */
export function elementsOf({ organizations }: Properties): { element: JsonObject; at: string }[] {
  const list: unknown[] = Array.isArray(organizations) ? organizations : [];
  return list.flatMap((element, i) => (isObject(element) ? [{ element, at: `organizations[${i}]` }] : []));
}

/** What the server would refuse, or pass over in silence. */
export async function shareFailures(
  api: Api,
  args: Properties,
  old: Properties | undefined,
  run: Run,
): Promise<Failure[]> {
  const form = await formOf(api);
  if (!form.isNew) return [...choiceFailures(args), ...(await unknownFailures(api, args, old, run))];
  return [...(await unknownFailures(api, args, old, run)), ...(await orphanFailures(api, args, old, run))];
}

/** What only newer servers can do. */
function choiceFailures(args: Properties): Failure[] {
  const all = [{ element: args, at: "" }, ...elementsOf(args)];
  return all.flatMap(({ element, at }) => {
    const { withChildren, roleSharing } = element;
    const before = at === "" ? "" : `${at}.`;
    const failure = (path: string, what: string): Failure => ({
      property: "organizations",
      reason: `${before}${path}: this server cannot ${what} (WSO2 Identity Server 7.2 and Asgardeo can). Leave it out.`,
    });
    const isChoice = isObject(roleSharing) && (roleSharing.mode === "NONE" || roleSharing.mode === "SELECTED");
    return [
      ...(withChildren === true ? [failure("withChildren", "share with the children of an organization")] : []),
      ...(isChoice ? [failure("roleSharing.mode", "leave out roles: it shares all of them")] : []),
    ];
  });
}

/** The organizations that are new in the list, known, and none of the program's. */
function newOnes(args: Properties, old: Properties | undefined, run: Run): { id: string; at: string }[] {
  const had = new Set(elementsOf(old ?? {}).map(({ element }) => element.organization));
  return elementsOf(args).flatMap(({ element: { organization: id }, at }) => {
    if (typeof id !== "string" || isUnknown(id) || had.has(id)) return [];
    return run.program.find("Organization", undefined, id) ? [] : [{ id, at }];
  });
}

async function unknownFailures(api: Api, args: Properties, old: Properties | undefined, run: Run): Promise<Failure[]> {
  const all = newOnes(args, old, run).map(async ({ id, at }): Promise<Failure[]> => {
    const found = await organizationTarget(api, run, id);
    if ("id" in found) return [];
    return [{ property: "organizations", reason: `${at}.organization: ${found.problem}` }];
  });
  return (await Promise.all(all)).flat();
}

/** An organization gets an application only where the one above it has it. */
async function orphanFailures(api: Api, args: Properties, old: Properties | undefined, run: Run): Promise<Failure[]> {
  const wanted = elementsOf(args).map(({ element }) => element);
  // One that is not known yet may be the one above.
  if (wanted.some(({ organization }) => isUnknown(organization))) return [];
  const has = (id: string, isWithChildren: boolean) =>
    wanted.some((each) => each.organization === id && (!isWithChildren || each.withChildren === true));
  const all = newOnes(args, old, run).map(async ({ id, at }): Promise<Failure[]> => {
    const live = isId(id) ? await api.kept(organizationWithId, id) : undefined;
    // The first of them is the tenant's own.
    const above = (live?.ancestorPath ?? []).slice(1);
    const parent = above.at(-1);
    if (!live || !parent || has(parent.id, false) || above.some((each) => has(each.id, true))) return [];
    const reason = `${at}.organization: ${organizationText(live)} is below ${organizationText(parent)}, which does not get the application, so the server passes it over. Put that one into the list, too.`;
    return [{ property: "organizations", reason }];
  });
  return (await Promise.all(all)).flat();
}
