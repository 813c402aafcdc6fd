import { type Context, Hono } from "hono";
import { authenticated, type Env, type Services } from "./gate";
import { organizationOf } from "./organization/tree";
import { answerGatewayRefusal } from "./refusal";
import { oauthRoutes } from "./routes/oauth";
import { organizationRoutesTable } from "./routes/organization-level";
import type { Token } from "./tokens";
import { answering } from "./unserved";
import { knows } from "./versions";

/**
 * `/o/…`: the APIs of the organizations below the tenant. Which of them is meant says the token, or the path, where it
 * has an id. A token of the tenant acts on the tenant's own organization, if it has the scopes of organizations.
 */
export function organizationLevel(services: Services): Hono<Env> {
  const { store, tokens } = services;
  const { organization, server } = store.tenant;
  const app = new Hono<Env>({ strict: false });
  const made = new Map<string, Hono<Env>>();

  app.use("/api/server/*", authenticated(tokens));
  app.use("/scim2/*", authenticated(tokens));
  app.use("/:organizationId/api/server/*", authenticated(tokens));
  app.use("/:organizationId/scim2/*", authenticated(tokens));
  app.all("/:first/*", (context) => {
    // A token endpoint is asked without one.
    const token: Token | undefined = context.get("token");
    const own = token?.organizationId ?? store.organizationId;
    const named = namedOrganization(context);
    if (named === undefined) return inside(context, own);
    // The console belongs to no application, and looks into every organization.
    if (token && token.applicationId !== "" && own !== named) return answerGatewayRefusal(context, 403);
    return inside(context, named);
  });

  function namedOrganization({ req }: Context<Env>): string | undefined {
    const first = req.param("first") ?? "";
    return ["api", "scim2"].includes(first) ? undefined : first;
  }

  async function inside(context: Context<Env>, id: string): Promise<Response> {
    const found = organizationOf(store.tenant, id);
    if (!found) {
      // Only releases of WSO2 Identity Server once had paths of organizations without a tenant.
      return context.text("Unsupported organization specific routing endpoint.", 404);
    }
    if (found.status === "DISABLED") return answerGatewayRefusal(context, 403);
    const known = made.get(id) ?? insideApp(id);
    made.set(id, known);
    const { method, url, raw } = context.req;
    // The body may have been read already: it is kept for those who ask the context for it.
    const body = ["GET", "HEAD"].includes(method) ? null : await context.req.arrayBuffer();
    return known.fetch(new Request(url, { method, headers: raw.headers, body }), context.env);
  }

  function insideApp(id: string): Hono<Env> {
    const own = { ...services, store: store.of(id) };
    const routed = new Hono<Env>({ strict: false });
    routed.use("/api/server/*", authenticated(tokens));
    routed.use("/scim2/*", authenticated(tokens));
    for (const [path, routes, feature] of organizationRoutesTable) {
      if (!feature || knows(server, feature)) routed.route(path, routes(own));
    }
    const endpoints = new Hono<Env>({ strict: false });
    if (knows(server, "organizationApplications")) endpoints.route("/:organizationId", oauthRoutes(own));
    const whole = new Hono<Env>({ strict: false });
    const prefixes = [`/t/${organization}`, ...(server === "asgardeo" ? [] : [""])];
    for (const prefix of prefixes) {
      whole.route(`${prefix}/o`, routed);
      whole.route(`${prefix}/o/${id}`, routed);
      whole.route(`${prefix}/o`, endpoints);
    }
    return answering(whole, organization);
  }

  return app;
}
