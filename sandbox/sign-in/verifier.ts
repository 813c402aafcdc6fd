import { createHash } from "node:crypto";
import type { Application } from "../models/application";
import { invalidGrant } from "../oauth-error";
import type { Code } from "./codes";

/** What RFC 7636 (4.1) says a verifier is. */
const wellFormed = /^[A-Za-z0-9\-._~]{43,128}$/;

/** Refuses a token request whose PKCE verifier is not the one of the challenge; the order of the checks is the server's. */
export function refuseWrongVerifier({ oidc }: Application, { challenge }: Code, verifier: string | undefined): void {
  const isMandatory = oidc?.pkce?.mandatory === true;
  if (!challenge && !isMandatory) return;
  if (!verifier?.trim()) {
    throw invalidGrant(
      isMandatory
        ? "No PKCE code verifier found.PKCE is mandatory for this oAuth 2.0 application."
        : "Empty PKCE code_verifier sent. This authorization code requires a PKCE verification to obtain an access token.",
    );
  }
  if (!wellFormed.test(verifier)) {
    throw invalidGrant("Code verifier used is not up to RFC 7636 specifications.");
  }
  const transformed =
    challenge?.method === "S256" ? createHash("sha256").update(verifier).digest("base64url") : verifier;
  if (transformed !== challenge?.value) throw invalidGrant("PKCE validation failed");
}
