import { apiAuthorization } from "../resources/api-authorization";
import type { ApiAuthorizationArgs, ApiAuthorizationOutputs } from "../resources/api-authorization.args";
import { resource } from "./resource";

/**
 * Lets an application get tokens with scopes of an API. Its id is `<application id>/<API id>`.
 *
 * API: https://wso2.com/asgardeo/docs/apis/application-rest-api/
 *
 * @task Authorize an application for an API of your own: `application`, `api` with the id of an `ApiResource`, and `scopes`.
 * @task Authorize one for a management API of the tenant: `api` with its path.
 * @task Let the roles of users decide, or not: `policy`, and a `Role` for each kind of users.
 * @task Take over one that was made in the console: `adopt`.
 * @scope internal_application_business_api_update to write, for APIs of your own, where the server knows this scope.
 * @scope internal_application_internal_api_update to write, for management APIs, where the server knows this scope.
 * @scope internal_api_resource_view to look ahead, where the program does not declare the API itself.
 * @scope internal_application_mgt_view to look ahead, where the program does not declare the application itself, and to
 * delete an authorization for a management API.
 * @example
 * // A management API of the tenant itself, by its identifier.
 * import * as asgardeo from "pulumi-asgardeo";
 *
 * const auditor = new asgardeo.Application("auditor", {
 *   name: "Auditor",
 *   oidc: { grantTypes: ["client_credentials"] },
 * });
 *
 * new asgardeo.ApiAuthorization("auditor-applications", {
 *   application: auditor.id,
 *   api: "/api/server/v1/applications",
 *   scopes: ["internal_application_mgt_view"],
 * });
 */
export class ApiAuthorization extends resource<ApiAuthorizationArgs, ApiAuthorizationOutputs>(apiAuthorization) {}
