import { callback, inQuery, password, query, type SignInScene, signInScene, target, Visitor } from "./login-scene";
import { basic, post, refusal } from "./sign-in-scene";
import { type Answer, answerOf, objectOf, textAt } from "./support";

const required = { pushAuthorizationRequest: { requirePushAuthorizationRequest: true } };
const prefix = "urn:ietf:params:oauth:par:request_uri:";

interface Pushing extends SignInScene {
  /** Pushes a request that is in order; `changed` as in `query`. */
  push(changed?: Record<string, string | undefined>, headers?: Record<string, string>): Promise<Answer>;
  pushed(changed?: Record<string, string | undefined>): Promise<string>;
  /** Where a browser is led that comes with this query. */
  led(parameters: Record<string, string>, visitor?: Visitor): Promise<URL>;
  readonly time: { now: number };
}

async function scene(oidc: object = {}, application: { readonly [name: string]: unknown } = {}): Promise<Pushing> {
  const time = { now: Date.now() };
  const made = await signInScene(oidc, application, { now: () => time.now });
  const push: Pushing["push"] = async (changed, headers) =>
    answerOf(await fetch(`${made.place}/oauth2/par`, { ...post({}, headers), body: query(made, changed) }));
  return {
    ...made,
    time,
    push,
    pushed: async (changed) => textAt((await push(changed)).body, "request_uri"),
    led: async (parameters, visitor = new Visitor()) =>
      target(await visitor.get(`${made.place}/oauth2/authorize?${new URLSearchParams(parameters)}`)),
  };
}

/** What the page of errors is to say. */
function told({ pathname, searchParams }: URL) {
  const page = pathname.endsWith("/authenticationendpoint/oauth2_error.do");
  return { page, code: searchParams.get("oauthErrorCode"), message: searchParams.get("oauthErrorMsg") };
}

describe("a pushed authorization request", () => {
  test("is kept for a minute, under a name that nobody can guess", async () => {
    const { push } = await scene();
    const { status, body, headers } = await push();
    expect([status, body]).toEqual([201, { request_uri: expect.stringMatching(`^${prefix}.{30,}$`), expires_in: 60 }]);
    expect(headers.get("cache-control")).toBe("no-store");
    expect((await push()).body).not.toEqual(body);
  });

  test("is signed in by, where the application wants no other", async () => {
    const made = await scene(required);
    const request_uri = await made.pushed({ state: "s 1" });
    const visitor = new Visitor();
    const login = await made.led({ client_id: made.clientId, request_uri }, visitor);
    expect(login.pathname).toMatch(/login\.do$/);
    const url = await visitor.fillIn(login, { name: "kim", password });
    expect(url.href.startsWith(callback)).toBe(true);
    expect(inQuery(url)).toMatchObject({ code: expect.any(String), state: "s 1" });
    const plain = await made.led(Object.fromEntries(query(made)));
    expect(inQuery(plain)).toMatchObject({ error_description: "PAR request is mandatory for the application." });
  });

  test("counts alone: the address adds nothing and changes nothing", async () => {
    const made = await scene();
    const request_uri = await made.pushed({ state: "pushed" });
    const other = {
      redirect_uri: "https://evil.example.com/",
      state: "other",
      prompt: "none",
      response_mode: "direct",
    };
    const visitor = new Visitor();
    const login = await made.led({ client_id: made.clientId, request_uri, ...other }, visitor);
    expect(login.pathname).toMatch(/login\.do$/);
    const url = await visitor.fillIn(login, { name: "kim", password });
    expect([url.href.startsWith(callback), inQuery(url).state]).toEqual([true, "pushed"]);
  });

  test("is refused by the client's redirect URI as a plain one is, where only then something shows", async () => {
    const made = await scene();
    const request_uri = await made.pushed({ code_challenge: "short", code_challenge_method: "S256", state: "s" });
    const url = await made.led({ client_id: made.clientId, request_uri });
    expect(inQuery(url)).toEqual({
      error: "invalid_request",
      error_description: "Code challenge used is not up to RFC 7636 specifications.",
      state: "s",
    });
  });

  test("can be used once", async () => {
    const made = await scene();
    const request_uri = await made.pushed();
    await made.led({ client_id: made.clientId, request_uri });
    expect(told(await made.led({ client_id: made.clientId, request_uri }))).toEqual({
      page: true,
      code: "invalid_request_uri",
      message: "par.invalid.request.uri",
    });
  });

  test("is over after its minute", async () => {
    const made = await scene();
    const [inTime, late] = [await made.pushed(), await made.pushed()];
    made.time.now += 60_000;
    expect((await made.led({ client_id: made.clientId, request_uri: inTime })).pathname).toMatch(/login\.do$/);
    made.time.now += 1;
    expect(told(await made.led({ client_id: made.clientId, request_uri: late }))).toEqual({
      page: true,
      code: "invalid_request_uri",
      message: "par.request.uri.expired",
    });
  });

  test("is of no use to another client, nor to one that does not say which it is", async () => {
    const made = await scene();
    const notMatching = { page: true, code: "invalid_request", message: "par.client.id.not.match" };
    const { clientId } = made.sandbox;
    expect(told(await made.led({ client_id: clientId, request_uri: await made.pushed() }))).toEqual(notMatching);
    expect(told(await made.led({ request_uri: await made.pushed() }))).toEqual(notMatching);
  });

  test.each(["made-up", `${prefix}made-up`, "https://client.example.com/request.jwt"])(
    "is not %j",
    async (request_uri) => {
      const made = await scene();
      const url = await made.led({ client_id: made.clientId, request_uri, redirect_uri: callback });
      expect(told(url)).toMatchObject({ page: true, code: "invalid_request_uri" });
    },
  );

  test("stands in the log without its name", async () => {
    const made = await scene();
    const request_uri = await made.pushed();
    await made.led({ client_id: made.clientId, request_uri });
    const path = `/t/acme/oauth2/authorize?client_id=${made.clientId}&request_uri=***`;
    expect(made.sandbox.requests.at(-1)).toMatchObject({ path });
  });

  test("begins a sign-in of the application's own making as well", async () => {
    const made = await scene(required, { advancedConfigurations: { enableAPIBasedAuthentication: true } });
    const request_uri = await made.pushed({ response_mode: "direct", state: "s" });
    const form = { client_id: made.clientId, request_uri };
    const begun = await answerOf(await fetch(`${made.place}/oauth2/authorize`, post(form)));
    expect([begun.status, begun.body]).toMatchObject([200, { flowStatus: "INCOMPLETE" }]);
    const done = await fetch(`${made.place}/oauth2/authn`, {
      method: "POST",
      body: JSON.stringify({
        flowId: textAt(begun.body, "flowId"),
        selectedAuthenticator: {
          authenticatorId: Buffer.from("BasicAuthenticator:LOCAL").toString("base64url"),
          params: { username: "kim", password },
        },
      }),
    });
    expect(await done.json()).toMatchObject({ authData: { code: expect.any(String), state: "s" } });
  });
});

