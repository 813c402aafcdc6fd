import { type Context, Hono } from "hono";
import { type Env, needs, requireSecondScope, type Services } from "../gate";
import { changeRole, type List } from "../role/change";
import type { Role } from "../role/collection";
import { createdRole } from "../role/create";
import { deleteRole } from "../role/delete";
import { roleList } from "../role/list";
import { changesOf, stepsOf } from "../role/patch";
import { replacement } from "../role/put";
import { patchedRole, roleHead, wholeRole } from "../role/render";
import { foundRole } from "../role/rules";
import { locationOf, scimAnswer } from "../scim/answer";
import { listOf, memberOf, scimBody } from "../scim/body";
import { queryOf, searchOf, shownBy } from "../scim/query";
import { forbiddenScimChange } from "../scim/refusal";

const scopeOf = (verb: string) => `internal_role_mgt_${verb}`;

const lists: readonly List[] = ["permissions", "users", "groups"];

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
    requireScopesFor(
      context,
      lists.filter((list) => listOf(body, list)?.length),
    );
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
    requireScopesFor(
      context,
      lists.filter((list) => memberOf(body, list) !== undefined),
    );
    const role = foundRole(store, context.req.param("id"));
    changeRole(store, role, replacement(store, body, lists));
    return answerHead(context, role, 200);
  });

  routes.patch("/:id", needs(scopeOf("update")), async (context) => {
    const steps = stepsOf(await scimBody(context.req));
    requireScopesFor(
      context,
      lists.filter((list) => steps.some(({ member }) => member === list)),
    );
    const role = foundRole(store, context.req.param("id"));
    changeRole(store, role, changesOf(store, steps));
    const shown = shownBy(context.req.query());
    return scimAnswer(context, patchedRole(services, role, "v2", shown), 200, locationFor(role));
  });

  routes.delete("/:id", needs(scopeOf("delete")), (context) => {
    deleteRole(store, context.req.param("id"));
    return context.body(null, 204);
  });

  function requireScopesFor(context: Context<Env>, named: readonly List[]): void {
    for (const list of named) {
      requireSecondScope(services, context.get("token"), scopeOf(`${list}_update`), forbiddenScimChange);
    }
  }

  function answerHead(context: Context<Env>, role: Role, status: 200 | 201): Response {
    const shown = shownBy(context.req.query());
    return scimAnswer(context, roleHead(services, role, "v2", shown), status, locationFor(role));
  }

  function locationFor(role: Role): string | undefined {
    return locationOf(roleHead(services, role, "v2", shownBy({})));
  }

  return routes;
}
