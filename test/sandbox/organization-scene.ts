import type { Sandbox, SandboxOptions } from "../../sandbox";
import {
  type Answer,
  type Call,
  type ClientCredentials,
  callerFor,
  callerWith,
  requestToken,
  sandboxFor,
  textAt,
  valueAt,
} from "./support";

/** A sandbox with a client of its own that may do all that a client may in organizations, if its application is shared. */
export interface Scene {
  readonly sandbox: Sandbox;
  /** As the bootstrap client, in the tenant. */
  readonly call: Call;
  readonly applicationId: string;
  readonly client: ClientCredentials;
}

const apis = ["organizations", "applications", "api-resources", "oidc/scopes", "async-operations"];

export async function sceneFor(options: SandboxOptions = {}): Promise<Scene> {
  const sandbox = await sandboxFor(options);
  const call = await callerFor(sandbox);
  const grantTypes = ["client_credentials", "organization_switch"];
  const body = { name: "b2b", inboundProtocolConfiguration: { oidc: { grantTypes } } };
  const { id: applicationId } = await call("POST", "/applications", body);
  for (const path of apis) {
    await authorize(sandbox, applicationId, `/api/server/v1/${path}`);
    await authorize(sandbox, applicationId, `/o/api/server/v1/${path}`);
  }
  const oidc = (await call("GET", `/applications/${applicationId}/inbound-protocols/oidc`)).body;
  const client = { clientId: textAt(oidc, "clientId"), clientSecret: textAt(oidc, "clientSecret") };
  return { sandbox, call, applicationId, client };
}

/** Authorizes an application to all scopes of a system API; nothing where the server has no such API. */
export async function authorize(sandbox: Sandbox, applicationId: string, identifier: string): Promise<void> {
  const api = sandbox.tenant.apiResources.find((each) => each.identifier === identifier);
  if (!api) return;
  const body = { id: api.id, policyIdentifier: "RBAC", scopes: api.scopes.map(({ name }) => name) };
  const path = `/api/server/v1/applications/${applicationId}/authorized-apis`;
  const { status } = await sandbox.console("POST", path, body);
  if (status !== 200) throw new Error(`${identifier} could not be authorized: ${status}`);
}

/** Makes an organization and answers its id. */
export async function organization(call: Call, name: string, more: object = {}, at = ""): Promise<string> {
  const { status, body } = await call("POST", `${at || "/api/server/v1"}/organizations`, { name, ...more });
  if (status !== 201) throw new Error(`${name} got ${status} ${JSON.stringify(body)}`);
  return textAt(body, "id");
}

/** Asks for a token of an organization by one of the tenant's. */
export async function requestSwitch(
  { sandbox, client }: Scene,
  organizationId: string,
  form: Record<string, string> = {},
): Promise<Answer> {
  const token = textAt((await requestToken(sandbox, client)).body, "access_token");
  const asked = { grant_type: "organization_switch", token, switching_organization: organizationId, ...form };
  return requestToken(sandbox, client, asked);
}

/** A caller with a token of an organization: its paths begin with `/o/`. */
export async function callerIn(scene: Scene, organizationId: string): Promise<Call> {
  const { body } = await requestSwitch(scene, organizationId);
  return callerWith(scene.sandbox, textAt(body, "access_token"));
}

/** Shares the client's application with all organizations, those that come as well. */
export async function shareWithAll({ sandbox, applicationId }: Scene): Promise<void> {
  const old = ["7.0", "7.1"].includes(sandbox.tenant.server);
  const applications = "/api/server/v1/applications";
  const { status } = old
    ? await sandbox.console("POST", `${applications}/${applicationId}/share`, { shareWithAllChildren: true })
    : await sandbox.console("POST", `${applications}/share-with-all`, {
        applicationId,
        policy: "ALL_EXISTING_AND_FUTURE_ORGS",
        roleSharing: { mode: "ALL" },
      });
  if (status >= 300) throw new Error(`The application could not be shared: ${status}`);
}

/** The ids of the organizations that an application is shared with. */
export async function sharedWith(call: Call, applicationId: string): Promise<string[]> {
  const { body } = await call("GET", `/applications/${applicationId}/shared-apps`);
  const list = valueAt(body, "sharedApplications");
  return Array.isArray(list) ? list.map((each) => textAt(each, "organizationId")) : [];
}
