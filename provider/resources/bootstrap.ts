import type { Api } from "../api/api";
import type { Failure } from "../core/check";
import type { Properties } from "../core/clean";
import { hasUnknown } from "../core/unknown";
import { AsgardeoError } from "../errors";
import { type ApplicationItem, withClientId } from "./application/directory";
import { isObject } from "./wire";

/** The application that the provider signs in with. Asked once in a process. */
function ownApplication(api: Api): Promise<ApplicationItem | undefined> {
  return api.needing("internal_application_mgt_view").kept(withClientId, api.clientId);
}

/** Whether an application is that one. */
export async function isOwnApplication(api: Api, application: string): Promise<boolean> {
  return (await ownApplication(api))?.id === application;
}

/** Why these scopes cannot be taken from an application; undefined where they can. */
async function selfHarm(api: Api, application: string, lost: readonly string[]): Promise<string | undefined> {
  const needed: readonly string[] = api.scopesInUse;
  const harm = lost.filter((scope) => needed.includes(scope));
  if (harm.length === 0 || !(await isOwnApplication(api, application))) return undefined;
  return `scopes: will not take ${harm.join(", ")} from the application ${application}, since the provider signs in with its client ${api.clientId} and needs them. Declare them, or take the resource out of the program and out of the state with \`pulumi state delete\`, or sign in with another client.`;
}

/** Refuses to take scopes away from the bootstrap client that the provider itself works with. */
export async function refuseSelfHarm(api: Api, application: string, lost: readonly string[]): Promise<void> {
  const refusal = await selfHarm(api, application, lost);
  if (refusal !== undefined) throw new AsgardeoError(refusal);
}

/** The same ahead of it, for an authorization that was as `old`. */
export async function ownScopeFailures(api: Api, args: Properties, old: Properties | undefined): Promise<Failure[]> {
  const { application, scopes } = args;
  if (typeof application !== "string" || !Array.isArray(scopes) || hasUnknown([application, scopes])) return [];
  if (old?.application !== application) return [];
  const had: unknown[] = Array.isArray(old.scopes) ? old.scopes : [];
  const lost = had.filter((scope): scope is string => typeof scope === "string" && !scopes.includes(scope));
  const refusal = await selfHarm(api, application, lost);
  return refusal === undefined ? [] : [{ property: "scopes", reason: refusal }];
}

/** A change of an application, as far as it could end its client. */
interface Change {
  readonly enabled?: unknown;
  readonly oidc?: unknown;
  /** Whether the program declared the client before: only then is it removed where it is declared no longer. */
  readonly hadOidc: boolean;
}

/** Refuses to delete the application that the provider signs in with. */
export function refuseDeletion(api: Api, clientId: string | undefined): void {
  if (isOwn(api, clientId)) throw ownClient("will not delete the application", api);
}

/** Refuses to end the share of that application: no provider could work in an organization any more. */
export async function refuseEndOfShare(api: Api, application: string): Promise<void> {
  if (!(await isOwnApplication(api, application))) return;
  throw ownClient(
    `will not end the share of the application ${application}, which is how it works in organizations`,
    api,
  );
}

/** What of a change would end the client of an application, were it the provider's own. */
function endingOf({ enabled, oidc, hadOidc }: Change): string | undefined {
  if (enabled === false) return "enabled: will not disable the application";
  if (oidc === undefined && hadOidc) return "oidc: will not remove the client";
  if (isObject(oidc) && !(Array.isArray(oidc.grantTypes) && oidc.grantTypes.includes("client_credentials"))) {
    return "oidc.grantTypes: will not take the grant `client_credentials`";
  }
  return undefined;
}

/** Refuses a change after which the provider could not sign in any more. */
export function refuseEnding(api: Api, clientId: string | undefined, change: Change): void {
  const ending = endingOf(change);
  if (ending !== undefined && isOwn(api, clientId)) throw ownClient(ending, api);
}

/** The same ahead of it, for an object that was as `old`: only a change that could be one costs a request, once in a process. */
export async function endingFailures(api: Api, args: Properties, old: Properties | undefined): Promise<Failure[]> {
  if (!old || hasUnknown([args.enabled, args.oidc])) return [];
  const changeOf = ({ enabled, oidc }: Properties) => ({ enabled, oidc, hadOidc: old.oidc !== undefined });
  const ending = endingOf(changeOf(args));
  if (ending === undefined || endingOf(changeOf(old)) === ending) return [];
  const own = await ownApplication(api);
  return own?.name === old.name ? [{ property: "", reason: ownClient(ending, api).message }] : [];
}

function isOwn(api: Api, clientId: string | undefined): boolean {
  return clientId !== undefined && clientId === api.clientId;
}

function ownClient(what: string, { clientId }: Api): AsgardeoError {
  return new AsgardeoError(
    `${what}: the provider signs in with its client ${clientId}. Sign in with another client to do that.`,
  );
}
