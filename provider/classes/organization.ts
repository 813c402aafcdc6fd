import { organization } from "../resources/organization";
import type { OrganizationArgs, OrganizationOutputs } from "../resources/organization.args";
import { resource } from "./resource";

/**
 * An organization below the tenant's own, such as a business customer with users, roles and applications of its own. Its id
 * is the UUID that the server gives it.
 *
 * Deleting it deletes all that is in it, its users among them, and nothing brings that back: Pulumi's option `protect: true`
 * keeps one that is in use. One with children that the program does not declare is not deleted: the error names them. To make
 * way for another one by `--replace` or `pulumi state taint`, it needs another `orgHandle`, or none.
 *
 * API: https://wso2.com/asgardeo/docs/apis/organization-management/
 *
 * @task Make one for a customer: `name`, and `orgHandle` for users to find it by when they sign in.
 * @task Let users of organizations sign in to an application: an `ApplicationShare`.
 * @task Nest one in another: `parentId` with the id of that one.
 * @task Lock a customer out for a while: `status`.
 * @task Keep words of your own on it, such as the region: `attributes`.
 * @task Take over one that was made in the console: `adopt`.
 * @scope internal_organization_update to create, where `status` is `DISABLED`.
 * @scope internal_org_organization_create to create one below another one, with a token that is switched to that one: the
 * application of the bootstrap client has the grant `organization_switch` and is shared with the organization.
 * @example
 * import * as asgardeo from "pulumi-asgardeo";
 *
 * const hospital = new asgardeo.Organization("central-hospital", {
 *   name: "Central Hospital",
 *   orgHandle: "central-hospital",
 *   attributes: { region: "South", plan: "gold" },
 * });
 *
 * export const handle = hospital.orgHandle;
 */
export class Organization extends resource<OrganizationArgs, OrganizationOutputs>(organization) {}
