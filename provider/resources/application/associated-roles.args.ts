import type * as pulumi from "@pulumi/pulumi";

/**
 * Which roles count for the application. The roles themselves are declared by the resource `Role`: none of them is a change
 * of the application, and no change of the application but one of the audience deletes any. Taken out of the program, the
 * audience is not managed any more: it stays as it is, and so do the roles.
 * API: https://wso2.com/asgardeo/docs/apis/application-rest-api/
 */
export interface AssociatedRolesArgs {
  /**
   * `ORGANIZATION` for all roles of the organization, `APPLICATION` for roles of this application only. The server's
   * default is `APPLICATION`. Changes in place. A change to `ORGANIZATION` deletes the roles of the application: the
   * preview names them, and refuses it while this program declares one.
   */
  allowedAudience: pulumi.Input<"APPLICATION" | "ORGANIZATION">;
}
