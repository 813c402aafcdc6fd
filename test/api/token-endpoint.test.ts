import { withBudget } from "../../provider/api/budget";
import type { HttpRequest, HttpResponse } from "../../provider/api/exchange";
import { Secrets } from "../../provider/api/redact";
import { withRetry } from "../../provider/api/retry";
import { requestToken } from "../../provider/api/token-endpoint";
import { ApiError, ResponseError, SettingsError } from "../../provider/errors";
import { answer, failure, fakeClock, page, scripted } from "../support/client";

const credentials = {
  tokenUrl: "https://127.0.0.1/t/acme/oauth2/token",
  clientId: "my client/1",
  clientSecret: "s3cret: ü+%",
  organization: "acme",
};

function take(send: (request: HttpRequest) => Promise<HttpResponse>, secrets = new Secrets(), clock = fakeClock()) {
  const scopes = ["internal_application_mgt_view", "internal_api_resource_view"] as const;
  return requestToken(send, credentials, scopes, clock, secrets);
}

const granted = { access_token: "abcdefgh", token_type: "Bearer", expires_in: 3600, scope: "a b" };

test("the request is client_credentials with Basic authentication and scopes with a space between", async () => {
  const send = scripted(answer(200, granted));
  await take(send);
  const [request] = send.sent;
  expect(request).toMatchObject({ method: "POST", url: credentials.tokenUrl, repeatable: true });
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
    grant_type: "client_credentials",
    scope: "internal_application_mgt_view internal_api_resource_view",
  });
  expect(request?.headers?.["content-type"]).toBe("application/x-www-form-urlencoded");
});

test("id and secret are form-encoded before they become user and password of Basic", async () => {
  const send = scripted(answer(200, granted));
  await take(send);
  const basic = send.sent[0]?.headers?.authorization?.replace(/^Basic /, "") ?? "";
  expect(Buffer.from(basic, "base64").toString()).toBe("my+client%2F1:s3cret%3A+%C3%BC%2B%25");
});

test("the secret is neither in the URL nor in the body", async () => {
  const send = scripted(answer(200, granted));
  await take(send);
  expect(send.sent[0]?.url).not.toContain("s3cret");
  expect(send.sent[0]?.body).not.toContain("s3cret");
});

test.each([
  ["an hour", 3600, 3540],
  ["two minutes", 120, 60],
  ["ten seconds", 10, 5],
  ["a number as text", "3600", 3540],
  ["left out", undefined, 3540],
  ["null", null, 3540],
  ["zero", 0, 3540],
  ["negative, which means no end", -1, 3540],
])("a life time that is %s ends early", async (_, expires_in, seconds) => {
  const clock = fakeClock();
  const token = await take(scripted(answer(200, { ...granted, expires_in })), new Secrets(), clock);
  expect(token.until - clock.now()).toBe(seconds * 1000);
});

test("the life time counts from before the request, however long the answer took", async () => {
  const clock = fakeClock();
  const start = clock.now();
  const slow = async () => {
    clock.time += 20_000;
    return answer(200, granted);
  };
  expect((await take(slow, new Secrets(), clock)).until).toBe(start + 3_540_000);
});

test.each([
  ["two", "a b", ["a", "b"]],
  ["more than one space between", "  a   b ", ["a", "b"]],
  ["none granted", undefined, []],
  ["null", null, []],
  ["empty", "", []],
])("the granted scopes are read where there are %s", async (_, scope, expected) => {
  expect([...(await take(scripted(answer(200, { ...granted, scope })))).granted]).toEqual(expected);
});

test("token, secret and Basic credentials are masked from then on", async () => {
  const secrets = new Secrets();
  const send = scripted(answer(200, granted));
  await take(send, secrets);
  const basic = send.sent[0]?.headers?.authorization ?? "";
  const text = secrets.redact(`abcdefgh|${credentials.clientSecret}|${basic}`);
  expect(text).not.toMatch(/abcdefgh|s3cret/);
  expect(text).toMatch(/^\[secret\]\|\[secret\]\|Basic \[secret\]=*$/);
});

