import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import type { Background } from "./background";
import { isAtOrganizationLevel } from "./below-tenant";
import type { PlayedFault } from "./models/fault";
import { answerGatewayRefusal, forbiddenApplicationChange, type Refusal } from "./refusal";
import type { Codes } from "./sign-in/codes";
import type { Sessions } from "./sign-in/sessions";
import type { SignIns } from "./sign-in/sign-ins";
import type { Store } from "./store";
import { hasScope } from "./system-apis";
import type { Token, Tokens } from "./tokens";

/** What every route works with. */
export interface Services {
  readonly store: Store;
  readonly tokens: Tokens;
  /** Where the sandbox listens: the head of absolute addresses. */
  readonly baseUrl: () => string;
  /** The clock, in milliseconds. */
  readonly now: () => number;
  /** What is done behind the answers. */
  readonly background: Background;
  /** The authorization codes that users have brought about by signing in. */
  readonly codes: Codes;
  /** Who is signed in. */
  readonly sessions: Sessions;
  /** Who is about to sign in. */
  readonly signIns: SignIns;
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

/** Lets only tokens with a scope through. Below `/o/` it is the scope of organizations that has this name. */
export function needs(scope: string): MiddlewareHandler<Env> {
  return async (context, next) => {
    if (!hasScopeOf(context, scope)) return answerGatewayRefusal(context, 403);
    await next();
  };
}

/** Whether the token of a request has a scope; below `/o/`, the scope of organizations that has this name. */
export function hasScopeOf(context: Context<Env>, scope: string): boolean {
  const asked = isAtOrganizationLevel(context.req.path) ? organizationScope(scope) : scope;
  return context.get("token").scopes.has(asked);
}

/** The scope of organizations that has the name of this one. */
export function organizationScope(scope: string): string {
  return scope.replace(/^internal_/, "internal_org_");
}

/** The second scope of some writes, which the API itself asks for: on the servers that have this scope. */
export function requireSecondScope(
  { store }: Services,
  token: Token,
  scope: string,
  refusal: () => Refusal = forbiddenApplicationChange,
): void {
  const asked = store.isBelow ? organizationScope(scope) : scope;
  if (hasScope(store.tenant.server, asked) && !token.scopes.has(asked)) throw refusal();
}
