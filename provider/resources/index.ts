import { type Lifecycle, lifecycle, type Surroundings } from "../core/lifecycle";
import { apiAuthorization } from "./api-authorization";
import { apiResource } from "./api-resource";
import { application } from "./application";

/** The kinds of resources, by the type that stands in every URN. */
export const lifecycles: Readonly<Record<string, (surroundings: Surroundings) => Lifecycle>> = {
  ApiAuthorization: (surroundings) => lifecycle(apiAuthorization, surroundings),
  ApiResource: (surroundings) => lifecycle(apiResource, surroundings),
  Application: (surroundings) => lifecycle(application, surroundings),
};
