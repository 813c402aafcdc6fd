import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { apiResourceList } from "../api-resource/list";
import { apiResourceAnswer, apiResourcePath } from "../api-resource/render";
import {
  changeableApiResource,
  foundApiResource,
  newScopes,
  refuseBadIdentifier,
  refuseBlankName,
  refuseOverlongApi,
  refuseSystemApi,
} from "../api-resource/rules";
import { parseBody, readJson } from "../body";
import { type Env, needs, type Services } from "../gate";
import { type ApiResource, apiResourceCreationModel, apiResourcePatchModel } from "../models/api-resource";
import { apiResourceError } from "../refusal";
import { withoutLacking } from "../versions";

const scopeOf = (verb: string) => `internal_api_resource_${verb}`;

/** /api-resources and /api-resources/{id}. */
export function apiResourceRoutes({ store, baseUrl }: Services): Hono<Env> {
  const { tenant } = store;
  const routes = new Hono<Env>();

  routes.get("/", needs(scopeOf("view")), (context) =>
    context.json(apiResourceList(tenant, context.req.query(), baseUrl())),
  );

  routes.post("/", needs(scopeOf("create")), async (context) => {
    const body = parseBody(
      apiResourceCreationModel,
      withoutLacking("apiResource", await readJson(context.req), tenant.server),
    );
    refuseBlankName(body.name);
    refuseBadIdentifier(store, body.identifier);
    const api: ApiResource = {
      key: tenant.nextKey,
      id: randomUUID(),
      name: body.name,
      identifier: body.identifier,
      description: body.description,
      type: body.resourceType === "MCP" ? "MCP" : "BUSINESS",
      requiresAuthorization: body.requiresAuthorization ?? true,
      scopes: newScopes(store, body.scopes ?? [], tenant.apiResources),
      authorizationDetailsTypes: (body.authorizationDetailsTypes ?? []).map((type) => ({ ...type, id: randomUUID() })),
    };
    refuseOverlongApi(api, "adding");
    store.change(() => {
      tenant.nextKey += 1;
      tenant.apiResources.push(api);
    });
    const location = `${baseUrl()}${apiResourcePath(tenant, api.id)}`;
    return context.json(apiResourceAnswer(tenant, api), 201, { Location: location });
  });

  routes.get("/:id", needs(scopeOf("view")), (context) =>
    context.json(apiResourceAnswer(tenant, foundApiResource(store, context.req.param("id")))),
  );

  routes.patch("/:id", needs(scopeOf("update")), async (context) => {
    const body = parseBody(
      apiResourcePatchModel,
      withoutLacking("apiResource", await readJson(context.req), tenant.server),
    );
    if (body.removedScopes) {
      throw apiResourceError(501, 60006, "Not implemented.", "Scopes cannot be removed by removedScopes.");
    }
    const api = changeableApiResource(store, context.req.param("id"));
    if (body.name !== undefined) refuseBlankName(body.name);
    const added = newScopes(store, body.addedScopes ?? [], tenant.apiResources);
    const removedTypes = body.removedAuthorizationDetailsTypes ?? [];
    const addedTypes = (body.addedAuthorizationDetailsTypes ?? []).map((type) => ({ ...type, id: randomUUID() }));
    const change: Partial<ApiResource> = {
      name: body.name ?? api.name,
      description: body.description ?? api.description,
      scopes: [...api.scopes, ...added],
      authorizationDetailsTypes: [
        ...api.authorizationDetailsTypes.filter(({ type }) => !removedTypes.includes(type)),
        ...addedTypes,
      ],
    };
    refuseOverlongApi({ ...api, ...change }, "updating");
    store.change(() => Object.assign(api, change));
    return context.body(null, 204);
  });

  routes.delete("/:id", needs(scopeOf("delete")), (context) => {
    const api = store.apiResource(context.req.param("id"));
    if (api) {
      refuseSystemApi(api);
      store.change(() => {
        tenant.apiResources.splice(tenant.apiResources.indexOf(api), 1);
        store.forget("scopes", api.scopes);
        store.forget("apiResources", [api]);
      });
    }
    return context.body(null, 204);
  });

  return routes;
}
