import { Hono } from "hono";
import type { Env, Services } from "../gate";
import type { Application } from "../models/application";
import { invalidRequest, OAuthError } from "../oauth-error";
import { choices } from "../oidc/metadata";
import { authenticates } from "../oidc/secrets";
import { switchedOrganization, switchedScopes, tokenOrganization } from "../organization/switch";
import { organizationOf } from "../organization/tree";

const secrets = ["client_secret", "password", "token", "assertion", "refresh_token", "code"];
/** Scopes that concern a user: no client gets them for itself. */
const userScopes = new Set(["openid", "internal_login"]);

interface Granted {
  readonly scopes: Set<string>;
  /** The organization that the token is for. */
  readonly organizationId: string;
}

/** The OAuth 2.0 token endpoint: of the tenant, or of the applications that live in an organization. */
export function tokenRoutes(services: Services): Hono<Env> {
  const { store, tokens, baseUrl, now } = services;
  const routes = new Hono<Env>();

  routes.post("/oauth2/token", async (context) => {
    const query = new URL(context.req.url).searchParams;
    const headers = { "Cache-Control": "no-store", Pragma: "no-cache" };
    try {
      if (secrets.some((name) => query.has(name)))
        throw invalidRequest("Sensitive data must not be in the query string.");
      const form = parametersOf(await context.req.text());
      const application = authenticate(context.req.header("authorization"), form);
      const { scopes, organizationId } = grant(application, form);
      const inside = store.isBelow ? `/o/${store.organizationId}` : "";
      const issuer = `${baseUrl()}/t/${store.root.tenant.organization}${inside}/oauth2/token`;
      const organization = organizationOf(store.tenant, organizationId);
      if (!organization) throw invalidRequest(`Invalid organization id: ${organizationId}`);
      const { token, seconds } = tokens.issue(application, scopes, issuer, tokenOrganization(store, organization));
      const scope = scopes.size > 0 ? [...scopes].join(" ") : undefined;
      return context.json(
        { access_token: token.value, scope, token_type: "Bearer", expires_in: seconds },
        200,
        headers,
      );
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      const challenge: Record<string, string> =
        error.status === 401 ? { "WWW-Authenticate": "Basic realm=127.0.0.1" } : {};
      return context.json({ error_description: error.description, error: error.code }, error.status, {
        ...headers,
        ...challenge,
      });
    }
  });

  /** The application whose client credentials the request carries. */
  function authenticate(authorization: string | undefined, form: ReadonlyMap<string, string>): Application {
    const basic = basicCredentials(authorization);
    const clientId = basic?.clientId ?? form.get("client_id");
    const secret = basic?.clientSecret ?? form.get("client_secret");
    if (!clientId) throw new OAuthError(401, "invalid_client", "Client ID not found in the request.");
    const application = store.clientOwner(clientId);
    const oidc = application?.oidc;
    const known = oidc && (secret === undefined ? oidc.publicClient === true : authenticates(oidc, secret, now()));
    if (!application || !known) throw new OAuthError(401, "invalid_client", "Client credentials are invalid.");
    if (oidc.state === "REVOKED") throw new OAuthError(401, "invalid_client", "Oauth application is in REVOKED state.");
    if (!application.applicationEnabled) throw new OAuthError(401, "invalid_client", "Application is disabled.");
    if (secret === undefined && form.get("grant_type") === "client_credentials") {
      throw new OAuthError(400, "unauthorized_client", "A public client cannot use the client_credentials grant.");
    }
    return application;
  }

  /** The scopes that the grant gives, and the organization: scopes that were not asked for or authorized are dropped in silence. */
  function grant(application: Application, form: ReadonlyMap<string, string>): Granted {
    const grantType = form.get("grant_type");
    if (!grantType) throw invalidRequest("Missing grant_type parameter value");
    if (!choices.grantTypes.has(grantType)) throw invalidRequest("Unsupported grant_type value");
    if (!application.oidc?.grantTypes.includes(grantType)) {
      throw new OAuthError(
        400,
        "unauthorized_client",
        "The authenticated client is not authorized to use this authorization grant type",
      );
    }
    const authorized = store.authorizedScopes(application);
    const asked = (form.get("scope") ?? "").split(" ").filter(Boolean);
    if (grantType === "organization_switch") {
      const { id } = switchedOrganization(services, application, form);
      return { organizationId: id, scopes: switchedScopes(authorized, asked) };
    }
    if (grantType !== "client_credentials") {
      throw new OAuthError(
        400,
        "invalid_grant",
        "The sandbox has no users: it serves the grants client_credentials and organization_switch only.",
      );
    }
    const all = asked.includes("SYSTEM") ? [...authorized].filter((scope) => /^(internal_|console:)/.test(scope)) : [];
    const scopes = new Set([...asked, ...all].filter((scope) => authorized.has(scope) && !userScopes.has(scope)));
    return { organizationId: store.organizationId, scopes };
  }

  return routes;
}

function parametersOf(body: string): Map<string, string> {
  const parameters = new URLSearchParams(body);
  const names = [...parameters.keys()];
  if (new Set(names).size < names.length) throw invalidRequest("Repeated parameters found in the request");
  return new Map(parameters);
}

/** RFC 6749, 2.3.1: id and secret are form-encoded before they are put together. */
function basicCredentials(authorization: string | undefined): { clientId: string; clientSecret: string } | undefined {
  const [scheme, value] = (authorization ?? "").split(" ");
  if (scheme?.toLowerCase() !== "basic" || !value) return undefined;
  const [id = "", ...rest] = Buffer.from(value, "base64").toString("utf8").split(":");
  return { clientId: formDecoded(id), clientSecret: formDecoded(rest.join(":")) };
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
