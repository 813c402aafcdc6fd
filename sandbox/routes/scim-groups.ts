import { Hono } from "hono";
import { type Env, needs, type Services } from "../gate";
import { patchedGroup, replacedGroup } from "../group/change";
import type { Group } from "../group/collection";
import { createdGroup } from "../group/create";
import { groupList } from "../group/list";
import { groupAnswer, groupLocation } from "../group/render";
import { scimAnswer } from "../scim/answer";
import { scimBody } from "../scim/body";
import { queryOf, searchOf, shownBy } from "../scim/query";
import { scimNotFound } from "../scim/refusal";

const scopeOf = (verb: string) => `internal_group_mgt_${verb}`;

/** /scim2/Groups. */
export function groupRoutes(services: Services): Hono<Env> {
  const { store } = services;
  const { tenant } = store;
  const routes = new Hono<Env>();
  const now = () => new Date(services.now()).toISOString();

  routes.get("/", needs(scopeOf("view")), (context) =>
    scimAnswer(context, groupList(services, queryOf(context.req.query()))),
  );

  routes.post("/.search", needs(scopeOf("view")), async (context) =>
    scimAnswer(context, groupList(services, searchOf(await scimBody(context.req)))),
  );

  routes.post("/", needs(scopeOf("create")), async (context) => {
    const group = createdGroup(store, await scimBody(context.req), now());
    store.change(() => tenant.groups.push(group));
    const answer = groupAnswer(services, group, shownBy(context.req.query()));
    return scimAnswer(context, answer, 201, groupLocation(services, group));
  });

  routes.get("/:id", needs(scopeOf("view")), (context) => {
    const group = found(context.req.param("id"), "Group not found in the user store.");
    return scimAnswer(context, groupAnswer(services, group, shownBy(context.req.query())));
  });

  routes.put("/:id", needs(scopeOf("update")), async (context) => {
    const body = await scimBody(context.req);
    const id = context.req.param("id");
    const group = found(id, `No group with the id : ${id} in the user store.`);
    change(group, replacedGroup(store, group, body));
    const answer = groupAnswer(services, group, shownBy(context.req.query()));
    return scimAnswer(context, answer, 200, groupLocation(services, group));
  });

  routes.patch("/:id", needs(scopeOf("update")), async (context) => {
    const body = await scimBody(context.req);
    const id = context.req.param("id");
    const group = found(id, `Group not found for ID: ${id}`);
    change(group, patchedGroup(store, group, body));
    const answer = groupAnswer(services, group, shownBy(context.req.query()));
    return scimAnswer(context, answer, 200, groupLocation(services, group));
  });

  routes.delete("/:id", needs(scopeOf("delete")), (context) => {
    const group = found(context.req.param("id"));
    store.change(() => {
      tenant.groups.splice(tenant.groups.indexOf(group), 1);
      store.forget("groups", [group]);
    });
    return context.body(null, 204);
  });

  function found(id: string, otherwise?: string): Group {
    const group = tenant.groups.find((each) => each.id === id);
    if (!group) throw scimNotFound(otherwise);
    return group;
  }

  function change(group: Group, { name, prefixed, members }: Pick<Group, "name" | "prefixed" | "members">): void {
    store.change(() => Object.assign(group, { name, prefixed, members, lastModified: now() }));
  }

  return routes;
}
