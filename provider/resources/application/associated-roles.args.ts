import type * as pulumi from "@pulumi/pulumi";

/**
 * Which roles count for the application. The roles themselves are not declared here, and kept.
 * API: https://wso2.com/asgardeo/docs/apis/application-rest-api/
 */
export interface AssociatedRolesArgs {
  /** `ORGANIZATION` for all roles of the organization, `APPLICATION` for roles of this application only. The server's default is `ORGANIZATION`. Changes in place; a change ends the association of roles. */
  allowedAudience: pulumi.Input<"APPLICATION" | "ORGANIZATION">;
}
