import { user } from "../resources/user";
import type { UserArgs } from "../resources/user.args";
import { resource } from "./resource";

/**
 * A user who signs in: for test and demo environments, and for the first person who gets in at all, such as the first
 * administrator of a service desk. It is not for the users of a production tenant: those register themselves, are invited,
 * or come from a directory, and change what is theirs; a program would hold all of them and their passwords in its state,
 * put back what they have changed, and delete them with the stack. Its id is the UUID that the server gives it.
 *
 * API: https://wso2.com/asgardeo/docs/apis/scim2/scim2-users-rest-apis/
 *
 * @task Make a user of a demo: `userName`, `password` from a secret of the stack's config, and `emails`.
 * @task Let the person choose the password: `askPassword` in its place.
 * @task Change the password, or set it again: `password`, `passwordVersion`.
 * @task Put the user into groups: `groups`, or `members` of each `Group`.
 * @task Take over one that was made in the console: `adopt`.
 * @scope internal_group_mgt_update to create and update, where `groups` changes.
 * @scope internal_group_mgt_view to look ahead, where `groups` has one that the program does not declare.
 * @example
 * // The first administrator of a service desk chooses a password by the link in an e-mail.
 * import * as asgardeo from "pulumi-asgardeo";
 *
 * const desk = new asgardeo.Group("service-desk", { displayName: "Service Desk" });
 *
 * new asgardeo.User("first-admin", {
 *   userName: "kim@example.com",
 *   name: { givenName: "Kim", familyName: "Deal" },
 *   emails: [{ value: "kim@example.com" }],
 *   askPassword: true,
 *   groups: [desk.id],
 * });
 */
export class User extends resource<UserArgs, object>(user) {}
