import { ApiError, MissingScopeError } from "../errors";
import { errorOf } from "./answer";
import { never } from "./cancellation";
import type { Clock } from "./clock";
import type { Waiting } from "./eventually";
import type { HttpRequest, HttpResponse, Send } from "./exchange";
import { refusalOf } from "./family";
import type { Path } from "./path";
import type { Secrets } from "./redact";
import type { Access, Scope, ScopeTable } from "./scopes";
import { ScopesInUse } from "./scopes-in-use";
import { Switching } from "./switching";
import { type Credentials, requestToken, type Switch, type Token } from "./token-endpoint";
import { type Purpose, TokenSlots } from "./token-slots";
import { toStderr } from "./waiting-report";

/** A request to a management API, with what it needs of the token. */
export interface ApiRequest extends HttpRequest {
  readonly access: Access;
  /** Scopes without which the request cannot succeed: checked before it is sent. */
  readonly needs: readonly Scope[];
  /** Scopes that only some server versions know: named when the server answers 403. */
  readonly optional: readonly Scope[];
  /** Scopes that the token is to have where the server grants them, and whose lack is no reason to refuse. */
  readonly asks?: readonly Scope[] | undefined;
  readonly path: Path;
  /** The id of the organization that the token has to be switched to; left out for the tenant itself. */
  readonly organization?: string | undefined;
}

export type { Credentials } from "./token-endpoint";

/** What an operation needs of tokens. In an organization, that may be one for it and one for the tenant. */
export type Demand = Pick<ApiRequest, "access" | "needs" | "optional" | "asks" | "organization">;

/** Sends signed requests, and tells before the first one whether the token will do. */
export interface SignedSend extends Send<ApiRequest> {
  /** Takes the tokens that such requests would carry; throws a MissingScopeError where one lacks a scope. */
  require(demand: Demand): Promise<void>;
}

/**
 * Signs each request with a token of the bootstrap client: one for each kind of access, however many callers wait, and
 * one new token after a 401. Inside an organization it is one that was switched to it.
 */
export function withToken(
  send: Send,
  tokenSend: Send,
  credentials: Credentials,
  clock: Clock,
  secrets: Secrets,
  inUse = new ScopesInUse(),
  waiting: Waiting = { clock, say: toStderr, cancelled: never },
): SignedSend {
  const { table } = inUse;
  const slots = new TokenSlots(take, inUse, clock);
  const switching = new Switching(waiting);

  function take({ organization }: Purpose, scopes: readonly Scope[]): Promise<Token> {
    const ask = (to?: Switch) => requestToken(tokenSend, credentials, scopes, clock, secrets, to);
    if (organization === undefined) return ask();
    const to = ({ value }: Token) => ask({ organization, token: value });
    return switching.patiently(organization, () => switched(to));
  }

  /**
   * Switches from the tenant's own token, and once more from a new one where the server does not accept that any longer. It
   * does not matter what that token may do.
   */
  async function switched(ask: (from: Token) => Promise<Token>): Promise<Token> {
    const root: Purpose = { access: "view", organization: undefined };
    const token = await slots.get(root, []);
    try {
      return await ask(token);
    } catch (error) {
      if (!isAboutToken(error)) throw error;
      slots.forget(token);
      return ask(await slots.get(root, []));
    }
  }

  /** Those of an operation's scopes that are for one of its tokens. */
  function scopesFor({ organization }: Purpose, scopes: readonly Scope[]): readonly Scope[] {
    return scopes.filter((scope) => table.isOfOrganizations(scope) === (organization !== undefined));
  }

  function tokenFor(purpose: Purpose, { access, needs, optional, asks = [] }: Demand): Promise<Token> {
    const scopes = scopesFor(purpose, [...needs, ...optional, ...asks]);
    return slots.get(
      purpose,
      scopes.filter((scope) => table.allows(access, scope)),
    );
  }

  function check(purpose: Purpose, scopes: readonly Scope[], token: Token): void {
    requireScopes(scopesFor(purpose, scopes), token.granted, credentials.clientId, table);
  }

  async function sendWith(token: Token, purpose: Purpose, request: ApiRequest): Promise<HttpResponse> {
    check(purpose, request.needs, token);
    const headers = { ...request.headers, authorization: `Bearer ${token.value}` };
    const response = await send({ ...request, headers });
    if (isAboutScopes(request.path, response)) check(purpose, request.optional, token);
    return response;
  }

  async function signed(request: ApiRequest): Promise<HttpResponse> {
    const purpose = purposeOf(request);
    const token = await tokenFor(purpose, request);
    const response = await sendWith(token, purpose, request);
    if (response.status !== 401) return response;
    slots.forget(token);
    return sendWith(await tokenFor(purpose, request), purpose, request);
  }

  async function require(demand: Demand): Promise<void> {
    const { access, needs, organization } = demand;
    const root: Purpose = { access, organization: undefined };
    if (organization !== undefined) check(purposeOf(demand), needs, await tokenFor(purposeOf(demand), demand));
    if (organization === undefined || scopesFor(root, needs).length > 0) {
      check(root, needs, await tokenFor(root, demand));
    }
  }

  return Object.assign(signed, { require });
}

function purposeOf({ access, organization }: Demand): Purpose {
  return { access, organization };
}

/** Whether a switch was refused since the token that it began with is none any more. */
function isAboutToken(error: unknown): boolean {
  return error instanceof ApiError && error.code === "invalid_grant" && /invalid token/i.test(error.description);
}

/** Whether the server says that the token lacks a scope. Most refusals have a reason of their own, such as a limit. */
function isAboutScopes({ family }: Path, response: HttpResponse): boolean {
  if (response.status !== 403) return false;
  const error = errorOf(response, family.errors);
  return error !== undefined && refusalOf(family, response.status, error)?.lacksScope === true;
}

/** Throws a MissingScopeError that names those of the scopes that the bootstrap client does not have. */
export function requireScopes(
  needs: readonly Scope[],
  granted: ReadonlySet<string>,
  clientId: string,
  table: ScopeTable,
): void {
  const missing = [...new Set(needs)].filter((scope) => !granted.has(scope));
  if (missing.length === 0) return;
  throw new MissingScopeError(missing, missingScopeMessage(missing, clientId, table));
}

function missingScopeMessage(missing: readonly Scope[], clientId: string, table: ScopeTable): string {
  const lines = missing.map((scope) => {
    const apis = table.apisOf(scope).map(({ identifier, console }) => `"${console}" (${identifier})`);
    return `  ${scope} of ${apis.join(" or ")}`;
  });
  const isInside = missing.some((scope) => table.isOfOrganizations(scope));
  return [
    `the bootstrap client ${clientId} is not authorized for ${missing.length === 1 ? "this scope" : "these scopes"}:`,
    ...lines,
    `Authorize it in the console: Applications > the bootstrap client's application > API Authorization > Authorize an API Resource.${isInside ? ` ${organizationApis}` : ""}`,
  ].join("\n");
}

const organizationApis =
  'APIs that begin with /o/ are under "Organization API" there; authorize them for the application of the tenant, and its copies in the organizations have them, too.';
