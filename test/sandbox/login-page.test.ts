import { inQuery, password, query, renamed, type SignInScene, signInScene, target, Visitor } from "./login-scene";

/** The login page of a request. */
async function loginOf(scene: SignInScene, visitor: Visitor, changed = {}): Promise<URL> {
  return target(await visitor.get(`${scene.place}/oauth2/authorize?${query(scene, changed)}`));
}

/** Where the form of the login page leads to. */
async function typed(scene: SignInScene, form: Record<string, string>): Promise<URL> {
  const visitor = new Visitor();
  const sessionDataKey = (await loginOf(scene, visitor)).searchParams.get("sessionDataKey") ?? "";
  return target(await visitor.post(`${scene.place}/commonauth`, { sessionDataKey, password, ...form }));
}

const isIn = ({ pathname }: URL) => pathname.endsWith("/oauth2/authorize");

describe("the login page", () => {
  test("has a form that a password manager and a screen reader find their way in, and nothing from elsewhere", async () => {
    const scene = await signInScene();
    renamed(scene, "W<e>b & co");
    const visitor = new Visitor();
    const login = await loginOf(scene, visitor, { login_hint: '"><script>alert(1)</script>' });
    const response = await visitor.get(login);
    const text = await response.text();
    expect(text).toMatch(/^<!doctype html><html lang="en">/);
    expect(text).toContain("<title>Sign in – W&lt;e&gt;b &amp; co</title>");
    expect(text).toMatch(/<label for="username">Username<\/label>\s*<input id="username" name="username" type="text"/);
    expect(text).toContain('autocomplete="username"');
    expect(text).toMatch(
      /<label for="password">Password<\/label>\s*<input id="password" name="password" type="password" autocomplete="current-password"/,
    );
    expect(text).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(text).not.toMatch(/<script|<link rel="(?!icon")|src=|role="alert"/);
    expect(text).toContain(`<form method="post" action="${scene.place}/commonauth">`);
    expect(text).toContain(`name="sessionDataKey" value="${login.searchParams.get("sessionDataKey")}"`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/html; charset=UTF-8",
      "content-security-policy": expect.stringMatching(
        /^default-src 'none'; img-src data:; style-src 'sha256-[^']+'; base-uri 'none'; frame-ancestors 'none'$/,
      ),
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
  });

  test("comes back after a wrong password, keeps the user name, and takes the right one then", async () => {
    const scene = await signInScene();
    const visitor = new Visitor();
    const login = await loginOf(scene, visitor);
    const sessionDataKey = login.searchParams.get("sessionDataKey") ?? "";
    const post = (form: Record<string, string>) =>
      visitor.post(`${scene.place}/commonauth`, { sessionDataKey, ...form });
    const again = target(await post({ username: "kim", password: "wrong" }));
    expect(inQuery(again)).toEqual({
      ...inQuery(login),
      authFailure: "true",
      authFailureMsg: "login.fail.message",
      errorCode: "17002",
    });
    const text = await (await visitor.get(again)).text();
    expect(text).toContain('<p role="alert" id="failure">The username or the password is wrong.');
    expect(text).toContain("<title>Error: Sign in");
    expect(text).toMatch(/name="username" type="text" value="kim"/);
    expect(text).toMatch(/id="password"[^>]* aria-invalid="true" aria-describedby="failure" autofocus>/);
    expect(isIn(target(await post({ username: "kim", password })))).toBe(true);
  });

  test("says for a key that is unknown or used that this sign-in is over", async () => {
    const scene = await signInScene();
    const page = await new Visitor().get(`${scene.place}/authenticationendpoint/login.do?sessionDataKey=none`);
    expect([page.status, await page.text()]).toEqual([400, expect.stringContaining("This sign-in is over")]);
    const answer = await new Visitor().post(`${scene.place}/commonauth`, { username: "kim", password });
    expect(target(answer).pathname).toMatch(/\/oauth2_error\.do$/);
  });

  test("says what the login flow asks for that the sandbox does not have, also as a second step", async () => {
    const step = (id: number, authenticator: string) => ({ id, options: [{ idp: "LOCAL", authenticator }] });
    const sequence = (...steps: object[]) => ({ authenticationSequence: { type: "USER_DEFINED", steps } });
    const passkey = await signInScene({}, sequence(step(1, "FIDOAuthenticator")));
    const visitor = new Visitor();
    const text = await (await visitor.get(await loginOf(passkey, visitor))).text();
    expect(text).toContain("asks for Passkey.");
    expect(text).not.toContain("<form");
    const two = await signInScene({}, sequence(step(1, "BasicAuthenticator"), step(2, "totp")));
    const second = await typed(two, { username: "kim" });
    expect(second.pathname).toMatch(/\/login\.do$/);
    expect(second.searchParams.has("authFailure")).toBe(false);
    expect(await (await new Visitor().get(second)).text()).toContain("asks for TOTP.");
  });
});

describe("a user name", () => {
  test("is typed with or without its store and the tenant, in any case", async () => {
    const scene = await signInScene();
    await scene.call("POST", "/scim2/Users", { userName: "DEFAULT/alex@example.com", password });
    for (const username of ["kim", "KIM", "PRIMARY/kim", "primary/kim", "kim@acme", "PRIMARY/kim@acme", " kim "]) {
      expect([username, isIn(await typed(scene, { username }))]).toEqual([username, true]);
    }
    for (const username of ["alex@example.com", "DEFAULT/alex@example.com", "alex@example.com@acme"]) {
      expect([username, isIn(await typed(scene, { username }))]).toEqual([username, true]);
    }
    for (const username of ["DEFAULT/kim", "kim@other", "nobody", "", "PRIMARY/alex@example.com"]) {
      expect([username, (await typed(scene, { username })).searchParams.get("errorCode")]).toEqual([username, "17002"]);
    }
  });

  test("in two stores belongs to the user whose password was typed", async () => {
    const scene = await signInScene();
    await scene.call("POST", "/scim2/Users", { userName: "DEFAULT/kim", password: "Another@Pw1" });
    expect(isIn(await typed(scene, { username: "kim" }))).toBe(true);
    expect(isIn(await typed(scene, { username: "kim", password: "Another@Pw1" }))).toBe(true);
    expect(isIn(await typed(scene, { username: "PRIMARY/kim", password: "Another@Pw1" }))).toBe(false);
  });

  test("of somebody who was invited, locked or disabled does not sign in", async () => {
    const scene = await signInScene();
    const flag = (name: string) => ({ userName: name, password, "urn:scim:wso2:schema": { [name]: true } });
    await scene.call("POST", "/scim2/Users", flag("accountLocked"));
    await scene.call("POST", "/scim2/Users", flag("accountDisabled"));
    await scene.call("POST", "/scim2/Users", {
      userName: "invited",
      emails: ["invited@example.com"],
      "urn:scim:wso2:schema": { askPassword: "true" },
    });
    const errorCode = async (username: string) => (await typed(scene, { username })).searchParams.get("errorCode");
    expect(await errorCode("accountLocked")).toBe("17003");
    expect(await errorCode("accountDisabled")).toBe("17004");
    expect(await errorCode("invited")).toBe("17002");
  });

  test("with a password that has blanks around it needs these blanks", async () => {
    const scene = await signInScene();
    await scene.call("POST", "/scim2/Users", { userName: "blank", password: ` ${password} ` });
    expect(isIn(await typed(scene, { username: "blank", password: ` ${password} ` }))).toBe(true);
    expect(isIn(await typed(scene, { username: "blank" }))).toBe(false);
  });
});
