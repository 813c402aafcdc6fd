import { Hono } from "hono";
import type { Env, Services } from "../gate";
import { OAuthError } from "../oauth-error";
import { answerGatewayRefusal } from "../refusal";
import { rolesReaching } from "../role/of-user";
import { authenticatedClient, basicCredentials } from "../sign-in/client-credentials";
import { introspected } from "../sign-in/introspection";
import { userWith } from "../sign-in/users";

/**
 * What a token is worth (RFC 7662). Whoever asks has an access token with the scope for it. The hosted service takes the
 * credentials of a client as well; a release takes those of a user, who has to have the scope by a role.
 */
export function introspectRoutes(services: Services): Hono<Env> {
  const { store, tokens } = services;
  const { server } = store.tenant;
  const scope = store.isBelow ? "internal_org_oauth2_introspect" : "internal_oauth2_introspect";
  const routes = new Hono<Env>();

  routes.post("/oauth2/introspect", async (context) => {
    const status = statusOfRefusal(context.req.header("authorization"));
    if (status) return answerGatewayRefusal(context, status);
    const token = new URLSearchParams(await context.req.text()).get("token");
    if (!token) return context.json({ error: "Invalid input" }, 400);
    return context.json(introspected(services, token));
  });

  function statusOfRefusal(authorization = ""): 401 | 403 | undefined {
    const basic = basicCredentials(authorization);
    if (!basic) return scopesStatus(tokens.find(authorization.replace(/^bearer /i, ""))?.scopes);
    if (server === "asgardeo") return isClient(authorization) ? undefined : 401;
    return scopesStatus(scopesOfUser(basic.name, basic.password));
  }

  function scopesStatus(scopes: ReadonlySet<string> | undefined): 401 | 403 | undefined {
    if (!scopes) return 401;
    return scopes.has(scope) ? undefined : 403;
  }

  function isClient(authorization: string): boolean {
    try {
      authenticatedClient(services, authorization, new Map());
      return true;
    } catch (error) {
      if (error instanceof OAuthError) return false;
      throw error;
    }
  }

  function scopesOfUser(name: string, password: string): ReadonlySet<string> | undefined {
    const found = userWith(store, name, password);
    if ("failure" in found) return undefined;
    return new Set(rolesReaching(store, found.user.id).flatMap(({ permissions }) => permissions));
  }

  return routes;
}
