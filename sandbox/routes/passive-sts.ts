import { Hono } from "hono";
import { foundApplication } from "../application/find";
import { refuseTakenRealm } from "../application/passive-sts";
import { changeableApplication, notConfigured, removeProtocol } from "../application/protocol";
import { parseBody, readJson } from "../body";
import { type Env, needs, type Services } from "../gate";
import { passiveStsModel } from "../models/saml";
import { applicationError } from "../refusal";

/** /applications/{id}/inbound-protocols/passive-sts. */
export function passiveStsRoutes(services: Services): Hono<Env> {
  const { store } = services;
  const routes = new Hono<Env>();

  routes.get("/:id/inbound-protocols/passive-sts", needs("internal_application_mgt_view"), (context) => {
    const id = context.req.param("id");
    const { passiveSts } = foundApplication(store, id);
    if (!passiveSts) throw notConfigured("passive-sts", id);
    return context.json(passiveSts);
  });

  routes.put("/:id/inbound-protocols/passive-sts", needs("internal_application_mgt_update"), async (context) => {
    const passiveSts = parseBody(passiveStsModel, await readJson(context.req));
    const application = changeableApplication(store, context.req.param("id"));
    if (application.passiveSts && application.passiveSts.realm !== passiveSts.realm) {
      throw applicationError("APP-60001", "The realm of a passive STS application cannot be changed.");
    }
    refuseTakenRealm(store, passiveSts.realm, application.id);
    store.change(() => store.replaceApplication({ ...application, passiveSts }));
    return context.body(null, 200);
  });

  routes.delete("/:id/inbound-protocols/passive-sts", needs("internal_application_mgt_delete"), (context) => {
    removeProtocol(services, context.req.param("id"), "passiveSts");
    return context.body(null, 204);
  });

  return routes;
}
