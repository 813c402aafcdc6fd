import { bearer, post, redirectUri, type Scene, signInScene } from "./sign-in-scene";

const mismatch = "Post logout URI does not match with registered callback URI.";

/** A browser that is signed in. */
const browser = ({ session }: Scene) => ({ headers: { cookie: `commonAuthId=${session.cookie}` } });
const address = (parameters: Record<string, string>) => `/oidc/logout?${new URLSearchParams(parameters)}`;

async function skipConsent({ call, applicationId }: Scene): Promise<void> {
  const advancedConfigurations = { skipLogoutConsent: true };
  expect((await call("PATCH", `/applications/${applicationId}`, { advancedConfigurations })).status).toBe(200);
}

/** Where a page of the sandbox is, with what it is told. */
function pageOf(answer: { status: number; headers: Headers }) {
  expect(answer.status).toBe(302);
  const { pathname, searchParams } = new URL(answer.headers.get("location") ?? "");
  return { page: pathname.replace("/t/acme/authenticationendpoint/", ""), ...Object.fromEntries(searchParams) };
}

const refused = (oauthErrorMsg: string) => ({
  page: "oauth2_error.do",
  oauthErrorCode: "access_denied",
  oauthErrorMsg,
});

describe("the sign-out of a browser", () => {
  test("ends the session, and leads to a callback of the application, with the state", async () => {
    const scene = await signInScene();
    await skipConsent(scene);
    const hint = { id_token_hint: String((await scene.signedIn()).id_token) };
    const parameters = { ...hint, post_logout_redirect_uri: redirectUri, state: "a b" };
    const answer = await scene.ask(address(parameters), browser(scene));
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe(`${redirectUri}?state=a+b`);
    expect(answer.headers.get("set-cookie")).toMatch(/^commonAuthId=;.*Max-Age=0/);
    expect(scene.services.sessions.find(scene.session.id)).toBeUndefined();
    expect(pageOf(await scene.ask(address(parameters), browser(scene)))).toEqual({ page: "oauth2_logout.do" });
  });

  test("is asked for by POST as well, and by client id instead of an ID token", async () => {
    const scene = await signInScene();
    await skipConsent(scene);
    const form = { client_id: scene.client.clientId, post_logout_redirect_uri: redirectUri };
    const answer = await scene.ask("/oidc/logout", post(form, browser(scene).headers));
    expect(answer.headers.get("location")).toBe(redirectUri);
    expect(scene.services.sessions.find(scene.session.id)).toBeUndefined();
  });

  test("takes an ID token that has ended", async () => {
    let now = 1_800_000_000_000;
    const scene = await signInScene({ now: () => now });
    await skipConsent(scene);
    const hint = { id_token_hint: String((await scene.signedIn()).id_token) };
    now += 100_000_000;
    const answer = await scene.ask(address({ ...hint, post_logout_redirect_uri: redirectUri }), browser(scene));
    expect(answer.headers.get("location")).toBe(redirectUri);
  });

  test("asks first, where the application does not skip it; a no leaves the session", async () => {
    const scene = await signInScene();
    const parameters = { client_id: scene.client.clientId, post_logout_redirect_uri: redirectUri, state: "s" };
    const question = { page: "oauth2_logout_consent.do" };
    const answerWith = (consent: string) => scene.ask("/oidc/logout", post({ consent }, browser(scene).headers));
    expect(pageOf(await scene.ask(address(parameters), browser(scene)))).toEqual(question);
    expect(pageOf(await answerWith("deny"))).toEqual(refused("End User denied the logout request"));
    expect(scene.services.sessions.find(scene.session.id)).toBeDefined();
    // An answer without a question is the question.
    expect(pageOf(await answerWith("approve"))).toEqual({ page: "oauth2_logout_consent.do" });
    expect(pageOf(await scene.ask(address(parameters), browser(scene)))).toEqual(question);
    expect((await answerWith("approve")).headers.get("location")).toBe(`${redirectUri}?state=s`);
    expect(scene.services.sessions.find(scene.session.id)).toBeUndefined();
  });

  test("shows what it asks, and where it has come to, in pages", async () => {
    const scene = await signInScene();
    const pageAt = async (name: string) =>
      String((await scene.ask(`/authenticationendpoint/${name}`, browser(scene))).body);
    await scene.ask(address({ client_id: scene.client.clientId }), browser(scene));
    const question = await pageAt("oauth2_logout_consent.do");
    expect(question).toContain("Web asks to sign you out");
    expect(question).toContain(`action="${scene.sandbox.baseUrl}/t/acme/oidc/logout"`);
    expect(await pageAt("oauth2_logout.do")).toContain("You are signed out");
    const wrong = await scene.ask(address({ id_token_hint: "made-up" }), browser(scene));
    const { pathname, search } = new URL(wrong.headers.get("location") ?? "");
    expect(await pageAt(`${pathname.split("/").at(-1)}${search}`)).toContain("The sign-out cannot go on");
  });

  test("leads nowhere but to a registered callback: one of a pattern, or another port of the machine itself", async () => {
    const scene = await signInScene();
    await skipConsent(scene);
    const to = async (post_logout_redirect_uri: string) => {
      const { id, cookie } = scene.services.sessions.start(scene.userId, []);
      const parameters = { client_id: scene.client.clientId, post_logout_redirect_uri };
      const answer = await scene.ask(address(parameters), { headers: { cookie: `commonAuthId=${cookie}` } });
      const hasEnded = scene.services.sessions.find(id) === undefined;
      const { page, oauthErrorMsg } = hasEnded ? { page: undefined, oauthErrorMsg: undefined } : Object(pageOf(answer));
      return hasEnded ? answer.headers.get("location") : { page, oauthErrorMsg };
    };
    const { page, oauthErrorMsg } = refused(mismatch);
    expect(await to("https://evil.example.com")).toEqual({ page, oauthErrorMsg });
    expect(await to(`${redirectUri}/more`)).toEqual({ page, oauthErrorMsg });
    await scene.configure({ callbackURLs: ["regexp=https://(a|b)\\.example\\.com/cb"] });
    expect(await to("https://b.example.com/cb")).toBe("https://b.example.com/cb");
    expect(await to("https://b.example.com/cb/more")).toEqual({ page, oauthErrorMsg });
    await scene.configure({ callbackURLs: ["http://127.0.0.1:3000/cb"] });
    expect(await to("http://127.0.0.1:51234/cb")).toBe("http://127.0.0.1:51234/cb");
    expect(await to("http://127.0.0.1:51234/other")).toEqual({ page, oauthErrorMsg });
  });

  test("is refused for a hint that the tenant has not signed", async () => {
    const [scene, other] = [await signInScene(), await signInScene()];
    const foreign = String((await other.signedIn()).id_token);
    for (const hint of ["made-up", foreign]) {
      const answer = await scene.ask(address({ id_token_hint: hint }), browser(scene));
      expect(pageOf(answer)).toEqual(refused("ID token signature validation failed."));
    }
    expect(scene.services.sessions.find(scene.session.id)).toBeDefined();
  });

  test("passes the address over where no application is told, and asks anyway", async () => {
    const scene = await signInScene();
    const answer = await scene.ask(address({ post_logout_redirect_uri: "https://evil.example.com" }), browser(scene));
    expect(pageOf(answer)).toEqual({ page: "oauth2_logout_consent.do" });
    const yes = await scene.ask("/oidc/logout", post({ consent: "approve" }, browser(scene).headers));
    expect(pageOf(yes)).toEqual({ page: "oauth2_logout.do" });
  });

  test("ends the tokens of the session where the application says so, and leaves them else", async () => {
    const scene = await signInScene();
    await skipConsent(scene);
    const flags = { userAccessTokenExpiryInSeconds: 60, applicationAccessTokenExpiryInSeconds: 60 };
    for (const [revokeTokensWhenIDPSessionTerminated, status] of [
      [false, 200],
      [true, 401],
    ] as const) {
      await scene.configure({ accessToken: { ...flags, revokeTokensWhenIDPSessionTerminated } });
      const session = scene.services.sessions.start(scene.userId, ["BasicAuthenticator"]);
      const { body } = await scene.token({
        grant_type: "authorization_code",
        code: scene.code({ sessionId: session.id }),
        redirect_uri: redirectUri,
      });
      const token = String(Object(body).access_token);
      const headers = { cookie: `commonAuthId=${session.cookie}` };
      await scene.ask(address({ client_id: scene.client.clientId }), { headers });
      expect((await scene.ask("/oauth2/userinfo", bearer(token))).status).toBe(status);
    }
  });
});

