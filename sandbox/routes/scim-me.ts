import { type Context, Hono } from "hono";
import type { Env } from "../gate";
import { answerGatewayRefusal } from "../refusal";

/** /scim2/Me: for the token of a user, with the scope `internal_login`, which no client gets for itself. */
export function meRoutes(): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get("/", refused);
  routes.put("/", refused);
  routes.patch("/", refused);

  return routes;
}

function refused(context: Context<Env>): Response {
  return answerGatewayRefusal(context, 403);
}
