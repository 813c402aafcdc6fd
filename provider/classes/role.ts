import { role } from "../resources/role";
import type { RoleArgs } from "../resources/role.args";
import { resource } from "./resource";

/**
 * A role: what users who have it are permitted, by the scopes of APIs. It belongs to one application, or to the organization.
 * Its id is the UUID that the server gives it. Users get it from somebody else, or by the groups that they are in.
 *
 * In a program it comes after the authorizations of its application and the APIs with its permissions that stand before it,
 * also where none of their outputs is named.
 *
 * In an organization, a role that the tenant has shared with it can only be adopted, and only its `groups` can be declared.
 * Where the server is still about to share it, the run waits for two minutes at most. A destroy keeps it, takes the declared
 * groups from it, and says so.
 *
 * API: https://wso2.com/asgardeo/docs/apis/roles-v2-rest-api/
 *
 * @task Say what users of one application may do: `application`, and `permissions`, each of which an `ApiAuthorization`
 * gives to the application.
 * @task Say what users may do in all applications: leave `application` out, and set `associatedRoles.allowedAudience` of the
 * applications to `ORGANIZATION`.
 * @task Give it to all who are in a group: `groups`.
 * @task Take over one that was made in the console: `adopt`.
 * @task Give a role that the tenant has shared to a group of an organization: a provider for the organization, `application`
 * with the id of its copy, `groups`, and `adopt: true`.
 * @scope internal_role_mgt_view to delete, in an organization, one that the tenant shares with it.
 * @scope internal_role_mgt_permissions_update to give it permissions, on servers that know this scope.
 * @scope internal_role_mgt_groups_update to give it to groups, on servers that know this scope.
 * @scope internal_role_mgt_update to create and delete, in an organization, one that the tenant shares with it.
 * @scope internal_api_resource_view to look ahead of new permissions that this program does not give itself.
 * @scope internal_application_mgt_view to look ahead, where the program does not declare the application itself, and to adopt a role in an organization.
 * @scope internal_group_mgt_view to look ahead of groups that this program does not declare.
 * @example
 * // Who reads orders in the shop: a role of the application, for a scope that the application is authorized for.
 * import * as asgardeo from "pulumi-asgardeo";
 *
 * const orders = new asgardeo.ApiResource("orders", {
 *   name: "Orders API",
 *   identifier: "https://api.example.com/orders",
 *   scopes: [{ name: "orders:read" }, { name: "orders:write" }],
 * });
 *
 * const shop = new asgardeo.Application("shop", {
 *   name: "Shop",
 *   oidc: { grantTypes: ["authorization_code"], callbackUrls: ["https://shop.example.com/callback"] },
 * });
 *
 * new asgardeo.ApiAuthorization("shop-orders", {
 *   application: shop.id,
 *   api: orders.id,
 *   scopes: ["orders:read", "orders:write"],
 * });
 *
 * new asgardeo.Role("reader", {
 *   displayName: "Order Reader",
 *   application: shop.id,
 *   permissions: ["orders:read"],
 * });
 */
export class Role extends resource<RoleArgs, object>(role) {}
