import type { Services } from "../gate";
import type { Application } from "../models/application";
import { invalidGrant, invalidRequest } from "../oauth-error";
import type { Form } from "./client-credentials";
import type { Code } from "./codes";
import { placesOf, type TokenAnswer } from "./issue";
import { residentOf } from "./local-user";
import { issuePair } from "./refresh-grant";
import { scopesOfUser } from "./scopes";
import { refuseWrongVerifier } from "./verifier";

/** The tokens that an authorization code gives, once. */
export async function exchangedCode(services: Services, application: Application, form: Form): Promise<TokenAnswer> {
  const code = validCode(services, application, form);
  const { sessions, store } = services;
  // Somebody of an organization that the application is shared with has signed in for that organization.
  const { organizationId } = residentOf(store, code.userId)?.store ?? store;
  const session = sessions.find(code.sessionId);
  const grant = {
    id: grantOf(code),
    userId: code.userId,
    sessionId: code.sessionId,
    since: session?.since,
    authenticators: session?.authenticators ?? [],
  };
  const { there } = placesOf(services, { application, organizationId, grant });
  const scopes = scopesOfUser(there.store, there.application, code.userId, code.scopes);
  // Before anything is waited for: of two requests with one code, only one is the first.
  code.isUsed = true;
  return issuePair(services, { application, organizationId, scopes, grant, nonce: code.nonce });
}

/** What comes of a code is one sign-in, whose tokens end together. */
function grantOf({ value }: Code): string {
  return value;
}

/** The code of a request, or the refusal; the order of the checks is the server's. */
function validCode({ codes, tokens, now }: Services, application: Application, form: Form): Code {
  const value = form.get("code");
  if (!value) throw invalidRequest("Missing parameters: code");
  const code = codes.find(value);
  if (code?.applicationId !== application.id) {
    throw invalidGrant("Invalid authorization code received from token request");
  }
  if (code.isUsed) {
    // Somebody else may have used it first: what it gave is not to be trusted any more.
    tokens.revokeGrant(grantOf(code));
    throw invalidGrant("Inactive authorization code received from token request");
  }
  if (code.until <= now()) throw invalidGrant("Expired or Revoked authorization code received from token request");
  if (form.get("redirect_uri") !== code.redirectUri) throw invalidGrant("Callback url mismatch");
  refuseWrongVerifier(application, code, form.get("code_verifier"));
  return code;
}
