import type { Scope } from "../api/scopes";
import { scopesOf } from "../core/access";
import type { Needs } from "../core/definition";
import { type Lifecycle, lifecycle, type Surroundings } from "../core/lifecycle";
import type { SettingNeeds } from "../core/setting";
import { apiAuthorization } from "./api-authorization";
import { apiResource } from "./api-resource";
import { application } from "./application";

/**
 * Types that are used together, as a rule. Pulumi tells of one type after the other, so a token that asked for the scopes
 * of one type alone would have to be taken anew for the next one.
 */
const groups: readonly (readonly { readonly type: string; readonly needs: Needs | SettingNeeds }[])[] = [
  [application, apiResource, apiAuthorization],
];

/** The scopes that a program with this type has to do with. */
export function scopesWith(type: string): Scope[] {
  const group = groups.find((types) => types.some((each) => each.type === type)) ?? [];
  return group.flatMap(({ needs }) => scopesOf(needs));
}

/** The kinds of resources, by the type that stands in every URN. */
export const lifecycles = {
  ApiAuthorization: (surroundings: Surroundings) => lifecycle(apiAuthorization, surroundings),
  ApiResource: (surroundings: Surroundings) => lifecycle(apiResource, surroundings),
  Application: (surroundings: Surroundings) => lifecycle(application, surroundings),
} satisfies Readonly<Record<string, (surroundings: Surroundings) => Lifecycle>>;
