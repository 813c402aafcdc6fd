import type * as pulumi from "@pulumi/pulumi";
import type { ControlArgs } from "../core/control-args";

/** What a program says of a group. What is left out is not managed: it keeps the value that it has on the server. */
export interface GroupArgs extends ControlArgs {
  /**
   * The name, unique in its user store whatever its case, in at most 255 characters; without the user store and without
   * `/`. Changes in place: members and roles stay.
   */
  displayName: pulumi.Input<string>;
  /**
   * The user store that the group is in, which is that of its members: `DEFAULT` has the users of customers in Asgardeo. The
   * server's default is `PRIMARY`, which has the administrators in Asgardeo. Changing it replaces the group.
   */
  userStore?: pulumi.Input<string> | undefined;
  /**
   * The ids of all users in the group, each of the same user store; the order means nothing. The server's default is none.
   * Changes in place. Left out, the members are others' business: they stay through every change, and through an adoption.
   * Taken out, those that it named leave the group, and others stay. Either this or `groups` of a `User` says that a user is
   * in a group: where both do so of one group, it is a failure.
   */
  members?: pulumi.Input<pulumi.Input<string>[]> | undefined;
}
