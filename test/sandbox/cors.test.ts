import { organization, sceneFor } from "./organization-scene";
import { type Scene, signInScene } from "./sign-in-scene";
import { type Answer, answerOf, requestToken, textAt } from "./support";

const origin = "https://shop.example.com";
const stranger = "https://stranger.example.com";

/** A tenant whose application allows `origin`. */
async function scene(): Promise<Scene> {
  const made = await signInScene();
  await made.configure({ allowedOrigins: [origin] });
  return made;
}

/** The headers of an answer that are for browsers. */
function forBrowsers({ headers }: Pick<Answer, "headers">): Record<string, string> {
  const found = [...headers].filter(([name]) => name === "vary" || name.startsWith("access-control-"));
  return Object.fromEntries(found);
}

const allowed = {
  "access-control-allow-origin": origin,
  "access-control-allow-credentials": "true",
  "access-control-expose-headers": "Location",
  vary: "Origin",
};

/** What a browser asks before a request that a page could not send by a form. */
function preflight(from = origin, method = "POST", asked?: string): RequestInit {
  const headers = { origin: from, "access-control-request-method": method };
  return {
    method: "OPTIONS",
    headers: asked === undefined ? headers : { ...headers, "access-control-request-headers": asked },
  };
}

const applications = "/api/server/v1/applications";

describe("a request of a page", () => {
  test.each([
    "/oauth2/jwks",
    "/oauth2/token/.well-known/openid-configuration",
    "/oauth2/userinfo",
    applications,
    "/none",
  ])("of an allowed origin to %s gets an answer that the page may read", async (path) => {
    const { ask } = await scene();
    const from = await ask(path, { headers: { origin } });
    expect(forBrowsers(from)).toEqual(allowed);
    const { status, body } = await ask(path);
    // The trace id of a refusal is another one each time.
    expect([from.status, typeof from.body]).toEqual([status, typeof body]);
  });

  test("of an allowed origin gets a token, and is told why it does not", async () => {
    const { ask, client } = await scene();
    const asking = (client_secret: string) => {
      const body = new URLSearchParams({ grant_type: "refresh_token", client_id: client.clientId, client_secret });
      return ask("/oauth2/token", { method: "POST", headers: { origin }, body });
    };
    for (const [secret, status] of [
      ["wrong", 401],
      [client.clientSecret, 400],
    ] as const) {
      const answer = await asking(secret);
      expect([answer.status, forBrowsers(answer)]).toEqual([status, allowed]);
    }
  });

  test("of an allowed origin sees where something was created", async () => {
    const { ask, sandbox } = await scene();
    const token = textAt((await requestToken(sandbox)).body, "access_token");
    const headers = { origin, authorization: `Bearer ${token}`, "content-type": "application/json" };
    const answer = await ask(applications, { method: "POST", headers, body: JSON.stringify({ name: "New" }) });
    expect([answer.status, answer.id, forBrowsers(answer)]).toEqual([
      201,
      expect.stringMatching(/^[0-9a-f-]{36}$/),
      allowed,
    ]);
  });

  test.each([stranger, "null", "http://shop.example.com", "https://shop.example.com:8443", `${origin}.evil.example`])(
    "of the origin %s is answered, and its browser keeps the answer from it",
    async (other) => {
      const { ask } = await scene();
      const { status, body, headers } = await ask("/oauth2/jwks", { headers: { origin: other } });
      expect([status, body]).toEqual([200, (await ask("/oauth2/jwks")).body]);
      expect(forBrowsers({ headers })).toEqual({ vary: "Origin" });
    },
  );

  test("that is none of another origin gets nothing for browsers", async () => {
    const { ask, sandbox } = await scene();
    expect(forBrowsers(await ask("/oauth2/jwks"))).toEqual({});
    expect(forBrowsers(await ask("/oauth2/jwks", { headers: { origin: sandbox.baseUrl } }))).toEqual({});
    const local = sandbox.baseUrl.replace("127.0.0.1", "localhost");
    expect(
      forBrowsers(await answerOf(await fetch(`${local}/t/acme/oauth2/jwks`, { headers: { origin: local } }))),
    ).toEqual({});
  });

  test("gets also a fault in a way that the page may read, and where the fault is no answer, none", async () => {
    const { ask, sandbox } = await scene();
    sandbox.setFaults([
      { kind: "status", status: 503, times: 1 },
      { kind: "reset", times: 1 },
    ]);
    const answer = await ask("/oauth2/jwks", { headers: { origin } });
    expect([answer.status, forBrowsers(answer)]).toEqual([503, allowed]);
    await expect(ask("/oauth2/jwks", { headers: { origin } })).rejects.toThrow("fetch failed");
    expect((await ask("/oauth2/jwks", { headers: { origin } })).status).toBe(200);
  });
});

