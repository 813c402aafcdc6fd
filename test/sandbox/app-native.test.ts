import { Codes } from "../../sandbox/sign-in/codes";
import { callback, password, query, type SignInScene, signInScene, Visitor } from "./login-scene";
import { type Answer, answerOf, objectOf, sharedJson, textAt, valueAt } from "./support";

const read = sharedJson("fixtures");
const where = read ? test : test.skip;
const native = { advancedConfigurations: { enableAPIBasedAuthentication: true } };
const basic = Buffer.from("BasicAuthenticator:LOCAL").toString("base64url");

async function begun(
  scene: SignInScene,
  changed: Record<string, string | undefined> = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const body = query(scene, { response_mode: "direct", ...changed });
  return answerOf(
    await fetch(`${scene.place}/oauth2/authorize`, { method: "POST", headers, body, redirect: "manual" }),
  );
}

async function answered({ place }: SignInScene, body: unknown): Promise<Answer> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const headers = { "content-type": "application/json" };
  return answerOf(await fetch(`${place}/oauth2/authn`, { method: "POST", headers, body: text }));
}

const selected = (params?: object, authenticatorId = basic) => ({ selectedAuthenticator: { authenticatorId, params } });
const right = selected({ username: "kim", password });

const refusal = (code: string, rest: object = {}) => ({
  code,
  message: expect.any(String),
  description: expect.any(String),
  traceId: expect.any(String),
  ...rest,
});

