import { type Context, Hono } from "hono";
import { apiResourceList } from "../api-resource/list";
import { apiResourceAnswer } from "../api-resource/render";
import { foundApiResource } from "../api-resource/rules";
import { type Env, needs, type Services } from "../gate";
import { foundOidcScope } from "../oidc-scope/rules";
import { answerGatewayRefusal, apiResourceError } from "../refusal";

/** /api-resources of an organization: those of the tenant, to read. */
export function inheritedApiResourceRoutes({ store, baseUrl }: Services): Hono<Env> {
  const routes = new Hono<Env>();
  const view = needs("internal_api_resource_view");

  routes.get("/", view, (context) => context.json(apiResourceList(store.tenant, context.req.query(), baseUrl())));

  routes.post("/", view, () => {
    throw apiResourceError(
      400,
      60006,
      "Invalid request.",
      "API resource creation is not allowed in an organization below the root organization.",
    );
  });

  routes.get("/:id", view, (context) =>
    context.json(apiResourceAnswer(store.tenant, foundApiResource(store, context.req.param("id")))),
  );

  routes.get("/:id/scopes", view, (context) => context.json(foundApiResource(store, context.req.param("id")).scopes));

  routes.all("/*", blocked);

  return routes;
}

/** /oidc/scopes of an organization: those of the tenant, to read. */
export function inheritedOidcScopeRoutes({ store }: Services): Hono<Env> {
  const routes = new Hono<Env>();
  const view = needs("internal_oidc_scope_mgt_view");

  routes.get("/", view, (context) => context.json(store.tenant.oidcScopes));

  routes.get("/:name", view, (context) => context.json(foundOidcScope(store, context.req.param("name"))));

  routes.all("/*", blocked);

  return routes;
}

/** For whatever else is asked, the gateway knows no scope that would do. */
function blocked(context: Context<Env>): Response {
  return answerGatewayRefusal(context, 403);
}
