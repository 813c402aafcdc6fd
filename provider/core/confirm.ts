import type { Api } from "../api/api";
import { AsgardeoError, SettingsError } from "../errors";
import type { Properties } from "./clean";
import type { Definition, State } from "./definition";
import type { Run } from "./run";

/**
 * The tenant of an object is in its state, under a name that Pulumi neither shows nor compares; of an object in an
 * organization of the tenant, that organization as well: `<base URL>/o/<id>`.
 */
export const tenantProperty = "__tenant";

export function tenantOf(api: Api): string {
  return api.base;
}

/** The end of what the state says, for an object in an organization of the tenant; nothing for one of the tenant itself. */
function organizationIn(tenant: string): string {
  return /\/o\/[^/]+$/.exec(tenant)?.[0] ?? "";
}

/** Why a resource in state has nothing to do with the organization that this provider works in; undefined where it has. */
export function organizationProblem(type: string, id: string, api: () => Api, state: Properties): string | undefined {
  const known = state[tenantProperty];
  if (typeof known !== "string") return undefined;
  const here = tenantOf(api());
  if (organizationIn(known) === organizationIn(here)) return undefined;
  return `childOrganization: ${type} ${id} was made in ${known}, and this provider works in ${here}. Nothing moves from one organization to another. Check asgardeo:childOrganization (or ASGARDEO_CHILD_ORGANIZATION), or \`childOrganization\` of its asgardeo.Provider. If the one that it was made in is gone for good, take the resource out of the state with \`pulumi state delete\`: the next run makes it here.`;
}

/** Before anything is asked or written: what another organization answers, or the tenant itself, is never about this object. */
export function refuseOtherOrganization(type: string, id: string, api: () => Api, state: Properties): void {
  const problem = organizationProblem(type, id, api, state);
  if (problem !== undefined) throw new SettingsError(problem);
}

function isElsewhere(api: Api, properties: Properties): boolean {
  const known = properties[tenantProperty];
  return typeof known === "string" && known !== tenantOf(api);
}

/**
 * After a 404: the object was made in this tenant, the same token can read a list of it, and what has the object's
 * natural key there, if anything has, is another object. Anything else is an error, so that a lost permission, a wrong
 * tenant, a wrong base URL, a list that is none or an answer of some seconds ago never empties the state.
 */
export async function confirmGone<Args extends object, Outputs extends object>(
  { type, probe, match }: Definition<Args, Outputs>,
  api: Api,
  id: string,
  properties: Properties,
  run: Run,
): Promise<void> {
  if (isElsewhere(api, properties)) throw elsewhere(type, id, api, properties);
  await api.kept(probe);
  const listed = await match(api, properties, run, true);
  if (listed?.id !== id) return;
  throw new AsgardeoError(
    `${type} ${id}: the server answers that it does not exist, and lists it nevertheless (${listed.what}), so one of its answers is old. It stays in the state. Run again.`,
  );
}

/** Before a delete: a tenant answers 204 for an id that it never had, so in another one the object has to be there first. */
export async function refuseElsewhere<Args extends object, Outputs extends object>(
  definition: Definition<Args, Outputs>,
  api: Api,
  id: string,
  properties: Properties,
  state: State<Args, Outputs>,
): Promise<void> {
  if (!isElsewhere(api, properties)) return;
  if ((await definition.read(api, id, state)) === undefined) throw elsewhere(definition.type, id, api, properties);
}

/** A setting is in every tenant, so nothing that is there proves it to be the one that the state means. */
export function refuseOtherTenant(type: string, id: string, api: Api, properties: Properties): void {
  refuseOtherOrganization(type, id, () => api, properties);
  if (!isElsewhere(api, properties)) return;
  throw new SettingsError(
    `organization, baseUrl: ${type} ${id} was put in ${properties[tenantProperty]}, and ${tenantOf(api)} has one of its own. ${checkSettings} If the tenant has moved there, or if it is gone for good, take the resource out of the state with \`pulumi state delete\`: the next run puts it there.`,
  );
}

const checkSettings =
  "Check asgardeo:organization and asgardeo:baseUrl (or ASGARDEO_ORGANIZATION and ASGARDEO_BASE_URL).";

function elsewhere(type: string, id: string, api: Api, properties: Properties): SettingsError {
  return new SettingsError(
    `organization, baseUrl: ${type} ${id} was made in ${properties[tenantProperty]}, and ${tenantOf(api)} does not have it. ${checkSettings} If the tenant is gone for good, take the resource out of the state with \`pulumi state delete\`.`,
  );
}
