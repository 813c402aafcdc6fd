import { Hono } from "hono";
import { changeableApplication, notConfigured } from "../application/protocol";
import { parseBody, readJson } from "../body";
import { type Env, needs, type Services } from "../gate";
import type { Application } from "../models/application";
import { type Oidc, secretModel } from "../models/oidc";
import { refuseBadExpiry, secretAnswer, secretsAnswer, withoutSecret, withSecret } from "../oidc/secrets";

const scopeOf = (verb: string) => `internal_application_mgt_client_secret_${verb}`;

/** /applications/{id}/inbound-protocols/oidc/secrets: servers up to WSO2 Identity Server 7.3 have no such path. */
export function oidcSecretRoutes({ store, now }: Services): Hono<Env> {
  const routes = new Hono<Env>();
  const secrets = "/:id/inbound-protocols/oidc/secrets";

  routes.get(secrets, needs(scopeOf("view")), (context) => {
    const [, oidc] = withClient(context.req.param("id"));
    return context.json(secretsAnswer(oidc, now()));
  });

  routes.post(secrets, needs(scopeOf("create")), async (context) => {
    const hasBody = (await context.req.text()) !== "";
    const { expiresAt = 0 } = hasBody ? parseBody(secretModel, await readJson(context.req)) : {};
    const [application, oidc] = withClient(context.req.param("id"));
    refuseBadExpiry(expiresAt, now());
    const changed = withSecret(oidc, expiresAt, now());
    replace(application, changed);
    return context.json(secretsAnswer(changed, now()).list[0], 201);
  });

  routes.get(`${secrets}/:secret`, needs(scopeOf("view")), (context) => {
    const { id, secret } = context.req.param();
    const [, oidc] = withClient(id);
    return context.json(secretAnswer(oidc, secret, now()));
  });

  routes.delete(`${secrets}/:secret`, needs(scopeOf("delete")), (context) => {
    const { id, secret } = context.req.param();
    const [application, oidc] = withClient(id);
    replace(application, withoutSecret(oidc, secret));
    return context.body(null, 204);
  });

  function withClient(id: string): [Application, Oidc] {
    const application = changeableApplication(store, id);
    if (!application.oidc) throw notConfigured("oidc", id);
    return [application, application.oidc];
  }

  function replace(application: Application, oidc: Oidc): void {
    store.change(() => store.replaceApplication({ ...application, oidc }));
  }

  return routes;
}
