import { type Context, Hono } from "hono";
import { parseBody, readJson } from "../body";
import { type Env, needs, type Services } from "../gate";
import { generalShare, generalUnshare, selectiveShare, selectiveUnshare, sharePatch } from "../sharing/models";
import { patchSharedRoles, shareGenerally, shareSelectively, unshareSelectively } from "../sharing/new-form";
import { shareableApplication } from "../sharing/rules";
import { sharingScopes } from "../sharing/scopes";
import { unshareLater } from "../sharing/unshare";

const shared = "Application sharing process triggered successfully.";
const patched = "Application sharing update process triggered successfully.";
const unshared = "Application unsharing process triggered successfully.";

/** /applications/share and its neighbours: the new form of sharing, whose answers come before the work is done. */
export function applicationSharingRoutes(services: Services): Hono<Env> {
  const { store } = services;
  const scopes = sharingScopes(store);
  const routes = new Hono<Env>();

  routes.post("/share", needs(scopes.create), async (context) => {
    const body = parseBody(selectiveShare, await readJson(context.req));
    shareSelectively(services, body, context.get("token").applicationId);
    return accepted(context, shared);
  });

  routes.patch("/share", needs(scopes.create), async (context) => {
    patchSharedRoles(services, parseBody(sharePatch, await readJson(context.req)));
    return accepted(context, patched);
  });

  routes.post("/share-with-all", needs(scopes.create), async (context) => {
    const body = parseBody(generalShare, await readJson(context.req));
    shareGenerally(services, body, context.get("token").applicationId);
    return accepted(context, shared);
  });

  routes.post("/unshare", needs(scopes.delete), async (context) => {
    unshareSelectively(services, parseBody(selectiveUnshare, await readJson(context.req)));
    return accepted(context, unshared);
  });

  routes.post("/unshare-with-all", needs(scopes.delete), async (context) => {
    const { applicationId } = parseBody(generalUnshare, await readJson(context.req));
    unshareLater(services, shareableApplication(store, applicationId).id, () => true, true);
    return accepted(context, unshared);
  });

  return routes;
}

function accepted(context: Context<Env>, details: string): Response {
  return context.json({ status: "Processing", details }, 202);
}
