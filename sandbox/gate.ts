import type { HttpBindings } from "@hono/node-server";
import type { MiddlewareHandler } from "hono";
import type { PlayedFault } from "./models/fault";
import { answerGatewayRefusal, applicationError } from "./refusal";
import type { Store } from "./store";
import type { Token, Tokens } from "./tokens";
import { knows } from "./versions";

/** What every route works with. */
export interface Services {
  readonly store: Store;
  readonly tokens: Tokens;
  /** Where the sandbox listens: the head of absolute addresses. */
  readonly baseUrl: () => string;
  /** The clock, in milliseconds. */
  readonly now: () => number;
}

/** What a request carries with it: its connection, what the gate leaves for the routes, the fault played on it. */
export interface Env {
  Bindings: HttpBindings;
  Variables: { token: Token; fault?: PlayedFault };
}

/** Lets only requests with a valid access token through. */
export function authenticated(tokens: Tokens): MiddlewareHandler<Env> {
  return async (context, next) => {
    const [scheme, value] = (context.req.header("authorization") ?? "").split(" ");
    const token = scheme?.toLowerCase() === "bearer" && value ? tokens.find(value) : undefined;
    if (!token) return answerGatewayRefusal(context, 401);
    context.set("token", token);
    await next();
  };
}

/** Lets only tokens with a scope through. */
export function needs(scope: string): MiddlewareHandler<Env> {
  return async (context, next) => {
    if (!context.get("token").scopes.has(scope)) return answerGatewayRefusal(context, 403);
    await next();
  };
}

/** The second scope of some writes, which the API itself asks for, and only on newer servers. */
export function requireSecondScope({ store }: Services, token: Token, scope: string): void {
  if (knows(store.tenant.server, "7.2") && !token.scopes.has(scope)) {
    throw applicationError("APP-60520", "User is not allowed to perform the operation.", "Operation is forbidden.");
  }
}
