import type * as pulumi from "@pulumi/pulumi";
import { text } from "../resources/wire";
import { apis } from "./lists";
import { asked, askedLater, type LookUp } from "./look-up";
import type { LookUpOptions, LookUpOutputOptions } from "./options";
import { texts } from "./question";
import { viewing } from "./viewing";

/** Which APIs are listed. */
export interface GetApiResourcesArgs {
  /**
   * The server's own filter over `name`, `identifier` and `type`, such as `type eq BUSINESS` or `identifier sw https://`. It
   * may not regard case, and it drops characters such as `(` and `?`. Left out, all are listed, management APIs too.
   */
  filter?: string | undefined;
}

/** Which APIs are listed, as Inputs. */
export interface GetApiResourcesOutputArgs {
  /** The server's own filter: see {@link GetApiResourcesArgs}. */
  filter?: pulumi.Input<string> | undefined;
}

/** An API in a list: without description and scopes, which {@link getApiResource} reads. */
export interface ListedApiResource {
  /** The UUID that the server gave it. */
  readonly id: string;
  /** The identifier, unique in the tenant. */
  readonly identifier: string;
  /** The name for people. Two APIs may have the same. */
  readonly name: string;
  /** What kind it is: `BUSINESS` for APIs of your own, `TENANT` and `ORGANIZATION` for management APIs, and so on. */
  readonly type: string | undefined;
  /** Whether an application needs a policy that checks roles (RBAC) to get its scopes. */
  readonly requiresAuthorization: boolean;
}

/**
 * Lists the APIs of the tenant, all pages of them, in the server's order. The answer of one run is shared. It needs the
 * scope `internal_api_resource_view`.
 *
 * Fails where the server refuses the filter, and where a setting or the scope is missing. No match is an empty list.
 *
 * In a unit test with `pulumi.runtime.setMocks` nothing is sent: the question is a call of the mocks, with the token
 * `asgardeo:index:getApiResources` and the args as they are given, and their answer is that of the look-up, with the list as
 * its member `result`: `{ result: [] }`.
 *
 * API: https://wso2.com/asgardeo/docs/apis/api-resource-management/
 *
 * @example
 * import * as asgardeo from "pulumi-asgardeo";
 *
 * const own = asgardeo.getApiResourcesOutput({ filter: "type eq BUSINESS" });
 *
 * export const identifiers = own.apply((apis) => apis.map(({ identifier }) => identifier));
 */
export function getApiResources(args: GetApiResourcesArgs = {}, opts?: LookUpOptions): Promise<ListedApiResource[]> {
  return asked(look, args, opts);
}

/** The same as {@link getApiResources} for args that may be outputs: it waits for them, and answers an output. */
export function getApiResourcesOutput(
  args: GetApiResourcesOutputArgs = {},
  opts?: LookUpOutputOptions,
): pulumi.Output<ListedApiResource[]> {
  return askedLater(look, args, opts);
}

const look: LookUp<GetApiResourcesArgs, ListedApiResource[]> = {
  name: "getApiResources",
  isList: true,
  question: (args) => texts(args, ["filter"]),
  read: async ({ api }, { filter }) => {
    const viewer = viewing(api, "internal_api_resource_view");
    return (await apis(viewer, filter)).map(({ id, identifier, name, type, requiresAuthorization }) => ({
      id,
      identifier,
      name,
      type: text(type),
      requiresAuthorization: requiresAuthorization ?? true,
    }));
  },
};
