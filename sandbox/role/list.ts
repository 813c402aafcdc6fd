import type { Services } from "../gate";
import { scimPredicate } from "../scim/filter";
import { scimList } from "../scim/list";
import type { ScimQuery } from "../scim/query";
import { badRequest, misplaced } from "../scim/refusal";
import type { Role } from "./collection";
import { type RoleApi, roleItem } from "./render";

const PAGE = 15;
const LARGEST_PAGE = 100;

const filterable: Readonly<Record<string, (role: Role) => string>> = {
  displayname: ({ displayName }) => displayName,
  "audience.value": ({ audience }) => audience.value,
  "audience.type": ({ audience }) => audience.type,
};

const bare = (attribute: string) => attribute.replace(/^urn:.*:/i, "");

/** The answer of a list of roles, oldest first. */
export function roleList(services: Services, query: ScimQuery, api: RoleApi): object {
  const matches = scimPredicate<Role>(query.filter, {
    operators: ["eq", "ne", "co", "sw", "ew"],
    joined: true,
    tooComplex: () => badRequest("invalidFilter"),
    values: (role, attribute) => [filterable[bare(attribute)]?.(role) ?? ""],
    refuseAttribute: (attribute) => {
      if (Object.hasOwn(filterable, bare(attribute).toLowerCase())) return;
      throw misplaced(`Filtering based on attribute: ${attribute} is not supported.`);
    },
  });
  const found = services.store.tenant.roles.filter(matches);
  const limits = { count: PAGE, most: LARGEST_PAGE, noneAtZero: true };
  return scimList(found, query, (role) => roleItem(services, role, api, query.shown), limits);
}
