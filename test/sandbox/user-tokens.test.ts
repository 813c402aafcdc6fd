import { createHash } from "node:crypto";
import { claimsOf, codeForm, headerOf, signInScene } from "./sign-in-scene";
import { objectOf, sharedJson, textAt, valueAt } from "./support";

const read = sharedJson("fixtures");
const where = read ? test : test.skip;
const jwt = { type: "JWT", userAccessTokenExpiryInSeconds: 600, applicationAccessTokenExpiryInSeconds: 60 };
const now = 1_800_000_000_000;
const second = now / 1000;

/** The signature of a JWT, verified with the key that the tenant publishes. */
async function verified(token: unknown, keys: unknown, options: object) {
  const { createLocalJWKSet, jwtVerify } = await import("jose");
  const [key] = objectOf(keys).keys as object[];
  return jwtVerify(String(token), createLocalJWKSet({ keys: [{ kty: "RSA", ...key }] }), {
    ...options,
    currentDate: new Date(now),
  });
}

describe("an ID token", () => {
  test("says who has signed in, when, how, and for whom, signed with the tenant's key", async () => {
    const { sandbox, client, code, token, ask, session, userId } = await signInScene({ now: () => now });
    const { body } = await token(codeForm(code({ nonce: "n-1" })));
    const issuer = `${sandbox.baseUrl}/t/acme/oauth2/token`;
    const keys = (await ask("/oauth2/jwks")).body;
    const options = { issuer, audience: client.clientId, typ: "JWT" };
    const { payload, protectedHeader } = await verified(valueAt(body, "id_token"), keys, options);
    expect(protectedHeader).toEqual({ alg: "RS256", typ: "JWT", kid: valueAt(keys, "keys", 0, "kid") });
    const hash = createHash("sha256").update(textAt(body, "access_token")).digest();
    const [{ id: organization } = { id: "" }] = sandbox.tenant.organizations;
    expect(payload).toEqual({
      iss: issuer,
      sub: userId,
      aud: [client.clientId],
      azp: client.clientId,
      nonce: "n-1",
      auth_time: second,
      iat: second,
      nbf: second,
      exp: second + 3600,
      jti: expect.any(String),
      at_hash: hash.subarray(0, 16).toString("base64url"),
      sid: session.id,
      amr: ["BasicAuthenticator"],
      org_id: organization,
      org_name: "acme",
      org_handle: "acme",
      user_org: organization,
      given_name: "Demo",
      family_name: "User",
    });
  });

  test("has the audiences and the lifetime that the application is configured with", async () => {
    const { configure, signedIn, client } = await signInScene({ now: () => now });
    await configure({ idToken: { expiryInSeconds: 120, audience: ["https://api.example.com"] } });
    expect(claimsOf((await signedIn()).id_token)).toMatchObject({
      aud: [client.clientId, "https://api.example.com"],
      exp: second + 120,
    });
  });

  test("has the claims that the application requests and a granted scope covers", async () => {
    const { signedIn, call, userId } = await signInScene();
    await call("POST", "/scim2/Groups", { displayName: "staff", members: [{ value: userId }] });
    const names = async (scope: string) => {
      const { given_name, family_name, roles, groups, email } = claimsOf((await signedIn(scope)).id_token);
      return { given_name, family_name, roles, groups, email };
    };
    // The application does not request the e-mail address.
    expect(await names("openid email")).toEqual({});
    expect(await names("openid profile")).toEqual({ given_name: "Demo", family_name: "User" });
    expect(await names("openid roles groups")).toEqual({ roles: ["Booking Admin"], groups: ["staff"] });
  });

  test("knows the usual claims by their names in OpenID Connect", async () => {
    const { signedIn, call, applicationId, userId } = await signInScene();
    const claims = ["fullname", "emailaddress", "mobile", "local", "addresses", "modified", "nickname", "photourl"];
    const requestedClaims = claims.map((name) => ({ claim: { uri: `http://wso2.org/claims/${name}` } }));
    await call("PATCH", `/applications/${applicationId}`, { claimConfiguration: { requestedClaims } });
    const value = {
      phoneNumbers: [{ type: "mobile", value: "+1" }],
      locale: "en_US",
      addresses: [{ type: "home", streetAddress: "1 Way", locality: "Town" }],
      emails: ["demo@example.com", { type: "work", value: "work@example.com" }],
    };
    expect((await call("PATCH", `/scim2/Users/${userId}`, { Operations: [{ op: "replace", value }] })).status).toBe(
      200,
    );
    const claimsOfToken = claimsOf((await signedIn("openid profile email phone address")).id_token);
    expect(claimsOfToken).toMatchObject({
      name: "Demo User",
      email: "demo@example.com",
      phone_number: "+1",
      locale: "en_US",
      address: { street_address: "1 Way", locality: "Town" },
      updated_at: expect.any(Number),
    });
    for (const absent of ["nickname", "picture"]) expect(claimsOfToken).not.toHaveProperty(absent);
  });

  test.each([
    ["the user name", { claim: { uri: "http://wso2.org/claims/username" } }, "demo.user"],
    ["the e-mail address", { claim: { uri: "http://wso2.org/claims/emailaddress" } }, "demo.user@example.com"],
    [
      "the user name with the tenant",
      { claim: { uri: "http://wso2.org/claims/username" }, includeTenantDomain: true, includeUserDomain: true },
      "demo.user@acme",
    ],
    ["the id, where the user has no such claim", { claim: { uri: "http://wso2.org/claims/nickname" } }, undefined],
  ])("is about %s, if the application says so", async (_, subject, expected) => {
    const { signedIn, call, applicationId, userId } = await signInScene();
    await call("PATCH", `/applications/${applicationId}`, { claimConfiguration: { subject } });
    expect(claimsOf((await signedIn()).id_token).sub).toBe(expected ?? userId);
  });

  test("hides the user from other sectors, if the application says so", async () => {
    const { signedIn, configure, userId } = await signInScene();
    const subjectFor = async (sectorIdentifierUri: string) => {
      await configure({ subject: { subjectType: "pairwise", sectorIdentifierUri } });
      return claimsOf((await signedIn()).id_token).sub;
    };
    const one = await subjectFor("https://one.example.com/uris");
    expect(one).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(one).not.toBe(userId);
    expect(await subjectFor("https://other.example.com/uris")).not.toBe(one);
    expect(await subjectFor("https://one.example.com/other")).toBe(one);
  });
});

