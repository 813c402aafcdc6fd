import { emptyApplication } from "./application/create";
import type { ApiResource } from "./models/api-resource";
import type { Application } from "./models/application";
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
    authorizations: apiResources
      .filter(({ identifier }) => bootstrapApis.includes(identifier))
      .map(({ id, scopes }) => ({ apiId: id, policyId: "RBAC", scopeIds: scopes.map((scope) => scope.id) })),
  };
}
