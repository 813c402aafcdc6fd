import { bearer, claimsOf, codeForm, pkcePair, refusal, signInScene } from "./sign-in-scene";
import { objectOf, sharedJson, textAt, valueAt, webApplication } from "./support";

const used = "Inactive authorization code received from token request";
const unknown = "Invalid authorization code received from token request";
const read = sharedJson("fixtures");
const where = read ? test : test.skip;

describe("an authorization code", () => {
  test("gives an access token, a refresh token and an ID token", async () => {
    const { code, token } = await signInScene();
    const { status, body, headers } = await token(codeForm(code({ scopes: ["openid", "profile", "bookings:read"] })));
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      scope: "openid profile bookings:read",
      id_token: expect.any(String),
      token_type: "Bearer",
      expires_in: 3600,
    });
    expect(headers.get("cache-control")).toBe("no-store");
  });

  test("gives no ID token without the scope openid, and no refresh token without that grant", async () => {
    const { configure, signedIn } = await signInScene();
    expect(await signedIn("profile")).not.toHaveProperty("id_token");
    await configure({ grantTypes: ["authorization_code"] });
    expect(await signedIn()).not.toHaveProperty("refresh_token");
  });

  test("works once: a second use ends what it has given, and what that was renewed to", async () => {
    const { code, token, ask } = await signInScene();
    const value = code();
    const first = (await token(codeForm(value))).body;
    expect((await ask("/oauth2/userinfo", bearer(valueAt(first, "access_token")))).status).toBe(200);
    const form = { grant_type: "refresh_token", refresh_token: textAt(first, "refresh_token") };
    const second = (await token(form)).body;
    expect(await token(codeForm(value))).toMatchObject(refusal("invalid_grant", used));
    for (const given of [first, second]) {
      expect((await ask("/oauth2/userinfo", bearer(valueAt(given, "access_token")))).status).toBe(401);
    }
    expect((await token(form)).status).toBe(400);
  });

  test("gives tokens to nobody who lasts, if two use it at the same moment", async () => {
    const { code, configure, token, ask } = await signInScene();
    await configure({
      accessToken: { type: "JWT", userAccessTokenExpiryInSeconds: 60, applicationAccessTokenExpiryInSeconds: 60 },
    });
    const value = code();
    const answers = await Promise.all([token(codeForm(value)), token(codeForm(value))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    const given = answers.find(({ status }) => status === 200)?.body;
    expect((await ask("/oauth2/userinfo", bearer(valueAt(given, "access_token")))).status).toBe(401);
    expect((await token({ grant_type: "refresh_token", refresh_token: textAt(given, "refresh_token") })).status).toBe(
      400,
    );
  });

  test("ends after 300 seconds", async () => {
    let now = 1_800_000_000_000;
    const { code, token } = await signInScene({ now: () => now });
    const [early, late] = [code(), code()];
    now += 299_999;
    expect((await token(codeForm(early))).status).toBe(200);
    now += 1;
    const ended = "Expired or Revoked authorization code received from token request";
    expect(await token(codeForm(late))).toMatchObject(refusal("invalid_grant", ended));
  });

  test("is that of one client and one redirect URI", async () => {
    const { code, token, call } = await signInScene();
    const { id } = await call("POST", "/applications", webApplication);
    expect(await token(codeForm(code({ applicationId: id })))).toMatchObject(refusal("invalid_grant", unknown));
    const value = code();
    const elsewhere = { ...codeForm(value), redirect_uri: "https://elsewhere.example.com" };
    expect(await token(elsewhere)).toMatchObject(refusal("invalid_grant", "Callback url mismatch"));
    const { redirect_uri: _, ...without } = codeForm(value);
    expect(await token(without)).toMatchObject(refusal("invalid_grant", "Callback url mismatch"));
    expect((await token(codeForm(value))).status).toBe(200);
  });

  test("is refused where it is unknown, or left out", async () => {
    const { token } = await signInScene();
    expect(await token(codeForm("made-up"))).toMatchObject(refusal("invalid_grant", unknown));
    expect(await token(codeForm(""))).toMatchObject(refusal("invalid_request", "Missing parameters: code"));
  });

  test("of a user who is gone gives nothing", async () => {
    const { code, token, call, userId } = await signInScene();
    await call("DELETE", `/scim2/Users/${userId}`);
    expect(await token(codeForm(code()))).toMatchObject(refusal("invalid_grant", expect.any(String)));
  });

  test("is exchanged by a public client by its id alone", async () => {
    const { code, token, configure, client } = await signInScene();
    const form = () => ({ ...codeForm(code()), client_id: client.clientId });
    expect((await token(form(), null)).status).toBe(401);
    await configure({ publicClient: true });
    expect((await token(form(), null)).status).toBe(200);
    const own = { grant_type: "client_credentials", client_id: client.clientId };
    expect(await token(own, null)).toMatchObject(refusal("unauthorized_client", expect.any(String)));
  });
});