describe("an access token of a user", () => {
  test("is a text without a meaning, or a JWT where the application says so, as long as users have it", async () => {
    const { signedIn, configure, ask, userId, client, sandbox } = await signInScene({ now: () => now });
    expect(String((await signedIn()).access_token).split(".")).toHaveLength(1);
    await configure({ accessToken: jwt });
    const { access_token: token, expires_in } = await signedIn("openid bookings:read");
    expect(expires_in).toBe(600);
    const options = { issuer: `${sandbox.baseUrl}/t/acme/oauth2/token`, audience: client.clientId, typ: "at+jwt" };
    const { payload } = await verified(token, (await ask("/oauth2/jwks")).body, options);
    expect(payload).toMatchObject({
      sub: userId,
      aut: "APPLICATION_USER",
      azp: client.clientId,
      client_id: client.clientId,
      scope: "openid bookings:read",
      iat: second,
      nbf: second,
      exp: second + 600,
      org_name: "acme",
    });
    expect(payload).not.toHaveProperty("given_name");
  });

  test("has the attributes, audiences and binding that the application is configured with", async () => {
    const { signedIn, configure, client } = await signInScene();
    await configure({
      accessToken: {
        ...jwt,
        accessTokenAttributes: ["given_name", "http://wso2.org/claims/roles", "nothing"],
        bindingType: "cookie",
        enableJwtScopeAsArray: true,
      },
      idToken: { audience: ["https://api.example.com"] },
    });
    const claims = claimsOf((await signedIn("bookings:read")).access_token);
    expect(claims).toMatchObject({
      given_name: "Demo",
      roles: ["Booking Admin"],
      aud: [client.clientId, "https://api.example.com"],
      binding_type: "cookie",
      binding_ref: expect.stringMatching(/^[0-9a-f]{32}$/),
      scope: ["bookings:read"],
    });
    expect(claims).not.toHaveProperty("family_name");
  });

  test("of the application itself says so", async () => {
    const { configure, token, client } = await signInScene();
    await configure({ grantTypes: ["client_credentials"], accessToken: jwt });
    const { body } = await token({ grant_type: "client_credentials" });
    expect(body).toMatchObject({ expires_in: 60 });
    expect(claimsOf(valueAt(body, "access_token"))).toMatchObject({ aut: "APPLICATION", sub: client.clientId });
  });
});

describe("the fixtures", () => {
  where("have the claims that both tokens have", async () => {
    const { configure, code, token } = await signInScene();
    await configure({ accessToken: jwt });
    const fixture = read?.("authn-tokens.json");
    const scopes = ["bookings:read", "openid", "profile", "roles"];
    const { body } = await token(codeForm(code({ nonce: "n", scopes })));
    for (const [name, member] of [
      ["idTokenClaims", "id_token"],
      ["accessTokenClaims", "access_token"],
    ] as const) {
      const expected = objectOf(valueAt(fixture, name));
      const claims = claimsOf(valueAt(body, member));
      const shapes = Object.entries(claims).map(([key, value]) => [key, shapeOf(value)]);
      // The fixtures leave out the organization of the user, which the reference has.
      const wanted = [...Object.entries({ ...expected, user_org: "" }).map(([key, value]) => [key, shapeOf(value)])];
      expect(Object.fromEntries(shapes)).toEqual(Object.fromEntries(wanted));
    }
    const header = objectOf(valueAt(fixture, "accessTokenHeader"));
    expect(headerOf(valueAt(body, "access_token"))).toEqual({ ...header, kid: expect.any(String) });
  });
});

function shapeOf(value: unknown): string {
  return Array.isArray(value) ? "list" : typeof value;
}
