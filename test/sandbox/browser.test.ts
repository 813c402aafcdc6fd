import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserContext, Page } from "playwright-core";
import { testBrowser } from "../support/browser";
import { password, query, type SignInScene, signInScene } from "./login-scene";
import { textAt } from "./support";

/** A server that answers with what it has got. */
async function listening(): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => response.end(`${request.method} ${Buffer.concat(chunks).toString("utf8")}`));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return server;
}

async function closed(server: Server | undefined): Promise<void> {
  server?.closeAllConnections();
  await new Promise((done) => (server ? server.close(done) : done(undefined)));
}

function originOf(server: Server): string {
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

/** What a script of a page gets from an address: the status and the parsed JSON, or that it is kept from it. */
function fetched(page: Page, url: string, init: { method?: string; headers?: Record<string, string>; body?: string }) {
  return page.evaluate(
    async ([address, how]) => {
      try {
        const response = await fetch(address, how);
        return { status: response.status, body: await response.json() };
      } catch (error) {
        return { status: String(error), body: {} };
      }
    },
    [url, init] as const,
  );
}

const form = { "content-type": "application/x-www-form-urlencoded" };
const browser = testBrowser();
const described = browser.problem === undefined ? describe : describe.skip;
jest.setTimeout(60_000);

described(`a sign-in in a real browser${browser.problem === undefined ? "" : ` (skipped: ${browser.problem})`}`, () => {
  let context: BrowserContext;
  let page: Page;
  /** What the browser has found wrong with the pages, such as what their policy does not allow. */
  let complaints: string[];
  /** What it has to find wrong in a test. */
  let expected: RegExp | undefined;
  let application: Server;
  let redirectUri: string;

  beforeAll(async () => {
    if (browser.problem !== undefined) return;
    context = await browser.open();
    application = await listening();
    redirectUri = `${originOf(application)}/signed-in`;
  });

  afterAll(async () => {
    await context?.close();
    await closed(application);
    if (browser.problem === undefined) browser.end();
  });

  beforeEach(async () => {
    await context.clearCookies();
    page = await context.newPage();
    complaints = [];
    expected = undefined;
    page.on("console", (message) => {
      if (!expected?.test(message.text())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
  });

  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  /** A tenant, and the address of an authorization request to it. */
  async function requested(application: { [name: string]: unknown } = {}, changed: Record<string, string> = {}) {
    const scene: SignInScene = await signInScene({ callbackURLs: [redirectUri] }, application);
    return `${scene.place}/oauth2/authorize?${query(scene, { redirect_uri: redirectUri, state: "s 1", ...changed })}`;
  }

  const cameBack = () => page.waitForURL((url) => url.href.startsWith(redirectUri));

  test("fills the form by its labels, is told of a wrong password, and comes back to the application with a code", async () => {
    await page.goto(await requested());
    expect(await page.title()).toBe("Sign in – Web");
    await page.getByLabel("Username").fill("kim");
    await page.getByLabel("Password").fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/^The username or the password is wrong/);
    expect(await page.title()).toBe("Error: Sign in – Web");
    expect(await page.getByLabel("Username").inputValue()).toBe("kim");
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await cameBack();
    const { searchParams } = new URL(page.url());
    expect([searchParams.get("code"), searchParams.get("state")]).toEqual([expect.stringMatching(/.{30}/), "s 1"]);
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ name: "commonAuthId", httpOnly: true, sameSite: "Lax", expires: -1 });
  });

  test("needs the keyboard alone, also to consent, and no password the second time", async () => {
    const url = await requested({ advancedConfigurations: { skipLoginConsent: false } });
    await page.goto(url);
    await page.keyboard.type("kim");
    await page.keyboard.press("Tab");
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Allow access for Web?" }).waitFor();
    expect(
      await page.getByRole("list", { name: "The application asks for:" }).getByRole("listitem").allTextContents(),
    ).toEqual(["openid", "profile"]);
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Allow once");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await cameBack();
    expect(new URL(page.url()).searchParams.has("code")).toBe(true);
    await page.goto(url);
    expect(new URL(page.url()).searchParams.has("code")).toBe(true);
  });

  test("tells the application that consent was denied", async () => {
    await page.goto(await requested({ advancedConfigurations: { skipLoginConsent: false } }, { login_hint: "kim" }));
    // The user name stands there already.
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Deny" }).click();
    await cameBack();
    expect(new URL(page.url()).searchParams.get("error")).toBe("access_denied");
  });

  test("brings the code by POST where the request says so", async () => {
    await page.goto(await requested({}, { response_mode: "form_post" }));
    await page.getByLabel("Username").fill("kim");
    await page.getByLabel("Password").fill(password);
    await page.keyboard.press("Enter");
    await cameBack();
    expect(await page.locator("body").textContent()).toMatch(/^POST code=.{30,}&session_state=.+&state=s\+1$/);
  });

  test("lets the page of an application whose origin is allowed fetch its tokens and ask who the user is", async () => {
    const origin = originOf(application);
    const scene = await signInScene({ callbackURLs: [redirectUri], allowedOrigins: [origin] });
    await page.goto(`${scene.place}/oauth2/authorize?${query(scene, { redirect_uri: redirectUri })}`);
    await page.getByLabel("Username").fill("kim");
    await page.getByLabel("Password").fill(password);
    await page.keyboard.press("Enter");
    await cameBack();
    const code = new URL(page.url()).searchParams.get("code") ?? "";
    const parameters = { grant_type: "authorization_code", client_id: scene.clientId, redirect_uri: redirectUri, code };
    const body = new URLSearchParams(parameters).toString();
    const tokens = await fetched(page, `${scene.place}/oauth2/token`, { method: "POST", headers: form, body });
    expect(tokens).toMatchObject({ status: 200, body: { id_token: expect.any(String) } });
    const headers = { authorization: `Bearer ${textAt(tokens.body, "access_token")}` };
    // With this header, the browser asks for permission first.
    expect(await fetched(page, `${scene.place}/oauth2/userinfo`, { headers })).toMatchObject({
      status: 200,
      body: { sub: scene.kim },
    });
    expect(scene.sandbox.requests.map(({ method }) => method)).toContain("OPTIONS");
    expect(await fetched(page, `${scene.place}/oauth2/jwks`, {})).toMatchObject({ status: 200, body: { keys: [{}] } });
  });

  test("keeps what it answers from the page of an origin that no application allows", async () => {
    expected = /blocked by CORS policy|ERR_FAILED/;
    const stranger = await listening();
    try {
      const scene = await signInScene({ callbackURLs: [redirectUri], allowedOrigins: [originOf(application)] });
      await page.goto(originOf(stranger));
      const body = "grant_type=authorization_code";
      const kept = { status: "TypeError: Failed to fetch" };
      expect(await fetched(page, `${scene.place}/oauth2/jwks`, {})).toMatchObject(kept);
      expect(await fetched(page, `${scene.place}/oauth2/token`, { method: "POST", headers: form, body })).toMatchObject(
        kept,
      );
      const headers = { authorization: "Bearer made-up" };
      expect(await fetched(page, `${scene.place}/oauth2/userinfo`, { headers })).toMatchObject(kept);
      // It was answered, but for what the browser had to ask about first.
      expect(scene.sandbox.requests.slice(-3)).toMatchObject([
        { method: "GET", path: "/t/acme/oauth2/jwks", status: 200 },
        { method: "POST", path: "/t/acme/oauth2/token", status: 401 },
        { method: "OPTIONS", path: "/t/acme/oauth2/userinfo", status: 403 },
      ]);
    } finally {
      await closed(stranger);
    }
  });

  test("shows an error that the application cannot be told", async () => {
    await page.goto(await requested({}, { redirect_uri: "https://evil.example.com/" }));
    expect(await page.getByRole("alert").textContent()).toMatch(/redirect URI/);
  });
});
