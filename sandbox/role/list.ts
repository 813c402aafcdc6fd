import type { Services } from "../gate";
import { scimPredicate } from "../scim/filter";
import { scimList } from "../scim/list";
import type { ScimQuery } from "../scim/query";
import { badRequest, misplaced } from "../scim/refusal";
import type { Role } from "./collection";
import { type RoleApi, roleItem } from "./render";

/** How many roles are on a page. */
export const pages = { count: 15, most: 100, noneAtZero: true };

const filterable: Readonly<Record<string, (role: Role) => string>> = {
  displayname: ({ displayName }) => displayName,
  "audience.value": ({ audience }) => audience.value,
  "audience.type": ({ audience }) => audience.type,
};

const bare = (attribute: string) => attribute.replace(/^urn:.*:/i, "");

/** The answer of a list of roles. */
export function roleList(services: Services, query: ScimQuery, api: RoleApi): object {
  return scimList(rolesFound(services, query), query, (role) => roleItem(services, role, api, query.shown), pages);
}

/** The roles that a query finds, oldest first. */
export function rolesFound({ store }: Services, { filter }: ScimQuery): Role[] {
  const matches = scimPredicate<Role>(filter, {
    operators: ["eq", "ne", "co", "sw", "ew"],
    joined: true,
    tooComplex: () => badRequest("invalidFilter"),
    values: (role, attribute) => [filterable[bare(attribute)]?.(role) ?? ""],
    refuseAttribute: (attribute) => {
      if (Object.hasOwn(filterable, bare(attribute).toLowerCase())) return;
      throw misplaced(`Filtering based on attribute: ${attribute} is not supported.`);
    },
  });
  return store.tenant.roles.filter(matches);
}
