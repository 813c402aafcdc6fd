import { Hono } from "hono";
import type { Services } from "../gate";
import { oidcMetadata } from "../oidc/metadata";

/** What an OpenID Connect client looks up about the tenant: endpoints and keys. */
export function discoveryRoutes({ store, tokens, baseUrl }: Services): Hono {
  const routes = new Hono();

  routes.get("/oauth2/token/.well-known/openid-configuration", (context) => {
    const tenant = `${baseUrl()}/t/${store.tenant.organization}`;
    return context.json({
      issuer: `${tenant}/oauth2/token`,
      authorization_endpoint: `${tenant}/oauth2/authorize`,
      token_endpoint: `${tenant}/oauth2/token`,
      end_session_endpoint: `${tenant}/oidc/logout`,
      userinfo_endpoint: `${tenant}/oauth2/userinfo`,
      introspection_endpoint: `${tenant}/oauth2/introspect`,
      revocation_endpoint: `${tenant}/oauth2/revoke`,
      jwks_uri: `${tenant}/oauth2/jwks`,
      grant_types_supported: oidcMetadata.allowedGrantTypes.options.map(({ name }) => name),
      response_types_supported: ["code", "token", "id_token", "code id_token", "code token", "code id_token token"],
      scopes_supported: store.tenant.oidcScopes.map(({ name }) => name),
      subject_types_supported: oidcMetadata.subjectType.options,
      id_token_signing_alg_values_supported: ["RS256"],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
      code_challenge_methods_supported: ["S256", "plain"],
    });
  });

  routes.get("/oauth2/jwks", (context) => context.json({ keys: [tokens.jwk()] }));

  return routes;
}
