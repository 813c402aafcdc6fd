import { Hono } from "hono";
import { z } from "zod";
import { parseBody, readJson } from "../body";
import { type Env, needs, type Services } from "../gate";
import type { OidcScope } from "../oidc-scope/collection";
import { foundOidcScope, refuseBadOidcScope } from "../oidc-scope/rules";

const scopeOf = (verb: string) => `internal_oidc_scope_mgt_${verb}`;

const replacement = z.object({
  displayName: z.string(),
  description: z.string().optional(),
  claims: z.array(z.string()),
});
const creation = replacement.extend({ name: z.string() });

/** /oidc/scopes. */
export function oidcScopeRoutes({ store, baseUrl }: Services): Hono<Env> {
  const { tenant } = store;
  const routes = new Hono<Env>();

  routes.get("/", needs(scopeOf("view")), (context) => context.json(tenant.oidcScopes));

  routes.post("/", needs(scopeOf("create")), async (context) => {
    const scope: OidcScope = parseBody(creation, await readJson(context.req));
    refuseBadOidcScope(store, scope);
    store.change(() => tenant.oidcScopes.push(scope));
    const path = `/t/${tenant.organization}/api/server/v1/oidc/scopes/${encodeURIComponent(scope.name)}`;
    return context.body(null, 201, { Location: `${baseUrl()}${path}` });
  });

  routes.get("/:name", needs(scopeOf("view")), (context) =>
    context.json(foundOidcScope(store, context.req.param("name"))),
  );

  routes.put("/:name", needs(scopeOf("update")), async (context) => {
    const body = parseBody(replacement, await readJson(context.req));
    const scope = foundOidcScope(store, context.req.param("name"));
    store.change(() => {
      tenant.oidcScopes[tenant.oidcScopes.indexOf(scope)] = { name: scope.name, ...body };
    });
    return context.body(null, 200);
  });

  routes.delete("/:name", needs(scopeOf("delete")), (context) => {
    const scope = tenant.oidcScopes.find(({ name }) => name === context.req.param("name"));
    if (scope) {
      store.change(() => tenant.oidcScopes.splice(tenant.oidcScopes.indexOf(scope), 1));
    }
    return context.body(null, 204);
  });

  return routes;
}
