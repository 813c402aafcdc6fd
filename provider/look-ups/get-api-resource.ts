import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Api } from "../api/api";
import { idText } from "../api/ids";
import { path } from "../api/path";
import { nearMiss } from "../core/check";
import { AsgardeoError } from "../errors";
import { text } from "../resources/wire";
import { exactly } from "./filter";
import { apis } from "./lists";
import { asked, askedLater, type LookUp } from "./look-up";
import type { LookUpOptions, LookUpOutputOptions } from "./options";
import { type OneOf, oneKey, only } from "./question";
import { viewing } from "./viewing";

/** By what an API can be looked up. */
export interface ApiResourceKeys {
  /** Its identifier, exactly as in the console: the audience of its tokens, or the path of a management API. */
  identifier: string;
  /** Its id, the UUID in the console's URL. */
  id: string;
}

/** Exactly one of the keys. */
export type GetApiResourceArgs = OneOf<ApiResourceKeys>;

/** Exactly one of the keys, as an Input. */
export type GetApiResourceOutputArgs = OneOf<{ [K in keyof ApiResourceKeys]: pulumi.Input<ApiResourceKeys[K]> }>;

/** A scope of an API (RFC 6749 section 3.3). */
export interface ScopeResult {
  /** The name as it stands in tokens, unique in the whole tenant. */
  readonly name: string;
  /** The name for people, in the console and on consent pages. */
  readonly displayName: string | undefined;
  /** What the scope permits. */
  readonly description: string | undefined;
}

/** An API as it is in the tenant. */
export interface GetApiResourceResult {
  /** The UUID that the server gave it. */
  readonly id: string;
  /** The identifier, unique in the tenant: the audience of its tokens, as a rule its URL (RFC 8707 section 2). */
  readonly identifier: string;
  /** The name for people. Two APIs may have the same. */
  readonly name: string;
  /** What the API is for. */
  readonly description: string | undefined;
  /** What kind it is: `BUSINESS` for APIs of your own, `TENANT` and `ORGANIZATION` for management APIs, and so on. */
  readonly type: string | undefined;
  /** Whether an application needs a policy that checks roles (RBAC) to get its scopes. */
  readonly requiresAuthorization: boolean;
  /** All scopes of the API. */
  readonly scopes: readonly ScopeResult[];
}

/**
 * Reads an API that is in the tenant already, with its scopes, without managing it: one that another program declares, or
 * a management API of the tenant itself. The answer of one run is shared: the same question costs one request. It needs
 * the scope `internal_api_resource_view`.
 *
 * Fails where no API has exactly this identifier or id, where not exactly one key is given, and where a setting or the
 * scope is missing.
 *
 * In a unit test with `pulumi.runtime.setMocks` nothing is sent: the question is a call of the mocks, with the token
 * `asgardeo:index:getApiResource` and the args as they are given, and their answer is that of the look-up.
 *
 * API: https://wso2.com/asgardeo/docs/apis/api-resource-management/
 *
 * @example
 * import * as asgardeo from "pulumi-asgardeo";
 *
 * const users = asgardeo.getApiResourceOutput({ identifier: "/scim2/Users" });
 *
 * export const userScopes = users.scopes.apply((scopes) => scopes.map(({ name }) => name));
 */
export function getApiResource(args: GetApiResourceArgs, opts?: LookUpOptions): Promise<GetApiResourceResult> {
  return asked(look, args, opts);
}

/** The same as {@link getApiResource} for args that may be outputs: it waits for them, and answers an output. */
export function getApiResourceOutput(
  args: GetApiResourceOutputArgs,
  opts?: LookUpOutputOptions,
): pulumi.Output<GetApiResourceResult> {
  return askedLater(look, args, opts);
}

const look: LookUp<GetApiResourceArgs, GetApiResourceResult> = {
  name: "getApiResource",
  question: (args) => oneKey<ApiResourceKeys>(args, ["identifier", "id"]),
  read: async ({ api }, args) => {
    const viewer = viewing(api, "internal_api_resource_view");
    return read(viewer, args.id ?? (await idOf(viewer, args.identifier ?? "")));
  },
};

const nullable = z.string().nullish();

const wire = z.looseObject({
  id: idText,
  identifier: z.string(),
  name: z.string(),
  description: nullable,
  type: nullable,
  requiresAuthorization: z.boolean().nullish(),
  scopes: z.array(z.looseObject({ name: z.string(), displayName: nullable, description: nullable })).nullish(),
});

async function read(api: Api, id: string): Promise<GetApiResourceResult> {
  const live = await api.find(path`/api/server/v1/api-resources/${id}`, wire);
  if (!live) throw new AsgardeoError(`id: no API of this tenant has the id ${JSON.stringify(id)}`);
  return {
    id: live.id,
    identifier: live.identifier,
    name: live.name,
    description: text(live.description),
    type: text(live.type),
    requiresAuthorization: live.requiresAuthorization ?? true,
    scopes: (live.scopes ?? []).map(({ name, displayName, description }) => ({
      name,
      displayName: text(displayName),
      description: text(description),
    })),
  };
}

async function idOf(api: Api, identifier: string): Promise<string> {
  const what = `identifier: ${JSON.stringify(identifier)}`;
  const isWanted = (each: { readonly identifier: string }) => each.identifier === identifier;
  const filter = exactly("identifier", identifier);
  const filtered = filter === undefined ? undefined : only((await apis(api, filter)).filter(isWanted), what);
  if (filtered) return filtered.id;
  const all = await apis(api);
  const found = only(all.filter(isWanted), what);
  if (found) return found.id;
  const miss = nearMiss(
    identifier,
    all.map((each) => each.identifier),
  );
  throw new AsgardeoError(`${what} is the identifier of no API of this tenant${miss}`);
}
