import { Hono } from "hono";
import type { Env, Services } from "../gate";

/** The key with which tokens are verified. */
export function jwksRoutes({ tokens }: Services): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get("/oauth2/jwks", async (context) => context.json({ keys: [await tokens.key.jwk()] }));

  return routes;
}
