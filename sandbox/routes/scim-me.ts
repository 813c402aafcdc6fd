import { type Context, Hono, type MiddlewareHandler } from "hono";
import type { Env, Services } from "../gate";
import { answerGatewayRefusal } from "../refusal";
import { scimAnswer } from "../scim/answer";
import { scimBody } from "../scim/body";
import { shownBy } from "../scim/query";
import { ownAccount } from "../sign-in/scopes";
import { type Changed, recordOf, replacedUser } from "../user/change";
import type { User } from "../user/collection";
import { patchedUser } from "../user/patch";
import { userAnswer, userLocation } from "../user/render";

/** /scim2/Me: users look at their own account and change it, by a token of their own with the scope `internal_login`. */
export function meRoutes(services: Services): Hono<Env> {
  const { store } = services;
  const { server } = store.tenant;
  const routes = new Hono<Env>();

  routes.get("/", ofUsers(services), (context) => answer(context, me(context)));

  routes.put("/", ofUsers(services), async (context) => {
    const body = await scimBody(context.req);
    return change(context, (user) => replacedUser(server, user, body));
  });

  routes.patch("/", ofUsers(services), async (context) => {
    const body = await scimBody(context.req);
    return change(context, (user) => patchedUser(server, user, body));
  });

  function me(context: Context<Env>): User {
    const user = userOf(services, context);
    if (!user) throw new Error("The token has lost its user on the way.");
    return user;
  }

  function change(context: Context<Env>, changed: (user: User) => Changed): Response {
    const user = me(context);
    const record = recordOf(changed(user));
    const lastModified = new Date(services.now()).toISOString();
    store.change(() => Object.assign(user, record, { lastModified }));
    return answer(context, user);
  }

  function answer(context: Context<Env>, user: User): Response {
    const shown = userAnswer(services, user, shownBy(context.req.query()));
    return scimAnswer(context, shown, 200, userLocation(services, user));
  }

  return routes;
}

/** Lets only the tokens of users of this organization through: no client gets such a token for itself. */
function ofUsers(services: Services): MiddlewareHandler<Env> {
  return async (context, next) => {
    const isOwn = context.get("token").scopes.has(ownAccount) && userOf(services, context);
    if (!isOwn) return answerGatewayRefusal(context, 403);
    await next();
  };
}

function userOf({ store }: Services, context: Context<Env>): User | undefined {
  const { grant } = context.get("token");
  return grant && store.tenant.users.find(({ id }) => id === grant.userId);
}
