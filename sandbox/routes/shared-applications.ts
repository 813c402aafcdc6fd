import { type Context, Hono } from "hono";
import { readJson } from "../body";
import { type Env, needs, type Services } from "../gate";
import { malformedBody } from "../refusal";
import { oldShareList, shareList } from "../sharing/list";
import { sharedApplicationsOf, shareInOldForm, unshareInOldForm } from "../sharing/old-form";
import { shareableApplication } from "../sharing/rules";
import { sharingScopes } from "../sharing/scopes";
import { unshareLater } from "../sharing/unshare";
import { knows } from "../versions";

/** /applications/{id}/share and /applications/{id}/shared-apps: how an application is shared, and the old form of sharing it. */
export function sharedApplicationRoutes(services: Services): Hono<Env> {
  const { store } = services;
  const scopes = sharingScopes(store);
  const routes = new Hono<Env>();

  routes.post("/:id/share", needs(scopes.create), async (context) => {
    const body = await rawBody(context);
    const application = shareableApplication(store, context.req.param("id"));
    shareInOldForm(services, application.id, context.get("token").applicationId, body);
    return context.body(null, 200);
  });

  routes.get("/:id/share", needs(scopes.view), (context) => {
    const application = shareableApplication(store, context.req.param("id"));
    const { server } = store.tenant;
    return context.json(
      knows(server, "newSharing")
        ? shareList(store, application, context.req.query())
        : oldShareList(store, application),
    );
  });

  routes.get("/:id/shared-apps", needs(scopes.view), (context) =>
    context.json(sharedApplicationsOf(services, shareableApplication(store, context.req.param("id")).id)),
  );

  routes.delete("/:id/share/:organizationId", needs(scopes.delete), (context) => {
    const { id, organizationId } = context.req.param();
    unshareInOldForm(services, shareableApplication(store, id).id, organizationId);
    return context.body(null, 204);
  });

  routes.delete("/:id/shared-apps", needs(scopes.delete), (context) => {
    unshareLater(services, shareableApplication(store, context.req.param("id")).id, () => true, true);
    return context.body(null, 204);
  });

  return routes;
}

/** The body as it was sent, for here a null is told apart from what was left out; undefined without one. */
export async function rawBody({ req }: Context<Env>): Promise<unknown> {
  const text = await req.text();
  if (text.trim() === "") return undefined;
  await readJson(req);
  try {
    return JSON.parse(text);
  } catch {
    throw malformedBody();
  }
}
