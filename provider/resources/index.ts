import type { Scope } from "../api/scopes";
import { asksOf, type Operation, scopesOf } from "../core/access";
import type { Needs } from "../core/definition";
import { type Lifecycle, lifecycle, type Surroundings } from "../core/lifecycle";
import type { SettingNeeds } from "../core/setting";
import { apiAuthorization } from "./api-authorization";
import { apiResource } from "./api-resource";
import { application } from "./application";
import { applicationShare } from "./application-share";
import { group } from "./group";
import { organization } from "./organization";
import type { organizationLevel } from "./organization-level";
import { role } from "./role";
import { user } from "./user";

interface Described {
  readonly type: string;
  readonly needs: Needs | SettingNeeds;
}

/**
 * Types that are used together, as a rule. In a refresh and in a destroy no program tells which types there are, so a token
 * that asked for the scopes of one type alone would have to be taken anew for the next one.
 */
const groups: readonly (readonly Described[])[] = [
  [application, apiResource, apiAuthorization],
  [role, group, user],
  [organization, applicationShare],
];

function groupOf(type: string): readonly Described[] {
  return groups.find((types) => types.some((each) => each.type === type)) ?? [];
}

/** The types that are used together with this one, itself among them. */
export function typesWith(type: string): string[] {
  return groupOf(type).map((each) => each.type);
}

/** The scopes that a program with this type may ever have to do with. */
export function scopesWith(type: string): Scope[] {
  return groupOf(type).flatMap(({ needs }) => scopesOf(needs));
}

/** The scopes that a token asks for to do this to resources of these types. */
export function scopesToDo(operations: readonly Operation[], types: readonly string[]): Scope[] {
  const some = groups.flat().filter(({ type }) => types.includes(type));
  return some.flatMap(({ needs }) => asksOf(needs, operations));
}

/** The kinds of resources, by the type that stands in every URN. One that `organizationLevel` does not have does not compile. */
export const lifecycles = {
  ApiAuthorization: (surroundings: Surroundings) => lifecycle(apiAuthorization, surroundings),
  ApiResource: (surroundings: Surroundings) => lifecycle(apiResource, surroundings),
  Application: (surroundings: Surroundings) => lifecycle(application, surroundings),
  ApplicationShare: (surroundings: Surroundings) => lifecycle(applicationShare, surroundings),
  Group: (surroundings: Surroundings) => lifecycle(group, surroundings),
  Organization: (surroundings: Surroundings) => lifecycle(organization, surroundings),
  Role: (surroundings: Surroundings) => lifecycle(role, surroundings),
  User: (surroundings: Surroundings) => lifecycle(user, surroundings),
} satisfies Readonly<Record<keyof typeof organizationLevel, (surroundings: Surroundings) => Lifecycle>>;
