import { Codes } from "../../sandbox/sign-in/codes";
import {
  callback,
  challenge,
  inQuery,
  password,
  query,
  type SignInScene,
  signInScene,
  target,
  Visitor,
} from "./login-scene";
import { sharedJson, textAt, valueAt } from "./support";

const read = sharedJson("fixtures");
const where = read ? test : test.skip;
const fixture = (name: string) => textAt(valueAt(read?.("authn-errors.json"), "redirects302"), name);

/** Where an authorization request leads to. */
async function asked(scene: SignInScene, changed: Record<string, string | undefined> = {}, visitor = new Visitor()) {
  const response = await visitor.get(`${scene.place}/oauth2/authorize?${query(scene, changed)}`);
  expect(response.status).toBe(302);
  return target(response);
}

/** An answer of the authorization endpoint that is an error for the client. */
async function refused(scene: SignInScene, changed: Record<string, string | undefined> = {}) {
  const url = await asked(scene, { state: "s 1", ...changed });
  expect(url.origin + url.pathname).toBe(callback);
  return inQuery(url);
}

describe("a sign-in with a browser", () => {
  test("leads from the request over the login page to the redirect URI, with a code, a session state and the state", async () => {
    const issued = jest.spyOn(Codes.prototype, "issue");
    const scene = await signInScene();
    const visitor = new Visitor();
    const login = await asked(
      scene,
      { state: "s 1", nonce: "n", code_challenge: challenge, code_challenge_method: "S256" },
      visitor,
    );
    expect(login.pathname).toBe("/t/acme/authenticationendpoint/login.do");
    const sessionDataKey = login.searchParams.get("sessionDataKey") ?? "";
    expect(inQuery(login)).toMatchObject({
      relyingParty: scene.clientId,
      type: "oidc",
      sp: "Web",
      spId: scene.app,
      authenticators: "BasicAuthenticator:LOCAL",
      sessionDataKey: expect.stringMatching(/.{30}/),
    });
    const answer = await visitor.post(`${scene.place}/commonauth`, { username: "kim", password, sessionDataKey });
    const cookie = answer.headers.getSetCookie().find((each) => each.startsWith("commonAuthId="));
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(target(answer).pathname).toBe("/t/acme/oauth2/authorize");
    const back = target(await visitor.get(target(answer)));
    expect(back.origin + back.pathname).toBe(callback);
    expect([...back.searchParams.keys()]).toEqual(["code", "session_state", "state"]);
    expect(inQuery(back)).toMatchObject({
      state: "s 1",
      session_state: expect.stringMatching(/^[0-9a-f]{64}\.[\w-]+$/),
    });
    expect(issued.mock.results.at(-1)?.value).toMatchObject({
      value: back.searchParams.get("code"),
      applicationId: scene.app,
      userId: scene.kim,
      scopes: ["openid", "profile"],
      nonce: "n",
      redirectUri: callback,
      challenge: { value: challenge, method: "S256" },
      isUsed: false,
    });
  });

  test("gives the state back as it was sent, blanks and all", async () => {
    const scene = await signInScene();
    const state = " a+b/=&%20ü\n ";
    expect((await new Visitor().signIn(scene, { state })).searchParams.get("state")).toBe(state);
    expect((await asked(scene, { state, prompt: "none" })).searchParams.get("state")).toBe(state);
  });

  test("begins with a POST as well as with a GET", async () => {
    const scene = await signInScene();
    const url = target(await new Visitor().post(`${scene.place}/oauth2/authorize`, query(scene)));
    expect(url.pathname).toMatch(/\/login\.do$/);
  });

  test("stays on the host that the browser has used, so that its cookie is found again", async () => {
    const scene = await signInScene();
    const elsewhere = { ...scene, place: scene.place.replace("127.0.0.1", "localhost") };
    expect((await asked(elsewhere)).hostname).toBe("localhost");
  });

  test("gives the code to the browser alone in which the password was given", async () => {
    const scene = await signInScene();
    const [victim, thief] = [new Visitor(), new Visitor()];
    const sessionDataKey = (await asked(scene, {}, victim)).searchParams.get("sessionDataKey") ?? "";
    const before = target(await thief.get(`${scene.place}/oauth2/authorize?sessionDataKey=${sessionDataKey}`));
    const answer = await victim.post(`${scene.place}/commonauth`, { username: "kim", password, sessionDataKey });
    const stolen = target(await thief.get(target(answer)));
    for (const url of [before, stolen]) {
      expect(url.pathname).toMatch(/\/oauth2_error\.do$/);
      expect(inQuery(url)).toMatchObject({ oauthErrorCode: "invalid_request" });
    }
    expect(target(await victim.get(target(answer))).searchParams.has("code")).toBe(true);
    const again = target(await victim.get(target(answer)));
    expect(again.pathname).toMatch(/\/oauth2_error\.do$/);
  });

  test("takes too long behind its limit", async () => {
    let time = 1_000_000_000;
    const scene = await signInScene({}, {}, { now: () => time });
    const visitor = new Visitor();
    const sessionDataKey = (await asked(scene, {}, visitor)).searchParams.get("sessionDataKey") ?? "";
    time += 15 * 60_000 + 1;
    const late = target(await visitor.post(`${scene.place}/commonauth`, { username: "kim", password, sessionDataKey }));
    expect(late.pathname).toMatch(/\/oauth2_error\.do$/);
  });

  test("adds its answer to a redirect URI that has a query, and puts it into the fragment or a form where that is asked", async () => {
    const scene = await signInScene({ callbackURLs: ["https://localhost/cb?a=1"] });
    const visitor = new Visitor();
    const redirect_uri = "https://localhost/cb?a=1";
    const first = await visitor.signIn(scene, { redirect_uri });
    expect([...first.searchParams.keys()]).toEqual(["a", "code", "session_state"]);
    const second = await asked(scene, { redirect_uri, response_mode: "fragment" }, visitor);
    expect([second.search, new URLSearchParams(second.hash.slice(1)).has("code")]).toEqual(["?a=1", true]);
    const page = await visitor.get(
      `${scene.place}/oauth2/authorize?${query(scene, { redirect_uri, response_mode: "form_post", state: '"<s>' })}`,
    );
    const text = await page.text();
    expect(text).toContain(`<form method="post" action="${redirect_uri}">`);
    expect(text).toMatch(/name="code" value="[\w-]+/);
    expect(text).toContain('name="state" value="&quot;&lt;s&gt;"');
  });

  test("ends at the application of which somebody has deleted or disabled the record meanwhile", async () => {
    const scene = await signInScene();
    const visitor = new Visitor();
    const login = await asked(scene, {}, visitor);
    await scene.call("PATCH", `/applications/${scene.app}`, { applicationEnabled: false });
    const sessionDataKey = login.searchParams.get("sessionDataKey") ?? "";
    const answer = await visitor.post(`${scene.place}/commonauth`, { username: "kim", password, sessionDataKey });
    const disabled = target(await visitor.get(target(answer)));
    expect(inQuery(disabled)).toEqual({ oauthErrorCode: "invalid_client", oauthErrorMsg: "application.disabled" });
    expect(inQuery(await asked(scene))).toMatchObject({ oauthErrorMsg: "application.disabled" });
  });
});

describe("a session", () => {
  test("spares the user the password at the next request, also of another application", async () => {
    const scene = await signInScene();
    const visitor = new Visitor();
    await visitor.signIn(scene);
    const { id } = await scene.call("POST", "/applications", {
      name: "Other",
      advancedConfigurations: { skipLoginConsent: true },
      inboundProtocolConfiguration: { oidc: { grantTypes: ["authorization_code"], callbackURLs: [callback] } },
    });
    const { body } = await scene.call("GET", `/applications/${id}/inbound-protocols/oidc`);
    const url = await asked({ ...scene, clientId: textAt(body, "clientId") }, {}, visitor);
    expect(url.searchParams.has("code")).toBe(true);
  });

  test("is not enough for prompt=login, nor when it is older than max_age, nor without its user", async () => {
    let time = 1_000_000_000;
    const scene = await signInScene({}, {}, { now: () => time });
    const visitor = new Visitor();
    await visitor.signIn(scene);
    time += 60_000;
    const isAsked = async (changed: Record<string, string>) =>
      (await asked(scene, changed, visitor)).pathname.endsWith("/login.do");
    expect(await isAsked({ prompt: "login" })).toBe(true);
    expect(await isAsked({ max_age: "60" })).toBe(true);
    expect(await isAsked({ max_age: "0" })).toBe(true);
    expect(await isAsked({ max_age: "61" })).toBe(false);
    await scene.call("DELETE", `/scim2/Users/${scene.kim}`);
    expect(await isAsked({})).toBe(true);
  });

  test("is what prompt=none asks for: without one, the client learns that a login is required", async () => {
    const scene = await signInScene();
    const visitor = new Visitor();
    expect(await refused(scene, { prompt: "none" })).toEqual({
      error: "login_required",
      error_description: "Authentication required",
      state: "s 1",
    });
    await visitor.signIn(scene);
    expect((await asked(scene, { prompt: "none" }, visitor)).searchParams.has("code")).toBe(true);
    expect((await asked(scene, { prompt: "none", max_age: "0" }, visitor)).searchParams.get("error")).toBe(
      "login_required",
    );
  });
});

describe("what the client cannot be told", () => {
  test("is told to the user: an unknown client, a missing client id, a redirect URI that is missing or not registered", async () => {
    const scene = await signInScene();
    const told = async (changed: Record<string, string | undefined>) => {
      const url = await asked(scene, changed);
      expect(url.pathname).toBe("/t/acme/authenticationendpoint/oauth2_error.do");
      return inQuery(url);
    };
    const mismatch = { oauthErrorCode: "invalid_callback", oauthErrorMsg: "callback.not.match" };
    expect(await told({ client_id: "nobody" })).toEqual({
      oauthErrorCode: "invalid_client",
      oauthErrorMsg: "application.not.found",
    });
    expect(await told({ client_id: undefined })).toEqual({
      oauthErrorCode: "invalid_request",
      oauthErrorMsg: "Client Id is not present in the authorization request",
    });
    expect(await told({ redirect_uri: undefined })).toEqual(mismatch);
    for (const redirect_uri of [
      `${callback}/`,
      `${callback}?a=1`,
      "https://localhost:444/callback/x",
      "https://evil.example.com/",
    ]) {
      expect(await told({ redirect_uri })).toEqual(mismatch);
    }
  });

  test("is a page that shows it, escaped", async () => {
    const { place } = await signInScene();
    const page = await new Visitor().get(
      `${place}/authenticationendpoint/oauth2_error.do?oauthErrorCode=%3Cscript%3E&oauthErrorMsg=callback.not.match`,
    );
    const text = await page.text();
    expect(text).toContain("&lt;script&gt;: callback.not.match");
    expect(text).toContain("not one of those that the application is registered with");
  });
});

describe("a redirect URI", () => {
  test("may fit the pattern of a callback, all of it", async () => {
    const scene = await signInScene({
      callbackURLs: ["regexp=(https://a.example.com/cb|https://b.example.com/[a-z]+)"],
    });
    const fits = async (redirect_uri: string) => (await asked(scene, { redirect_uri })).pathname.endsWith("/login.do");
    expect(await fits("https://a.example.com/cb")).toBe(true);
    expect(await fits("https://b.example.com/here")).toBe(true);
    expect(await fits("https://b.example.com/here/9")).toBe(false);
    expect(await fits("https://evil.example.com/https://a.example.com/cb")).toBe(false);
  });

  test("of this machine may have another port, and nothing else", async () => {
    const scene = await signInScene({ callbackURLs: ["http://127.0.0.1:3000/cb"] });
    const fits = async (redirect_uri: string) => (await asked(scene, { redirect_uri })).pathname.endsWith("/login.do");
    expect(await fits("http://127.0.0.1:49152/cb")).toBe(true);
    expect(await fits("http://127.0.0.1/cb")).toBe(true);
    for (const other of ["http://127.0.0.1:3000/x", "https://127.0.0.1:3000/cb", "http://localhost:3000/cb"]) {
      expect(await fits(other)).toBe(false);
    }
    for (const host of ["127.0.0.1.evil.example.com", "127.0.0.1@evil.example.com", "127.0.0.1:1@evil.example.com"]) {
      expect(await fits(`http://${host}/cb`)).toBe(false);
    }
  });

  test("may be that of an app, and have letters that no header can", async () => {
    const urls = ["com.example.app:/signed-in", "https://localhost/zurück"] as const;
    const scene = await signInScene({ callbackURLs: [`regexp=(${urls.join("|")})`] });
    const visitor = new Visitor();
    const app = await visitor.signIn(scene, { redirect_uri: urls[0] });
    expect(app.href).toMatch(/^com\.example\.app:\/signed-in\?code=/);
    expect((await asked(scene, { redirect_uri: urls[1] }, visitor)).pathname).toBe("/zur%C3%BCck");
  });
});

describe("an error for the client", () => {
  test.each([
    [
      "a missing response type",
      { response_type: undefined },
      "invalid_request",
      "Missing response_type parameter value",
    ],
    [
      "an unknown response type",
      { response_type: "magic" },
      "invalid_request",
      "Invalid response_type parameter value",
    ],
    [
      "a grant that the application does not have",
      { response_type: "id_token token" },
      "unauthorized_client",
      "not.authorized.to.use.requested.grant.type",
    ],
    [
      "a hybrid flow that is off",
      { response_type: "code id_token" },
      "unauthorized_client",
      "not.authorized.to.use.requested.grant.type",
    ],
    [
      "prompts that contradict each other",
      { prompt: "none login" },
      "invalid_request",
      "Invalid prompt variable combination. The value 'none' cannot be used with others prompts.",
    ],
    [
      "an unknown prompt",
      { prompt: "please" },
      "invalid_request",
      "Invalid prompt variables passed with the authorization request",
    ],
    [
      "an age that is no number",
      { max_age: "old" },
      "invalid_request",
      "Invalid max_age value in the authorization request",
    ],
    [
      "a response mode that there is not",
      { response_mode: "jwt" },
      "invalid_request",
      "The sandbox does not have the response mode jwt.",
    ],
  ])("is %s, with the state", async (_, changed, error, error_description) => {
    expect(await refused(await signInScene(), changed)).toEqual({ error, error_description, state: "s 1" });
  });

  test("is a parameter that is there twice; where that is the redirect URI, the first one counts", async () => {
    const scene = await signInScene();
    const pairs = query(scene);
    pairs.append("scope", "email");
    pairs.append("redirect_uri", "https://evil.example.com/");
    const url = target(await new Visitor().get(`${scene.place}/oauth2/authorize?${pairs}`));
    expect(url.origin + url.pathname).toBe(callback);
    expect(inQuery(url)).toEqual({
      error: "invalid_request",
      error_description: "Invalid authorization request with repeated parameters",
    });
  });

  test("is a request that was not pushed, where the application wants that", async () => {
    const scene = await signInScene({ pushAuthorizationRequest: { requirePushAuthorizationRequest: true } });
    expect(await refused(scene)).toMatchObject({
      error: "invalid_request",
      error_description: "PAR request is mandatory for the application.",
    });
  });

  test("is the grant of codes itself, where the application does not have it", async () => {
    const scene = await signInScene({ grantTypes: ["refresh_token", "implicit"] });
    expect(await refused(scene)).toMatchObject({ error: "unauthorized_client" });
    expect(await refused(scene, { response_type: "token" })).toMatchObject({ error: "unsupported_response_type" });
  });
});

describe("the fixtures of redirects", () => {
  where("are where errors lead to", async () => {
    const scene = await signInScene({ grantTypes: ["authorization_code", "refresh_token"] });
    const refreshOnly = await signInScene({ grantTypes: ["refresh_token"] });
    const local = ({ href, origin }: URL) => href.replace(origin, "");
    expect(local(await asked(scene, { client_id: "nobody" }))).toBe(fixture("unknownClient"));
    expect(local(await asked(scene, { redirect_uri: "https://x.example.com/" }))).toBe(fixture("callbackMismatch"));
    expect((await asked(refreshOnly)).href).toBe(fixture("grantNotEnabled"));
    expect((await asked(scene, { prompt: "none" })).href).toBe(fixture("loginRequired"));
  });
});

test("no code, key or password is in what the sandbox notes of its requests", async () => {
  const scene = await signInScene({}, { advancedConfigurations: { skipLoginConsent: false } });
  const visitor = new Visitor();
  const consent = await visitor.signIn(scene);
  const sessionDataKeyConsent = consent.searchParams.get("sessionDataKeyConsent") ?? "";
  await visitor.get(consent);
  const back = target(
    await visitor.post(`${scene.place}/oauth2/authorize`, { sessionDataKeyConsent, consent: "approve" }),
  );
  const noted = JSON.stringify(scene.sandbox.requests);
  for (const secret of [sessionDataKeyConsent, back.searchParams.get("code") ?? "", password, visitor.sentCookies]) {
    expect(secret).not.toBe("");
    expect(noted).not.toContain(secret);
  }
  expect(noted).toContain("sessionDataKey=***");
});
