import type { Context, MiddlewareHandler } from "hono";
import { belowTenant } from "./below-tenant";
import type { Env, Services } from "./gate";
import type { Store } from "./store";

const methods = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"];
/** How long a browser may go without asking again, in seconds: the server's default. */
const MAX_AGE = 3600;
/** What the name of a header does not have in it. */
const noHeaderName = /[\][}{()<>@,;:\\"/?=]/;

/**
 * What pages of other origins may do: those of the origins that applications allow may send what they like and read the
 * answers. As at the server, it is the browser that sees to it: a request that needs no permission is carried out
 * whoever sends it, and only the answer is kept from the page. Refused is the question for permission, which browsers
 * ask before any other request.
 */
export function crossOrigin({ store }: Services): MiddlewareHandler<Env> {
  return async (context, next) => {
    const { method, path, url } = context.req;
    const origin = context.req.header("origin");
    if (origin === undefined || origin === new URL(url).origin) return next();
    const isAllowed = allowedOrigins(store, path).includes(origin);
    const wanted = context.req.header("access-control-request-method");
    if (method === "OPTIONS" && wanted !== undefined)
      return permission(context, wanted, isAllowed ? origin : undefined);
    await next();
    if (context.get("fault")?.kind === "reset") return;
    context.header("Vary", "Origin", { append: true });
    if (!isAllowed) return;
    allow(context, origin);
    context.header("Access-Control-Expose-Headers", "Location");
  };
}

/** The origins that the applications of the tenant allow, or those of the organization that a path names. */
function allowedOrigins(store: Store, path: string): string[] {
  const id = /^\/o\/([^/]+)\//.exec(belowTenant(path))?.[1] ?? "";
  const { applications } = Object.hasOwn(store.tenant.inside, id) ? store.of(id).tenant : store.tenant;
  return applications.flatMap(({ oidc }) => oidc?.allowedOrigins ?? []);
}

/** The answer to a preflight request. An origin of undefined is one that nobody allows. */
function permission(context: Context<Env>, method: string, origin: string | undefined): Response {
  if (origin === undefined) return refusal(context, 403, "CORS origin denied");
  const asked = context.req.header("access-control-request-headers");
  const names = (asked ?? "").split(/[\s,]+/).filter(Boolean);
  if (names.some((name) => noHeaderName.test(name))) {
    return refusal(context, 400, "Invalid preflight CORS request: Bad request header value");
  }
  if (!methods.includes(method.toUpperCase())) return refusal(context, 405, "Unsupported HTTP method");
  allow(context, origin);
  context.header("Vary", "Origin");
  context.header("Access-Control-Max-Age", String(MAX_AGE));
  context.header("Access-Control-Allow-Methods", methods.join(", "));
  if (asked !== undefined) context.header("Access-Control-Allow-Headers", asked);
  return context.body(null, 200);
}

function allow(context: Context<Env>, origin: string): void {
  context.header("Access-Control-Allow-Origin", origin);
  context.header("Access-Control-Allow-Credentials", "true");
}

function refusal(context: Context<Env>, status: 400 | 403 | 405, text: string): Response {
  return context.text(`CORS Valve: ${text}\n`, status);
}
