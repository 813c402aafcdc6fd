import type { z } from "zod";
import type { Properties } from "../../provider/core/clean";
import { apiAuthorization } from "../../provider/resources/api-authorization";
import { apiResource } from "../../provider/resources/api-resource";
import { application } from "../../provider/resources/application";
import type { Sandbox } from "../../sandbox/index";

export type TypeName = "ApiAuthorization" | "ApiResource" | "Application";

/** One kind of resource, with what its operations need. */
export interface Subject {
  readonly type: TypeName;
  readonly schema: z.ZodType;
  readonly outputs: readonly string[];
  readonly args: Properties;
  /** Another value of the same object. */
  readonly changed: Properties;
  /** Makes the object behind Pulumi's back, so that it can be adopted. */
  exists(sandbox: Sandbox): Promise<void>;
}

const management = "/api/server/v1";

const web = {
  name: "Fuzzed",
  description: "An application",
  imageUrl: "https://app.example/logo.png",
  accessUrl: "https://app.example",
  associatedRoles: { allowedAudience: "APPLICATION" },
  claimConfiguration: {
    dialect: "LOCAL",
    requestedClaims: [{ claim: "http://wso2.org/claims/emailaddress", mandatory: true }],
    subject: { claim: "http://wso2.org/claims/username", includeUserDomain: true },
  },
  authenticationSequence: {
    type: "USER_DEFINED",
    steps: [{ options: [{ idp: "LOCAL", authenticator: "BasicAuthenticator" }] }],
    subjectStepId: 1,
  },
  advancedConfiguration: { skipLoginConsent: true },
  oidc: {
    grantTypes: ["authorization_code", "refresh_token"],
    callbackUrls: ["https://app.example/callback", "https://app.example/other"],
    allowedOrigins: ["https://app.example"],
    pkce: { mandatory: true },
    accessToken: { type: "JWT", userAccessTokenExpiryInSeconds: 900, bindingType: "None" },
    refreshToken: { expiryInSeconds: 7200, renewRefreshToken: true },
    idToken: { expiryInSeconds: 900, audience: ["https://api.example"] },
    logout: { backChannelLogoutUrl: "https://app.example/logout" },
  },
  secretVersion: "1",
};

const orders = {
  name: "Fuzzed orders",
  identifier: "https://fuzzed.example/orders",
  description: "An API",
  scopes: [
    { name: "fuzzed:read", displayName: "Read", description: "Reads" },
    { name: "fuzzed:write", displayName: "Write" },
  ],
};

/** What an authorization is between. It is there before the operation, and has an id that is known. */
export const target = { name: "Target", identifier: "https://fuzzed.example/target", scopes: ["target:a", "target:b"] };

/** Makes application and API of an authorization, and answers the args of one. */
async function authorizationArgs(sandbox: Sandbox): Promise<Properties & { application: string }> {
  const app = await sandbox.console("POST", `${management}/applications`, { name: target.name });
  await sandbox.console("POST", `${management}/api-resources`, {
    name: target.name,
    identifier: target.identifier,
    scopes: target.scopes.map((name) => ({ name, displayName: name })),
  });
  if (!app.id) throw new Error(`the target cannot be made: ${app.status}`);
  return { application: app.id, api: target.identifier, scopes: ["target:a"], policy: "RBAC" };
}

/** The kinds of resources on a tenant, which gets what they need. */
export async function subjectsOn(sandbox: Sandbox): Promise<Readonly<Record<TypeName, Subject>>> {
  const authorization = await authorizationArgs(sandbox);
  const { id: api } = sandbox.tenant.apiResources.find(({ identifier }) => identifier === target.identifier) ?? {};
  const make = (path: string, body: unknown) => async (on: Sandbox) => {
    const { status } = await on.console("POST", `${management}${path}`, body);
    if (status > 299) throw new Error(`POST ${path}: ${status}`);
  };
  return {
    Application: {
      type: "Application",
      schema: application.args,
      outputs: application.outputs,
      args: web,
      changed: {
        ...web,
        name: "Fuzzed anew",
        description: undefined,
        claimConfiguration: { ...web.claimConfiguration, subject: undefined },
        oidc: { ...web.oidc, allowedOrigins: [], idToken: { expiryInSeconds: 1200 } },
        secretVersion: "2",
        secretOverlapDays: 0,
      },
      exists: make("/applications", {
        name: web.name,
        inboundProtocolConfiguration: {
          oidc: { grantTypes: ["authorization_code"], callbackURLs: ["https://old.example"] },
        },
      }),
    },
    ApiResource: {
      type: "ApiResource",
      schema: apiResource.args,
      outputs: apiResource.outputs,
      args: orders,
      changed: {
        ...orders,
        name: "Fuzzed orders anew",
        scopes: [{ name: "fuzzed:read", displayName: "Look" }, { name: "fuzzed:audit" }],
      },
      exists: make("/api-resources", { name: "Old", identifier: orders.identifier, scopes: [{ name: "fuzzed:old" }] }),
    },
    ApiAuthorization: {
      type: "ApiAuthorization",
      schema: apiAuthorization.args,
      outputs: apiAuthorization.outputs,
      args: authorization,
      changed: { ...authorization, scopes: ["target:b"] },
      exists: make(`/applications/${authorization.application}/authorized-apis`, { id: api, scopes: ["target:b"] }),
    },
  };
}