describe("pushing a request is refused", () => {
  test.each([
    ["without a client", { client_id: undefined }, "Client ID not found in the request."],
    ["to an unknown client", { client_id: "nobody" }, "Client credentials are invalid."],
    ["with a wrong secret", { client_secret: "wrong" }, "Client credentials are invalid."],
  ])("%s", async (_, changed, description) => {
    const answer = await (await scene()).push(changed);
    expect(answer).toMatchObject(refusal("invalid_client", description, 401));
    expect(answer.headers.get("www-authenticate")).toBe("Basic realm=127.0.0.1");
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test.each([
    ["with an unknown redirect URI", { redirect_uri: "https://evil.example.com/" }, "callback.not.match"],
    ["without a redirect URI", { redirect_uri: undefined }, "callback.not.match"],
    ["with the name of another one", { request_uri: `${prefix}x` }, "Request with request_uri not allowed."],
    ["without a response type", { response_type: undefined }, "Missing response_type parameter value"],
    ["with an unknown response type", { response_type: "x" }, "Invalid response_type parameter value"],
  ])("%s", async (_, changed, description) => {
    const answer = await (await scene()).push(changed);
    expect(answer).toMatchObject(refusal("invalid_request", description));
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test("with a parameter that is there twice", async () => {
    const made = await scene();
    const body = query(made);
    body.append("scope", "email");
    expect(await answerOf(await fetch(`${made.place}/oauth2/par`, { method: "POST", body }))).toMatchObject(
      refusal("invalid_request", "Invalid request with repeated parameters."),
    );
  });

  test("to a confidential client that does not prove who it is, or that says to be another one", async () => {
    const made = await scene({ publicClient: false });
    const oidc = objectOf((await made.call("GET", `/applications/${made.app}/inbound-protocols/oidc`)).body);
    const client = { clientId: made.clientId, clientSecret: textAt(oidc, "clientSecret") };
    expect(await made.push()).toMatchObject(refusal("invalid_client", "Client credentials are invalid.", 401));
    expect((await made.push({ client_secret: client.clientSecret })).status).toBe(201);
    expect((await made.push({}, basic(client))).status).toBe(201);
    expect(await made.push({ client_id: undefined }, basic(client))).toMatchObject(
      refusal("invalid_request", "Client Id is not present in the authorization request"),
    );
    expect(await made.push({}, basic(made.sandbox))).toMatchObject(
      refusal("invalid_request", "The client_id of the request is not that of the client."),
    );
  });

  test("by GET", async () => {
    const made = await scene();
    expect((await fetch(`${made.place}/oauth2/par?${query(made)}`)).status).toBe(405);
  });
});

test("the secret of a client that was pushed is not kept for the sign-in", async () => {
  const made = await scene({ publicClient: false }, { advancedConfigurations: { enableAPIBasedAuthentication: true } });
  const oidc = objectOf((await made.call("GET", `/applications/${made.app}/inbound-protocols/oidc`)).body);
  const client_secret = textAt(oidc, "clientSecret");
  const pushed = () => made.pushed({ response_mode: "direct", client_secret });
  const begin = async (more: Record<string, string>) => {
    const form = { client_id: made.clientId, request_uri: await pushed(), ...more };
    return (await fetch(`${made.place}/oauth2/authorize`, post(form))).status;
  };
  expect([await begin({}), await begin({ client_secret })]).toEqual([401, 200]);
});
