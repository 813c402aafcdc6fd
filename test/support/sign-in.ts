import { Visitor } from "../sandbox/login-scene";

/** An ES module alone, which is loaded at the first sign-in. */
type Client = typeof import("openid-client", { with: { "resolution-mode": "import" }});
type Configuration = Awaited<ReturnType<Client["discovery"]>>;

/** How an application asks for a code. */
interface CodeRequest {
  readonly redirectUri: string;
  readonly scope: string;
}

interface User {
  readonly name: string;
  readonly password: string;
}

/** Signs a user in to a public application, as `signedInBy` does, and answers with the tokens. */
export async function signedIn(
  tenantUrl: string,
  { clientId, ...request }: CodeRequest & { readonly clientId: string },
  user: User,
) {
  const client: Client = await import("openid-client");
  const options = { execute: [client.allowInsecureRequests] };
  const issuer = new URL(`${tenantUrl}/oauth2/token`);
  const config = await client.discovery(issuer, clientId, undefined, client.None(), options);
  return (await signedInBy(client, config, request, user)).tokens;
}

/**
 * Signs a user in by the form, as a browser does, from the request for a code to the tokens. openid-client checks PKCE,
 * state, nonce, and the claims of the ID token.
 */
export async function signedInBy(
  client: Client,
  config: Configuration,
  { redirectUri, scope }: CodeRequest,
  user: User,
) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
  const address = client.buildAuthorizationUrl(config, {
    ...{ redirect_uri: redirectUri, scope, state: expectedState, nonce: expectedNonce },
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
  });
  const visitor = new Visitor();
  const callback = await visitor.throughTheForm(address, user);
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
  const tokens = await client.authorizationCodeGrant(config, callback, checks);
  return { visitor, callback, checks, tokens };
}
