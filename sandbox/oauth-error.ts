import type { ContentfulStatusCode } from "hono/utils/http-status";

/** A refusal of the token endpoint. */
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
