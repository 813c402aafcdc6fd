import type { Services } from "../gate";
import type { Application } from "../models/application";
import type { Parameters } from "./parameters";
import { isRegistered, withAnswer } from "./redirects";

/** What somebody asks for who signs out (OpenID Connect RP-Initiated Logout 1.0). */
export interface SignOut {
  /** The application that asks; undefined where the request does not tell. */
  readonly application: Application | undefined;
  /** The session of the ID token. */
  readonly hintedSession: string | undefined;
  /** Where to go afterwards; undefined is the server's own page. */
  readonly address: string | undefined;
}

/** Why it is refused, in the server's words. */
export class SignOutError extends Error {}

/** Reads and checks a request to sign out. */
export async function signOutOf({ store, tokens }: Services, parameters: Parameters): Promise<SignOut> {
  const hint = parameters.get("id_token_hint");
  const claims = hint === undefined ? undefined : await tokens.key.claimsOf(hint);
  if (hint !== undefined && claims === undefined) throw new SignOutError("ID token signature validation failed.");
  const clientId = textOf(claims?.azp) ?? parameters.get("client_id");
  const application = clientId === undefined ? undefined : store.clientOwner(clientId);
  const target = parameters.get("post_logout_redirect_uri");
  const hintedSession = textOf(claims?.sid);
  // Without an application there is nothing to compare the address with: it is passed over.
  if (target === undefined || !application) return { application, hintedSession, address: undefined };
  if (!isRegistered(application.oidc?.callbackURLs ?? [], target)) {
    throw new SignOutError("Post logout URI does not match with registered callback URI.");
  }
  const state = parameters.get("state");
  return { application, hintedSession, address: state === undefined ? target : withAnswer(target, { state }) };
}

/** Ends a session, and the tokens of it that are to end with it. */
export function endSession({ store, tokens, sessions }: Services, id: string): void {
  sessions.end(id);
  for (const { tenant } of [store.root, ...store.root.below()]) {
    for (const { id: applicationId, oidc } of tenant.applications) {
      if (oidc?.accessToken?.revokeTokensWhenIDPSessionTerminated) tokens.revokeSession(id, applicationId);
    }
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
