import type * as pulumi from "@pulumi/pulumi";
import type { ControlArgs } from "../core/control-args";

/** Which roles an organization gets with an application. */
export interface RoleSharingArgs {
  /**
   * `ALL` roles that count for the application, also those that come later; `NONE`; or `SELECTED`, those in `roles`. Servers
   * before WSO2 Identity Server 7.2 know `ALL` only. Changes in place: an organization loses the roles that are not among them,
   * with what its users have by them.
   */
  mode: pulumi.Input<"ALL" | "NONE" | "SELECTED">;
  /**
   * The roles by name, with `SELECTED` only: those of the application, or of the tenant's organization where the application's
   * `associatedRoles.allowedAudience` is that; the order means nothing. The server's default is none. Changes in place.
   * @since 7.2
   */
  roles?: pulumi.Input<pulumi.Input<string>[]> | undefined;
}

/** An organization that gets an application. It is declared as a whole: what is left out is at its default. */
export interface SharedOrganizationArgs {
  /** The id of the organization. Changes in place: the old one loses the application, and the new one gets it. */
  organization: pulumi.Input<string>;
  /**
   * Whether all organizations below it get the application as well, those that come later among them. The default is false.
   * Changes in place.
   * @since 7.2
   */
  withChildren?: pulumi.Input<boolean> | undefined;
  /** Which roles it gets. The default is all of them. Changes in place. */
  roleSharing?: pulumi.Input<RoleSharingArgs> | undefined;
}

/** What a program says of with whom an application is shared: `allOrganizations`, or a list of them. */
export interface ApplicationShareArgs extends ControlArgs {
  /** The id of the application. Changing it replaces the resource. */
  application: pulumi.Input<string>;
  /** Whether all organizations of the tenant get it, at any depth, those that come later among them. The default is false. Changes in place. */
  allOrganizations?: pulumi.Input<boolean> | undefined;
  /**
   * All organizations that get it; the order means nothing. An organization that has it and is not in the list, whoever has
   * shared it, is drift, and loses it with the next change. One that is below another gets it only where that one does.
   * Changes in place.
   */
  organizations?: pulumi.Input<pulumi.Input<SharedOrganizationArgs>[]> | undefined;
  /** Which roles they get, with `allOrganizations`. The default is all of them. Changes in place. */
  roleSharing?: pulumi.Input<RoleSharingArgs> | undefined;
}
