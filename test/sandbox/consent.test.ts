import { callback, inQuery, query, renamed, type SignInScene, signInScene, target, Visitor } from "./login-scene";

const asking = { advancedConfigurations: { skipLoginConsent: false } };

/** The key of the question that a signed-in user is asked. */
async function question(scene: SignInScene, visitor: Visitor, changed = {}): Promise<string> {
  const page = await visitor.signIn(scene, changed);
  expect(page.pathname).toBe("/t/acme/authenticationendpoint/oauth2_consent.do");
  return page.searchParams.get("sessionDataKeyConsent") ?? "";
}

async function answered(scene: SignInScene, visitor: Visitor, sessionDataKeyConsent: string, consent: string) {
  return target(await visitor.post(`${scene.place}/oauth2/authorize`, { sessionDataKeyConsent, consent }));
}

async function asked(scene: SignInScene, visitor: Visitor, changed = {}): Promise<URL> {
  return target(await visitor.get(`${scene.place}/oauth2/authorize?${query(scene, changed)}`));
}

describe("consent", () => {
  test("is asked for behind the login, on a page that says who, for which application, and what", async () => {
    const scene = await signInScene({}, asking);
    renamed(scene, "W<e>b");
    const visitor = new Visitor();
    const page = await visitor.signIn(scene, { scope: "openid <email>" });
    expect(inQuery(page)).toMatchObject({ application: "W<e>b", scope: "openid <email>" });
    const text = await (await visitor.get(page)).text();
    expect(text).toContain("Allow access for W&lt;e&gt;b?");
    expect(text).toContain("<strong>kim</strong>");
    expect(text).toContain("<li>openid</li><li>&lt;email&gt;</li>");
  });

  test("once given, lets the application have the code, and is asked for again the next time", async () => {
    const scene = await signInScene({}, asking);
    const visitor = new Visitor();
    const key = await question(scene, visitor, { state: "s" });
    const back = await answered(scene, visitor, key, "approve");
    expect(back.origin + back.pathname).toBe(callback);
    expect([...back.searchParams.keys()]).toEqual(["code", "session_state", "state"]);
    expect((await asked(scene, visitor)).pathname).toMatch(/\/oauth2_consent\.do$/);
    expect((await answered(scene, visitor, key, "approve")).pathname).toMatch(/\/oauth2_error\.do$/);
  });

  test("given for good, is not asked for again, but for scopes that were not in it, or when the request says so", async () => {
    const scene = await signInScene({}, asking);
    const visitor = new Visitor();
    await answered(scene, visitor, await question(scene, visitor), "approveAlways");
    const isAsked = async (changed: object) =>
      (await asked(scene, visitor, changed)).pathname.endsWith("/oauth2_consent.do");
    expect(await isAsked({})).toBe(false);
    expect(await isAsked({ scope: "openid" })).toBe(false);
    expect(await isAsked({ scope: "openid email" })).toBe(true);
    expect(await isAsked({ prompt: "consent" })).toBe(true);
  });

  test("that is denied is an error for the client", async () => {
    const scene = await signInScene({}, asking);
    const visitor = new Visitor();
    const back = await answered(scene, visitor, await question(scene, visitor, { state: "s" }), "deny");
    expect(inQuery(back)).toEqual({ error: "access_denied", error_description: "User denied the consent", state: "s" });
  });

  test("that nobody can be asked for is an error with prompt=none", async () => {
    const scene = await signInScene({}, asking);
    const visitor = new Visitor();
    const key = await question(scene, visitor);
    expect(inQuery(await asked(scene, visitor, { prompt: "none" }))).toEqual({ error: "consent_required" });
    await answered(scene, visitor, key, "approveAlways");
    expect((await asked(scene, visitor, { prompt: "none" })).searchParams.has("code")).toBe(true);
  });

  test("is neither shown to nor taken from another browser, nor from a link", async () => {
    const scene = await signInScene({}, asking);
    const [visitor, other] = [new Visitor(), new Visitor()];
    await other.signIn(scene);
    const key = await question(scene, visitor);
    const page = `${scene.place}/authenticationendpoint/oauth2_consent.do?sessionDataKeyConsent=${key}`;
    expect((await other.get(page)).status).toBe(400);
    expect((await answered(scene, other, key, "approve")).pathname).toMatch(/\/oauth2_error\.do$/);
    const link = `${scene.place}/oauth2/authorize?sessionDataKeyConsent=${key}&consent=approve`;
    expect(target(await visitor.get(link)).pathname).toMatch(/\/oauth2_error\.do$/);
    expect((await answered(scene, visitor, key, "approve")).searchParams.has("code")).toBe(true);
  });
});
