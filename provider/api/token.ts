import { MissingScopeError } from "../errors";
import { errorOf } from "./answer";
import type { Clock } from "./clock";
import type { HttpRequest, HttpResponse, Send } from "./exchange";
import { refusalOf } from "./family";
import type { Path } from "./path";
import type { Secrets } from "./redact";
import { type Access, apiOf, asked, type Scope } from "./scopes";
import { type Credentials, requestToken, type Token } from "./token-endpoint";

/** A request to a management API, with what it needs of the token. */
export interface ApiRequest extends HttpRequest {
  readonly access: Access;
  /** Scopes without which the request cannot succeed: checked before it is sent. */
  readonly needs: readonly Scope[];
  /** Scopes that only some server versions know: named when the server answers 403. */
  readonly optional: readonly Scope[];
  readonly path: Path;
}

export type { Credentials } from "./token-endpoint";

/** What a request needs of the token. */
export type Demand = Pick<ApiRequest, "access" | "needs">;

/** Sends signed requests, and tells before the first one whether the token will do. */
export interface SignedSend extends Send<ApiRequest> {
  /** Takes the token that such a request would carry; throws a MissingScopeError where it lacks a scope. */
  require(demand: Demand): Promise<void>;
}

/** A token that is being taken, or was. */
interface Slot {
  readonly taking: Promise<Token>;
  token?: Token;
}

/**
 * Signs each request with a token of the bootstrap client: one for each kind of access, however many callers wait, and
 * one new token after a 401.
 */
export function withToken(
  send: Send,
  tokenSend: Send,
  credentials: Credentials,
  clock: Clock,
  secrets: Secrets,
): SignedSend {
  const tokenFor = tokens((access) => requestToken(tokenSend, credentials, asked[access], clock, secrets), clock);

  async function sendWith(token: Token, request: ApiRequest): Promise<HttpResponse> {
    requireScopes(request.needs, token, credentials);
    const headers = { ...request.headers, authorization: `Bearer ${token.value}` };
    const response = await send({ ...request, headers });
    if (isAboutScopes(request.path, response)) requireScopes(request.optional, token, credentials);
    return response;
  }

  async function signed(request: ApiRequest): Promise<HttpResponse> {
    const token = await tokenFor.get(request.access);
    const response = await sendWith(token, request);
    if (response.status !== 401) return response;
    tokenFor.forget(token);
    return sendWith(await tokenFor.get(request.access), request);
  }

  async function require({ access, needs }: Demand): Promise<void> {
    requireScopes(needs, await tokenFor.get(access), credentials);
  }

  return Object.assign(signed, { require });
}

/** The tokens at hand. All but the waiting is synchronous, so that no caller acts on what another has just replaced. */
function tokens(take: (access: Access) => Promise<Token>, clock: Clock) {
  const slots = new Map<Access, Slot>();

  function held(access: Access): Slot | undefined {
    const slot = slots.get(access);
    return slot?.token && clock.now() >= slot.token.until ? undefined : slot;
  }

  function fresh(access: Access): Slot {
    const slot: Slot = { taking: take(access) };
    slots.set(access, slot);
    slot.taking.then(
      (token) => {
        slot.token = token;
      },
      () => {
        if (slots.get(access) === slot) slots.delete(access);
      },
    );
    return slot;
  }

  /** A token that may write can also read, so reading asks for its own only where there is none, or none to be had. */
  function get(access: Access): Promise<Token> {
    const own = held(access);
    const writing = access === "view" && own === undefined ? held("write") : undefined;
    if (writing) return writing.taking.catch(() => (held(access) ?? fresh(access)).taking);
    return (own ?? fresh(access)).taking;
  }

  /** Drops this very token: another one may have been taken since it was refused. */
  function forget(token: Token): void {
    for (const [access, slot] of slots) {
      if (slot.token === token) slots.delete(access);
    }
  }

  return { get, forget };
}

/** Whether the server says that the token lacks a scope. Most refusals have a reason of their own, such as a limit. */
function isAboutScopes({ family }: Path, response: HttpResponse): boolean {
  if (response.status !== 403) return false;
  const error = errorOf(response, family.errors);
  return error !== undefined && refusalOf(family, response.status, error)?.lacksScope === true;
}

function requireScopes(needs: readonly Scope[], { granted }: Token, { clientId }: Credentials): void {
  const missing = [...new Set(needs)].filter((scope) => !granted.has(scope));
  if (missing.length === 0) return;
  throw new MissingScopeError(missing, missingScopeMessage(missing, clientId));
}

function missingScopeMessage(missing: readonly Scope[], clientId: string): string {
  const lines = missing.map((scope) => {
    const api = apiOf(scope);
    return `  ${scope} of "${api.console}" (${api.identifier})`;
  });
  return [
    `the bootstrap client ${clientId} is not authorized for ${missing.length === 1 ? "this scope" : "these scopes"}:`,
    ...lines,
    "Authorize it in the console: Applications > the bootstrap client's application > API Authorization > Authorize an API Resource.",
  ].join("\n");
}
