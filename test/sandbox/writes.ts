import { Background } from "../../sandbox/background";
import { managementRoutes } from "../../sandbox/routes";
import { Codes } from "../../sandbox/sign-in/codes";
import { Sessions } from "../../sandbox/sign-in/sessions";
import { SignIns } from "../../sandbox/sign-in/sign-ins";
import { Store } from "../../sandbox/store";
import { newTenant } from "../../sandbox/tenant";
import { Tokens } from "../../sandbox/tokens";
import { shortPath } from "../support/paths";

/** What the writes below are about. */
export interface Ids {
  readonly app: string;
  /** A second application, with one secret and a SAML configuration. */
  readonly other: string;
  readonly api: string;
  readonly scope: string;
  /** The older of two secrets of the first application. */
  readonly secret: string;
  /** An organization that the second application is shared with, by name. */
  readonly sharing: string;
  /** An organization that it is not shared with, and that is found by a domain. */
  readonly lonely: string;
  /** The tenant's own organization. */
  readonly root: string;
  /** A role of the organization without permissions and members, a group, and a user, Kim, who is in neither. */
  readonly role: string;
  readonly group: string;
  readonly user: string;
}

export type Write = readonly [method: string, path: string, body?: unknown];

/** A request for every route that changes a tenant; each changes something, whatever else has been sent before it. */
export function writes(ids: Ids, client: Readonly<Record<string, unknown>>): Write[] {
  const { app, other, api, scope, secret } = ids;
  const inbound = `/applications/${app}/inbound-protocols`;
  const link = `/applications/${app}/authorized-apis`;
  const saml = { manualConfiguration: { issuer: "new-issuer", assertionConsumerUrls: ["https://a.example/acs"] } };
  return [
    ["POST", "/applications", { name: "new" }],
    ["PATCH", `/applications/${app}`, { description: "new" }],
    ["PUT", `/applications/${app}/authenticationSequence/script`, { script: "var onLoginRequest = 1;" }],
    ["POST", `${inbound}/oidc/secrets`.replace(app, other), {}],
    ["DELETE", `${inbound}/oidc/secrets/${secret}`],
    ["PUT", `${inbound}/oidc`, { ...client, pkce: { mandatory: true, supportPlainTransformAlgorithm: true } }],
    ["POST", `${inbound}/oidc/regenerate-secret`],
    ["POST", `${inbound}/oidc/revoke`],
    ["DELETE", `${inbound}/oidc`],
    ["PUT", `${inbound}/saml`, saml],
    ["DELETE", `${inbound}/saml`.replace(app, other)],
    ["PUT", `${inbound}/passive-sts`, { realm: "realm", replyTo: "https://b.example" }],
    ["DELETE", `${inbound}/passive-sts`],
    ["POST", link.replace(app, other), { id: api, scopes: ["bookings:write"] }],
    ["PATCH", `${link}/${api}`, { addedScopes: ["bookings:write"] }],
    ["DELETE", `${link}/${api}`],
    ["DELETE", `/applications/${app}`],
    ["POST", "/api-resources", { name: "New", identifier: "https://new.example" }],
    ["PATCH", `/api-resources/${api}`, { name: "Renamed" }],
    ["PATCH", `/api-resources/${api}/scopes/bookings:read`, { displayName: "New" }],
    ["PATCH", `/api-resources/${api}/scopes/id/${scope}`, { displayName: "New" }],
    ["PUT", `/api-resources/${api}/scopes`, [{ name: "bookings:all" }]],
    ["DELETE", `/api-resources/${api}/scopes/bookings:write`],
    ["DELETE", `/api-resources/${api}/scopes/id/${scope}`],
    ["DELETE", `/api-resources/${api}`],
    ["POST", "/oidc/scopes", { name: "new", displayName: "New", claims: [] }],
    ["PUT", "/oidc/scopes/badge", { displayName: "New", claims: [] }],
    ["DELETE", "/oidc/scopes/badge"],
    ...organizationWrites(ids),
    ...sharingWrites(ids),
    ...scimWrites(ids),
  ];
}

function organizationWrites({ sharing, lonely }: Ids): Write[] {
  const path = `/organizations/${lonely}`;
  const attributes = [{ type: "emailDomain", values: ["new.example"] }];
  return [
    ["POST", "/organizations", { name: "New" }],
    ["PUT", path, { name: "Renamed", status: "ACTIVE" }],
    ["PATCH", path, [{ operation: "ADD", path: "/description", value: "new" }]],
    ["DELETE", path],
    ["PATCH", "/organizations/self", [{ operation: "REPLACE", path: "/name", value: "Renamed" }]],
    ["POST", "/organizations/discovery", { organizationId: sharing, attributes }],
    ["PUT", `${path}/discovery`, { attributes }],
    ["DELETE", `${path}/discovery`],
    ["PUT", "/organization-configs/discovery", { properties: [{ key: "emailDomain.enable", value: false }] }],
    ["DELETE", "/organization-configs/discovery"],
  ];
}

