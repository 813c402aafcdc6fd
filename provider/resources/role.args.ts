import type * as pulumi from "@pulumi/pulumi";
import type { ControlArgs } from "../core/control-args";

/**
 * What a program says of a role. What is left out is not managed: it keeps the value that it has on the server. Users are
 * never managed here: those who have the role keep it, whatever changes.
 */
export interface RoleArgs extends ControlArgs {
  /**
   * The name, in at most 255 characters, unique among the roles of its application, or among those of the organization: a
   * token's claim `roles` has it. Without `/`, and not beginning with `system_`. Changes in place: the id stays, and so do
   * all who have the role. Two roles of one program may change names in one `pulumi up`.
   */
  displayName: pulumi.Input<string>;
  /**
   * The id of the application whose role it is: it counts there alone, and it is deleted with the application. Left out, it
   * is a role of the organization, which counts for every application with `associatedRoles.allowedAudience` set to
   * `ORGANIZATION`. The server's default is none. Changing it replaces the role. In an organization, the copy of a shared
   * application has the roles of the tenant's alone: see docs/organizations.md.
   */
  application?: pulumi.Input<string> | undefined;
  /**
   * The names of all scopes that the role permits; the order means nothing. Those of a role of an application have to be
   * authorized for the application, by an `ApiAuthorization`; those of a role of the organization may be any scopes of the
   * tenant. Taken out of the program, those that it declared go, and others stay. The server's default is none. Changes in
   * place, for tokens issued from then on.
   */
  permissions?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * The ids of all groups that have the role; the order means nothing. Groups of an identity provider cannot be named: for a
   * role that such a group has, leave `groups` out. Taken out of the program, those that it declared go, and others stay.
   * The server's default is none. Changes in place.
   */
  groups?: pulumi.Input<pulumi.Input<string>[]> | undefined;
}
