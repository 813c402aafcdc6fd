import type { Services } from "../gate";
import { shownName } from "../group/render";
import { rolesFor } from "../role/assigned";
import { everyone } from "../role/collection";
import { scimUrl } from "../scim/answer";
import { projected } from "../scim/projection";
import type { Shown } from "../scim/query";
import { shortened } from "../scim/user-stores";
import type { User } from "./collection";
import { coreSchema, extensionsOf } from "./schemas";

type Context = Pick<Services, "store" | "baseUrl">;

export function userLocation(context: Context, { id }: User): string {
  return `${scimUrl(context)}/Users/${id}`;
}

/** The answer that shows a user: everything but the password. */
export function userAnswer(context: Context, user: User, shown: Shown) {
  return projected(wholeUser(context, user), shown);
}

export function wholeUser(context: Context, user: User): Record<string, unknown> {
  const { tenant } = context.store;
  const groups = tenant.groups.filter(({ members }) => members.includes(user.id));
  const roles = tenant.roles.filter(
    (role) =>
      (role.system && role.displayName === everyone) ||
      role.users.includes(user.id) ||
      groups.some(({ id }) => role.groups.includes(id)),
  );
  return {
    schemas: [coreSchema, ...extensionsOf(tenant.server)],
    id: user.id,
    userName: shortened(user),
    ...user.attributes,
    ...(groups.length > 0 && {
      groups: groups.map((group) => ({
        value: group.id,
        display: shownName(group),
        $ref: `${scimUrl(context)}/Groups/${group.id}`,
      })),
    }),
    roles: rolesFor(context, roles),
    meta: {
      created: user.created,
      location: userLocation(context, user),
      lastModified: user.lastModified,
      resourceType: "User",
    },
  };
}
