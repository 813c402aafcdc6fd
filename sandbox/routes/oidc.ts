import { type Context, Hono } from "hono";
import { foundApplication } from "../application/find";
import { changeableApplication, notConfigured, removeProtocol } from "../application/protocol";
import { parseBody, readJson } from "../body";
import { columns, refuseOverlong } from "../columns";
import { type Env, hasScopeOf, needs, type Services } from "../gate";
import type { Application } from "../models/application";
import { type Oidc, type OidcModel, oidcModel } from "../models/oidc";
import { oidcOf } from "../oidc/record";
import { oidcAnswer } from "../oidc/render";
import { refuseDuplicateClient, refuseInvalidOidc, refusePartialOidc, refuseUnsupportedOidc } from "../oidc/rules";
import { newSecret, refuseBadExpiry, refuseChangedExpiry } from "../oidc/secrets";
import { applicationDatabaseError, applicationError, crash } from "../refusal";
import { knows, withoutLacking } from "../versions";

const scopeOf = (verb: string) => `internal_application_mgt_${verb}`;

/** /applications/{id}/inbound-protocols/oidc. */
export function oidcRoutes(services: Services): Hono<Env> {
  const { store, tokens, now } = services;
  const { server } = store.tenant;
  const routes = new Hono<Env>();

  routes.get("/:id/inbound-protocols/oidc", needs(scopeOf("view")), (context) => {
    const id = context.req.param("id");
    const { oidc } = foundApplication(store, id);
    if (!oidc) throw notConfigured("oidc", id);
    return context.json(oidcAnswer(oidc, server, seesSecret(context)));
  });

  routes.put("/:id/inbound-protocols/oidc", needs(scopeOf("update")), async (context) => {
    const body: OidcModel = parseBody(oidcModel, withoutLacking("oidc", await readJson(context.req), server));
    const application = changeableApplication(store, context.req.param("id"));
    refuseUnsupportedOidc(body);
    refusePartialOidc(body, crash());
    if (application.oidc) refuseOtherClient(body, application.oidc);
    else refuseDuplicateClient(store, body.clientId);
    refuseInvalidOidc(body, server);
    if (!application.oidc) refuseBadExpiry(body.clientSecretExpiresAt, now());
    refuseOverlong(columns.client, body, applicationDatabaseError);
    replace(application, oidcOf(body, application.oidc ? "replace" : "create", application.oidc, now()));
    return context.body(null, 200);
  });

  routes.delete("/:id/inbound-protocols/oidc", needs(scopeOf("delete")), (context) => {
    removeProtocol(services, context.req.param("id"), "oidc");
    return context.body(null, 204);
  });

  const regenerate = scopeOf(knows(server, "clientSecretScopes") ? "client_secret_create" : "create");
  routes.post("/:id/inbound-protocols/oidc/regenerate-secret", needs(regenerate), (context) => {
    const [application, oidc] = withClient(context.req.param("id"));
    const renewed: Oidc = { ...oidc, ...newSecret(0, now()), olderSecrets: undefined, state: "ACTIVE" };
    replace(application, renewed);
    tokens.revokeOf(application.id);
    return context.json(oidcAnswer(renewed, server, true));
  });

  routes.post("/:id/inbound-protocols/oidc/revoke", needs(scopeOf("create")), (context) => {
    const [application, oidc] = withClient(context.req.param("id"));
    replace(application, { ...oidc, state: "REVOKED" });
    tokens.revokeOf(application.id);
    return context.body(null, 200);
  });

  function seesSecret(context: Context<Env>): boolean {
    return !knows(server, "clientSecretScopes") || hasScopeOf(context, scopeOf("client_secret_view"));
  }

  function withClient(id: string): [Application, Oidc] {
    const application = changeableApplication(store, id);
    if (!application.oidc) throw notConfigured("oidc", id);
    return [application, application.oidc];
  }

  /** A replacement has to name the client, and for older servers to know its secret. */
  function refuseOtherClient(body: OidcModel, stored: Oidc): void {
    if (body.clientId !== stored.clientId) {
      throw applicationError("APP-60001", "Invalid ClientID provided for update.");
    }
    const given = body.clientSecret ?? (knows(server, "secretLeftOut") ? stored.clientSecret : undefined);
    if (given !== stored.clientSecret) {
      throw applicationError("APP-60001", "Invalid ClientSecret provided for update.");
    }
    refuseChangedExpiry(body.clientSecretExpiresAt, stored);
  }

  function replace(application: Application, oidc: Oidc): void {
    store.change(() => store.replaceApplication({ ...application, oidc }));
  }

  return routes;
}
