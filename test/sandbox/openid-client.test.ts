import { signedInBy } from "../support/sign-in";
import { target, Visitor } from "./login-scene";
import { demo, redirectUri, type Scene, signInScene } from "./sign-in-scene";

/** An ES module alone, which is loaded at the start of the tests. */
type Client = typeof import("openid-client", { with: { "resolution-mode": "import" }});
type Configuration = Awaited<ReturnType<Client["discovery"]>>;
let client: Client;
beforeAll(async () => {
  client = await import("openid-client");
});

const scope = "openid profile roles bookings:read bookings:write";

/** The client as a program has it that knows the issuer, its client id and its secret. */
async function configured({ sandbox, client: { clientId, clientSecret } }: Scene): Promise<Configuration> {
  const issuer = new URL(`${sandbox.baseUrl}/t/acme/oauth2/token`);
  const options = { execute: [client.allowInsecureRequests] };
  return client.discovery(issuer, clientId, undefined, client.ClientSecretBasic(clientSecret), options);
}

/** A scene in which the application is as people have it: JWTs, PKCE, and no questions. */
async function scene(): Promise<Scene> {
  const made = await signInScene();
  await made.configure({
    pkce: { mandatory: true, supportPlainTransformAlgorithm: false },
    accessToken: { type: "JWT", userAccessTokenExpiryInSeconds: 600, applicationAccessTokenExpiryInSeconds: 600 },
    refreshToken: { expiryInSeconds: 3600, renewRefreshToken: true },
  });
  const advancedConfigurations = { skipLoginConsent: true, skipLogoutConsent: true };
  await made.call("PATCH", `/applications/${made.applicationId}`, { advancedConfigurations });
  return made;
}

/** From discovery to the tokens. */
async function signedIn(made: Scene) {
  const config = await configured(made);
  return { config, ...(await signedInBy(client, config, { redirectUri, scope }, demo)) };
}

describe("openid-client", () => {
  test("signs a user in by authorization code and PKCE, and finds all as it has to be", async () => {
    const made = await scene();
    const { tokens, config } = await signedIn(made);
    expect(config.serverMetadata()).toMatchObject({ end_session_endpoint: expect.stringMatching(/\/oidc\/logout$/) });
    expect(tokens.claims()).toMatchObject({
      sub: made.userId,
      given_name: "Demo",
      roles: ["Booking Admin"],
      amr: ["BasicAuthenticator"],
    });
    expect(tokens.scope).toBe("openid profile roles bookings:read");
    expect(tokens.expires_in).toBe(600);
  });

  test("pushes the request of a sign-in where the application wants that, and is told what is wrong with it", async () => {
    const made = await scene();
    await made.configure({ pushAuthorizationRequest: { requirePushAuthorizationRequest: true } });
    const config = await configured(made);
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const expectedState = client.randomState();
    const parameters = {
      redirect_uri: redirectUri,
      scope,
      state: expectedState,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: "S256",
    };
    const url = await client.buildAuthorizationUrlWithPAR(config, parameters);
    expect([...url.searchParams.keys()].sort()).toEqual(["client_id", "request_uri"]);
    const callback = await new Visitor().throughTheForm(url, demo);
    const checks = { pkceCodeVerifier, expectedState, idTokenExpected: true };
    const tokens = await client.authorizationCodeGrant(config, callback, checks);
    expect(tokens.claims()).toMatchObject({ sub: made.userId });
    const elsewhere = { ...parameters, redirect_uri: "https://evil.example.com/" };
    await expect(client.buildAuthorizationUrlWithPAR(config, elsewhere)).rejects.toMatchObject({
      error: "invalid_request",
      error_description: "callback.not.match",
    });
  });

  test("verifies the signature of the ID token by the keys that it discovers", async () => {
    const made = await scene();
    const { config, callback, checks } = await signedIn(made);
    const verifying = await configured(made);
    client.enableNonRepudiationChecks(verifying);
    const again = await client.refreshTokenGrant(verifying, (await signedIn(made)).tokens.refresh_token ?? "");
    expect(again.claims()).toMatchObject({ sub: made.userId });
    // A code works once, for every client.
    await expect(client.authorizationCodeGrant(config, callback, checks)).rejects.toMatchObject({
      error: "invalid_grant",
      error_description: "Inactive authorization code received from token request",
    });
  });

  test("renews the tokens, and is refused with the old refresh token", async () => {
    const made = await scene();
    const { config, tokens } = await signedIn(made);
    const old = tokens.refresh_token ?? "";
    const renewed = await client.refreshTokenGrant(config, old, { scope: "openid bookings:read" });
    expect(renewed.scope).toBe("openid bookings:read");
    expect(renewed.refresh_token).not.toBe(old);
    await expect(client.refreshTokenGrant(config, old)).rejects.toMatchObject({ error: "invalid_grant" });
  });

  test("reads the user info, and is told what is wrong with a token", async () => {
    const made = await scene();
    const { config, tokens } = await signedIn(made);
    const info = await client.fetchUserInfo(config, tokens.access_token, made.userId);
    expect(info).toEqual({ sub: made.userId, given_name: "Demo", family_name: "User", roles: ["Booking Admin"] });
    await expect(client.fetchUserInfo(config, "made-up", made.userId)).rejects.toMatchObject({ status: 401 });
  });

  test("introspects tokens and revokes them", async () => {
    const made = await scene();
    const { config, tokens } = await signedIn(made);
    const { access_token } = tokens;
    expect(await client.tokenIntrospection(config, access_token)).toMatchObject({
      active: true,
      token_type: "JWT",
      username: "demo.user@acme",
    });
    await client.tokenRevocation(config, tokens.refresh_token ?? "", { token_type_hint: "refresh_token" });
    expect(await client.tokenIntrospection(config, access_token)).toEqual({ active: false });
  });

  test("signs out, and the next request has to sign in again", async () => {
    const made = await scene();
    const { config, tokens, visitor } = await signedIn(made);
    const silent = async () => {
      const parameters = {
        redirect_uri: redirectUri,
        scope: "openid",
        prompt: "none",
        code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
        code_challenge_method: "S256",
      };
      const back = target(await visitor.get(client.buildAuthorizationUrl(config, parameters)));
      return back.searchParams.get("error");
    };
    expect(await silent()).toBeNull();
    const end = client.buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token ?? "",
      post_logout_redirect_uri: redirectUri,
      state: "bye",
    });
    expect(target(await visitor.get(end)).href).toBe(`${redirectUri}?state=bye`);
    expect(await silent()).toBe("login_required");
  });

  test("gets a token of its own by client credentials", async () => {
    const made = await scene();
    const { clientId, clientSecret } = made.sandbox;
    const config = await configured({ ...made, client: { clientId, clientSecret } });
    const tokens = await client.clientCredentialsGrant(config, { scope: "internal_application_mgt_view openid" });
    expect(tokens.scope).toBe("internal_application_mgt_view");
    expect(tokens.id_token).toBeUndefined();
  });
});
