import { randomBytes } from "node:crypto";
import { Trouble } from "./say.mjs";

/**
 * @typedef {{ name: string, password: string }} User
 * @typedef {{ claims: Record<string, unknown>, scopes: string[], me: Record<string, unknown> }} SignedIn
 */

/** A user for a sandbox: the password is one that its rules accept. @param {string} name @returns {User} */
export function newUser(name) {
  return { name, password: `Aa1-${randomBytes(18).toString("base64url")}` };
}

/**
 * Signs a user in to a single-page or mobile application, as such a one does: authorization code with PKCE (RFC 7636), by
 * openid-client, which checks the ID token's signature, issuer, audience and nonce. The browser's part, the form, is filled
 * in by plain requests.
 *
 * @param {string} tenantUrl
 * @param {{ clientId: string, redirectUri: string, scope: string }} application
 * @param {User} user
 * @returns {Promise<SignedIn>}
 */
export async function signIn(tenantUrl, { clientId, redirectUri, scope }, user) {
  // An ES module that is installed by now.
  const client = await import("openid-client");
  const server = new URL(`${tenantUrl}/oauth2/token`);
  const config = await client.discovery(server, clientId, undefined, client.None(), {
    // The sandbox is on this machine, without TLS.
    execute: [client.allowInsecureRequests],
  });
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const address = client.buildAuthorizationUrl(config, {
    ...{ redirect_uri: redirectUri, scope, state, nonce },
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  const back = await throughTheForm(address, redirectUri, user);
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
  const tokens = await client.authorizationCodeGrant(config, back, checks);
  const me = await fetch(`${tenantUrl}/scim2/Me`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
  if (me.status !== 200) throw new Trouble(`GET /scim2/Me with the user's own token: ${me.status}`);
  return {
    claims: tokens.claims() ?? {},
    scopes: (tokens.scope ?? "").split(" "),
    me: /** @type {Record<string, unknown>} */ (await me.json()),
  };
}

/** Follows the redirects to the login page, fills it in, and follows those to the application. @param {URL} from @param {string} redirectUri @param {User} user */
async function throughTheForm(from, redirectUri, { name, password }) {
  let cookie = "";
  let address = from;
  /** @type {URLSearchParams | undefined} */
  let form;
  for (let hops = 0; hops < 10; hops++) {
    if (address.href.startsWith(redirectUri)) return address;
    const isForm = address.pathname.endsWith("/login.do");
    if (isForm && address.searchParams.has("authFailure")) throw new Trouble(`The sandbox did not sign ${name} in.`);
    if (isForm) {
      const sessionDataKey = address.searchParams.get("sessionDataKey") ?? "";
      form = new URLSearchParams({ username: name, password, sessionDataKey });
      address = new URL("../commonauth", address);
    }
    /** @type {Response} */
    const answer = await fetch(address, {
      redirect: "manual",
      headers: { cookie },
      ...(form && { method: "POST", body: form }),
      signal: AbortSignal.timeout(10_000),
    });
    form = undefined;
    const to = answer.headers.get("location");
    if (!to) throw new Trouble(`${address.pathname} answered ${answer.status} and no redirect.`);
    cookie =
      answer.headers
        .getSetCookie()
        .map((each) => each.split(";")[0])
        .join("; ") || cookie;
    address = new URL(to, address);
  }
  throw new Trouble("The sign-in did not come to an end.");
}
