import { Hono } from "hono";
import {
  authorizableApi,
  authorizationFor,
  authorizedApiOf,
  newAuthorization,
  patchedAuthorization,
  secondScopeFor,
} from "../application/authorizations";
import { changeableApplication } from "../application/protocol";
import { parseBody, readJson } from "../body";
import { type Env, needs, requireSecondScope, type Services } from "../gate";
import type { Application, Authorization } from "../models/application";
import { authorizedApiCreationModel, authorizedApiPatchModel } from "../models/authorized-api";
import { applicationError } from "../refusal";
import { withoutLacking } from "../versions";

/** /applications/{id}/authorized-apis. */
export function authorizedApiRoutes(services: Services): Hono<Env> {
  const { store } = services;
  const routes = new Hono<Env>();
  const update = needs("internal_application_mgt_update");

  routes.get("/:id/authorized-apis", needs("internal_application_mgt_view"), (context) => {
    // The server does not look whether the application exists.
    const authorizations = store.application(context.req.param("id"))?.authorizations ?? [];
    const answer = authorizations.flatMap((authorization) => {
      const api = store.apiResource(authorization.apiId);
      return api ? [withoutLacking("authorizedApi", authorizedApiOf(authorization, api), store.tenant.server)] : [];
    });
    return context.json(answer);
  });

  routes.post("/:id/authorized-apis", update, async (context) => {
    const body = parseBody(authorizedApiCreationModel, await readJson(context.req));
    const application = changeableApplication(store, context.req.param("id"));
    if (body.id !== undefined && authorizationFor(application, body.id)) {
      throw applicationError("APP-60509", `The API resource: ${body.id} is already authorized.`, "Already authorized.");
    }
    const api = authorizableApi(store, body.id);
    requireSecondScope(services, context.get("token"), secondScopeFor(api));
    const authorization = newAuthorization(store, application, api, body);
    replace(application, [...application.authorizations, authorization]);
    return context.body(null, 200);
  });

  routes.patch("/:id/authorized-apis/:apiId", update, async (context) => {
    const body = parseBody(authorizedApiPatchModel, await readJson(context.req));
    const { id, apiId } = context.req.param();
    const api = authorizableApi(store, apiId);
    const application = store.application(id);
    const current = application && authorizationFor(application, apiId);
    if (!current) {
      throw applicationError("APP-60510", `The API resource: ${apiId} is not authorized for the application.`);
    }
    requireSecondScope(services, context.get("token"), secondScopeFor(api));
    const patched = patchedAuthorization(store, application, api, current, body);
    replace(
      application,
      application.authorizations.map((authorization) => (authorization === current ? patched : authorization)),
    );
    return context.body(null, 200);
  });

  routes.delete("/:id/authorized-apis/:apiId", update, (context) => {
    const { id, apiId } = context.req.param();
    const api = store.apiResource(apiId);
    const application = store.application(id);
    if (api) requireSecondScope(services, context.get("token"), secondScopeFor(api));
    if (application && authorizationFor(application, apiId)) {
      replace(
        application,
        application.authorizations.filter((authorization) => authorization.apiId !== apiId),
      );
    }
    return context.body(null, 204);
  });

  function replace(application: Application, authorizations: Authorization[]): void {
    store.change(() => store.replaceApplication({ ...application, authorizations }));
  }

  return routes;
}