describe("PKCE at the token endpoint", () => {
  const mandatory = { pkce: { mandatory: true, supportPlainTransformAlgorithm: true } };
  const empty =
    "Empty PKCE code_verifier sent. This authorization code requires a PKCE verification to obtain an access token.";
  const missing = "No PKCE code verifier found.PKCE is mandatory for this oAuth 2.0 application.";
  const malformed = "Code verifier used is not up to RFC 7636 specifications.";
  const wrong = "PKCE validation failed";

  test("takes the verifier of the challenge, hashed or plain", async () => {
    const { code, token, configure } = await signInScene();
    const { verifier, challenge } = pkcePair();
    for (const given of [
      { value: challenge, method: "S256" },
      { value: verifier, method: "plain" },
    ] as const) {
      await configure(mandatory);
      const form = { ...codeForm(code({ challenge: given })), code_verifier: verifier };
      expect((await token(form)).status).toBe(200);
    }
  });

  test.each([
    ["another verifier", pkcePair().verifier, {}, wrong],
    ["the challenge itself", "challenge", {}, wrong],
    ["a verifier that is too short", "short", {}, malformed],
    ["a verifier with other characters", "ä".repeat(50), {}, malformed],
    ["no verifier, where a challenge was sent", "", {}, empty],
    ["no verifier, where PKCE is mandatory", "", mandatory, missing],
  ])("refuses %s, and leaves the code", async (_, code_verifier, oidc, description) => {
    const { code, token, configure } = await signInScene();
    await configure(oidc);
    const { verifier, challenge } = pkcePair();
    const value = code({ challenge: { value: challenge, method: "S256" } });
    const given = code_verifier === "challenge" ? challenge : code_verifier;
    const form = { ...codeForm(value), ...(given && { code_verifier: given }) };
    expect(await token(form)).toMatchObject(refusal("invalid_grant", description));
    expect((await token({ ...codeForm(value), code_verifier: verifier })).status).toBe(200);
  });

  test("does without a verifier where there was no challenge, unless it is mandatory", async () => {
    const { code, token, configure } = await signInScene();
    expect((await token({ ...codeForm(code()), code_verifier: "whatever" })).status).toBe(200);
    await configure(mandatory);
    expect(await token(codeForm(code()))).toMatchObject(refusal("invalid_grant", missing));
    const form = { ...codeForm(code()), code_verifier: pkcePair().verifier };
    expect(await token(form)).toMatchObject(refusal("invalid_grant", wrong));
  });
});

describe("the fixtures", () => {
  where("have the answer and the refusals that the token endpoint gives", async () => {
    const { code, token, configure, client } = await signInScene();
    const fixture = read?.("authn-tokens.json");
    const errors = objectOf(valueAt(read?.("authn-errors.json"), "token"));
    await configure({ publicClient: true });
    const challenge = { value: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", method: "S256" } as const;
    const scopes = ["bookings:read", "openid", "profile"];
    const value = code({ scopes, challenge });
    const form = Object.fromEntries(
      Object.entries(objectOf(valueAt(fixture, "tokenForm"))).map(([name, text]) => [name, String(text)]),
    );
    const filled = { ...form, code: value, client_id: client.clientId };
    const { status, body } = await token(filled, null);
    expect(status).toBe(200);
    const expected = objectOf(valueAt(fixture, "tokenResponse"));
    expect(Object.keys(objectOf(body)).sort()).toEqual(Object.keys(expected).sort());
    expect(claimsOf(valueAt(body, "id_token"))).toHaveProperty("at_hash");
    const answers = {
      codeReuse400: await token(filled, null),
      codeUnknown400: await token({ ...filled, code: "unknown" }, null),
      callbackMismatch400: await token({ ...filled, code: code({ challenge }), redirect_uri: "https://x" }, null),
      pkceWrong400: await token({ ...filled, code: code({ challenge }), code_verifier: pkcePair().verifier }, null),
      pkceEmpty400: await token({ ...filled, code: code({ challenge }), code_verifier: "" }, null),
    };
    expect(Object.keys(answers)).toEqual(Object.keys(errors));
    for (const [name, answer] of Object.entries(answers)) {
      expect({ name, status: answer.status, body: answer.body }).toEqual({ name, status: 400, body: errors[name] });
    }
  });
});
