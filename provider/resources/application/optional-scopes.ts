import type { Scope } from "../../api/scopes";
import type { Properties } from "../../core/clean";
import { isUnknown } from "../../core/unknown";
import { isObject } from "../wire";

/** The scopes that only some servers know, and that this change of an application needs there. */
export function optionalScopes(args: Properties, old: Properties | undefined): Scope[] {
  const script = scriptOf(args);
  const changesScript = script !== undefined && script !== scriptOf(old ?? {});
  return [
    ...(getsSecret(args, old) ? (["internal_application_mgt_client_secret_view"] as const) : []),
    ...(changesScript ? (["internal_application_script_update"] as const) : []),
  ];
}

/** Whether a client with a secret is made that is to be kept in state. */
function getsSecret({ oidc, storeSecret }: Properties, old: Properties | undefined): boolean {
  const isMade = isObject(oidc) && !isObject(old?.oidc);
  return isMade && oidc.publicClient !== true && !isUnknown(oidc.publicClient) && storeSecret !== false;
}

function scriptOf({ authenticationSequence }: Properties): unknown {
  return isObject(authenticationSequence) ? (authenticationSequence.script ?? undefined) : undefined;
}
