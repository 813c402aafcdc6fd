import { apiResource } from "../resources/api-resource";
import type { ApiResourceArgs } from "../resources/api-resource.args";
import { resource } from "./resource";

/**
 * An API that applications call, with its scopes. Its id is the UUID that the server gives it.
 *
 * API: https://wso2.com/asgardeo/docs/apis/api-resource-management/
 *
 * @task Say what an application may be authorized for: `scopes`.
 * @task Let an application get tokens with these scopes: an `ApiAuthorization`.
 * @task Give its scopes out without a policy that checks roles: `requiresAuthorization`.
 * @task Take over one that was made in the console: `adopt`.
 * @scope internal_api_resource_delete to update, where scopes are removed.
 */
export class ApiResource extends resource<ApiResourceArgs, object>(apiResource) {}
