import { type Context, Hono, type MiddlewareHandler } from "hono";

import { patchedApplication } from "../application/patch";
import { parseBody, readJson } from "../body";
import { type Env, needs, type Services } from "../gate";
import { type Application, patchModel } from "../models/application";
import { answerGatewayRefusal, applicationError } from "../refusal";
import { copyAsRoot } from "../sharing/copy";
import { knows, withoutLacking } from "../versions";

/** What is different at an application of an organization that is the copy of one of the tenant. All others go their own way. */
export function sharedCopyRoutes({ store }: Services): Hono<Env> {
  const { tenant } = store;
  const routes = new Hono<Env>();
  const update = needs("internal_application_mgt_update");
  const remove = needs("internal_application_mgt_delete");

  if (!knows(tenant.server, "organizationApplications")) {
    // Older servers have nothing but copies in an organization.
    routes.post("/", (context) => answerGatewayRefusal(context, 403));
  }

  routes.patch("/:id", update, async (context, next) => {
    const copy = copyOf(context);
    if (!copy) return next();
    const patch = parseBody(patchModel, withoutLacking("application", await readJson(context.req), tenant.server));
    if (patch.name !== undefined && patch.name !== copy.name) {
      throw applicationError("APP-60001", "Application name modification is not allowed for shared applications.");
    }
    if (patch.authenticationSequence?.script?.trim()) {
      throw applicationError("APP-60001", "Authentication script modification is not allowed for shared applications.");
    }
    const { authenticationSequence, associatedRoles } = patchedApplication(store, copy, patch);
    const root = store.root.application(copy.sharedFrom ?? "");
    const changed: Application = { ...copy, authenticationSequence, associatedRoles };
    store.change(() => store.replaceApplication(root ? copyAsRoot(changed, root) : changed));
    return context.body(null, 200);
  });

  routes.delete("/:id", remove, refused("Deletion is not allowed for shared applications."));
  routes.post("/:id/authorized-apis", update, refused("Cannot add authorized APIs to a shared application."));
  routes.patch(
    "/:id/authorized-apis/:apiId",
    update,
    refused("Cannot update authorized APIs of a shared application."),
  );
  routes.delete(
    "/:id/authorized-apis/:apiId",
    update,
    refused("Cannot delete authorized APIs of a shared application."),
  );

  // What it signs in with is kept, in silence.
  routes.put("/:id/inbound-protocols/:protocol", update, async (context, next) =>
    copyOf(context) ? context.body(null, 200) : next(),
  );
  routes.delete("/:id/inbound-protocols/:protocol", remove, async (context, next) =>
    copyOf(context) ? context.body(null, 204) : next(),
  );

  function refused(description: string): MiddlewareHandler<Env> {
    return async (context, next) => {
      if (copyOf(context)) throw applicationError("APP-60001", description);
      return next();
    };
  }

  function copyOf({ req }: Context<Env>): Application | undefined {
    const application = store.application(req.param("id") ?? "");
    return application?.sharedFrom === undefined ? undefined : application;
  }

  return routes;
}
