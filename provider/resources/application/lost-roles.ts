import type { Api } from "../../api/api";
import { path } from "../../api/path";
import type { Properties } from "../../core/clean";
import { same } from "../../core/diff";
import { isUnknown } from "../../core/unknown";
import { isObject } from "../wire";
import { applicationWire } from "./application.wire";
import { matchApplication } from "./directory";
import { applicationText } from "./names";

/**
 * What a change takes from the roles of an application, for the preview. The server deletes them with the application,
 * and where its audience becomes the organization; neither the request nor the answer says a word about them.
 */
export async function warnOfLostRoles(api: Api, old: Properties, args: Properties): Promise<string[]> {
  const replacing = replacedBy(old, args);
  if (replacing !== undefined) {
    const lost = await rolesAtStake(api, old);
    // Where nothing is known of its roles, a replacement says enough by itself.
    if (!lost?.names) return [];
    return [
      `${replacing}: another one replaces the application, and its ${counted(lost.names)} deleted with ${lost.what}: ${listed(lost.names)}.`,
    ];
  }
  const [before, wanted] = [audienceOf(old), audienceOf(args)];
  if (wanted === undefined) return before === "ORGANIZATION" ? [keptOrganization(old)] : [];
  if (wanted === before || (wanted !== "ORGANIZATION" && !isUnknown(wanted))) return [];
  const lost = await rolesAtStake(api, old);
  if (!lost) return [];
  const what = lost.names
    ? `the ${lost.names.length} ${lost.names.length === 1 ? "role" : "roles"} of ${lost.what}: ${listed(lost.names)}`
    : `all roles of ${lost.what}`;
  const verb = isUnknown(wanted) ? "is not known yet; `ORGANIZATION` would delete" : "`ORGANIZATION` deletes";
  return [`associatedRoles.allowedAudience: ${verb} ${what}. Going back to \`APPLICATION\` does not bring them back.`];
}

function audienceOf({ associatedRoles }: Properties): unknown {
  return isObject(associatedRoles) ? associatedRoles.allowedAudience : (associatedRoles ?? undefined);
}

/** Which of the args that replace an application changes; undefined where it stays. */
function replacedBy(old: Properties, args: Properties): string | undefined {
  const of = ({ oidc }: Properties, member: string) => (isObject(oidc) ? oidc[member] : oidc);
  const changed = ["clientId", "clientSecret"].find((member) => {
    const [before, after] = [of(old, member), of(args, member)];
    return !isUnknown(after) && !same(undefined, before, after);
  });
  return changed === undefined ? undefined : `oidc.${changed}`;
}

function keptOrganization({ name }: Properties): string {
  return `associatedRoles: is not managed any more, so ${applicationText(name)} keeps the audience \`ORGANIZATION\`. A new application has \`APPLICATION\`: declare that where you want it.`;
}

interface AtStake {
  readonly what: string;
  /** Undefined where the application is not found by its name. */
  readonly names: readonly string[] | undefined;
}

/** The roles of the application itself; undefined where it is certain that there are none. */
async function rolesAtStake(api: Api, { name }: Properties): Promise<AtStake | undefined> {
  const found = await matchApplication(api, { name }, true);
  if (!found) return { what: applicationText(name), names: undefined };
  const live = await api.find(path`/api/server/v1/applications/${found.id}`, applicationWire);
  const { allowedAudience, roles } = live?.associatedRoles ?? {};
  if (allowedAudience !== "APPLICATION" || !roles?.length) return undefined;
  return { what: applicationText(name, found.id), names: roles.map((role) => role.name ?? role.id) };
}

const mostNames = 5;

function counted({ length }: readonly string[]): string {
  return length === 1 ? "1 role is" : `${length} roles are`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).map((name) => JSON.stringify(name));
  const more = names.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
