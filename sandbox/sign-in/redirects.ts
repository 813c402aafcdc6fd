import type { Context } from "hono";

/** How an answer gets to the client: in the query or the fragment of its redirect URI, or in a form. */
export type ResponseMode = "query" | "fragment" | "form_post";

/** Where the answer to an authorization request goes. */
export interface ReturnAddress {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly mode: ResponseMode;
  readonly state: string | undefined;
}

/** Hosts of the machine itself, where an application listens on any port that is free (RFC 8252, 7.3). */
const loopback = /^(https?:\/\/)(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(?=[/?#]|$)/i;

/** Whether an application is registered with a redirect URI: the same text, the pattern of a `regexp=`, or another port of this machine. */
export function isRegistered(callbacks: readonly string[], uri: string): boolean {
  return callbacks.some((callback) => {
    if (callback.startsWith("regexp=")) return matches(callback.slice("regexp=".length), uri);
    return callback === uri || (loopback.test(uri) && withoutPort(callback) === withoutPort(uri));
  });
}

function withoutPort(uri: string): string {
  return uri.replace(loopback, "$1$2");
}

function matches(pattern: string, uri: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(uri);
  } catch {
    // What the server of a tenant understands may be no pattern here.
    return false;
  }
}

/** The members of an answer to the client, in their order; those that are undefined are left out. */
export type Answer = Readonly<Record<string, string | undefined>>;

/** An address with an answer in its query, or in its fragment. */
export function withAnswer(uri: string, answer: Answer, mode: ResponseMode = "query"): string {
  const [bare = ""] = uri.split("#", 1);
  const pairs = new URLSearchParams(entriesOf(answer)).toString();
  const glue = mode === "fragment" ? "#" : bare.includes("?") ? "&" : "?";
  return headerSafe(`${bare}${glue}${pairs}`);
}

export function entriesOf(answer: Answer): [string, string][] {
  return Object.entries(answer).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}

/** An address may be written in any letters, a header may not. */
function headerSafe(uri: string): string {
  return uri.replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}

/** Where the sign-in of a request lives: the address before `/oauth2/…`, with the host that the browser has used. */
export function placeOf({ req }: Context): string {
  const { origin, pathname } = new URL(req.url);
  return origin + pathname.replace(/\/(oauth2|oidc|commonauth|authenticationendpoint)(\/.*)?$/, "");
}

/** The address of the page that tells a user what the client cannot be told. */
export function errorPage(place: string, code: string, message: string): string {
  return withAnswer(`${place}/authenticationendpoint/oauth2_error.do`, {
    oauthErrorCode: code,
    oauthErrorMsg: message,
  });
}
