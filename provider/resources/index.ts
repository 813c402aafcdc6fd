import type { Api } from "../api/api";
import { type Lifecycle, lifecycle } from "../core/lifecycle";
import { apiAuthorization } from "./api-authorization";
import { apiResource } from "./api-resource";
import { application } from "./application";

/** The kinds of resources, by the type that stands in every URN. */
export const lifecycles: Readonly<Record<string, (api: () => Api) => Lifecycle>> = {
  ApiAuthorization: (api) => lifecycle(apiAuthorization, api),
  ApiResource: (api) => lifecycle(apiResource, api),
  Application: (api) => lifecycle(application, api),
};