describe("what a browser asks first", () => {
  test("is answered without a token, and does nothing", async () => {
    const { ask, applicationId, call } = await scene();
    const answer = await ask(`${applications}/${applicationId}`, preflight(origin, "DELETE", "authorization, x-mine"));
    expect([answer.status, answer.body, forBrowsers(answer)]).toEqual([
      200,
      undefined,
      {
        "access-control-allow-origin": origin,
        "access-control-allow-credentials": "true",
        "access-control-allow-methods": "GET, POST, HEAD, OPTIONS, PUT, PATCH, DELETE",
        "access-control-allow-headers": "authorization, x-mine",
        "access-control-max-age": "3600",
        vary: "Origin",
      },
    ]);
    expect((await call("GET", `${applications}/${applicationId}`)).status).toBe(200);
  });

  test("names no headers where the browser asks for none", async () => {
    const { ask } = await scene();
    const answer = await ask("/oauth2/token", preflight());
    expect(answer.status).toBe(200);
    expect(forBrowsers(answer)).not.toHaveProperty("access-control-allow-headers");
  });

  test.each([
    ["of an unknown origin", preflight(stranger), 403, "CORS origin denied"],
    ["of no origin at all, such as a file", preflight("null"), 403, "CORS origin denied"],
    ["for a method that no API has", preflight(origin, "TRACE"), 405, "Unsupported HTTP method"],
    [
      "for a header that is none",
      preflight(origin, "POST", "a[b]"),
      400,
      "Invalid preflight CORS request: Bad request header value",
    ],
  ])("is refused %s", async (_, request, status, text) => {
    const { ask } = await scene();
    const answer = await ask("/oauth2/token", request);
    expect([answer.status, answer.body]).toEqual([status, `CORS Valve: ${text}\n`]);
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(answer.headers.has("access-control-allow-origin")).toBe(false);
  });

  test("stands in the log", async () => {
    const { ask, sandbox } = await scene();
    await ask("/oauth2/token", preflight());
    expect(sandbox.requests.at(-1)).toMatchObject({ method: "OPTIONS", path: "/t/acme/oauth2/token", status: 200 });
  });

  test("is not what any other OPTIONS is", async () => {
    const { ask } = await scene();
    expect((await ask("/oauth2/jwks", { method: "OPTIONS", headers: { origin } })).status).toBe(405);
    expect((await ask("/oauth2/jwks", { method: "OPTIONS" })).status).toBe(405);
  });
});

describe("the allowed origins", () => {
  test("are those of all applications, and one goes with the last that has it", async () => {
    const { ask, call, configure } = await scene();
    const isAllowed = async () => (await ask("/oauth2/token", preflight())).status === 200;
    const { id } = await call("POST", "/applications", {
      name: "Other",
      inboundProtocolConfiguration: { oidc: { grantTypes: ["client_credentials"], allowedOrigins: [origin] } },
    });
    await configure({ allowedOrigins: [] });
    expect(await isAllowed()).toBe(true);
    await call("DELETE", `/applications/${id}`);
    expect(await isAllowed()).toBe(false);
    await configure({ allowedOrigins: [stranger, origin] });
    expect(await isAllowed()).toBe(true);
  });

  test("of an organization are those of its own applications, at its own endpoints", async () => {
    const { sandbox, call } = await sceneFor({ organization: "acme" });
    const id = await organization(call, "Central Hospital");
    const create = (at: string, allowedOrigin: string) =>
      sandbox.console("POST", `${at}${applications}`, {
        name: "Page",
        inboundProtocolConfiguration: { oidc: { grantTypes: ["client_credentials"], allowedOrigins: [allowedOrigin] } },
      });
    await create("", stranger);
    await create(`/o/${id}`, origin);
    const statuses = (path: string) =>
      Promise.all(
        [origin, stranger].map(
          async (from) => (await fetch(`${sandbox.baseUrl}/t/acme${path}`, preflight(from))).status,
        ),
      );
    expect(await statuses(`/o/${id}/oauth2/token`)).toEqual([200, 403]);
    expect(await statuses(`/o/${id}/scim2/Me`)).toEqual([200, 403]);
    expect(await statuses("/oauth2/token")).toEqual([403, 200]);
    // Which organization is meant says the token there, and a browser asks without one.
    expect(await statuses("/o/scim2/Me")).toEqual([403, 200]);
    const answer = await fetch(`${sandbox.baseUrl}/t/acme/o/${id}/oauth2/jwks`, { headers: { origin } });
    expect([answer.status, forBrowsers(answer)]).toEqual([200, allowed]);
  });
});
