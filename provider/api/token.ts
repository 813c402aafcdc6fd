import { z } from "zod";
import { ApiError, MissingScopeError, ResponseError, SettingsError } from "../errors";
import type { Clock } from "./clock";
import type { HttpRequest, HttpResponse, Send } from "./http";
import type { Secrets } from "./redact";
import { type Access, apiOf, asked, type Scope } from "./scopes";

/** A request to a management API, with what it needs of the token. */
export interface ApiRequest extends HttpRequest {
  readonly access: Access;
  /** Scopes without which the request cannot succeed: checked before it is sent. */
  readonly needs: readonly Scope[];
  /** Scopes that only some server versions know: named when the server answers 403. */
  readonly optional: readonly Scope[];
}

/** The bootstrap client, and the tenant's token endpoint. */
export interface Credentials {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly organization: string | undefined;
}

interface Token {
  readonly value: string;
  readonly granted: ReadonlySet<string>;
  /** On the clock: when to take a new one. A minute before the server's own end, or half-way for very short ones. */
  readonly until: number;
}

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().optional(),
  scope: z.string().optional(),
});

/** Signs each request with a token of the bootstrap client: one token for each kind of access, however many callers wait. */
export function withToken(
  send: Send,
  tokenSend: Send,
  credentials: Credentials,
  clock: Clock,
  secrets: Secrets,
): Send<ApiRequest> {
  const tokens = new Map<Access, Promise<Token>>();

  async function take(access: Access): Promise<Token> {
    const token = await requestToken(tokenSend, credentials, asked[access], clock);
    secrets.add(token.value);
    return token;
  }

  /** A token that may write can also read, so reading never asks for a second one. */
  function cached(access: Access): Promise<Token> {
    const current = tokens.get("write") ?? tokens.get(access);
    if (current) return current;
    const fresh = take(access);
    tokens.set(access, fresh);
    fresh.catch(() => tokens.delete(access));
    return fresh;
  }

  function forget(token: Token): Promise<void[]> {
    return Promise.all(
      [...tokens].map(async ([access, held]) => {
        if ((await held.catch(() => undefined)) === token) tokens.delete(access);
      }),
    );
  }

  async function valid(access: Access): Promise<Token> {
    const token = await cached(access);
    if (clock.now() < token.until) return token;
    await forget(token);
    return cached(access);
  }

  return async (request) => {
    const token = await valid(request.access);
    requireScopes(request.needs, token.granted, credentials);
    let response = await send(authorized(request, token));
    if (response.status === 401) {
      await forget(token);
      response = await send(authorized(request, await valid(request.access)));
    }
    if (response.status === 403) requireScopes(request.optional, token.granted, credentials);
    return response;
  };
}

function authorized(request: ApiRequest, token: Token): HttpRequest {
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token.value}` } };
}

/** RFC 6749 2.3.1: id and secret are form-encoded before they become the user and password of Basic. */
function basic({ clientId, clientSecret }: Credentials): string {
  const encoded = (text: string) => new URLSearchParams({ k: text }).toString().slice(2);
  return `Basic ${Buffer.from(`${encoded(clientId)}:${encoded(clientSecret)}`).toString("base64")}`;
}

async function requestToken(
  send: Send,
  credentials: Credentials,
  scopes: readonly Scope[],
  clock: Clock,
): Promise<Token> {
  const response = await send({
    method: "POST",
    repeatable: true,
    url: credentials.tokenUrl,
    headers: {
      authorization: basic(credentials),
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: scopes.join(" ") }).toString(),
  });
  if (response.status !== 200) throw refusal(response, credentials);
  const answer = tokenAnswer.safeParse(parsed(response.text));
  if (!answer.success) {
    throw new ResponseError(
      `${credentials.tokenUrl}: the answer is not a token response (RFC 6749 5.1); check the setting baseUrl (asgardeo:baseUrl or ASGARDEO_BASE_URL)`,
    );
  }
  const lifetime = (answer.data.expires_in ?? 3600) * 1000;
  return {
    value: answer.data.access_token,
    granted: new Set(answer.data.scope?.split(" ").filter(Boolean)),
    until: clock.now() + Math.max(lifetime - 60_000, lifetime / 2),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const tokenError = z.object({ error: z.string(), error_description: z.string().optional() });

function refusal(response: HttpResponse, { tokenUrl, clientId, organization }: Credentials): Error {
  const answer = tokenError.safeParse(parsed(response.text));
  const code = answer.success ? answer.data.error : undefined;
  if (response.status === 401 || code === "invalid_client") {
    return new SettingsError(
      `clientId, clientSecret: the tenant does not accept the bootstrap client ${clientId} with this secret; check asgardeo:clientId (or ASGARDEO_CLIENT_ID) and ASGARDEO_CLIENT_SECRET`,
    );
  }
  if (response.status === 404) {
    const tenant = organization === undefined ? "" : `there is no organization "${organization}" at this server, or `;
    return new SettingsError(
      `organization: ${tenant}the base URL is wrong (404 from ${tokenUrl}); check asgardeo:organization (or ASGARDEO_ORGANIZATION) and asgardeo:baseUrl (or ASGARDEO_BASE_URL)`,
    );
  }
  if (code === "unauthorized_client") {
    return new SettingsError(
      `clientId: the application of the bootstrap client ${clientId} may not use the grant client_credentials; allow it in the console: Applications > the application > Protocol > Allowed grant types`,
    );
  }
  const description = answer.success ? (answer.data.error_description ?? "") : "no OAuth error in the answer";
  const detail = `${code ?? ""} ${description}`.trim();
  return new ApiError(response.status, code, description, `POST ${tokenUrl}: ${response.status} ${detail}`);
}

function requireScopes(needs: readonly Scope[], granted: ReadonlySet<string>, { clientId }: Credentials): void {
  const missing = needs.filter((scope) => !granted.has(scope));
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
