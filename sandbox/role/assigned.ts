import type { Services } from "../gate";
import { scimUrl } from "../scim/answer";
import type { Role } from "./collection";
import { audienceName } from "./render";

/** How users and groups show the roles that they have. */
export function rolesFor(context: Pick<Services, "store" | "baseUrl">, roles: readonly Role[]): object[] {
  return roles.map(({ id, displayName, audience }) => ({
    value: id,
    display: displayName,
    $ref: `${scimUrl(context)}/v2/Roles/${id}`,
    audienceValue: audience.value,
    audienceDisplay: audienceName(context, audience),
    audienceType: audience.type,
  }));
}
