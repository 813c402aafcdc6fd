import type { Services } from "../gate";
import { rolesFor } from "../role/assigned";
import { scimUrl } from "../scim/answer";
import { projected } from "../scim/projection";
import type { Shown } from "../scim/query";
import { qualified, shortened } from "../scim/user-stores";
import type { Group } from "./collection";

type Context = Pick<Services, "store" | "baseUrl">;

/** The name of a group as answers have it. */
export function shownName(group: Group): string {
  return group.prefixed ? qualified(group) : shortened(group);
}

export function groupLocation(context: Context, { id }: Group): string {
  return `${scimUrl(context)}/Groups/${id}`;
}

/** The answer that shows a group. */
export function groupAnswer(context: Context, group: Group, shown: Shown) {
  const { tenant } = context.store;
  const members = group.members.flatMap((id) => {
    const user = tenant.users.find((each) => each.id === id);
    return user ? [{ value: id, display: shortened(user), $ref: `${scimUrl(context)}/Users/${id}` }] : [];
  });
  const roles = rolesFor(
    context,
    tenant.roles.filter((role) => role.groups.includes(group.id)),
  );
  const answer = {
    displayName: shownName(group),
    id: group.id,
    ...(members.length > 0 && { members }),
    meta: {
      created: group.created,
      location: groupLocation(context, group),
      lastModified: group.lastModified,
      resourceType: "Group",
    },
    ...(roles.length > 0 && { roles }),
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
  };
  return projected(answer, shown);
}
