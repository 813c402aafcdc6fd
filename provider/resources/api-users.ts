import type { Api } from "../api/api";
import { authorizationsOf } from "../api/authorizations";
import type { Properties } from "../core/clean";
import { same } from "../core/diff";
import type { Run } from "../core/run";
import { AsgardeoError } from "../errors";
import { apiText, matchApi } from "./api-look-up";
import { allApplications } from "./application/directory";

/** No request tells who is authorized to an API, so the applications are asked one by one: not more than this. */
const most = 25;

/** Which applications outside of this program lose their access with an API; undefined where there is nothing to say. */
async function usersOutside(api: Api, id: string, run: Run): Promise<string | undefined> {
  const viewing = api.needing("internal_application_mgt_view");
  const ours = new Set(run.program.all("Application").map((each) => each.id));
  const outside = (await allApplications(viewing)).filter((each) => !ours.has(each.id) && each.access !== "READ");
  if (outside.length > most) {
    return `whether applications outside of this program are authorized to it was not looked up, since the tenant has ${outside.length} of them`;
  }
  const all = await Promise.all(outside.map((each) => viewing.kept(authorizationsOf, each.id)));
  const users = outside.filter((_, i) => all[i]?.some((authorization) => authorization.id === id));
  if (users.length === 0) return undefined;
  const names = users.map(({ name }) => JSON.stringify(name)).join(", ");
  return `${users.length === 1 ? "an application" : "applications"} outside of this program will lose access: ${names}`;
}

/** Only for a message: what stands in the way of it must not stand in the way of the change. */
async function unlessRefused(work: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AsgardeoError) return undefined;
    throw error;
  }
}

/** Says who loses access by a delete. Where the whole program goes, its end is meant, and nobody is asked. */
export async function sayWhoLosesAccess(api: Api, id: string, { name }: Properties, run: Run): Promise<void> {
  if (run.program.isEmpty) return;
  const loss = await unlessRefused(() => usersOutside(api, id, run));
  if (loss !== undefined)
    run.say(`warning: with ${apiText(typeof name === "string" ? name : undefined, id)}, ${loss}.`);
}

/** The arg whose change replaces an API, where one does. */
export function replacing(old: Properties, args: Properties): string | undefined {
  return ["identifier", "requiresAuthorization"].find((arg) => !same(undefined, old[arg] ?? true, args[arg] ?? true));
}

/** The same for the preview of a replacement. */
export async function warnOfLostAccess(api: Api, old: Properties, args: Properties, run: Run): Promise<string[]> {
  const arg = replacing(old, args);
  if (arg === undefined) return [];
  const loss = await unlessRefused(async () => {
    const found = await matchApi(api, old);
    return found && usersOutside(api, found.id, run);
  });
  return loss === undefined ? [] : [`${arg}: another value replaces the API, and ${loss}`];
}
