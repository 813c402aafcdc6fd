import { randomBytes } from "node:crypto";
import { bootstrapApplication, type Credentials } from "./bootstrap";
import type { Application } from "./models/application";
import { generated, oidcOf } from "./oidc/record";
import { marked } from "./secret-mark";
import { StartError } from "./start-error";
import { loadTenant, saveTenant } from "./state-file";
import { Store } from "./store";
import { newTenant, type Tenant } from "./tenant";
import { ensureUser, type OwnUser } from "./user/own";
import { type Server, servers } from "./versions";

/** Which tenant a sandbox serves. */
export interface TenantOptions {
  /** The name of the organization, in every path. Default: that of the state file, or else `sandbox`. */
  readonly organization?: string;
  /** The id of the bootstrap client. Default: that of the state file, or else a generated one. */
  readonly clientId?: string;
  /** The secret of the bootstrap client. Default: that of the state file, or else a generated one. */
  readonly clientSecret?: string;
  /**
   * The file that keeps the tenant over restarts; it is made if it is not there. It holds the secrets of all clients.
   * Default: the tenant ends with the sandbox.
   */
  readonly state?: string;
  /** A user of the tenant, to sign in as; made where there is none with this name. Default: no user is made. */
  readonly user?: OwnUser;
  /** The server to stand for: the hosted service, or a release of WSO2 Identity Server. Default: `asgardeo`. */
  readonly server?: Server;
}

/**
 * Opens the tenant of a state file, or makes a new one, and sees to it that its bootstrap client can sign in. Nothing is
 * written yet.
 */
export function openTenant(options: TenantOptions): { store: Store; credentials: Credentials } {
  const { organization = "sandbox", server = "asgardeo" } = options;
  const { state } = options;
  refuseUnusable(options);
  const stored = state === undefined ? undefined : loadTenant(state);
  const keep = state === undefined ? undefined : (tenant: Tenant) => saveTenant(state, tenant);
  const store = new Store(stored ?? newTenant(organization, server), keep);
  if (stored) refuseOtherTenant(store, options);
  const credentials = bootstrapCredentials(store, options);
  if (options.user) ensureUser(store, options.user);
  return { store, credentials };
}

function refuseUnusable({ organization, server, clientId }: TenantOptions): void {
  if (organization !== undefined && !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(organization)) {
    throw new StartError(
      `'${organization}' cannot be the name of an organization: use letters, digits, '.', '_', '-'.`,
    );
  }
  if (server !== undefined && !servers.includes(server)) {
    throw new StartError(`There is no server '${server}': it is one of ${servers.join(", ")}.`);
  }
  if (clientId?.includes(":")) throw new StartError("A client id cannot contain a colon.");
}

/** Another organization or server would leave addresses and members in the tenant that do not fit it. */
function refuseOtherTenant({ tenant }: Store, { organization, server, state }: TenantOptions): void {
  for (const [what, asked, stored] of [
    ["organization", organization, tenant.organization],
    ["server", server, tenant.server],
  ]) {
    if (asked !== undefined && asked !== stored) {
      throw new StartError(`The state file ${state} is of the ${what} '${stored}', not of '${asked}'.`);
    }
  }
}

/**
 * Makes the client that was asked for that of the bootstrap application, which a new tenant does not have yet, and which
 * somebody may have deleted or revoked.
 */
function bootstrapCredentials(store: Store, options: TenantOptions): Credentials {
  const { tenant } = store;
  const existing = store.application(tenant.bootstrap);
  const credentials = {
    clientId: options.clientId ?? existing?.oidc?.clientId ?? generated(21),
    clientSecret: options.clientSecret ?? existing?.oidc?.clientSecret ?? marked(randomBytes(24).toString("base64url")),
  };
  const owner = store.clientOwner(credentials.clientId);
  if (owner && owner !== existing) {
    throw new StartError(
      `The client id '${credentials.clientId}' is that of the application '${owner.name}' in the state file.`,
    );
  }
  if (existing) store.replaceApplication(withClient(existing, credentials));
  else {
    const application = bootstrapApplication(tenant.server, credentials, tenant.apiResources);
    tenant.applications.push(application);
    tenant.bootstrap = application.id;
  }
  return credentials;
}

function withClient(application: Application, credentials: Credentials): Application {
  const oidc = application.oidc ?? oidcOf({ grantTypes: ["client_credentials"], ...credentials }, "create");
  const grantTypes = new Set([...oidc.grantTypes, "client_credentials"]);
  return {
    ...application,
    applicationEnabled: true,
    oidc: { ...oidc, ...credentials, state: "ACTIVE", grantTypes: [...grantTypes] },
  };
}
