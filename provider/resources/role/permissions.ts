import type { Api } from "../../api/api";
import { authorizationsOf } from "../../api/authorizations";
import { scopesOfTenant } from "../../api/tenant-scopes";
import { type Failure, nearMiss } from "../../core/check";
import type { Properties } from "../../core/clean";
import { whatIs } from "../../core/references";
import type { Run } from "../../core/run";
import { applicationText } from "../api-authorization.references";
import { givenScopes, isKnown, ownerOf, scopesOfProgram, takenAway, textsOf } from "./program";

/** A permission that is new to the role, and its place in the args. */
interface Wanted {
  readonly scope: string;
  readonly place: string;
}

function wantedIn(args: Properties, old: Properties | undefined): Wanted[] {
  const list: readonly unknown[] = Array.isArray(args.permissions) ? args.permissions : [];
  const known = textsOf(list);
  const had = textsOf(old?.permissions);
  return known
    .filter((scope) => !had.includes(scope))
    .map((scope) => ({ scope, place: `permissions[${list.indexOf(scope)}]` }));
}

/** Pulumi shows a role after what stands before it in the program, and otherwise in any order. */
const orderAdvice = (what: string) =>
  `Where this program declares ${what}, let it stand before the role in the program, or give the role \`dependsOn\`.`;

/**
 * The permissions that are new and that the server would refuse: no API has the scope, or the application is not
 * authorized for it. What the program itself gives costs no request.
 */
export async function permissionFailures(
  api: Api,
  args: Properties,
  old: Properties | undefined,
  run: Run,
): Promise<Failure[]> {
  const isSame = old !== undefined && (old.application ?? "") === (args.application ?? "");
  const given = givenScopes(args, run);
  const wanted = wantedIn(args, isSame ? old : undefined).filter(({ scope }) => !given.has(scope));
  if (wanted.length === 0) return [];
  const live = await authorized(api, args, run);
  const lacking = wanted.filter(({ scope }) => !live?.includes(scope));
  if (lacking.length === 0) return [];
  const ofTenant = await api.kept(scopesOfTenant);
  const all = [...ofTenant, ...scopesOfProgram(run)];
  return lacking.flatMap(({ scope, place }) => {
    // A server that does not tell its scopes lets the run tell what is wrong.
    if (ofTenant.size > 0 && !all.includes(scope)) return [failure(place, noApi(scope, all))];
    const owner = ownerOf(args);
    if (live === undefined || owner === undefined) return [];
    return [failure(place, notAuthorized(applicationText(run, owner), scope, [...live, ...given]))];
  });
}

function failure(place: string, reason: string): Failure {
  return { property: "permissions", reason: `${place}: ${reason}` };
}

function noApi(scope: string, all: readonly string[]): string {
  return `no API has the scope \`${scope}\`${nearMiss(scope, all)}. ${orderAdvice("the API with it")}`;
}

function notAuthorized(application: string, scope: string, possible: readonly string[]): string {
  const has = possible.length === 0 ? "it is authorized for none" : `it is authorized for ${possible.join(", ")}`;
  return `${application} is not authorized for the scope \`${scope}\`${nearMiss(scope, possible)} (${has}). Authorize it by an \`ApiAuthorization\`. ${orderAdvice("that")}`;
}

/**
 * The scopes that the application is authorized for in the tenant, without what this program has a say in; undefined where
 * nothing can be told yet, and for a role of the organization, which any scope is good for.
 */
async function authorized(api: Api, args: Properties, run: Run): Promise<string[] | undefined> {
  const application = isKnown(args) ? ownerOf(args) : undefined;
  if (application === undefined) return undefined;
  // What this run has made gets its authorizations from this run: the program may be about to tell of them.
  if (run.program.isMade("Application", application)) return undefined;
  const viewing = api.needing("internal_application_mgt_view");
  const live = (await viewing.kept(authorizationsOf, application)) ?? [];
  const ours = run.program.all("ApiAuthorization").filter((one) => one.args.application === application);
  const isOurs = ({ id, identifier }: { id: string; identifier?: string | null | undefined }) =>
    ours.some(({ args: { api: named } }) => named === id || named === identifier);
  return live
    .filter((each) => !isOurs(each))
    .flatMap(({ authorizedScopes }) => (authorizedScopes ?? []).map(({ name }) => name));
}

/** The permissions that the rest of the program takes away: the server would take them from the role without a word. */
export function takenPermissions(args: Properties, run: Run): Failure[] {
  return takenAway(args, run).map(({ scope, by }) => {
    const i = Array.isArray(args.permissions) ? args.permissions.indexOf(scope) : -1;
    const who =
      by.type === "ApiResource"
        ? `${whatIs({ word: "API" }, by)} has the scope \`${scope}\` no longer`
        : `${applicationText(run, String(args.application))} is not authorized for the scope \`${scope}\` any more, by the resource "${by.name}" of this program`;
    return failure(`permissions[${i}]`, `${who}. Take it out of the role, too, or leave it there.`);
  });
}
