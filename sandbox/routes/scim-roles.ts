import { type Context, Hono } from "hono";
import { type Env, needs, type Services } from "../gate";
import { changeRole } from "../role/change";
import type { Role } from "../role/collection";
import { createdRole } from "../role/create";
import { deleteRole } from "../role/delete";
import { roleList } from "../role/list";
import { changesOf, stepsOf } from "../role/patch";
import { replacement } from "../role/put";
import { patchedRole, roleHead, wholeRole } from "../role/render";
import { foundRole } from "../role/rules";
import { lists, listsFilled, listsNamed, listsPatched, requireScopesFor } from "../role/second-scopes";
import { locationOf, scimAnswer } from "../scim/answer";
import { scimBody } from "../scim/body";
import { queryOf, searchOf, shownBy } from "../scim/query";

const scopeOf = (verb: string) => `internal_role_mgt_${verb}`;

/** /scim2/v2/Roles. */
export function roleRoutes(services: Services): Hono<Env> {
  const { store } = services;
  const routes = new Hono<Env>();

  routes.get("/", needs(scopeOf("view")), (context) =>
    scimAnswer(context, roleList(services, queryOf(context.req.query()), "v2")),
  );

  routes.post("/.search", needs(scopeOf("view")), async (context) =>
    scimAnswer(context, roleList(services, searchOf(await scimBody(context.req)), "v2")),
  );

  routes.post("/", needs(scopeOf("create")), async (context) => {
    const body = await scimBody(context.req);
    requireScopesFor(services, context.get("token"), listsFilled(body));
    const role = createdRole(store, body, true);
    store.change(() => store.tenant.roles.push(role));
    return answerHead(context, role, 201);
  });

  routes.get("/:id", needs(scopeOf("view")), (context) => {
    const role = foundRole(store, context.req.param("id"));
    return scimAnswer(context, wholeRole(services, role, "v2", shownBy(context.req.query())));
  });

  routes.put("/:id", needs(scopeOf("update")), async (context) => {
    const body = await scimBody(context.req);
    requireScopesFor(services, context.get("token"), listsNamed(body));
    const role = foundRole(store, context.req.param("id"));
    changeRole(store, role, replacement(store, body, lists));
    return answerHead(context, role, 200);
  });

  routes.patch("/:id", needs(scopeOf("update")), async (context) => {
    const steps = stepsOf(await scimBody(context.req));
    requireScopesFor(services, context.get("token"), listsPatched(steps));
    const role = foundRole(store, context.req.param("id"));
    changeRole(store, role, changesOf(store, steps));
    const shown = shownBy(context.req.query());
    return scimAnswer(context, patchedRole(services, role, "v2", shown), 200, locationFor(role));
  });

  routes.delete("/:id", needs(scopeOf("delete")), (context) => {
    deleteRole(store, context.req.param("id"));
    return context.body(null, 204);
  });

  function answerHead(context: Context<Env>, role: Role, status: 200 | 201): Response {
    const shown = shownBy(context.req.query());
    return scimAnswer(context, roleHead(services, role, "v2", shown), status, locationFor(role));
  }

  function locationFor(role: Role): string | undefined {
    return locationOf(roleHead(services, role, "v2", shownBy({})));
  }

  return routes;
}
