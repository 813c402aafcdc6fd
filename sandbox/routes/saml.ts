import { Hono } from "hono";
import { foundApplication } from "../application/find";
import { changeableApplication, notConfigured, removeProtocol } from "../application/protocol";
import { providerOf, refuseTakenIssuer } from "../application/saml";
import { parseBody, readJson } from "../body";
import { type Env, needs, type Services } from "../gate";
import { samlRequest } from "../models/saml";
import { withoutLacking } from "../versions";

/** /applications/{id}/inbound-protocols/saml. */
export function samlRoutes(services: Services): Hono<Env> {
  const { store } = services;
  const routes = new Hono<Env>();

  routes.get("/:id/inbound-protocols/saml", needs("internal_application_mgt_view"), (context) => {
    const id = context.req.param("id");
    const { saml } = foundApplication(store, id);
    if (!saml) throw notConfigured("saml", id);
    return context.json(withoutLacking("saml", saml, store.tenant.server));
  });

  routes.put("/:id/inbound-protocols/saml", needs("internal_application_mgt_update"), async (context) => {
    const body = parseBody(samlRequest, await readJson(context.req));
    const application = changeableApplication(store, context.req.param("id"));
    const saml = providerOf(body);
    refuseTakenIssuer(store, saml.issuer, application.id);
    store.change(() => store.replaceApplication({ ...application, saml }));
    return context.body(null, 200);
  });

  routes.delete("/:id/inbound-protocols/saml", needs("internal_application_mgt_delete"), (context) => {
    removeProtocol(services, context.req.param("id"), "saml");
    return context.body(null, 204);
  });

  return routes;
}
