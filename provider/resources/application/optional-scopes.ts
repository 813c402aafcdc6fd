import type { Scope } from "../../api/scopes";
import type { Properties } from "../../core/clean";
import { same } from "../../core/diff";
import { isUnknown } from "../../core/unknown";
import { isObject } from "../wire";
import { isRotation } from "./secret-args";
import { secretChanging } from "./secrets";

/** The scopes that only some servers know, and that this change of an application needs there. */
export function optionalScopes(args: Properties, old: Properties | undefined): Scope[] {
  const script = scriptOf(args);
  const changesScript = script !== undefined && script !== scriptOf(old ?? {});
  return [
    ...(getsSecret(args, old) ? (["internal_application_mgt_client_secret_view"] as const) : []),
    ...(changesScript ? (["internal_application_script_update"] as const) : []),
  ];
}

/** The scope to write a script, where this change sends one or clears one. */
export function scriptScopes(args: Properties, old: Properties = {}): Scope[] {
  const isSent = !same(undefined, old.authenticationSequence, args.authenticationSequence);
  const isThere = scriptOf(args) !== undefined || scriptOf(old) !== undefined;
  return isSent && isThere ? ["internal_application_script_update"] : [];
}

/** The scopes that only some changes of an application need, as far as the args tell that this is one of them. */
export function scopesAtTimes(args: Properties, old: Properties | undefined): Scope[] {
  const endsClient = isObject(old?.oidc) && args.oidc === undefined;
  return [
    ...optionalScopes(args, old),
    ...scriptScopes(args, old),
    ...(old && isRotation(old, args) ? secretChanging : []),
    ...(endsClient ? (["internal_application_mgt_delete"] as const) : []),
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
