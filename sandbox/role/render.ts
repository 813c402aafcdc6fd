import type { Services } from "../gate";
import { scimUrl } from "../scim/answer";
import { projected } from "../scim/projection";
import type { Shown } from "../scim/query";
import { qualified, shortened } from "../scim/user-stores";
import { knows } from "../versions";
import type { Role } from "./collection";

/** The version of the API whose answer it is: its addresses name it. */
export type RoleApi = "v2" | "v3";

type Context = Pick<Services, "store" | "baseUrl">;

export const roleSchemas = ["urn:ietf:params:scim:schemas:extension:2.0:Role"];

/** What is said of a role in every answer. */
function headOf(context: Context, { id, displayName, audience, system }: Role, api: RoleApi) {
  return {
    id,
    displayName,
    audience: { value: audience.value, display: audienceName(context, audience), type: audience.type },
    meta: {
      location: `${scimUrl(context)}/${api}/Roles/${id}`,
      resourceType: "Role",
      ...(system && { systemRole: true }),
    },
  };
}

export function audienceName({ store }: Pick<Context, "store">, { type, value }: Role["audience"]): string {
  return type === "organization" ? store.tenant.organization : (store.application(value)?.name ?? "");
}

/** The answer of POST and PUT, which say nothing of permissions, users and groups. */
export function roleHead(context: Context, role: Role, api: RoleApi, shown: Shown) {
  return projected({ ...headOf(context, role, api), schemas: roleSchemas }, shown, ["audience"]);
}

/** The answer of PATCH, which says nothing of users. */
export function patchedRole(context: Context, role: Role, api: RoleApi, shown: Shown) {
  const [groups, permissions] = [groupsOf(context, role), permissionsOf(context, role)];
  const answer = { ...headOf(context, role, api), ...filled({ groups, permissions }), schemas: roleSchemas };
  return projected(answer, shown, ["audience"]);
}

/** The answer of GET. */
export function wholeRole(context: Context, role: Role, api: RoleApi, shown: Shown) {
  return projected({ ...wholeOf(context, role, api), schemas: roleSchemas }, shown, ["audience"]);
}

/** What a list says of a role: newer servers, all of it. */
export function roleItem(context: Context, role: Role, api: RoleApi, shown: Shown) {
  const isWhole = knows(context.store.tenant.server, "roleListMembers");
  return projected(isWhole ? wholeOf(context, role, api) : headOf(context, role, api), shown, ["audience"]);
}

function wholeOf(context: Context, role: Role, api: RoleApi) {
  const { meta, ...head } = headOf(context, role, api);
  const { tenant } = context.store;
  return {
    ...head,
    ...filled({
      permissions: permissionsOf(context, role),
      ...usersAndGroups(context, role),
      associatedApplications: applicationsOf(context, role),
    }),
    ...(knows(tenant.server, "roleProperties") && {
      properties: [{ name: "isSharedRole", value: String(role.sharedFrom !== undefined) }],
    }),
    meta,
  };
}

/** Who has a role, without a list that has nobody in it. */
export function usersAndGroups(context: Context, role: Role) {
  const users = role.users.flatMap((id) => {
    const user = context.store.tenant.users.find((each) => each.id === id);
    return user ? [{ value: id, display: shortened(user), $ref: `${scimUrl(context)}/Users/${id}` }] : [];
  });
  return filled({ users, groups: groupsOf(context, role) });
}

/** The lists that have something in them: the server leaves the others out. */
function filled(lists: Readonly<Record<string, readonly object[]>>): Record<string, readonly object[]> {
  return Object.fromEntries(Object.entries(lists).filter(([, items]) => items.length > 0));
}

function permissionsOf({ store, baseUrl }: Context, { permissions }: Role) {
  const { organization, apiResources } = store.tenant;
  return permissions.map((name) => {
    const api = apiResources.find(({ scopes }) => scopes.some((scope) => scope.name === name));
    const display = api?.scopes.find((scope) => scope.name === name)?.displayName;
    const path = `/t/${organization}/api/server/v1/api-resources/${api?.id}/scopes/${encodeURIComponent(name)}`;
    return { value: name, display, $ref: `${baseUrl()}${path}` };
  });
}

function groupsOf(context: Context, { groups }: Role) {
  return groups.flatMap((id) => {
    const group = context.store.tenant.groups.find((each) => each.id === id);
    return group ? [{ value: id, display: qualified(group), $ref: `${scimUrl(context)}/Groups/${id}` }] : [];
  });
}

/** The application of a role; for a role of the organization, those that were given it. */
function applicationsOf({ store, baseUrl }: Context, { id, audience }: Role) {
  const { applications, organization } = store.tenant;
  const using = applications.filter((application) =>
    audience.type === "application"
      ? application.id === audience.value
      : (application.associatedRoles.roles ?? []).some((role) => role.id === id),
  );
  const path = `${baseUrl()}/t/${organization}/api/server/v1/applications`;
  return using.map((application) => ({
    value: application.id,
    display: application.name,
    $ref: `${path}/${application.id}`,
  }));
}
