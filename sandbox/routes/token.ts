import { Hono } from "hono";
import type { Env, Services } from "../gate";
import type { Application } from "../models/application";
import { answerOAuthError, invalidRequest, notStored, OAuthError } from "../oauth-error";
import { choices } from "../oidc/metadata";
import { switchedOrganization, switchedScopes } from "../organization/switch";
import { authenticatedClient, type Form, formOf } from "../sign-in/client-credentials";
import { exchangedCode } from "../sign-in/code-grant";
import { issueToApplication, type TokenAnswer } from "../sign-in/issue";
import { refreshed } from "../sign-in/refresh-grant";
import { switchedUser } from "../sign-in/switch-grant";

const secrets = ["client_secret", "password", "token", "assertion", "refresh_token", "code"];
/** Scopes that concern a user: no client gets them for itself. */
const userScopes = new Set(["openid", "internal_login"]);

/** The OAuth 2.0 token endpoint: of the tenant, or of the applications that live in an organization. */
export function tokenRoutes(services: Services): Hono<Env> {
  const { store } = services;
  const routes = new Hono<Env>();

  const grants: Readonly<Record<string, (application: Application, form: Form) => Promise<TokenAnswer>>> = {
    authorization_code: (application, form) => exchangedCode(services, application, form),
    refresh_token: (application, form) => refreshed(services, application, form),
    organization_switch: switched,
    client_credentials: ownToken,
  };

  routes.post("/oauth2/token", async (context) => {
    const query = new URL(context.req.url).searchParams;
    try {
      if (secrets.some((name) => query.has(name)))
        throw invalidRequest("Sensitive data must not be in the query string.");
      const form = await formOf(context.req);
      const { application, isPublic } = authenticatedClient(services, context.req.header("authorization"), form);
      if (isPublic && form.get("grant_type") === "client_credentials") {
        throw new OAuthError(400, "unauthorized_client", "A public client cannot use the client_credentials grant.");
      }
      return context.json(await grantFor(application, form)(application, form), 200, notStored);
    } catch (error) {
      return answerOAuthError(context, error);
    }
  });

  function grantFor({ oidc }: Application, form: Form) {
    const grantType = form.get("grant_type");
    if (!grantType) throw invalidRequest("Missing grant_type parameter value");
    if (!choices.grantTypes.has(grantType)) throw invalidRequest("Unsupported grant_type value");
    if (!oidc?.grantTypes.includes(grantType)) {
      throw new OAuthError(
        400,
        "unauthorized_client",
        "The authenticated client is not authorized to use this authorization grant type",
      );
    }
    const grant = grants[grantType];
    if (grant) return grant;
    const served = Object.keys(grants).join(", ");
    throw new OAuthError(400, "invalid_grant", `The sandbox serves these grants only: ${served}.`);
  }

  /** A token for another organization. Scopes that were not asked for or authorized are dropped in silence, as below. */
  async function switched(application: Application, form: Form): Promise<TokenAnswer> {
    const { organization, token } = switchedOrganization(services, application, form);
    const { id: organizationId } = organization;
    if (token.grant) return switchedUser(services, { application, organizationId, token, asked: askedIn(form) });
    const scopes = switchedScopes(store.authorizedScopes(application), askedIn(form));
    return issueToApplication(services, { application, organizationId, scopes });
  }

  async function ownToken(application: Application, form: Form): Promise<TokenAnswer> {
    const authorized = store.authorizedScopes(application);
    const asked = askedIn(form);
    const all = asked.includes("SYSTEM") ? [...authorized].filter((scope) => /^(internal_|console:)/.test(scope)) : [];
    const scopes = new Set([...asked, ...all].filter((scope) => authorized.has(scope) && !userScopes.has(scope)));
    return issueToApplication(services, { application, organizationId: store.organizationId, scopes });
  }

  return routes;
}

function askedIn(form: Form): string[] {
  return (form.get("scope") ?? "").split(" ").filter(Boolean);
}
