import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** A refusal of the token endpoint, or of another one of OAuth 2.0. */
export class OAuthError extends Error {
  constructor(
    readonly status: ContentfulStatusCode,
    readonly code: string,
    readonly description: string,
  ) {
    super(description);
  }
}

export function invalidRequest(description: string): OAuthError {
  return new OAuthError(400, "invalid_request", description);
}

export function invalidGrant(description: string): OAuthError {
  return new OAuthError(400, "invalid_grant", description);
}

/** What no cache may keep. */
export const notStored = { "Cache-Control": "no-store", Pragma: "no-cache" };

/** Answers with a refusal, or throws what is none on. A 401 comes with a challenge. */
export function answerOAuthError(context: Context, error: unknown, challenge = "Basic realm=127.0.0.1"): Response {
  if (!(error instanceof OAuthError)) throw error;
  const { status, code, description } = error;
  const headers = { ...notStored, ...(status === 401 && { "WWW-Authenticate": challenge }) };
  return context.json({ error_description: description, error: code }, status, headers);
}
