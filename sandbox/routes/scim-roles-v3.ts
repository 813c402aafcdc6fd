import { type Context, Hono } from "hono";
import { type Env, needs, type Services } from "../gate";
import { type Change, changeRole, type List } from "../role/change";
import type { Role } from "../role/collection";
import { createdRole } from "../role/create";
import { deleteRole } from "../role/delete";
import { roleList } from "../role/list";
import { changesOf, type Member, stepsOf } from "../role/patch";
import { replacedLists, replacement } from "../role/put";
import { patchedRole, roleHead, wholeRole } from "../role/render";
import { foundRole } from "../role/rules";
import { locationOf, scimAnswer } from "../scim/answer";
import { type ScimBody, scimBody } from "../scim/body";
import { queryOf, searchOf, shownBy } from "../scim/query";

const scopeOf = (verb: string) => `internal_role_mgt_${verb}`;

/** /scim2/v3/Roles: users and groups of a role have paths of their own. */
export function roleV3Routes(services: Services): Hono<Env> {
  const { store } = services;
  const routes = new Hono<Env>();

  routes.get("/", needs(scopeOf("view")), (context) =>
    scimAnswer(context, roleList(services, queryOf(context.req.query()), "v3")),
  );

  routes.post("/.search", needs(scopeOf("view")), async (context) =>
    scimAnswer(context, roleList(services, searchOf(await scimBody(context.req)), "v3")),
  );

  /** Users and groups in the body are passed over without a word. */
  routes.post("/", needs(scopeOf("meta_create")), async (context) => {
    const role = createdRole(store, await scimBody(context.req), false);
    store.change(() => store.tenant.roles.push(role));
    return answerHead(context, role, 201);
  });

  routes.get("/:id", needs(scopeOf("view")), (context) => {
    const role = foundRole(store, context.req.param("id"));
    return scimAnswer(context, wholeRole(services, role, "v3", shownBy(context.req.query())));
  });

  routes.put("/:id", needs(scopeOf("meta_update")), (context) =>
    put(context, (body) => replacement(store, body, ["permissions"])),
  );
  routes.patch("/:id", needs(scopeOf("meta_update")), (context) => patch(context, ["displayName", "permissions"]));
  routes.put("/:id/Users", needs(scopeOf("users_update")), (context) => put(context, putList("users")));
  routes.patch("/:id/Users", needs(scopeOf("users_update")), (context) => patch(context, ["users"]));
  routes.put("/:id/Groups", needs(scopeOf("groups_update")), (context) => put(context, putList("groups")));
  routes.patch("/:id/Groups", needs(scopeOf("groups_update")), (context) => patch(context, ["groups"]));

  routes.delete("/:id", needs(scopeOf("delete")), (context) => {
    deleteRole(store, context.req.param("id"));
    return context.body(null, 204);
  });

  function putList(list: List) {
    return (body: ScimBody) => replacedLists(store, body, [list]);
  }

  async function put(context: Context<Env>, changes: (body: ScimBody) => Change[]): Promise<Response> {
    const body = await scimBody(context.req);
    const role = foundRole(store, context.req.param("id") ?? "");
    changeRole(store, role, changes(body));
    return answerHead(context, role, 200);
  }

  async function patch(context: Context<Env>, members: readonly Member[]): Promise<Response> {
    const steps = stepsOf(await scimBody(context.req), members);
    const role = foundRole(store, context.req.param("id") ?? "");
    changeRole(store, role, changesOf(store, steps));
    const shown = shownBy(context.req.query());
    return scimAnswer(context, patchedRole(services, role, "v3", shown), 200, locationFor(role));
  }

  function answerHead(context: Context<Env>, role: Role, status: 200 | 201): Response {
    const shown = shownBy(context.req.query());
    return scimAnswer(context, roleHead(services, role, "v3", shown), status, locationFor(role));
  }

  function locationFor(role: Role): string | undefined {
    return locationOf(roleHead(services, role, "v3", shownBy({})));
  }

  return routes;
}
