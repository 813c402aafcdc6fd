import { basic, bearer, demo, post, type Scene, signInScene } from "./sign-in-scene";
import { objectOf, requestToken, sharedJson, textAt, valueAt } from "./support";

const read = sharedJson("fixtures");
const where = read ? test : test.skip;
const jwt = { type: "JWT", userAccessTokenExpiryInSeconds: 600, applicationAccessTokenExpiryInSeconds: 60 };
const scope = "internal_oauth2_introspect";

function introspect({ ask }: Scene, token: unknown, headers: Record<string, string>) {
  return ask("/oauth2/introspect", post({ token: String(token) }, headers));
}

/** A token of the bootstrap client with the scope to introspect. */
async function introspector({ sandbox, call }: Scene): Promise<Record<string, string>> {
  const api = sandbox.tenant.apiResources.find(({ identifier }) => identifier === "/oauth2/introspect");
  const path = `/applications/${sandbox.tenant.bootstrap}/authorized-apis`;
  expect((await call("POST", path, { id: api?.id, scopes: [scope] })).status).toBe(200);
  return bearer(textAt((await requestToken(sandbox, sandbox, { scope })).body, "access_token")).headers;
}

describe("introspection", () => {
  test("tells of an access token of a user", async () => {
    const now = 1_800_000_000_000;
    const scene = await signInScene({ now: () => now });
    const second = now / 1000;
    const about = {
      active: true,
      scope: "openid profile",
      client_id: scene.client.clientId,
      username: "demo.user@acme",
      aut: "APPLICATION_USER",
      aud: scene.client.clientId,
      org_id: expect.any(String),
      org_name: "acme",
      org_handle: "acme",
      iat: second,
      nbf: second,
    };
    const opaque = await introspect(scene, (await scene.signedIn()).access_token, basic(scene.client));
    expect(opaque.status).toBe(200);
    expect(opaque.body).toEqual({ ...about, token_type: "Bearer", exp: second + 3600 });
    await scene.configure({ accessToken: jwt });
    const more = { sub: scene.userId, iss: `${scene.sandbox.baseUrl}/t/acme/oauth2/token`, jti: expect.any(String) };
    expect((await introspect(scene, (await scene.signedIn()).access_token, basic(scene.client))).body).toEqual({
      ...about,
      ...more,
      token_type: "JWT",
      exp: second + 600,
    });
  });

  test("tells of refresh tokens, and of what applications have got for themselves, who are no users", async () => {
    const scene = await signInScene();
    const { refresh_token } = await scene.signedIn();
    expect((await introspect(scene, refresh_token, basic(scene.client))).body).toMatchObject({
      active: true,
      token_type: "Refresh",
      username: "demo.user@acme",
    });
    const own = textAt((await requestToken(scene.sandbox)).body, "access_token");
    const { body } = await introspect(scene, own, basic(scene.client));
    expect(body).toMatchObject({ active: true, aut: "APPLICATION", client_id: scene.sandbox.clientId });
    expect(body).not.toHaveProperty("username");
  });

  test("says no more of a token that is not in force than that", async () => {
    let now = 1_800_000_000_000;
    const scene = await signInScene({ now: () => now });
    const inactive = { status: 200, body: { active: false } };
    const given = await scene.signedIn();
    expect(await introspect(scene, "made-up", basic(scene.client))).toMatchObject(inactive);
    now += 86_400_000;
    for (const token of [given.access_token, given.refresh_token]) {
      const { status, body } = await introspect(scene, token, basic(scene.client));
      expect({ status, body }).toEqual(inactive);
    }
  });

  test("refuses a request without a token", async () => {
    const { ask, client } = await signInScene();
    const { status, body } = await ask("/oauth2/introspect", post({}, basic(client)));
    expect({ status, body }).toEqual({ status: 400, body: { error: "Invalid input" } });
  });

  test.each(["asgardeo", "7.2"] as const)("takes an access token with the scope for it on %s", async (server) => {
    const scene = await signInScene({ server });
    const { access_token } = await scene.signedIn();
    const headers = await introspector(scene);
    expect((await introspect(scene, access_token, headers)).body).toMatchObject({ active: true });
    expect((await introspect(scene, access_token, {})).status).toBe(401);
    expect(await introspect(scene, access_token, bearer("made-up").headers)).toMatchObject({
      status: 401,
      body: { code: 401 },
    });
    expect((await introspect(scene, access_token, bearer(access_token).headers)).status).toBe(403);
  });

  test("takes a client's credentials on Asgardeo, and on a release a user's, who has the scope by a role", async () => {
    const hosted = await signInScene();
    expect((await introspect(hosted, "x", { ...basic({ ...hosted.client, clientSecret: "x" }) })).status).toBe(401);
    const user = basic({ clientId: demo.name, clientSecret: demo.password });
    expect((await introspect(hosted, "x", user)).status).toBe(401);
    const release = await signInScene({ server: "7.2" });
    expect((await introspect(release, "x", basic(release.client))).status).toBe(401);
    expect((await introspect(release, "x", basic({ clientId: demo.name, clientSecret: "x" }))).status).toBe(401);
    expect((await introspect(release, "x", user)).status).toBe(403);
    const role = { displayName: "i", permissions: [{ value: scope }], users: [{ value: release.userId }] };
    expect((await release.call("POST", "/scim2/v2/Roles", role)).status).toBe(201);
    expect((await introspect(release, "x", user)).status).toBe(200);
  });

  where("answers as the fixtures say", async () => {
    const scene = await signInScene();
    await scene.configure({ accessToken: jwt });
    const { body } = await introspect(scene, (await scene.signedIn()).access_token, basic(scene.client));
    const expected = objectOf(valueAt(read?.("authn-tokens.json"), "introspectActive"));
    expect(Object.keys(objectOf(body))).toEqual(expect.arrayContaining(Object.keys(expected)));
    const inactive = (await introspect(scene, "x", basic(scene.client))).body;
    expect(inactive).toEqual(valueAt(read?.("authn-errors.json"), "introspectInactive200"));
  });
});
