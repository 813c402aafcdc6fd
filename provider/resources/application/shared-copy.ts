import { z } from "zod";
import type { Api } from "../../api/api";
import { path } from "../../api/path";
import type { Failure } from "../../core/check";
import type { Properties } from "../../core/clean";
import type { Run } from "../../core/run";
import { hasCode } from "../../errors";
import { isObject } from "../wire";
import { applicationNamed } from "./directory";
import { applicationText } from "./names";

const wire = z.looseObject({
  name: z.string(),
  advancedConfigurations: z.looseObject({ fragment: z.boolean().nullish() }).nullish(),
});

/** Whether an application is the copy of a shared one, as the server calls it a fragment. */
export function isCopy({ advancedConfigurations }: Pick<z.infer<typeof wire>, "advancedConfigurations">): boolean {
  return advancedConfigurations?.fragment === true;
}

/** What a copy has of its own, beside the args that never reach the server. */
const ofItsOwn = ["name", "authenticationSequence", "associatedRoles", "adopt", "storeSecret"];

const advice =
  "only `authenticationSequence` without a script and `associatedRoles` can be declared of it here. All else is declared at the application of the tenant.";

/**
 * What cannot be declared of the copy that an organization has of a shared application: some of it the server refuses, and
 * most it ignores with status 200.
 */
export async function copyFailures(api: Api, args: Properties): Promise<Failure[]> {
  if (api.organization === undefined) return [];
  const found = await applicationNamed(api, args);
  if (!found || !isCopy(found)) return [];
  const what = `${applicationText(found.name, found.id)} is the organization's copy of a shared one, and ${advice}`;
  const wrong = Object.keys(args).filter((name) => args[name] !== undefined && !ofItsOwn.includes(name));
  const { authenticationSequence: flow } = args;
  const script = isObject(flow) && flow.script !== undefined ? ["authenticationSequence.script"] : [];
  return [...wrong, ...script].map((name) => ({
    property: name.split(".")[0] ?? name,
    reason: `${name}: ${what} Take it out.`,
  }));
}

/** Deletes an application of an organization. A copy stays as long as the tenant shares its application: that is said. */
export async function removedUnlessCopy(api: Api, id: string, run: Run, remove: () => Promise<void>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (api.organization === undefined || !hasCode(error, "APP-60001")) throw error;
    const viewing = api.needing("internal_application_mgt_view");
    const found = await viewing.get(path`/api/server/v1/applications/${id}`, wire);
    if (!isCopy(found)) throw error;
    run.say(
      `${applicationText(found.name, id)} is kept as it is, since it is the organization's copy of a shared one: it goes when that is not shared any more.`,
    );
  }
}
