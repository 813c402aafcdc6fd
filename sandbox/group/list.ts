import type { Services } from "../gate";
import { scimPredicate } from "../scim/filter";
import { scimList } from "../scim/list";
import type { ScimQuery } from "../scim/query";
import { badRequest, scimError } from "../scim/refusal";
import { qualified, refuseUnknownDomain, shortened } from "../scim/user-stores";
import type { Group } from "./collection";
import { groupAnswer } from "./render";

const attributes = ["displayname", "id", "members.display", "meta.created", "meta.lastmodified"];

const bare = (attribute: string) => attribute.replace(/^urn:.*:/i, "").toLowerCase();

/** The answer of a list of groups, oldest first: all of them to a request that does not say how many. */
export function groupList(services: Services, query: ScimQuery): object {
  const { tenant } = services.store;
  refuseUnknownDomain(tenant.server, query.domain);
  const matches = scimPredicate<Group>(query.filter, {
    operators: ["eq", "co", "sw", "ew", "ge", "le", "gt", "lt"],
    joined: false,
    tooComplex: () => scimError(501, "Complex filters are not supported yet"),
    values: (group, attribute) => valuesOf(services, group, bare(attribute)),
    refuseAttribute: (attribute) => {
      if (!attributes.includes(bare(attribute))) throw badRequest("invalidFilter");
    },
  });
  const domain = query.domain?.toUpperCase();
  const found = tenant.groups.filter((group) => (!domain || group.store === domain) && matches(group));
  return scimList(found, query, (group) => groupAnswer(services, group, query.shown));
}

function valuesOf({ store }: Services, group: Group, attribute: string): string[] {
  if (attribute === "displayname") return [group.name, qualified(group)];
  if (attribute === "id") return [group.id];
  if (attribute === "meta.created") return [group.created];
  if (attribute === "meta.lastmodified") return [group.lastModified];
  const members = store.tenant.users.filter(({ id }) => group.members.includes(id));
  return members.flatMap((user) => [user.name, shortened(user)]);
}
