import { Hono } from "hono";
import { foundApplication } from "../application/find";
import { changeableApplication, notConfigured } from "../application/protocol";
import { inboundProtocolsOf } from "../application/render";
import { type Env, needs, type Services } from "../gate";
import { applicationError } from "../refusal";

/** /applications/{id}/inbound-protocols/, and the protocols that the sandbox does not have. */
export function inboundProtocolRoutes({ store }: Services): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get("/:id/inbound-protocols", needs("internal_application_mgt_view"), (context) =>
    context.json(inboundProtocolsOf(store.tenant, foundApplication(store, context.req.param("id")))),
  );

  routes.get("/:id/inbound-protocols/:protocol", needs("internal_application_mgt_view"), (context) => {
    const { id, protocol } = context.req.param();
    foundApplication(store, id);
    if (protocol === "ws-trust") throw notConfigured(protocol, id);
    throw unknown(protocol);
  });

  routes.put("/:id/inbound-protocols/:protocol", needs("internal_application_mgt_update"), (context) => {
    const { id, protocol } = context.req.param();
    changeableApplication(store, id);
    if (protocol === "ws-trust") throw applicationError("APP-60504", "WS-Trust is not supported.");
    throw applicationError("APP-60001", `The inbound protocol ${protocol} is not known.`);
  });

  routes.delete("/:id/inbound-protocols/:protocol", needs("internal_application_mgt_delete"), (context) => {
    changeableApplication(store, context.req.param("id"));
    return context.body(null, 204);
  });

  return routes;
}

function unknown(protocol: string): Error {
  return applicationError("APP-60501", `The inbound protocol ${protocol} is not known.`, "Inbound protocol not found.");
}
