import { basic, bearer, post, refusal, signInScene } from "./sign-in-scene";
import { requestToken, textAt, webApplication } from "./support";

describe("revocation", () => {
  test.each(["access_token", "refresh_token"])("of the %s ends the pair", async (which) => {
    const { ask, signedIn, client, token } = await signInScene();
    const [given, other] = [await signedIn(), await signedIn()];
    const answer = await ask("/oauth2/revoke", post({ token: textAt(given, which) }, basic(client)));
    expect(answer).toMatchObject({ status: 200, body: undefined });
    expect((await ask("/oauth2/userinfo", bearer(given.access_token))).status).toBe(401);
    const form = { grant_type: "refresh_token", refresh_token: textAt(given, "refresh_token") };
    expect((await token(form)).status).toBe(400);
    expect((await ask("/oauth2/userinfo", bearer(other.access_token))).status).toBe(200);
  });

  test("ends what a client has got for itself", async () => {
    const { ask, sandbox } = await signInScene();
    const token = textAt((await requestToken(sandbox)).body, "access_token");
    expect((await ask("/api/server/v1/applications", bearer(token))).status).toBe(200);
    await ask("/oauth2/revoke", post({ token, token_type_hint: "access_token" }, basic(sandbox)));
    expect((await ask("/api/server/v1/applications", bearer(token))).status).toBe(401);
  });

  test("of a token that is unknown is no error", async () => {
    const { ask, client } = await signInScene();
    expect((await ask("/oauth2/revoke", post({ token: "made-up" }, basic(client)))).status).toBe(200);
  });

  test("takes a public client by its id", async () => {
    const { ask, signedIn, client, configure } = await signInScene();
    await configure({ publicClient: true });
    const { access_token } = await signedIn();
    const form = { token: String(access_token), client_id: client.clientId };
    expect((await ask("/oauth2/revoke", post(form))).status).toBe(200);
    expect((await ask("/oauth2/userinfo", bearer(access_token))).status).toBe(401);
  });

  test("refuses a wrong client, another's token, and a request without a token", async () => {
    const { ask, signedIn, client, call } = await signInScene();
    const { access_token } = await signedIn();
    const form = { token: String(access_token) };
    const wrong = await ask("/oauth2/revoke", post(form, basic({ ...client, clientSecret: "wrong" })));
    expect(wrong).toMatchObject(refusal("invalid_client", "Client Authentication failed.", 401));
    const missing = await ask("/oauth2/revoke", post({}, basic(client)));
    expect(missing).toMatchObject(refusal("invalid_request", "Invalid revocation request"));
    const { id } = await call("POST", "/applications", webApplication);
    const { body } = await call("GET", `/applications/${id}/inbound-protocols/oidc`);
    const other = { clientId: textAt(body, "clientId"), clientSecret: textAt(body, "clientSecret") };
    expect((await ask("/oauth2/revoke", post(form, basic(other)))).status).toBe(400);
    expect((await ask("/oauth2/userinfo", bearer(access_token))).status).toBe(200);
  });
});
