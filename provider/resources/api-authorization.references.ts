import { z } from "zod";
import type { Api, Collection } from "../api/api";
import { path } from "../api/path";
import type { Failure } from "../core/check";
import type { Properties } from "../core/clean";
import { type Parts, type Reference, whatIs } from "../core/references";
import type { Run } from "../core/run";
import { isUnknown } from "../core/unknown";
import { apiNamed, apiTarget, apiText, apiWithId, isOfServer } from "./api-look-up";
import { isCopy } from "./application/shared-copy";

const applicationWire = z.looseObject({
  name: z.string(),
  advancedConfigurations: z.looseObject({ fragment: z.boolean().nullish() }).nullish(),
  associatedRoles: z.looseObject({ allowedAudience: z.string().nullish() }).nullish(),
});

/** The application with an id; undefined where there is none. */
export const applicationWithId: Collection<z.infer<typeof applicationWire> | undefined> = {
  load: (api, id) =>
    api.needing("internal_application_mgt_view").find(path`/api/server/v1/applications/${id}`, applicationWire),
};

const copyAdvice =
  "is the organization's copy of a shared one, which has the authorizations of the application of the tenant. Authorize that one, with a provider for the tenant.";

/** The scopes of an API, as an authorization names them. */
export const scopeParts: Parts = { arg: "scopes", of: "scopes", word: "scope" };

/** The application that an arg names by its id; with `noCopy`, why an organization's copy of a shared one will not do. */
export function applicationReference(noCopy?: string): Reference {
  return {
    arg: "application",
    type: "Application",
    word: "application",
    async find(api, _, given) {
      const live = await api.kept(applicationWithId, given);
      if (!live) return { problem: `there is no application with the id ${given} in this tenant` };
      const what = `the application ${JSON.stringify(live.name)} (id ${given})`;
      return noCopy !== undefined && isCopy(live) ? { problem: `${what} ${noCopy}` } : { id: given, what };
    },
  };
}

/** What an authorization refers to. */
export const authorizationReferences: readonly Reference[] = [
  applicationReference(copyAdvice),
  {
    arg: "api",
    type: "ApiResource",
    key: "identifier",
    idOutput: "apiId",
    word: "API",
    parts: scopeParts,
    find: apiTarget,
  },
];

/** The application, by its name where the program has it: `the application "Shop" of this program (resource "shop")`. */
export function applicationText(run: Run, id: string): string {
  const ours = run.program.find("Application", undefined, id);
  return ours ? whatIs({ word: "application" }, ours) : `the application ${id}`;
}

export function apiTextOf(run: Run, given: string): string {
  const ours = run.program.find("ApiResource", "identifier", given);
  return ours ? whatIs({ word: "API" }, ours) : `the API ${given}`;
}

const rbacOnly = (what: string) =>
  `policy: ${what} requires authorization, so it accepts the policy \`RBAC\` only. Take \`policy\` out, or set \`requiresAuthorization: false\` at the API.`;

/** What contradicts the rest of the program: a policy that its API does not allow, and the same authorization twice. */
export function agree(args: Properties, run: Run): Failure[] {
  return [...policyAgainstProgram(args, run), ...twins(args, run)];
}

function policyAgainstProgram({ api, policy }: Properties, run: Run): Failure[] {
  if (policy !== "No Policy" || typeof api !== "string") return [];
  const ours = run.program.find("ApiResource", "identifier", api);
  const requires = ours?.args.requiresAuthorization ?? true;
  return ours && requires === true ? [{ property: "policy", reason: rbacOnly(whatIs({ word: "API" }, ours)) }] : [];
}

/** One names the API by its id, and the other by its identifier. */
function twins(args: Properties, run: Run): Failure[] {
  const { application, api } = args;
  if (typeof api !== "string" || isUnknown(api) || isUnknown(application)) return [];
  const target = run.program.find("ApiResource", "identifier", api);
  const isTwin = (other: Properties) =>
    other.application === application &&
    other.api !== api &&
    typeof other.api === "string" &&
    run.program.find("ApiResource", "identifier", other.api) === target;
  const other = target && run.program.all("ApiAuthorization").find((each) => isTwin(each.args));
  if (!other) return [];
  const reason = `api: ${JSON.stringify(api)} and ${JSON.stringify(other.args.api)} are one API, and the resource "${other.name}" of this program authorizes the same application for it. Make one resource of the two.`;
  return [{ property: "api", reason }];
}

/** The same against an API that is none of the program's. */
export async function policyFailures(api: Api, { api: given, policy }: Properties, run: Run): Promise<Failure[]> {
  if (policy !== "No Policy" || typeof given !== "string" || isUnknown(given)) return [];
  if (run.program.find("ApiResource", "identifier", given)) return [];
  const found = await apiNamed(api, run, given);
  const live = "id" in found ? await api.kept(apiWithId, found.id) : undefined;
  if (!live || !("id" in found) || !(isOfServer(live) || (live.requiresAuthorization ?? true))) return [];
  return [{ property: "policy", reason: rbacOnly(apiText(live.name, found.id)) }];
}