describe("app-native authentication", () => {
  test("asks for the user name and the password, and gives the code that a redirect would have brought", async () => {
    const issued = jest.spyOn(Codes.prototype, "issue");
    // Consent is not skipped, and nobody is asked for it.
    const scene = await signInScene({}, native);
    const { status, body } = await begun(scene, { state: "s-1", nonce: "n" });
    expect([status, body]).toEqual([
      200,
      {
        flowId: expect.any(String),
        flowStatus: "INCOMPLETE",
        flowType: "AUTHENTICATION",
        nextStep: {
          stepType: "AUTHENTICATOR_PROMPT",
          authenticators: [expect.objectContaining({ authenticatorId: basic })],
        },
        links: [{ name: "authentication", href: `${scene.place}/oauth2/authn`, method: "POST" }],
      },
    ]);
    const done = await answered(scene, { flowId: textAt(body, "flowId"), ...right });
    expect([done.status, done.body]).toEqual([
      200,
      {
        flowStatus: "SUCCESS_COMPLETED",
        authData: { code: expect.any(String), session_state: expect.any(String), state: "s-1" },
      },
    ]);
    expect(done.headers.get("set-cookie")).toMatch(/^commonAuthId=/);
    expect(issued.mock.results.at(-1)?.value).toMatchObject({
      value: valueAt(done.body, "authData", "code"),
      applicationId: scene.app,
      userId: scene.kim,
      redirectUri: callback,
      nonce: "n",
    });
  });

  test("works with a GET as well", async () => {
    const scene = await signInScene({}, native);
    const response = await fetch(`${scene.place}/oauth2/authorize?${query(scene, { response_mode: "direct" })}`);
    expect(await response.json()).toMatchObject({ flowStatus: "INCOMPLETE" });
  });

  test("lets the user try again after a wrong password, in the same flow, and ends it with the right one", async () => {
    const scene = await signInScene({}, native);
    const flowId = textAt((await begun(scene)).body, "flowId");
    for (const params of [
      { username: "kim", password: "wrong" },
      { username: "nobody", password },
    ]) {
      expect(await answered(scene, { flowId, ...selected(params) })).toMatchObject({
        status: 200,
        body: {
          flowId,
          flowStatus: "FAIL_INCOMPLETE",
          nextStep: {
            messages: [
              { type: "ERROR", messageId: "17002", message: "Invalid credentials.", i18nKey: "message.17002" },
            ],
          },
        },
      });
    }
    expect(await answered(scene, { flowId, ...right })).toMatchObject({ body: { flowStatus: "SUCCESS_COMPLETED" } });
    expect(await answered(scene, { flowId, ...right })).toMatchObject({ status: 400, body: refusal("ABA-60009") });
  });

  test("prompts for an authenticator that was chosen without an answer", async () => {
    const scene = await signInScene({}, native);
    const flowId = textAt((await begun(scene)).body, "flowId");
    expect(await answered(scene, { flowId, ...selected() })).toMatchObject({
      status: 200,
      body: {
        flowId,
        flowStatus: "INCOMPLETE",
        nextStep: { authenticators: [{ requiredParams: ["username", "password"] }] },
      },
    });
  });

  test("offers several options, of which the sandbox can do the password alone, and refuses what is no option", async () => {
    const options = ["BasicAuthenticator", "totp"].map((authenticator) => ({ idp: "LOCAL", authenticator }));
    const authenticationSequence = { type: "USER_DEFINED", steps: [{ id: 1, options }] };
    const scene = await signInScene({}, { ...native, authenticationSequence });
    const { body } = await begun(scene);
    const totp = Buffer.from("totp:LOCAL").toString("base64url");
    expect(valueAt(body, "nextStep")).toMatchObject({
      stepType: "MULTI_OPTIONS_PROMPT",
      authenticators: [
        { authenticatorId: basic, metadata: { params: [{ param: "username" }, { param: "password" }] } },
        { authenticatorId: totp, authenticator: "TOTP", idp: "LOCAL", metadata: { i18nKey: "authenticator.totp" } },
      ],
    });
    const flowId = textAt(body, "flowId");
    const chosen = (id: string) => answered(scene, { flowId, ...selected({}, id) });
    expect(await chosen(totp)).toMatchObject({ status: 501, body: refusal("ABA-60006") });
    const google = Buffer.from("GoogleOIDCAuthenticator:Google").toString("base64url");
    expect(await chosen(google)).toMatchObject({ status: 400, body: refusal("ABA-60012") });
    expect(await chosen("nonsense")).toMatchObject({ status: 400, body: refusal("ABA-60004") });
    expect(await answered(scene, { flowId, ...right })).toMatchObject({ body: { flowStatus: "SUCCESS_COMPLETED" } });
  });

  test("goes on with the second step of a login flow, in the same flow", async () => {
    const step = (id: number, authenticator: string) => ({ id, options: [{ idp: "LOCAL", authenticator }] });
    const steps = [step(1, "BasicAuthenticator"), step(2, "totp")];
    const scene = await signInScene({}, { ...native, authenticationSequence: { type: "USER_DEFINED", steps } });
    const flowId = textAt((await begun(scene)).body, "flowId");
    const next = await answered(scene, { flowId, ...right });
    expect(next).toMatchObject({
      status: 200,
      body: { flowId, flowStatus: "INCOMPLETE", nextStep: { authenticators: [{ authenticator: "TOTP" }] } },
    });
    expect(next.headers.has("set-cookie")).toBe(false);
  });

  test("needs no password where the client has the cookie of a session", async () => {
    const scene = await signInScene({}, native);
    const visitor = new Visitor();
    await visitor.signIn(scene);
    const headers = { cookie: visitor.sentCookies };
    expect(await begun(scene, {}, headers)).toMatchObject({ body: { flowStatus: "SUCCESS_COMPLETED" } });
    expect(await begun(scene, { prompt: "login" }, headers)).toMatchObject({ body: { flowStatus: "INCOMPLETE" } });
  });

  test("answers an error for the client with 200, as the redirect would have brought it", async () => {
    const scene = await signInScene({}, native);
    const failed = (error: string, error_description: string) => ({
      status: 200,
      body: { flowStatus: "SUCCESS_COMPLETED", authData: { error, error_description, state: "s" } },
    });
    expect(await begun(scene, { state: "s", code_challenge: "short", code_challenge_method: "S256" })).toMatchObject(
      failed("invalid_request", "Code challenge used is not up to RFC 7636 specifications."),
    );
    expect(await begun(scene, { state: "s", prompt: "none" })).toMatchObject(
      failed("login_required", "Authentication required"),
    );
  });
});

