import { type Context, Hono } from "hono";
import { type Env, needs, type Services } from "../gate";
import { changeRole } from "../role/change";
import type { Role } from "../role/collection";
import { createdRole } from "../role/create";
import { deleteRole } from "../role/delete";
import { changesOf, stepsOf } from "../role/patch";
import { replacement } from "../role/put";
import { lists, listsFilled, listsNamed, listsPatched, requireScopesFor } from "../role/second-scopes";
import { foundRoleV1, laterBody, laterPatch, refuseUnknownUsersV1, roleV1, roleV1List } from "../role/v1";
import { locationOf, scimAnswer } from "../scim/answer";
import { scimBody } from "../scim/body";
import { queryOf, searchOf, shownBy } from "../scim/query";

const scopeOf = (verb: string) => `internal_role_mgt_${verb}`;

/** /scim2/Roles, which is still there for clients of before. */
export function roleV1Routes(services: Services): Hono<Env> {
  const { store } = services;
  const routes = new Hono<Env>();

  routes.get("/", needs(scopeOf("view")), (context) =>
    scimAnswer(context, roleV1List(services, queryOf(context.req.query()))),
  );

  routes.post("/.search", needs(scopeOf("view")), async (context) =>
    scimAnswer(context, roleV1List(services, searchOf(await scimBody(context.req)))),
  );

  routes.post("/", needs(scopeOf("create")), async (context) => {
    const body = laterBody(await scimBody(context.req));
    requireScopesFor(services, context.get("token"), listsFilled(body));
    refuseUnknownUsersV1(store, body);
    const role = createdRole(store, body, true);
    store.change(() => store.tenant.roles.push(role));
    return answer(context, role, 201);
  });

  routes.get("/:id", needs(scopeOf("view")), (context) =>
    scimAnswer(context, roleV1(services, foundRoleV1(store, context.req.param("id")), shownBy(context.req.query()))),
  );

  routes.put("/:id", needs(scopeOf("update")), async (context) => {
    const body = laterBody(await scimBody(context.req));
    requireScopesFor(services, context.get("token"), listsNamed(body));
    const role = foundRoleV1(store, context.req.param("id"));
    changeRole(store, role, replacement(store, body, lists));
    return answer(context, role, 200);
  });

  routes.patch("/:id", needs(scopeOf("update")), async (context) => {
    const steps = stepsOf(laterPatch(await scimBody(context.req)));
    requireScopesFor(services, context.get("token"), listsPatched(steps));
    const role = foundRoleV1(store, context.req.param("id"));
    changeRole(store, role, changesOf(store, steps));
    return answer(context, role, 200);
  });

  routes.delete("/:id", needs(scopeOf("delete")), (context) => {
    const { id } = foundRoleV1(store, context.req.param("id"));
    deleteRole(store, id);
    return context.body(null, 204);
  });

  function answer(context: Context<Env>, role: Role, status: 200 | 201): Response {
    const location = locationOf(roleV1(services, role, shownBy({})));
    return scimAnswer(context, roleV1(services, role, shownBy(context.req.query())), status, location);
  }

  return routes;
}