test("a wrong secret is a setting, with what the server says", async () => {
  const send = scripted(answer(401, { error: "invalid_client", error_description: "Application is disabled." }));
  const error = await failure(SettingsError, () => take(send));
  expect(error.message).toMatch(
    /^clientId, clientSecret: .*my client\/1.*\(Application is disabled\.\).*ASGARDEO_CLIENT_SECRET/,
  );
  expect(error.message).not.toContain("s3cret");
});

test.each([
  ["an HTML page with 401", page(401)],
  ["invalid_client with 400", answer(400, { error: "invalid_client", error_description: null })],
])("a wrong secret is known from %s", async (_, refusal) => {
  expect((await failure(SettingsError, () => take(scripted(refusal)))).message).toMatch(/^clientId, clientSecret/);
});

test("a wrong organization is a setting", async () => {
  const { message } = await failure(SettingsError, () => take(scripted(page(404))));
  expect(message).toMatch(/no organization "acme".*asgardeo:organization.*ASGARDEO_ORGANIZATION.*asgardeo:baseUrl/);
});

test("a client without the grant is told where to allow it", async () => {
  const send = scripted(answer(400, { error: "unauthorized_client" }));
  expect((await failure(SettingsError, () => take(send))).message).toMatch(/client_credentials.*Allowed grant types/);
});

test("any other refusal is told with its OAuth code and description", async () => {
  const send = scripted(answer(400, { error: "invalid_scope", error_description: "Invalid Scope!" }));
  const error = await failure(ApiError, () => take(send));
  expect(error).toMatchObject({ status: 400, code: "invalid_scope", description: "Invalid Scope!" });
  expect(error.message).toBe(`POST ${credentials.tokenUrl}: 400 invalid_scope: Invalid Scope!`);
});

test("a secret that the server repeats is masked", async () => {
  const error_description = `bad ${credentials.clientSecret}`;
  const send = scripted(answer(400, { error: "invalid_request", error_description }));
  const error = await failure(ApiError, () => take(send));
  expect(`${error.message} ${error.description}`).not.toContain("s3cret");
});

test.each([
  ["a page with 200", page(200), /HTML page/],
  ["truncated JSON", answer(200, '{"access_token":"hush-hush'), /not valid JSON/],
  ["JSON of another kind", answer(200, { token: "hush-hush" }), /not in its format/],
  ["a token that no header can carry", answer(200, { access_token: "hush-hush\n" }), /not in its format/],
  ["an empty answer", answer(200), /empty answer/],
])("%s is no token, and nothing of it is repeated", async (_, response, kind) => {
  const { message } = await failure(ResponseError, () => take(scripted(response)));
  expect(message).toMatch(kind);
  expect(message).toMatch(/asgardeo:baseUrl/);
  expect(message).not.toContain("hush-hush");
});

test.each([302, 502])("a page with %i is told as such, and nothing of it is repeated", async (status) => {
  const { message } = await failure(ApiError, () => take(scripted(page(status))));
  expect(message).toContain(`${status} no OAuth error, but an HTML page`);
  expect(message).not.toContain("hush-hush");
});

test("a token request is repeated after 429 and 503, and each attempt counts in the budget", async () => {
  const clock = fakeClock();
  const began = clock.now();
  const script = scripted(answer(429, "", { "retry-after": "7" }), answer(503), answer(200, granted));
  const budgeted = withBudget(script, 2, clock, { say: () => {} });
  const token = await take(withRetry(budgeted, clock), new Secrets(), clock);
  expect(token.value).toBe("abcdefgh");
  expect(script.sent).toHaveLength(3);
  expect(clock.now() - began).toBeGreaterThanOrEqual(60_000);
});
