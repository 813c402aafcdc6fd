import { Hono } from "hono";
import type { Env, Services } from "../gate";
import { authnRoutes } from "./authn";
import { authorizeRoutes } from "./authorize";
import { introspectRoutes } from "./introspect";
import { jwksRoutes } from "./jwks";
import { loginRoutes } from "./login";
import { logoutRoutes } from "./logout";
import { oidcDiscoveryRoutes } from "./oidc-discovery";
import { organizationLoginRoutes } from "./organization-login";
import { pushedRequestRoutes } from "./pushed-requests";
import { revokeRoutes } from "./revoke";
import { tokenRoutes } from "./token";
import { userinfoRoutes } from "./userinfo";

/** What OAuth 2.0 and OpenID Connect have clients ask: of the tenant, or of an organization that has applications. */
export function oauthRoutes(services: Services): Hono<Env> {
  const routes = new Hono<Env>();
  routes.route("/", authorizeRoutes(services));
  routes.route("/", pushedRequestRoutes(services));
  routes.route("/", loginRoutes(services));
  routes.route("/", organizationLoginRoutes(services));
  routes.route("/", authnRoutes(services));
  routes.route("/", tokenRoutes(services));
  routes.route("/", jwksRoutes(services));
  routes.route("/", oidcDiscoveryRoutes(services));
  routes.route("/", userinfoRoutes(services));
  routes.route("/", introspectRoutes(services));
  routes.route("/", revokeRoutes(services));
  routes.route("/", logoutRoutes(services));
  return routes;
}
