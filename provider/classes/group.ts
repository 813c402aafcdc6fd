import { group } from "../resources/group";
import type { GroupArgs } from "../resources/group.args";
import { resource } from "./resource";

/**
 * A group of users, to which roles give permissions. Its id is the UUID that the server gives it.
 *
 * API: https://wso2.com/asgardeo/docs/apis/scim2/scim2-groups-rest-apis/
 *
 * @task Make a group, and leave its members to the people who work with the console: `displayName` alone.
 * @task Say who is in it: `members` with the ids of users, or `groups` of each `User`.
 * @task Make one in another user store, such as that of customers in Asgardeo: `userStore`.
 * @task Take over one that was made in the console: `adopt`.
 * @scope internal_user_mgt_view to look ahead, where `members` has users that the program does not declare.
 * @scope internal_user_mgt_list to look ahead, where `members` has what is no user.
 * @example
 * // Whoever works at the desk is put into the group in the console; the program leaves them alone.
 * import * as asgardeo from "pulumi-asgardeo";
 *
 * const desk = new asgardeo.Group("service-desk", { displayName: "Service Desk" });
 *
 * export const deskId = desk.id;
 */
export class Group extends resource<GroupArgs, object>(group) {}
