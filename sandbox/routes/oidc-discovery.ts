import { Hono } from "hono";
import type { Env, Services } from "../gate";
import { oidcMetadata } from "../oidc/metadata";
import { endpointsUrl, issuerOf } from "../sign-in/endpoints";

/** The segments of a path behind which the server tells of itself as an issuer. */
const issuers = ["token", "oidcdiscovery"];

/** What an OpenID Connect client looks up about the tenant, or about an organization that has applications. */
export function oidcDiscoveryRoutes(services: Services): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get("/oauth2/:issuer/.well-known/openid-configuration", (context) => {
    if (!issuers.includes(context.req.param("issuer"))) return context.text("Bad Request", 400);
    return context.json(configurationOf(services));
  });

  return routes;
}

/** As the server advertises itself, with endpoints that the sandbox does not serve. */
function configurationOf(services: Services): object {
  const base = endpointsUrl(services);
  const { oidcScopes } = services.store.tenant;
  return {
    issuer: issuerOf(services),
    authorization_endpoint: `${base}/oauth2/authorize`,
    token_endpoint: `${base}/oauth2/token`,
    userinfo_endpoint: `${base}/oauth2/userinfo`,
    jwks_uri: `${base}/oauth2/jwks`,
    introspection_endpoint: `${base}/oauth2/introspect`,
    revocation_endpoint: `${base}/oauth2/revoke`,
    end_session_endpoint: `${base}/oidc/logout`,
    check_session_iframe: `${base}/oidc/checksession`,
    pushed_authorization_request_endpoint: `${base}/oauth2/par`,
    device_authorization_endpoint: `${base}/oauth2/device_authorize`,
    registration_endpoint: `${base}/api/identity/oauth2/dcr/v1.1/register`,
    webfinger_endpoint: `${base}/.well-known/webfinger`,
    response_types_supported: [
      "code",
      "none",
      "id_token",
      "token",
      "id_token token",
      "code id_token",
      "code token",
      "code id_token token",
    ],
    response_modes_supported: ["query", "fragment", "form_post", "jwt", "query.jwt", "fragment.jwt", "form_post.jwt"],
    grant_types_supported: oidcMetadata.allowedGrantTypes.options.map(({ name }) => name),
    subject_types_supported: oidcMetadata.subjectType.options,
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["S256", "plain"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
    scopes_supported: oidcScopes.map(({ name }) => name),
    claims_supported: [...new Set(["sub", "iss", "acr", ...oidcScopes.flatMap(({ claims }) => claims)])],
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
    request_parameter_supported: true,
    claims_parameter_supported: true,
    tls_client_certificate_bound_access_tokens: true,
  };
}
