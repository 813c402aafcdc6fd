import { Hono } from "hono";
import { type Env, needs, type Services } from "../gate";
import type { Application } from "../models/application";
import { organizationError } from "../organization/refusals";
import { sharedOrganizationList } from "../sharing/list";
import { sharedApplicationsOf, shareInOldForm, unshareInOldForm } from "../sharing/old-form";
import { unshareLater } from "../sharing/unshare";
import { rawBody } from "./shared-applications";

/** /organizations/{id}/applications/{id}/…: the same as /applications/{id}/share, from the side of the organization that has the application. */
export function organizationApplicationRoutes(services: Services): Hono<Env> {
  const { store } = services;
  const routes = new Hono<Env>();
  const update = needs("internal_application_mgt_update");
  const view = needs("internal_organization_view");
  const remove = needs("internal_organization_delete");

  routes.post("/:organizationId/applications/:id/share", update, async (context) => {
    const body = await rawBody(context);
    const { id } = found(context.req.param());
    shareInOldForm(services, id, context.get("token").applicationId, body);
    return context.body(null, 200);
  });

  routes.get("/:organizationId/applications/:id/share", view, (context) =>
    context.json(sharedOrganizationList(store, found(context.req.param()))),
  );

  routes.get("/:organizationId/applications/:id/shared-apps", view, (context) =>
    context.json(sharedApplicationsOf(services, found(context.req.param()).id)),
  );

  routes.delete("/:organizationId/applications/:id/share/:sharedId", remove, (context) => {
    unshareInOldForm(services, found(context.req.param()).id, context.req.param("sharedId"));
    return context.body(null, 204);
  });

  routes.delete("/:organizationId/applications/:id/shared-apps", remove, (context) => {
    unshareLater(services, found(context.req.param()).id, () => true, true);
    return context.body(null, 204);
  });

  routes.delete("/:organizationId/applications/:id/fragment-apps", remove, (context) => {
    unshareLater(services, found(context.req.param()).id, () => true, true);
    return context.body(null, 204);
  });

  function found({ organizationId, id }: Record<"organizationId" | "id", string>): Application {
    if (organizationId !== store.organizationId) {
      throw organizationError(
        60065,
        "Unable to share the application.",
        `Unauthorized request to share the application of the organization with ID: ${organizationId}.`,
      );
    }
    const application = store.application(id);
    if (!application) {
      throw organizationError(60035, "Invalid application.", `Application with ID: ${id} doesn't exist.`);
    }
    return application;
  }

  return routes;
}
