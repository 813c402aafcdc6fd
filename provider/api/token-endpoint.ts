import { z } from "zod";
import { ApiError, baseUrlSetting, ResponseError, SettingsError } from "../errors";
import { json, kindOf, notTheServer } from "./answer";
import type { Clock } from "./clock";
import type { HttpResponse, Send } from "./exchange";
import type { Secrets } from "./redact";
import { tooLongToWait } from "./retry-after";
import type { Scope } from "./scopes";
import { refusedSwitch } from "./switch-refusal";

/** The bootstrap client, and the tenant's token endpoint. */
export interface Credentials {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly organization: string | undefined;
  /** Where id and secret come from, for the message of a refused client. */
  readonly origin?: string;
}

/** An access token, with what the server granted. */
export interface Token {
  readonly value: string;
  readonly granted: ReadonlySet<string>;
  /** On the clock: when to take a new one. A minute before the server's own end, or half-way for very short ones. */
  readonly until: number;
}

const usualLifetime = 3600;

/** The server always tells the scopes, unless it granted none: what is not told is not granted. */
const tokenAnswer = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  /** Left out, or nothing to go by: the 401 that ends the token's life is recovered from. */
  expires_in: z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).nullish(),
  scope: z.string().nullish(),
});

/** A switch from the tenant to an organization of it, by the server's own grant `organization_switch`. */
export interface Switch {
  /** Its id: neither the handle nor the name will do. */
  readonly organization: string;
  /** A valid token of the tenant itself. */
  readonly token: string;
}

/** Takes a token by the grant `client_credentials` (RFC 6749 4.4), or by a switch. */
export async function requestToken(
  send: Send,
  credentials: Credentials,
  scopes: readonly Scope[],
  clock: Clock,
  secrets: Secrets,
  to?: Switch,
): Promise<Token> {
  const { tokenUrl } = credentials;
  const asked = clock.now();
  const response = await send(tokenRequest(credentials, scopes, secrets, to));
  if (response.status !== 200) throw refusal(response, credentials, secrets, to);
  const answer = tokenAnswer.safeParse(json(response.text));
  if (!answer.success) {
    throw new ResponseError(
      `POST ${tokenUrl}: expected a token (RFC 6749 5.1), got ${kindOf(response)}; ${notTheServer}`,
    );
  }
  const { access_token, expires_in, scope } = answer.data;
  secrets.add(access_token);
  const lifetime = (expires_in && expires_in > 0 ? expires_in : usualLifetime) * 1000;
  return {
    value: access_token,
    granted: new Set(scope?.split(/\s+/).filter(Boolean)),
    until: asked + Math.max(lifetime - 60_000, lifetime / 2),
  };
}

function tokenRequest(
  credentials: Credentials,
  scopes: readonly Scope[],
  secrets: Secrets,
  to: Switch | undefined,
): Parameters<Send>[0] {
  const basic = basicOf(credentials);
  secrets.add(credentials.clientSecret);
  secrets.add(basic);
  return {
    method: "POST",
    repeatable: true,
    url: credentials.tokenUrl,
    headers: {
      authorization: `Basic ${basic}`,
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({
      grant_type: grantOf(to),
      ...(to && { token: to.token, switching_organization: to.organization }),
      ...(scopes.length > 0 && { scope: scopes.join(" ") }),
    }).toString(),
  };
}

function grantOf(to: Switch | undefined): string {
  return to ? "organization_switch" : "client_credentials";
}

/** RFC 6749 2.3.1: id and secret are form-encoded before they become the user and password of Basic. */
function basicOf({ clientId, clientSecret }: Credentials): string {
  const encoded = (text: string) => new URLSearchParams({ k: text }).toString().slice(2);
  return Buffer.from(`${encoded(clientId)}:${encoded(clientSecret)}`).toString("base64");
}

const tokenError = z.object({ error: z.string(), error_description: z.string().optional().catch(undefined) });

function refusal(response: HttpResponse, credentials: Credentials, secrets: Secrets, to: Switch | undefined): Error {
  const { tokenUrl, clientId, organization, origin } = credentials;
  const { status } = response;
  const said = tokenError.safeParse(json(response.text)).data;
  const asked = [tokenUrl, clientId, organization, to?.organization].join(" ");
  const code = secrets.code(said?.error, asked);
  const description = secrets.words(said?.error_description ?? "", asked);
  if (code === "invalid_client" || status === 401) {
    const words = `${description && ` (${description})`}${origin === undefined ? "" : `; ${origin}`}`;
    return new SettingsError(
      `clientId, clientSecret: the tenant does not accept the bootstrap client ${clientId} with this secret${words}; check asgardeo:clientId (or ASGARDEO_CLIENT_ID) and ASGARDEO_CLIENT_SECRET`,
    );
  }
  if (status === 404) {
    const tenant = organization === undefined ? "" : `there is no organization "${organization}" at this server, or `;
    return new SettingsError(
      `organization: ${tenant}the base URL is wrong (404 from ${tokenUrl}); check asgardeo:organization (or ASGARDEO_ORGANIZATION) and ${baseUrlSetting}`,
    );
  }
  if (code === "unauthorized_client") {
    return new SettingsError(
      `clientId: the application of the bootstrap client ${clientId} may not use the grant ${grantOf(to)}; allow it in the console: Applications > the application > Protocol > Allowed grant types`,
    );
  }
  const words = said
    ? `${code === undefined ? "" : `${code}: `}${description || "no description"}`
    : `no OAuth error, but ${kindOf(response)}; ${notTheServer}`;
  const what = `POST ${tokenUrl}${to ? ` to switch to the organization ${to.organization}` : ""}`;
  const later = tooLongToWait(response.headers["retry-after"]);
  const message = secrets.hide(`${what}: ${status} ${words}${later ? `; ${later}` : ""}`);
  const error = new ApiError(status, code, description || words, message);
  return (to && refusedSwitch({ organization: to.organization, clientId, refusal: error })) ?? error;
}
