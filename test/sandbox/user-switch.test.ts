import { basic, bearer, claimsOf, codeForm, post, refusal, type Scene, scopesOf, signInScene } from "./sign-in-scene";
import { callerWith, requestToken, textAt, valueAt } from "./support";

/** An organization with which the application is shared. */
async function organization({ call, applicationId }: Scene, share = true): Promise<string> {
  const { body } = await call("POST", "/organizations", { name: "Customer" });
  const id = textAt(body, "id");
  if (share) {
    const body = { shareWithAllChildren: true };
    expect((await call("POST", `/applications/${applicationId}/share`, body)).status).toBe(200);
  }
  return id;
}

const switchForm = (token: unknown, id: string, scope: string) => ({
  grant_type: "organization_switch",
  token: String(token),
  switching_organization: id,
  scope,
});

describe("a switch of a user's token", () => {
  test("keeps the user and openid, gives a refresh token, and leaves the first token", async () => {
    const scene = await signInScene();
    const id = await organization(scene);
    await scene.configure({
      accessToken: { type: "JWT", userAccessTokenExpiryInSeconds: 120, applicationAccessTokenExpiryInSeconds: 60 },
    });
    const { access_token } = await scene.signedIn();
    const { status, body } = await scene.token(switchForm(access_token, id, "openid bookings:read"));
    expect(status).toBe(200);
    // The role is the tenant's, and the user has none in the organization.
    expect(body).toEqual({
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      scope: "openid",
      token_type: "Bearer",
      expires_in: 120,
    });
    const [{ id: root } = { id: "" }] = scene.sandbox.tenant.organizations;
    expect(claimsOf(valueAt(body, "access_token"))).toMatchObject({
      sub: scene.userId,
      aut: "APPLICATION_USER",
      org_id: id,
      org_name: "Customer",
      user_org: root,
    });
    expect((await scene.ask("/oauth2/userinfo", bearer(access_token))).status).toBe(200);
    const refreshed = await scene.token({ grant_type: "refresh_token", refresh_token: textAt(body, "refresh_token") });
    expect(claimsOf(valueAt(refreshed.body, "access_token"))).toMatchObject({ org_id: id, sub: scene.userId });
    expect((await scene.ask("/oauth2/userinfo", bearer(valueAt(body, "access_token")))).status).toBe(401);
  });

  test("gives no refresh token to an application without that grant, and none for a client's own token", async () => {
    const scene = await signInScene();
    const id = await organization(scene);
    await scene.configure({ grantTypes: ["authorization_code", "organization_switch"] });
    const { access_token } = await scene.signedIn();
    expect((await scene.token(switchForm(access_token, id, "openid"))).body).not.toHaveProperty("refresh_token");
    const own = textAt((await requestToken(scene.sandbox)).body, "access_token");
    await scene.configure({ grantTypes: ["authorization_code", "organization_switch", "refresh_token"] });
    const { body } = await scene.token(switchForm(own, id, "openid"));
    expect(body).not.toHaveProperty("refresh_token");
    expect(body).not.toHaveProperty("scope");
  });

  test("leads back to the tenant with the scopes of the roles there", async () => {
    const scene = await signInScene();
    const id = await organization(scene);
    const [{ id: root } = { id: "" }] = scene.sandbox.tenant.organizations;
    const { access_token } = await scene.signedIn();
    const there = (await scene.token(switchForm(access_token, id, "openid"))).body;
    const back = await scene.token(switchForm(valueAt(there, "access_token"), root, "openid bookings:read"));
    expect(scopesOf(back.body)).toEqual(["openid", "bookings:read"]);
  });

  test("is refused where the application is not shared", async () => {
    const scene = await signInScene();
    const id = await organization(scene, false);
    const { access_token } = await scene.signedIn();
    expect(await scene.token(switchForm(access_token, id, "openid"))).toMatchObject(
      refusal("invalid_grant", expect.stringContaining("have not shared the application")),
    );
  });

  test("ends with the share", async () => {
    const scene = await signInScene();
    const id = await organization(scene);
    const { access_token } = await scene.signedIn();
    const there = (await scene.token(switchForm(access_token, id, "openid"))).body;
    const token = valueAt(there, "access_token");
    expect((await scene.ask("/oauth2/userinfo", bearer(token))).status).toBe(200);
    await scene.call("DELETE", `/applications/${scene.applicationId}/shared-apps`);
    expect((await scene.ask("/oauth2/userinfo", bearer(token))).status).toBe(401);
    const form = { grant_type: "refresh_token", refresh_token: textAt(there, "refresh_token") };
    expect((await scene.token(form)).status).toBe(400);
  });
});

