import { Hono } from "hono";
import type { Env, Services } from "../gate";
import { answerOAuthError, invalidRequest, notStored, OAuthError } from "../oauth-error";
import { authenticatedClient, type Form, formOf, invalidClient } from "../sign-in/client-credentials";

/** The end of a token before its time (RFC 7009). */
export function revokeRoutes(services: Services): Hono<Env> {
  const { tokens } = services;
  const routes = new Hono<Env>();

  routes.post("/oauth2/revoke", async (context) => {
    try {
      const form = await formOf(context.req);
      const applicationId = clientOf(context.req.header("authorization"), form);
      const value = form.get("token");
      if (!value) throw invalidRequest("Invalid revocation request");
      revoke(applicationId, value);
      return context.body(null, 200, notStored);
    } catch (error) {
      return answerOAuthError(context, error);
    }
  });

  /** Whatever is wrong with the client, this endpoint has one sentence for it. */
  function clientOf(authorization: string | undefined, form: Form): string {
    try {
      return authenticatedClient(services, authorization, form).application.id;
    } catch (error) {
      if (error instanceof OAuthError && error.status === 401) throw invalidClient("Client Authentication failed.");
      throw error;
    }
  }

  /** An access token and its refresh token are one record of the server, so both end. One that is not known has ended. */
  function revoke(applicationId: string, value: string): void {
    const token = tokens.find(value) ?? tokens.findRefresh(value);
    if (!token) return;
    if (token.applicationId !== applicationId) throw new OAuthError(400, "unauthorized_client", "Unauthorized Client");
    if (token.grant) tokens.revokeGrant(token.grant.id);
    else tokens.revokeOne(value);
  }

  return routes;
}
