import { type Context, Hono } from "hono";
import { predicateOf } from "../api-resource/filter";
import {
  changeableApiResource,
  foundApiResource,
  newScopes,
  refuseOverlongScopes,
  refuseSystemApi,
} from "../api-resource/rules";
import { parseBody, readJson } from "../body";
import { type Env, needs, type Services } from "../gate";
import { type Scope, scopePatchModel, scopesModel } from "../models/api-resource";
import { apiResourceError } from "../refusal";
import { knows } from "../versions";

const view = needs("internal_api_resource_view");
const update = needs("internal_api_resource_update");
const remove = needs("internal_api_resource_delete");

/** How a path points at a scope of an API resource. */
type Pointer = (scope: Scope) => boolean;

/** /api-resources/{id}/scopes. */
export function apiScopeRoutes({ store }: Services): Hono<Env> {
  const { tenant } = store;
  const routes = new Hono<Env>();

  routes.get("/:id/scopes", view, (context) => context.json(foundApiResource(store, context.req.param("id")).scopes));

  /** Every scope is a new one afterwards, with a new id: what was authorized to the old ones is lost. */
  routes.put("/:id/scopes", update, async (context) => {
    const body = parseBody(scopesModel, await readJson(context.req));
    const api = changeableApiResource(store, context.req.param("id"));
    const others = tenant.apiResources.filter((other) => other !== api);
    const scopes = newScopes(store, body, others);
    refuseOverlongScopes(scopes, "updating scopes");
    store.change(() => {
      store.forget("scopes", api.scopes);
      api.scopes = scopes;
    });
    return context.body(null, 204);
  });

  if (knows(tenant.server, "scopePatch")) {
    routes.patch("/:id/scopes/:name", update, async (context) => {
      const { id, name } = context.req.param();
      await patch(context, id, (scope) => scope.name === name);
      return context.body(null, 204);
    });
  }

  routes.delete("/:id/scopes/:name", remove, (context) => {
    const { id, name } = context.req.param();
    forget(id, (scope) => scope.name === name);
    return context.body(null, 204);
  });

  if (knows(tenant.server, "scopeById")) {
    routes.patch("/:id/scopes/id/:scopeId", update, async (context) => {
      const { id, scopeId } = context.req.param();
      await patch(context, id, (scope) => scope.id === scopeId);
      return context.body(null, 200);
    });

    routes.delete("/:id/scopes/id/:scopeId", remove, (context) => {
      const { id, scopeId } = context.req.param();
      forget(id, (scope) => scope.id === scopeId);
      return context.body(null, 204);
    });
  }

  async function patch(context: Context<Env>, id: string, pointer: Pointer): Promise<void> {
    const body = parseBody(scopePatchModel, await readJson(context.req));
    const scope = changeableApiResource(store, id).scopes.find(pointer);
    if (!scope) throw apiResourceError(404, 60002, "Scope not found.", "The scope is not found in the API resource.");
    const displayName = body.displayName?.trim() ? body.displayName : scope.displayName;
    refuseOverlongScopes([{ name: scope.name, displayName }], "updating scopes");
    const description = body.description ?? scope.description;
    store.change(() => Object.assign(scope, { displayName, description }));
  }

  function forget(id: string, pointer: Pointer): void {
    const api = store.apiResource(id);
    if (!api) return;
    refuseSystemApi(api);
    const gone = api.scopes.filter(pointer);
    store.change(() => {
      store.forget("scopes", gone);
      api.scopes = api.scopes.filter((scope) => !gone.includes(scope));
    });
  }

  return routes;
}

/** /scopes: those of all API resources. */
export function tenantScopeRoutes({ store }: Services): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get("/", view, (context) => {
    const matches = predicateOf(context.req.query("filter"), { name: ({ name }: Scope) => name });
    return context.json(store.tenant.apiResources.flatMap(({ scopes }) => scopes).filter(matches));
  });

  return routes;
}