describe("somebody of an organization who has signed in to an application of the tenant", () => {
  test("has tokens for that organization, with the scopes of the roles there", async () => {
    const scene = await signInScene();
    const { sandbox, services, applicationId, code, token } = scene;
    const id = await organization(scene);
    const inside = sandbox.tenant.inside[id];
    const [role] = inside?.roles.filter(({ displayName }) => displayName === "Booking Admin") ?? [];
    const [template] = sandbox.tenant.users;
    if (!inside || !role || !template) throw new Error("The organization lacks what is shared with it.");
    inside.users.push({ ...template, id: "kim", name: "kim" });
    role.users.push("kim");
    const session = services.sessions.start("kim", ["OrganizationAuthenticator"]);
    const given = { userId: "kim", sessionId: session.id, scopes: ["openid", "bookings:read", "bookings:write"] };
    const { body } = await token(codeForm(code({ ...given, applicationId })));
    expect(scopesOf(body)).toEqual(["openid", "bookings:read"]);
    expect(claimsOf(valueAt(body, "id_token"))).toMatchObject({
      iss: `${sandbox.baseUrl}/t/acme/oauth2/token`,
      sub: "kim",
      org_id: id,
      org_name: "Customer",
      user_org: id,
    });
    expect((await scene.ask("/oauth2/userinfo", bearer(valueAt(body, "access_token")))).body).toEqual({ sub: "kim" });
  });
});

describe("an application that lives in an organization", () => {
  const oidc = { grantTypes: ["authorization_code", "refresh_token"], callbackURLs: ["https://inside.example.com/cb"] };
  const [redirectUri] = oidc.callbackURLs;

  /** An application and a user with a role, inside of an organization that the bootstrap client reaches. */
  async function inside(scene: Scene) {
    const { call, sandbox, services } = scene;
    const id = await organization(scene, false);
    await call("POST", `/applications/${sandbox.tenant.bootstrap}/share`, { shareWithAllChildren: true });
    const token = textAt((await requestToken(sandbox)).body, "access_token");
    const switched = await requestToken(sandbox, sandbox, switchForm(token, id, "SYSTEM"));
    const there = callerWith(sandbox, textAt(switched.body, "access_token"));
    const created = await there("POST", "/o/api/server/v1/applications", {
      name: "Inside",
      inboundProtocolConfiguration: { oidc },
    });
    const path = `/o/api/server/v1/applications/${created.id}/inbound-protocols/oidc`;
    const body = (await there("GET", path)).body;
    const client = { clientId: textAt(body, "clientId"), clientSecret: textAt(body, "clientSecret") };
    const { id: userId } = await there("POST", "/o/scim2/Users", { userName: "kim", password: "Kim-pass-1" });
    const session = services.sessions.start(userId, ["BasicAuthenticator"]);
    const scopes = ["openid", "internal_login"];
    const code = services.codes.issue({
      ...{ applicationId: created.id, userId, scopes, sessionId: session.id },
      ...{ nonce: undefined, redirectUri: redirectUri ?? "", challenge: undefined },
    });
    return { id, client, userId, code: code.value };
  }

  test("has endpoints and an issuer of its own, and its users an account there", async () => {
    const scene = await signInScene();
    const { id, client, userId, code } = await inside(scene);
    const base = `/o/${id}`;
    const issuer = `${scene.sandbox.baseUrl}/t/acme/o/${id}/oauth2/token`;
    const discovered = await scene.ask(`${base}/oauth2/token/.well-known/openid-configuration`);
    expect(discovered.body).toMatchObject({ issuer, token_endpoint: issuer });
    expect((await scene.ask(`${base}/oauth2/jwks`)).body).toEqual((await scene.ask("/oauth2/jwks")).body);
    const request = (path: string, form: Record<string, string>) =>
      scene.ask(`${base}${path}`, {
        method: "POST",
        headers: {
          authorization: `Basic ${Buffer.from(`${client.clientId}:${client.clientSecret}`).toString("base64")}`,
        },
        body: new URLSearchParams(form),
      });
    const form = { grant_type: "authorization_code", code, redirect_uri: redirectUri ?? "" };
    const { status, body } = await request("/oauth2/token", form);
    expect(status).toBe(200);
    expect(claimsOf(valueAt(body, "id_token"))).toMatchObject({ iss: issuer, sub: userId, org_id: id, user_org: id });
    const token = textAt(body, "access_token");
    expect((await scene.ask(`${base}/oauth2/userinfo`, bearer(token))).body).toEqual({ sub: userId });
    expect((await request("/oauth2/introspect", { token })).body).toMatchObject({ active: true, org_id: id });
    // For the issuer of the tenant it is a foreign one.
    expect((await scene.ask("/oauth2/userinfo", bearer(token))).status).toBe(401);
    const asked = await scene.ask("/oauth2/introspect", post({ token }, basic(scene.client)));
    expect(asked.body).toEqual({ active: false });
    expect((await scene.ask("/scim2/Me", bearer(token))).status).toBe(403);
    expect(await scene.ask("/o/scim2/Me", bearer(token))).toMatchObject({ status: 200, body: { userName: "kim" } });
    const refresh_token = textAt(body, "refresh_token");
    const again = await request("/oauth2/token", { grant_type: "refresh_token", refresh_token });
    expect(claimsOf(valueAt(again.body, "id_token"))).toMatchObject({ iss: issuer, sub: userId });
    expect((await request("/oauth2/revoke", { token: refresh_token })).status).toBe(200);
    const ended = valueAt(again.body, "access_token");
    expect((await scene.ask(`${base}/oauth2/userinfo`, bearer(ended))).status).toBe(401);
  });
});
