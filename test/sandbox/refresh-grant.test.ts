import { bearer, claimsOf, codeForm, refusal, type Scene, scopesOf, signInScene } from "./sign-in-scene";
import { textAt, valueAt, webApplication } from "./support";

const refreshForm = (given: unknown, form: Record<string, string> = {}) => ({
  grant_type: "refresh_token",
  refresh_token: textAt(given, "refresh_token"),
  ...form,
});
const unknown = refusal("invalid_grant", "Persisted access token data not found");

async function isAlive({ ask }: Scene, given: unknown): Promise<boolean> {
  return (await ask("/oauth2/userinfo", bearer(valueAt(given, "access_token")))).status === 200;
}

describe("a refresh token", () => {
  test("stays where the application does not renew it, and the access token before ends", async () => {
    const scene = await signInScene();
    const first = await scene.signedIn();
    const { status, body: second } = await scene.token(refreshForm(first));
    expect(status).toBe(200);
    expect(second).toMatchObject({ refresh_token: first.refresh_token, scope: "openid profile", expires_in: 3600 });
    expect(await isAlive(scene, first)).toBe(false);
    expect(await isAlive(scene, second)).toBe(true);
    expect((await scene.token(refreshForm(second))).status).toBe(200);
  });

  test("is renewed where the application says so, and the pair before ends", async () => {
    const scene = await signInScene();
    await scene.configure({ refreshToken: { expiryInSeconds: 100, renewRefreshToken: true } });
    const first = await scene.signedIn();
    const { body: second } = await scene.token(refreshForm(first));
    expect(valueAt(second, "refresh_token")).not.toBe(first.refresh_token);
    expect(await isAlive(scene, first)).toBe(false);
    expect(await isAlive(scene, second)).toBe(true);
    expect(await scene.token(refreshForm(first))).toMatchObject(unknown);
    expect((await scene.token(refreshForm(second))).status).toBe(200);
  });

  test("ends when the application says so: a renewed one later, unless it is not to be extended", async () => {
    let now = 1_800_000_000_000;
    const scene = await signInScene({ now: () => now });
    const renewal = { expiryInSeconds: 100, renewRefreshToken: true };
    const ended = refusal("invalid_grant", "Refresh token is expired.");
    for (const [extendRenewedRefreshTokenExpiryTime, answer] of [
      [true, { status: 200 }],
      [false, ended],
    ] as const) {
      await scene.configure({ refreshToken: { ...renewal, extendRenewedRefreshTokenExpiryTime } });
      const first = await scene.signedIn();
      now += 99_999;
      const { status, body: second } = await scene.token(refreshForm(first));
      expect(status).toBe(200);
      now += 1;
      expect(await scene.token(refreshForm(second))).toMatchObject(answer);
    }
  });

  test("gives fewer scopes on request, and never more", async () => {
    const { signedIn, token } = await signInScene();
    const first = await signedIn("openid profile bookings:read");
    const fewer = await token(refreshForm(first, { scope: "bookings:read" }));
    expect(scopesOf(fewer.body)).toEqual(["bookings:read"]);
    expect(fewer.body).not.toHaveProperty("id_token");
    const more = await token(refreshForm(first, { scope: "openid email" }));
    expect(more).toMatchObject(refusal("invalid_scope", "Invalid Scope!"));
    expect((await token(refreshForm(first))).status).toBe(200);
  });

  test("gives no scope that the user has lost with a role", async () => {
    const { signedIn, token, call, roleId } = await signInScene();
    const first = await signedIn("openid bookings:read");
    await call("DELETE", `/scim2/v2/Roles/${roleId}`);
    expect(scopesOf((await token(refreshForm(first))).body)).toEqual(["openid"]);
  });

  test("gives an ID token of the same sign-in, without the nonce", async () => {
    const { code, token, session } = await signInScene();
    const first = (await token(codeForm(code({ nonce: "n" })))).body;
    const second = (await token(refreshForm(first))).body;
    const [one, other] = [first, second].map((body) => claimsOf(valueAt(body, "id_token")));
    expect(one).toMatchObject({ nonce: "n", sid: session.id });
    expect(other).toMatchObject({ sid: session.id, auth_time: one?.auth_time, sub: one?.sub });
    expect(other).not.toHaveProperty("nonce");
  });

  test("is refused where it is unknown, another client's, or left out", async () => {
    const { signedIn, token, call } = await signInScene();
    const first = await signedIn();
    expect(await token({ grant_type: "refresh_token", refresh_token: "made-up" })).toMatchObject(unknown);
    expect(await token({ grant_type: "refresh_token" })).toMatchObject(
      refusal("invalid_request", "Missing parameters: refresh_token"),
    );
    const { id } = await call("POST", "/applications", webApplication);
    const { body } = await call("GET", `/applications/${id}/inbound-protocols/oidc`);
    const other = { clientId: textAt(body, "clientId"), clientSecret: textAt(body, "clientSecret") };
    expect(await token(refreshForm(first), other)).toMatchObject(unknown);
    expect((await token(refreshForm(first))).status).toBe(200);
  });

  test("ends with the user, and with the application", async () => {
    const scene = await signInScene();
    const [first, path] = [await scene.signedIn(), `/applications/${scene.applicationId}`];
    await scene.call("DELETE", `/scim2/Users/${scene.userId}`);
    expect(await isAlive(scene, first)).toBe(false);
    expect(await scene.token(refreshForm(first))).toMatchObject(unknown);
    await scene.call("DELETE", path);
    expect((await scene.token(refreshForm(first))).status).toBe(401);
  });
});
