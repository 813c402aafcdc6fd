import { type Lifecycle, lifecycle, type Surroundings } from "../core/lifecycle";
import { apiAuthorization } from "./api-authorization";
import { apiResource } from "./api-resource";
import { application } from "./application";

/** The kinds of resources, by the type that stands in every URN. */
export const lifecycles = {
  ApiAuthorization: (surroundings: Surroundings) => lifecycle(apiAuthorization, surroundings),
  ApiResource: (surroundings: Surroundings) => lifecycle(apiResource, surroundings),
  Application: (surroundings: Surroundings) => lifecycle(application, surroundings),
} satisfies Readonly<Record<string, (surroundings: Surroundings) => Lifecycle>>;
