import { Visitor } from "../sandbox/login-scene";

/** An ES module alone, which is loaded at the first sign-in. */
type Client = typeof import("openid-client", { with: { "resolution-mode": "import" }});

/** A public application with PKCE, as it asks for a code. */
export interface PublicApplication {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope: string;
}

/**
 * Signs a user in to an application by the form, as a browser does, and answers with the tokens. openid-client checks
 * state, nonce, and the claims of the ID token.
 */
export async function signedIn(
  tenantUrl: string,
  { clientId, redirectUri, scope }: PublicApplication,
  user: { readonly name: string; readonly password: string },
) {
  const client: Client = await import("openid-client");
  const options = { execute: [client.allowInsecureRequests] };
  const config = await client.discovery(
    new URL(`${tenantUrl}/oauth2/token`),
    clientId,
    undefined,
    client.None(),
    options,
  );
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
  const address = client.buildAuthorizationUrl(config, {
    ...{ redirect_uri: redirectUri, scope, state: expectedState, nonce: expectedNonce },
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
  });
  const callback = await throughTheForm(address, user);
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
  return client.authorizationCodeGrant(config, callback, checks);
}

async function throughTheForm(
  address: URL,
  { name, password }: { readonly name: string; readonly password: string },
): Promise<URL> {
  const browser = new Visitor();
  const login = next(await browser.get(address));
  const sessionDataKey = login.searchParams.get("sessionDataKey") ?? "";
  const form = { username: name, password, sessionDataKey };
  return next(await browser.get(next(await browser.post(new URL("../commonauth", login), form))));
}

function next({ headers, url }: Response): URL {
  return new URL(headers.get("location") ?? "/nowhere", url);
}
