import type { Context, Hono } from "hono";
import type { RouterRoute } from "hono/types";
import type { Env } from "./gate";
import { answerRefusal, crash, Refusal } from "./refusal";
import { warn } from "./warning";

/** An app with answers for what none of its routes serves, and for what goes wrong in them. */
export function answering(app: Hono<Env>, organization: string): Hono<Env> {
  const unserved = new Unserved(app.routes, organization);
  app.notFound((context) => unserved.answer(context));
  app.onError((error, context) => {
    if (error instanceof Refusal) return answerRefusal(context, error);
    warn(`${context.req.method} ${context.req.path}: ${error.message}`);
    return answerRefusal(context, crash());
  });
  return app;
}

/** The answers for what no route serves: an unknown tenant, a method that a path does not have, an unknown path. */
class Unserved {
  private readonly served: readonly { readonly method: string; readonly pattern: RegExp }[];

  constructor(
    routes: readonly RouterRoute[],
    private readonly organization: string,
  ) {
    this.served = routes
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => ({ method, pattern: patternOf(path) }));
  }

  answer(context: Context): Response {
    const { path } = context.req;
    const asked = /^\/t\/([^/]+)/.exec(path)?.[1];
    if (asked !== undefined && asked !== this.organization) {
      return context.json({ code: 404, message: "Not Found", description: "Invalid tenant domain." }, 404);
    }
    const methods = this.served.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    if (methods.length === 0) return context.text("Not Found", 404);
    return context.text("Method Not Allowed", 405, { Allow: [...new Set(methods)].join(", ") });
  }
}

function patternOf(path: string): RegExp {
  const segments = path.split("/").map((part) => (part.startsWith(":") ? "[^/]+" : part.replaceAll(".", "\\.")));
  return new RegExp(`^${segments.join("/")}/?$`);
}
