import { Hono } from "hono";
import { type Env, needs, type Services } from "../gate";
import { oidcMetadata } from "../oidc/metadata";
import { withoutLacking } from "../versions";

/** /applications/meta/inbound-protocols: what the server can do. */
export function metadataRoutes({ store }: Services): Hono<Env> {
  const routes = new Hono<Env>();
  const view = needs("internal_application_mgt_view");

  routes.get("/", view, (context) =>
    context.json([
      { name: "oidc", displayName: "OAuth/OpenID Connect Configuration" },
      { name: "saml", displayName: "SAML2 Web SSO Configuration" },
      { name: "passive-sts", displayName: "WS-Federation (Passive) Configuration" },
    ]),
  );

  routes.get("/oidc", view, (context) =>
    context.json(withoutLacking("oidcMetadata", oidcMetadata, store.tenant.server)),
  );

  return routes;
}