function sharingWrites({ other: applicationId, sharing, lonely, root }: Ids): Write[] {
  const old = `/applications/${applicationId}`;
  const twin = `/organizations/${root}/applications/${applicationId}`;
  const roleSharing = { mode: "NONE" };
  const organizations = [{ orgId: lonely, policy: "SELECTED_ORG_ONLY", roleSharing }];
  const value = [{ displayName: "clerk", audience: { display: "other", type: "application" } }];
  const Operations = [{ op: "add", path: `organizations[orgId eq "${sharing}"].roles`, value }];
  return [
    ["POST", "/applications/share", { applicationId, organizations }],
    ["PATCH", "/applications/share", { applicationId, Operations }],
    ["POST", "/applications/share-with-all", { applicationId, policy: "ALL_EXISTING_ORGS_ONLY", roleSharing }],
    ["POST", "/applications/unshare", { applicationId, orgIds: [sharing] }],
    ["POST", "/applications/unshare-with-all", { applicationId }],
    ...[old, twin].flatMap((path): Write[] => [
      ["POST", `${path}/share`, { sharedOrganizations: [lonely] }],
      ["DELETE", `${path}/share/${sharing}`],
      ["DELETE", `${path}/shared-apps`],
    ]),
    ["DELETE", `${twin}/fragment-apps`],
  ];
}

/** Checks, which change nothing, and the first configuration, which the tenant of the writes has already. */
const others = /\/check-[a-z]+$|^\/organization-configs\/discovery$/;

function scimWrites({ role, group, user }: Ids): Write[] {
  const roles = (version: string) => `/scim2/${version}/Roles`;
  const patch = (path: string, value: unknown) => ({ Operations: [{ op: "add", path, value }] });
  const kim = { value: user, display: "kim" };
  const permissions = [{ value: "internal_user_mgt_view" }];
  return [
    ["POST", roles("v2"), { displayName: "new" }],
    ["PUT", `${roles("v2")}/${role}`, { displayName: "renamed" }],
    ["PATCH", `${roles("v2")}/${role}`, patch("permissions", permissions)],
    ["DELETE", `${roles("v2")}/${role}`],
    ["POST", "/scim2/Roles", { displayName: "new" }],
    ["PUT", `/scim2/Roles/${role}`, { displayName: "renamed" }],
    ["PATCH", `/scim2/Roles/${role}`, patch("users", [kim])],
    ["DELETE", `/scim2/Roles/${role}`],
    ["POST", roles("v3"), { displayName: "new" }],
    ["PUT", `${roles("v3")}/${role}`, { displayName: "renamed" }],
    ["PATCH", `${roles("v3")}/${role}`, patch("permissions", permissions)],
    ["PUT", `${roles("v3")}/${role}/Users`, { users: [kim] }],
    ["PATCH", `${roles("v3")}/${role}/Users`, patch("users", [kim])],
    ["PUT", `${roles("v3")}/${role}/Groups`, { groups: [{ value: group }] }],
    ["PATCH", `${roles("v3")}/${role}/Groups`, patch("groups", [{ value: group }])],
    ["DELETE", `${roles("v3")}/${role}`],
    ["POST", "/scim2/Groups", { displayName: "new" }],
    ["PUT", `/scim2/Groups/${group}`, { displayName: "renamed" }],
    ["PATCH", `/scim2/Groups/${group}`, patch("members", [kim])],
    ["DELETE", `/scim2/Groups/${group}`],
    ["POST", "/scim2/Users", { userName: "new", password: "New-pass-1" }],
    ["PUT", `/scim2/Users/${user}`, { userName: "kim", nickName: "K" }],
    ["PATCH", `/scim2/Users/${user}`, patch("nickName", "K")],
    ["DELETE", `/scim2/Users/${user}`],
  ];
}

/** Below these nothing is changed: a protocol without a form, a search by POST, and what no client may do. */
const unchanging = ["/:protocol", "/.search", "/scim2/Me"];

/** The routes of a server that change its tenant, with what their paths look like. */
export function routesThatWrite(): { readonly method: string; readonly path: string; readonly pattern: RegExp }[] {
  const services = {
    store: new Store(newTenant("any", "asgardeo")),
    tokens: new Tokens(Date.now),
    baseUrl: () => "",
    now: Date.now,
    background: new Background(Date.now),
    codes: new Codes(Date.now),
    sessions: new Sessions(Date.now),
    signIns: new SignIns(Date.now),
  };
  const all = managementRoutes.flatMap(([base, routes]) =>
    routes(services).routes.map(({ method, path }) => ({ method, path: shortPath(base + path).replace(/\/$/, "") })),
  );
  return all
    .filter(({ method, path }) => !["GET", "ALL"].includes(method) && !unchanging.some((end) => path.endsWith(end)))
    .filter(({ method, path }) => method !== "POST" || !others.test(path))
    .map((route) => ({ ...route, pattern: new RegExp(`^${route.path.replace(/:\w+/g, "[^/]+")}$`) }));
}
