import { getConnInfo } from "@hono/node-server/conninfo";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { apiPath } from "./below-tenant";
import { crossOrigin } from "./cross-origin";
import { type FaultTools, faulted } from "./fault-layer";
import type { Faults } from "./faults";
import { authenticated, type Env, type Services } from "./gate";
import { History, remembered } from "./history";
import { type Journal, withoutSecrets } from "./journal";
import { organizationLevel } from "./organization-level";
import type { RateLimit } from "./rate-limit";
import { managementRoutes } from "./routes";
import { oauthRoutes } from "./routes/oauth";
import { scimDiscoveryRoutes } from "./routes/scim-discovery";
import { answering } from "./unserved";
import { knows } from "./versions";

/** What stands around the APIs. */
export interface Surroundings {
  readonly journal: Journal;
  readonly rateLimit: RateLimit | undefined;
  readonly faults: Faults;
  /** The access token of the console, whose requests are neither noted nor counted nor faulted. */
  readonly consoleToken: string;
}

/** The whole server. */
export function sandboxApp(services: Services, surroundings: Surroundings): Hono<Env> {
  const { faults } = surroundings;
  const history = new History();
  const answerOver: FaultTools["answerOver"] = (store, { req, env }) =>
    serverApp({ ...services, store }, []).fetch(req.raw, env);
  return serverApp(services, [
    punctual(services),
    noted(surroundings),
    limited(surroundings),
    crossOrigin(services),
    faulted({ services, faults, history, answerOver }, (context) => isConsole(context, surroundings)),
    remembered(history, services.store, () => faults.has("stale-read")),
  ]);
}

function serverApp(services: Services, layers: readonly MiddlewareHandler<Env>[]): Hono<Env> {
  const { organization, server } = services.store.tenant;
  // A slash at the end of a path makes no difference.
  const app = new Hono<Env>({ strict: false });
  for (const layer of layers) app.use(layer);
  const tenant = tenantApp(services);
  app.route(`/t/${organization}`, tenant);
  // The super tenant of WSO2 Identity Server has no prefix.
  if (server !== "asgardeo") app.route("/", tenant);
  return answering(app, organization);
}

/** The work in the background comes first: whoever asks sees what is done by now. */
function punctual({ background }: Services): MiddlewareHandler<Env> {
  return async (_, next) => {
    background.tick();
    await next();
  };
}

function tenantApp(services: Services): Hono<Env> {
  const app = new Hono<Env>({ strict: false });
  app.route("/o", organizationLevel(services));
  app.route("/", oauthRoutes(services));
  app.route("/", scimDiscoveryRoutes(services));
  app.use("/api/server/*", authenticated(services.tokens));
  app.use("/scim2/*", authenticated(services.tokens));
  for (const [path, routes, feature] of managementRoutes) {
    if (!feature || knows(services.store.tenant.server, feature)) app.route(path, routes(services));
  }
  return app;
}

function isConsole(context: Context, { consoleToken }: Surroundings): boolean {
  return context.req.header("authorization") === `Bearer ${consoleToken}`;
}

function noted(surroundings: Surroundings): MiddlewareHandler<Env> {
  const { journal } = surroundings;
  return async (context, next) => {
    const time = new Date().toISOString();
    const started = performance.now();
    await next();
    if (isConsole(context, surroundings)) return;
    const milliseconds = Math.round((performance.now() - started) * 10) / 10;
    const { method, url } = context.req;
    const fault = context.get("fault");
    const status = fault?.kind === "reset" ? 0 : context.res.status;
    journal.add({ time, method, path: withoutSecrets(url), status, milliseconds, ...(fault && { fault }) });
  };
}

function limited(surroundings: Surroundings): MiddlewareHandler<Env> {
  return async (context, next) => {
    if (surroundings.rateLimit && !isConsole(context, surroundings)) {
      const address = getConnInfo(context).remote.address ?? "";
      const seconds = surroundings.rateLimit.secondsToWait(address, apiPath(context.req.path));
      if (seconds !== undefined) {
        const description = `Too many requests. Try again in ${seconds} s.`;
        return context.json({ code: 429, message: "Too Many Requests", description }, 429, {
          "Retry-After": String(seconds),
        });
      }
    }
    return next();
  };
}