describe("a client of app-native authentication", () => {
  const unknown = { status: 401, body: refusal("401", { message: "Unauthorized" }) };

  test("that is public says its id, and no wrong secret", async () => {
    const scene = await signInScene({}, native);
    for (const changed of [{ client_id: "nobody" }, { client_id: undefined }, { client_secret: "wrong" }]) {
      const answer = await begun(scene, changed);
      expect(answer).toMatchObject(unknown);
      expect(answer.headers.get("www-authenticate")).toMatch(/^Basic/);
    }
  });

  test("that is confidential has to say its secret, in the header or in the form", async () => {
    const scene = await signInScene({ publicClient: false }, native);
    const { body } = await scene.call("GET", `/applications/${scene.app}/inbound-protocols/oidc`);
    const secret = textAt(body, "clientSecret");
    const header = (value: string) => ({
      authorization: `Basic ${Buffer.from(`${scene.clientId}:${value}`).toString("base64")}`,
    });
    expect(await begun(scene)).toMatchObject(unknown);
    expect(await begun(scene, {}, header("wrong"))).toMatchObject(unknown);
    expect((await begun(scene, {}, header(secret))).status).toBe(200);
    const form = await begun(scene, { client_secret: secret });
    expect(form.status).toBe(200);
    // The second step needs neither the secret nor a cookie.
    const flowId = textAt(form.body, "flowId");
    expect(await answered(scene, { flowId, ...right })).toMatchObject({ body: { flowStatus: "SUCCESS_COMPLETED" } });
  });

  test("has no attestation that the sandbox could check", async () => {
    const attestationMetaData = { enableClientAttestation: true, androidPackageName: "com.example.app" };
    const scene = await signInScene(
      {},
      { advancedConfigurations: { enableAPIBasedAuthentication: true, attestationMetaData } },
    );
    expect(await begun(scene)).toMatchObject(unknown);
  });

  test("asks for a code, at a redirect URI that fits, for an application that is switched on for this and enabled", async () => {
    const off = await signInScene();
    expect(await begun(off)).toMatchObject({ status: 400, body: refusal("ABA-60007") });
    expect(await begun(off, { response_type: "token" })).toMatchObject({
      status: 400,
      body: refusal("ABA-60001", {
        message: "Invalid authentication request.",
        description: "App native authentication is only supported with code response type.",
      }),
    });
    expect(await begun(off, { redirect_uri: "https://evil.example.com/" })).toMatchObject({
      status: 400,
      body: refusal("ABA-60001", { description: "invalid_callback - callback.not.match" }),
    });
    const disabled = await signInScene({}, { ...native, applicationEnabled: false });
    expect(await begun(disabled)).toMatchObject({ status: 400, body: refusal("ABA-60011") });
  });
});

test("a device may ask for a code of its own on newer servers, which the sandbox does not have", async () => {
  const [old, newer] = [
    await signInScene({}, native, { server: "7.1" }),
    await signInScene({}, native, { server: "7.2" }),
  ];
  expect(await begun(old, { response_type: "device" })).toMatchObject({ status: 400, body: refusal("ABA-60001") });
  expect(await begun(newer, { response_type: "device" })).toMatchObject({
    status: 200,
    body: { authData: { error: "invalid_request", error_description: "Invalid response_type parameter value" } },
  });
});

