import { Hono } from "hono";
import { type Env, needs, type Services } from "../gate";
import { scimAnswer } from "../scim/answer";
import { scimBody } from "../scim/body";
import { queryOf, searchOf, shownBy } from "../scim/query";
import { scimNotFound } from "../scim/refusal";
import { type Changed, recordOf, replacedUser } from "../user/change";
import type { User } from "../user/collection";
import { createdUser } from "../user/create";
import { userList } from "../user/list";
import { patchedUser } from "../user/patch";
import { userAnswer, userLocation } from "../user/render";

const scopeOf = (verb: string) => `internal_user_mgt_${verb}`;

/** /scim2/Users. */
export function userRoutes(services: Services): Hono<Env> {
  const { store } = services;
  const { tenant } = store;
  const routes = new Hono<Env>();
  const now = () => new Date(services.now()).toISOString();

  routes.get("/", needs(scopeOf("list")), (context) =>
    scimAnswer(context, userList(services, queryOf(context.req.query()))),
  );

  routes.post("/.search", needs(scopeOf("list")), async (context) =>
    scimAnswer(context, userList(services, searchOf(await scimBody(context.req)))),
  );

  routes.post("/", needs(scopeOf("create")), async (context) => {
    const user = createdUser(store, await scimBody(context.req), now());
    store.change(() => tenant.users.push(user));
    const answer = userAnswer(services, user, shownBy(context.req.query()));
    return scimAnswer(context, answer, 201, userLocation(services, user));
  });

  routes.get("/:id", needs(scopeOf("view")), (context) => {
    const user = found(context.req.param("id"));
    return scimAnswer(context, userAnswer(services, user, shownBy(context.req.query())));
  });

  routes.put("/:id", needs(scopeOf("update")), async (context) => {
    const body = await scimBody(context.req);
    const user = found(context.req.param("id"));
    change(user, replacedUser(tenant.server, user, body));
    const answer = userAnswer(services, user, shownBy(context.req.query()));
    return scimAnswer(context, answer, 200, userLocation(services, user));
  });

  routes.patch("/:id", needs(scopeOf("update")), async (context) => {
    const body = await scimBody(context.req);
    const user = found(context.req.param("id"));
    change(user, patchedUser(tenant.server, user, body));
    const answer = userAnswer(services, user, shownBy(context.req.query()));
    return scimAnswer(context, answer, 200, userLocation(services, user));
  });

  routes.delete("/:id", needs(scopeOf("delete")), (context) => {
    const user = found(context.req.param("id"));
    store.change(() => {
      tenant.users.splice(tenant.users.indexOf(user), 1);
      store.forget("users", [user]);
    });
    services.tokens.revokeOfUser(user.id);
    return context.body(null, 204);
  });

  function found(id: string): User {
    const user = tenant.users.find((each) => each.id === id);
    if (!user) throw scimNotFound();
    return user;
  }

  function change(user: User, changed: Changed): void {
    const record = recordOf(changed);
    store.change(() => Object.assign(user, record, { lastModified: now() }));
  }

  return routes;
}
