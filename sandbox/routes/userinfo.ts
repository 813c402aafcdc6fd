import { type Context, Hono } from "hono";
import type { Env, Services } from "../gate";
import { answerOAuthError, invalidRequest, OAuthError } from "../oauth-error";
import { formOf } from "../sign-in/client-credentials";
import { placesOf } from "../sign-in/issue";
import { requestedClaims } from "../sign-in/oidc-claims";
import { subjectOf } from "../sign-in/subject";
import type { Grant, Token } from "../tokens";

/** What an application learns of the user whose access token it has (OpenID Connect Core 1.0, 5.3). */
export function userinfoRoutes(services: Services): Hono<Env> {
  const { store, tokens } = services;
  const routes = new Hono<Env>();

  routes.get("/oauth2/userinfo", answer);
  routes.post("/oauth2/userinfo", answer);

  async function answer(context: Context<Env>): Promise<Response> {
    try {
      return context.json(about(await tokenOf(context)));
    } catch (error) {
      return answerOAuthError(context, error, "Bearer");
    }
  }

  function about(value: string): object {
    const token = tokens.find(value);
    if (!token) throw invalidToken();
    if (!token.scopes.has("openid") || !token.grant) {
      throw new OAuthError(403, "insufficient_scope", "Access token does not have the openid scope");
    }
    return answerFor(token, token.grant);
  }

  function answerFor(token: Token, grant: Grant): object {
    const application = store.application(token.applicationId);
    // It is from another issuer.
    if (!application) throw invalidToken();
    const { organizationId = store.root.organizationId } = token;
    const { there, resident } = placesOf(services, { application, organizationId, grant });
    return {
      ...requestedClaims({ ...there, resident }, token.scopes),
      sub: subjectOf(application, resident),
    };
  }

  return routes;
}

function invalidToken(): OAuthError {
  return new OAuthError(401, "invalid_token", "Access token validation failed");
}

/** The access token of a request: in the header, or in the form. */
async function tokenOf({ req }: Context): Promise<string> {
  const [scheme, value] = (req.header("authorization") ?? "").split(" ");
  if (scheme?.toLowerCase() === "bearer" && value) return value;
  const form = req.method === "POST" ? await formOf(req) : undefined;
  const token = form?.get("access_token");
  if (!token) throw invalidRequest("Authorization header missing");
  return token;
}
