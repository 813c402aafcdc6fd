import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserContext, Page } from "playwright-core";
import { testBrowser } from "../support/browser";
import { password, query, type SignInScene, signInScene } from "./login-scene";

const browser = testBrowser();
const described = browser.problem === undefined ? describe : describe.skip;
jest.setTimeout(60_000);

described(`a sign-in in a real browser${browser.problem === undefined ? "" : ` (skipped: ${browser.problem})`}`, () => {
  let context: BrowserContext;
  let page: Page;
  /** What the browser has found wrong with the pages, such as what their policy does not allow. */
  let complaints: string[];
  /** The application: it answers with what it has got. */
  let application: Server;
  let redirectUri: string;

  beforeAll(async () => {
    if (browser.problem !== undefined) return;
    context = await browser.open();
    application = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => response.end(`${request.method} ${Buffer.concat(chunks).toString("utf8")}`));
    });
    await new Promise<void>((done) => application.listen(0, "127.0.0.1", done));
    const { port } = application.address() as AddressInfo;
    redirectUri = `http://127.0.0.1:${port}/signed-in`;
  });

  afterAll(async () => {
    await context?.close();
    application?.closeAllConnections();
    await new Promise((done) => application.close(done));
    if (browser.problem === undefined) browser.end();
  });

  beforeEach(async () => {
    await context.clearCookies();
    page = await context.newPage();
    complaints = [];
    page.on("console", (message) => complaints.push(message.text()));
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

  test("shows an error that the application cannot be told", async () => {
    await page.goto(await requested({}, { redirect_uri: "https://evil.example.com/" }));
    expect(await page.getByRole("alert").textContent()).toMatch(/redirect URI/);
  });
});
