import { emptyApplication } from "./application/create";
import type { ApiResource } from "./models/api-resource";
import type { Application, Authorization } from "./models/application";
import { oidcOf } from "./oidc/record";
import { bootstrapApis } from "./system-apis";
import type { Server } from "./versions";

/** The credentials of an OAuth client. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The application whose client credentials the sandbox prints. */
export function bootstrapApplication(
  server: Server,
  credentials: Credentials,
  apiResources: readonly ApiResource[],
): Application {
  return {
    ...emptyApplication("Bootstrap Client", server),
    description: "The client with which a Pulumi program signs in.",
    templateId: "m2m-application",
    oidc: oidcOf({ grantTypes: ["client_credentials", "organization_switch"], ...credentials }, "create"),
    authorizations: authorizationsOf(apiResources.filter(({ identifier }) => bootstrapApis.includes(identifier))),
  };
}

/** All scopes of APIs, each through the first one that has it: through another one, the server would refuse it. */
function authorizationsOf(apis: readonly ApiResource[]): Authorization[] {
  const taken = new Set<string>();
  return apis.map(({ id, scopes }) => {
    const own = scopes.filter(({ name }) => !taken.has(name));
    for (const { name } of own) taken.add(name);
    return { apiId: id, policyId: "RBAC", scopeIds: own.map((scope) => scope.id) };
  });
}