describe("the second step", () => {
  test("refuses what is no JSON, an unknown flow, and an answer without an authenticator", async () => {
    const scene = await signInScene({}, native);
    expect(await answered(scene, "{")).toMatchObject({ status: 400, body: refusal("ABA-60001") });
    expect(await answered(scene, [])).toMatchObject({ status: 400, body: refusal("ABA-60001") });
    expect(await answered(scene, right)).toMatchObject({ status: 400, body: refusal("ABA-60009") });
    expect(await answered(scene, { flowId: "none", ...right })).toMatchObject({ body: refusal("ABA-60009") });
    const flowId = textAt((await begun(scene)).body, "flowId");
    expect((await answered(scene, { flowId })).status).toBe(500);
  });

  test("is told from an unknown flow when it comes too late, and when the application is gone", async () => {
    let time = 1_000_000_000;
    const scene = await signInScene({}, native, { now: () => time });
    const flowId = textAt((await begun(scene)).body, "flowId");
    time += 15 * 60_000;
    expect((await answered(scene, { flowId, ...selected() })).status).toBe(200);
    time += 1;
    expect(await answered(scene, { flowId, ...right })).toMatchObject({ status: 400, body: refusal("ABA-60008") });
    const next = textAt((await begun(scene)).body, "flowId");
    await scene.sandbox.console("DELETE", `/api/server/v1/applications/${scene.app}`);
    expect(await answered(scene, { flowId: next, ...right })).toMatchObject({
      status: 400,
      body: refusal("ABA-60005"),
    });
    // It is forgotten in the end.
    const long = await signInScene({}, native, { now: () => time });
    const first = textAt((await begun(long)).body, "flowId");
    time += 30 * 60_000 + 1;
    await begun(long);
    expect(await answered(long, { flowId: first, ...right })).toMatchObject({ body: refusal("ABA-60009") });
  });
});

describe("the fixtures of app-native authentication", () => {
  /** Without what differs from one run to the next. */
  const steady = (body: unknown) =>
    JSON.parse(JSON.stringify(body).replace(/"(flowId|traceId|href|code|session_state)":"[^"]+"/g, '"$1":""'));
  const fixture = (name: string, ...path: string[]) => steady(valueAt(read?.(name), ...path));

  where("are what the sandbox answers", async () => {
    const scene = await signInScene({}, native);
    const form = Object.fromEntries(
      Object.entries(objectOf(valueAt(read?.("authn-direct.json"), "authorizeForm"))).map(([key, value]) => [
        key,
        String(value),
      ]),
    );
    const step = await begun(scene, { ...form, client_id: scene.clientId });
    expect(steady(step.body)).toEqual(fixture("authn-direct.json", "authorizeResponse"));
    const flowId = textAt(step.body, "flowId");
    const sent = objectOf(valueAt(read?.("authn-direct.json"), "authnRequest"));
    // Nobody has the name of the fixture yet.
    expect(steady((await answered(scene, { ...sent, flowId })).body)).toEqual(
      fixture("authn-direct.json", "authnWrongPassword"),
    );
    await scene.call(
      "POST",
      "/scim2/Users",
      valueAt(sent, "selectedAuthenticator", "params") && { userName: "demo.user", password },
    );
    expect(steady((await answered(scene, { ...sent, flowId })).body)).toEqual(
      fixture("authn-direct.json", "authnSuccess"),
    );
  });

  where("are its refusals", async () => {
    const code = (answer: Answer) => [answer.status, objectOf(answer.body)];
    const expected = (status: number, name: string) => [
      status,
      { ...objectOf(valueAt(read?.("authn-errors.json"), "direct", name)), traceId: expect.any(String) },
    ];
    const [off, scene, secret] = [
      await signInScene(),
      await signInScene({}, native),
      await signInScene({ publicClient: false }, native),
    ];
    expect(code(await begun(off))).toEqual(expected(400, "notEnabled400"));
    const flowId = textAt((await begun(scene)).body, "flowId");
    expect(code(await answered(scene, { flowId, ...selected({}, "x") }))).toEqual(
      expected(400, "badAuthenticatorId400"),
    );
    expect(code(await answered(scene, { flowId: "x", ...right }))).toEqual(expected(400, "unknownFlow400"));
    expect(code(await begun(secret))).toEqual(expected(401, "clientNotAuthenticated401"));
  });
});
