import { z } from "zod";
import type { Api } from "../api/api";
import { SettingsError } from "../errors";
import type { Properties } from "./clean";
import type { Definition, State } from "./definition";

/** The tenant of an object is in its state, under a name that Pulumi neither shows nor compares. */
export const tenantProperty = "__tenant";

export function tenantOf(api: Api): string {
  return api.base;
}

function isElsewhere(api: Api, properties: Properties): boolean {
  const known = properties[tenantProperty];
  return typeof known === "string" && known !== tenantOf(api);
}

const anyAnswer = z.unknown();

/**
 * After a 404: the same token can read a list of this tenant, and the object was made in this tenant. Anything else is
 * an error, so that a lost permission, a wrong tenant or a wrong base URL never empties the state.
 */
export async function confirmGone<Args extends object, Outputs extends object>(
  { type, list }: Definition<Args, Outputs>,
  api: Api,
  id: string,
  properties: Properties,
): Promise<void> {
  if (isElsewhere(api, properties)) throw elsewhere(type, id, api, properties);
  await api.once(`${list.text} can be read`, () => api.get(list, anyAnswer, { limit: 1 }));
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

function elsewhere(type: string, id: string, api: Api, properties: Properties): SettingsError {
  return new SettingsError(
    `organization, baseUrl: ${type} ${id} was made in ${properties[tenantProperty]}, and ${tenantOf(api)} does not have it. Check asgardeo:organization and asgardeo:baseUrl (or ASGARDEO_ORGANIZATION and ASGARDEO_BASE_URL). If the tenant is gone for good, take the resource out of the state with \`pulumi state delete\`.`,
  );
}
