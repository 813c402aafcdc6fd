import type { Context } from "hono";
import type { RouterRoute } from "hono/types";

/** The answers for what no route serves: an unknown tenant, a method that a path does not have, an unknown path. */
export class Unserved {
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
