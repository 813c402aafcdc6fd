import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { type Api, path } from "../api/api";
import type { Definition } from "../core/definition";
import { resource } from "../core/resource";
import { argsOf, assumed, type Plain } from "../core/schema";
import { AsgardeoError, hasCode, isConflict } from "../errors";
import { apiIdOf, scopeProblem } from "./api-look-up";
import { distinct, oneOf, someText } from "./application/checks";

/** What a program says of the authorization of an application to an API. */
export interface ApiAuthorizationArgs {
  /** The id of the application. Changing it replaces the authorization. */
  application: pulumi.Input<string>;
  /**
   * The id of the API, or its identifier: `/api/server/v1/applications` authorizes a management API of the tenant itself.
   * Changing it replaces the authorization.
   */
  api: pulumi.Input<string>;
  /** All scopes of the API that the application may get, by name; the order means nothing. Changes in place, for tokens issued from then on. */
  scopes: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * `RBAC` if tokens for a user carry only the scopes that the user's roles permit, `No Policy` if they carry all; for
   * `client_credentials` there is no difference. Management APIs accept `RBAC` only. The server's default is `RBAC`. Changing
   * it replaces the authorization.
   */
  policy?: pulumi.Input<"RBAC" | "No Policy">;
}

/** What the server decides about an authorization. */
export interface ApiAuthorizationOutputs {
  /** The id of the API, also where `api` is its identifier. */
  apiId: string;
}

type Args = Plain<ApiAuthorizationArgs>;

export const apiAuthorization: Definition<ApiAuthorizationArgs, ApiAuthorizationOutputs> = {
  type: "ApiAuthorization",
  args: argsOf<ApiAuthorizationArgs>()({
    application: someText,
    api: someText,
    scopes: distinct(),
    policy: assumed("RBAC", oneOf(["RBAC", "No Policy"])).optional(),
  }),
  outputs: ["apiId"],
  replaceOn: ["application", "api", "policy"],
  secrets: [],
  needs: {
    create: ["internal_application_mgt_update"],
    read: ["internal_application_mgt_view"],
    update: ["internal_application_mgt_update"],
    delete: ["internal_application_mgt_update"],
    optionalWrite: ["internal_application_business_api_update", "internal_application_internal_api_update"],
  },

  async create(api, args) {
    const apiId = await apiIdOf(api, args.api);
    const { application, scopes, policy: policyIdentifier } = args;
    const body = { id: apiId, ...(policyIdentifier && { policyIdentifier }), scopes };
    await write(api, application, apiId, args, () => api.post(authorizations(application), body));
    return { id: `${application}/${apiId}`, outputs: { apiId } };
  },

  async read(api, id, { args }) {
    const { application, apiId } = parts(id);
    const live = (await listed(api, application))?.find((item) => item.id === apiId);
    if (!live) return undefined;
    const isIdentifier = args.api !== undefined && args.api !== apiId;
    return {
      args: {
        application,
        api: isIdentifier ? (live.identifier ?? apiId) : apiId,
        scopes: (live.authorizedScopes ?? []).map(({ name }) => name),
        policy: live.policyId?.toUpperCase() === "NO POLICY" ? "No Policy" : "RBAC",
      },
      outputs: { apiId },
    };
  },

  async update(api, id, args, { args: old }) {
    const { application, apiId } = parts(id);
    // Scopes that are authorized already are ignored by the server, so all go: one that was withdrawn meanwhile comes back.
    const removedScopes = (old.scopes ?? []).filter((scope) => !args.scopes.includes(scope));
    const body = { addedScopes: args.scopes, removedScopes };
    await write(api, application, apiId, args, () => api.patch(authorization(application, apiId), body));
    return { apiId };
  },

  async delete(api, id) {
    const { application, apiId } = parts(id);
    await api.inTurn(application, () => api.delete(authorization(application, apiId)));
    api.forget(listKey(application));
  },
};

/**
 * Lets an application get tokens with scopes of an API. Its id is `<application id>/<API id>`.
 *
 * API: https://wso2.com/asgardeo/docs/apis/application-rest-api/
 *
 * @scope internal_application_business_api_update to write, for APIs of your own, where the server knows this scope.
 * @scope internal_application_internal_api_update to write, for management APIs, where the server knows this scope.
 * @scope internal_api_resource_view to create, where `api` is an identifier; without it, a refused scope is not explained.
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
export class ApiAuthorization extends resource(apiAuthorization) {}

const authorizations = (application: string) => path`/api/server/v1/applications/${application}/authorized-apis`;
const authorization = (application: string, apiId: string) =>
  path`/api/server/v1/applications/${application}/authorized-apis/${apiId}`;
const listKey = (application: string) => `authorized-apis of ${application}`;

const wire = z.array(
  z.looseObject({
    id: z.string(),
    identifier: z.string().nullish(),
    policyId: z.string().nullish(),
    authorizedScopes: z.array(z.looseObject({ name: z.string() })).nullish(),
  }),
);

/** One list tells all authorizations of an application, so all that ask for one share it. */
function listed(api: Api, application: string): Promise<z.infer<typeof wire> | undefined> {
  return api.once(listKey(application), () => api.find(authorizations(application), wire));
}

function parts(id: string): { application: string; apiId: string } {
  const [application, apiId, rest] = id.split("/");
  if (!application || !apiId || rest !== undefined) {
    throw new AsgardeoError(`id: ${JSON.stringify(id)} must be \`<application id>/<API id>\``);
  }
  return { application, apiId };
}

async function write(
  api: Api,
  application: string,
  apiId: string,
  args: Args,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await api.inTurn(application, work);
  } catch (error) {
    throw await explained(api, apiId, args, error);
  } finally {
    api.forget(listKey(application));
  }
}

/** The server's refusals in terms of the args: it names neither the scope nor the API that it does not know. */
async function explained(api: Api, apiId: string, args: Args, error: unknown): Promise<unknown> {
  if (isConflict(error)) {
    return new AsgardeoError(
      `api: the application ${args.application} is authorized for ${args.api} already. Remove that authorization, or change its scopes there. (${error.message})`,
      { cause: error },
    );
  }
  if (hasCode(error, "APP-60507")) {
    return new AsgardeoError(`api: there is no API with the id ${apiId} in this tenant. (${error.message})`, {
      cause: error,
    });
  }
  if (hasCode(error, "APP-60508")) {
    const problem = await scopeProblem(api, apiId, args.scopes);
    return problem === undefined ? error : new AsgardeoError(`${problem} (${error.message})`, { cause: error });
  }
  if (hasCode(error, "APP-60511") || hasCode(error, "APP-60512")) {
    return new AsgardeoError(`policy: this API accepts another policy only, most likely RBAC. (${error.message})`, {
      cause: error,
    });
  }
  return error;
}
