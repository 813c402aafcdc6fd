import { apiResource } from "../resources/api-resource";
import type { ApiResourceArgs } from "../resources/api-resource.args";
import { resource } from "./resource";

/**
 * An API that applications call, with its scopes. Its id is the UUID that the server gives it.
 *
 * API: https://wso2.com/asgardeo/docs/apis/api-resource-management/
 *
 * @scope internal_api_resource_delete to update, where scopes are removed.
 */
export class ApiResource extends resource<ApiResourceArgs, object>(apiResource) {}