describe("the sign-out of an application with pages of its own", () => {
  const direct = { response_mode: "direct" };

  test("ends the session of its ID token, without a cookie", async () => {
    const scene = await signInScene();
    const hint = { id_token_hint: String((await scene.signedIn()).id_token), client_id: scene.client.clientId };
    const answer = await scene.ask("/oidc/logout", post({ ...direct, ...hint }));
    expect(answer).toMatchObject({ status: 200, body: { flowStatus: "SUCCESS_COMPLETED" } });
    expect(scene.services.sessions.find(scene.session.id)).toBeUndefined();
  });

  test.each([
    ["a hint that is no token", { id_token_hint: "made-up" }],
    ["no hint", {}],
  ])("refuses %s", async (_, form) => {
    const { ask } = await signInScene();
    expect(await ask("/oidc/logout", post({ ...direct, ...form }))).toMatchObject({
      status: 400,
      body: { code: "ABA-60010", message: expect.any(String), description: expect.any(String) },
    });
  });
});

test("neither log nor requests show hints, codes, verifiers or keys of sessions", async () => {
  const { ask, sandbox } = await signInScene();
  const secrets = ["id_token_hint", "code", "code_verifier", "sessionDataKey", "sessionDataKeyConsent", "access_token"];
  await ask(address(Object.fromEntries(secrets.map((name) => [name, "hidden"]))));
  expect(JSON.stringify(sandbox.requests)).not.toContain("hidden");
  expect(JSON.stringify(sandbox.requests)).toContain("code_verifier=***");
});
