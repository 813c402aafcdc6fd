import { type Context, Hono } from "hono";
import { createdApplication } from "../application/create";
import { foundApplication } from "../application/find";
import { listAnswer } from "../application/list";
import { patchedApplication } from "../application/patch";
import { applicationAnswer } from "../application/render";
import { refuseSystem } from "../application/system";
import { parseBody, readJson } from "../body";
import { type Env, needs, requireSecondScope, type Services } from "../gate";
import { type Application, type Creation, creationModel, type Patch, patchModel } from "../models/application";
import { applicationError } from "../refusal";
import { deleteUnlisted } from "../role/coupling";
import { withOrganizationLogin } from "../sharing/root";
import { shareOf } from "../sharing/rules";
import { isObject, knows, withoutLacking } from "../versions";

const scopeOf = (verb: string) => `internal_application_mgt_${verb}`;

/** /applications and /applications/{id}. */
export function applicationRoutes(services: Services): Hono<Env> {
  const { store, tokens, baseUrl, now } = services;
  const { tenant } = store;
  const routes = new Hono<Env>();

  routes.get("/", needs(scopeOf("view")), (context) => context.json(listAnswer(tenant, context.req.query())));

  routes.post("/", needs(scopeOf("create")), async (context) => {
    if (context.req.query("template") !== undefined) {
      throw applicationError(
        "APP-65501",
        "Application creation by template is not supported.",
        "Operation not supported.",
      );
    }
    const body: Creation = parseBody(creationModel, known(await readJson(context.req)));
    requireScriptScope(context, body);
    const application = createdApplication(store, body, now());
    store.change(() => tenant.applications.push(application));
    const location = `${baseUrl()}/t/${tenant.organization}/api/server/v1/applications/${application.id}`;
    return context.body(null, 201, { Location: location });
  });

  routes.get("/:id", needs(scopeOf("view")), (context) =>
    context.json(applicationAnswer(tenant, foundApplication(store, context.req.param("id")))),
  );

  routes.patch("/:id", needs(scopeOf("update")), async (context) => {
    const body: Patch = parseBody(patchModel, known(await readJson(context.req)));
    const current = foundApplication(store, context.req.param("id"));
    refuseSystem(current);
    requireScriptScope(context, body);
    const patched = patchedApplication(store, current, body);
    // While it is shared, it keeps the sign-in of organizations.
    const isShared = shareOf(store, current.id).organizations.length > 0;
    store.change(() => {
      store.replaceApplication(isShared ? withOrganizationLogin(patched) : patched);
      if (body.associatedRoles) deleteUnlisted(tenant, patched.id, patched.associatedRoles);
    });
    return context.body(null, 200);
  });

  routes.delete("/:id", needs(scopeOf("delete")), (context) => {
    const application = store.application(context.req.param("id"));
    if (application) {
      refuseSystem(application);
      store.change(() => {
        tenant.applications.splice(tenant.applications.indexOf(application), 1);
        store.forget("applications", [application]);
      });
      tokens.revokeOf(application.id);
    }
    return context.body(null, 204);
  });

  if (knows(tenant.server, "scriptPath")) scriptRoute();

  /** The body without what the server does not know; OpenID Connect has a table of its own. */
  function known(body: unknown): unknown {
    const kept = withoutLacking("application", body, tenant.server);
    if (isObject(kept) && isObject(kept.inboundProtocolConfiguration)) {
      const { inboundProtocolConfiguration: inbound } = kept;
      inbound.oidc = withoutLacking("oidc", inbound.oidc, tenant.server);
    }
    return kept;
  }

  function replace(application: Application): void {
    store.change(() => store.replaceApplication(application));
  }

  function requireScriptScope(context: Context<Env>, { authenticationSequence }: Creation | Patch): void {
    if (authenticationSequence?.script?.trim()) {
      requireSecondScope(services, context.get("token"), "internal_application_script_update");
    }
  }

  function scriptRoute(): void {
    routes.put("/:id/authenticationSequence/script", needs("internal_application_script_update"), async (context) => {
      const body = await readJson(context.req);
      const application = foundApplication(store, context.req.param("id"));
      refuseSystem(application);
      const script = isObject(body) && typeof body.script === "string" ? body.script : undefined;
      if (script === undefined) throw applicationError("APP-60001", "Property script cannot be null.");
      const { authenticationSequence } = application;
      if (!authenticationSequence) {
        throw applicationError("APP-60001", "A script needs an authentication sequence of type USER_DEFINED.");
      }
      replace({ ...application, authenticationSequence: { ...authenticationSequence, script: script || undefined } });
      return context.body(null, 200);
    });
  }

  return routes;
}
