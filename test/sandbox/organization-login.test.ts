import type { Server } from "../../sandbox/versions";
import { callback, inQuery, password, query, type SignInScene, signInScene, target, Visitor } from "./login-scene";
import { organization } from "./organization-scene";
import { answerOf, textAt } from "./support";

interface OrganizationScene extends SignInScene {
  /** An organization with the handle "customer" and the user "alex", with whom the application is shared. */
  readonly customer: string;
  readonly alex: string;
}

async function organizationScene(
  server: Server = "asgardeo",
  application: { readonly [name: string]: unknown } = {},
): Promise<OrganizationScene> {
  const scene = await signInScene({}, application, { server });
  const { sandbox, call, app } = scene;
  const handled = server === "7.0" ? {} : { orgHandle: "customer" };
  const customer = await organization(call, "Customer & co", handled);
  const share = ["7.0", "7.1"].includes(server)
    ? await sandbox.console("POST", `/api/server/v1/applications/${app}/share`, { shareWithAllChildren: true })
    : await sandbox.console("POST", "/api/server/v1/applications/share-with-all", {
        applicationId: app,
        policy: "ALL_EXISTING_AND_FUTURE_ORGS",
        roleSharing: { mode: "ALL" },
      });
  expect(share.status).toBeLessThan(300);
  const { id = "" } = await sandbox.console("POST", `/o/${customer}/scim2/Users`, { userName: "alex", password });
  return { ...scene, customer, alex: id };
}

async function asked(scene: SignInScene, changed: Record<string, string>, visitor: Visitor): Promise<URL> {
  return target(await visitor.get(`${scene.place}/oauth2/authorize?${query(scene, changed)}`));
}

/** Types a user name and the password on a login page, and follows to where that leads. */
async function typed(scene: SignInScene, visitor: Visitor, login: URL, username: string): Promise<URL> {
  const sessionDataKey = login.searchParams.get("sessionDataKey") ?? "";
  const next = target(await visitor.post(`${scene.place}/commonauth`, { sessionDataKey, username, password }));
  return next.pathname.endsWith("/oauth2/authorize") ? target(await visitor.get(next)) : next;
}

const sso = { fidp: "OrganizationSSO" };

describe("a user of an organization", () => {
  test.each([
    ["its id", ({ customer }: OrganizationScene) => ({ orgId: customer })],
    ["its handle", () => ({ orgHandle: "customer" })],
    ["its name", () => ({ org: "Customer & co" })],
  ])(
    "signs in to a shared application whose request names the organization by %s, and nobody else does",
    async (_, named) => {
      const scene = await organizationScene();
      const visitor = new Visitor();
      const login = await asked(scene, { ...sso, ...named(scene) }, visitor);
      expect(login.pathname).toBe("/t/acme/authenticationendpoint/login.do");
      expect(await (await visitor.get(login)).text()).toContain("as a user of <strong>Customer &amp; co</strong>");
      expect((await typed(scene, visitor, login, "kim")).searchParams.get("errorCode")).toBe("17002");
      const back = await typed(scene, visitor, login, "alex");
      const token = await answerOf(
        await fetch(`${scene.place}/oauth2/token`, {
          method: "POST",
          body: new URLSearchParams({
            grant_type: "authorization_code",
            code: back.searchParams.get("code") ?? "",
            redirect_uri: callback,
            client_id: scene.clientId,
          }),
        }),
      );
      expect(token.status).toBe(200);
      const { decodeJwt } = await import("jose");
      expect(decodeJwt(textAt(token.body, "id_token"))).toMatchObject({
        sub: scene.alex,
        org_id: scene.customer,
        user_org: scene.customer,
      });
    },
  );

  test("is found by the domain of an e-mail address, where the tenant does that", async () => {
    const scene = await organizationScene();
    const properties = [{ key: "emailDomain.enable", value: "true" }];
    await scene.sandbox.console("POST", "/api/server/v1/organization-configs/discovery", { properties });
    const attributes = [{ type: "emailDomain", values: ["customer.example.com"] }];
    const body = { organizationId: scene.customer, attributes };
    expect((await scene.sandbox.console("POST", "/api/server/v1/organizations/discovery", body)).status).toBe(201);
    const hint = { ...sso, orgDiscoveryType: "emailDomain" };
    const login = await asked(scene, { ...hint, login_hint: "alex@customer.example.com" }, new Visitor());
    expect(login.pathname).toMatch(/\/login\.do$/);
    const unknown = await asked(scene, { ...hint, login_hint: "alex@other.example.com" }, new Visitor());
    expect(inQuery(unknown)).toMatchObject({ authFailureMsg: "Can't identify organization" });
  });

  test("is asked for the organization where the request names none, from the login page as well", async () => {
    const scene = await organizationScene();
    const visitor = new Visitor();
    const choice = await asked(scene, sso, visitor);
    expect(choice.pathname).toBe("/t/acme/authenticationendpoint/org_handle.do");
    expect(choice.searchParams.has("authFailure")).toBe(false);
    const sessionDataKey = choice.searchParams.get("sessionDataKey") ?? "";
    const choose = async (orgHandle: string) =>
      target(await visitor.post(`${scene.place}/commonauth`, { sessionDataKey, idp: "SSO", orgHandle }));
    const again = await choose("nobody");
    expect(inQuery(again)).toMatchObject({ authFailure: "true", authFailureMsg: "Can't identify organization" });
    expect(await (await visitor.get(again)).text()).toContain('role="alert"');
    const back = await typed(scene, visitor, await choose("customer"), "alex");
    expect(back.searchParams.has("code")).toBe(true);

    const other = new Visitor();
    const login = await (await other.get(await asked(scene, {}, other))).text();
    const [, link = ""] = /<a href="([^"]+)">Sign in with an organization<\/a>/.exec(login) ?? [];
    expect(target(await other.get(link.replaceAll("&amp;", "&"))).pathname).toMatch(/\/org_handle\.do$/);
  });

  test("is asked for the name of the organization where the server knows no handles", async () => {
    const scene = await organizationScene("7.0");
    const choice = await asked(scene, sso, new Visitor());
    expect(choice.pathname).toMatch(/\/org_name\.do$/);
    expect(await (await new Visitor().get(choice)).text()).toContain('name="org"');
  });

  test("does not sign in with an organization that is unknown, disabled, the tenant's own, or without the application", async () => {
    const scene = await organizationScene();
    const isRefused = async (named: Record<string, string>) => {
      const url = await asked(scene, { ...sso, ...named }, new Visitor());
      return url.pathname.endsWith("/org_handle.do") && url.searchParams.get("authFailure") === "true";
    };
    expect(await isRefused({ orgId: "none" })).toBe(true);
    expect(await isRefused({ orgHandle: "acme" })).toBe(true);
    expect(await isRefused({ orgId: scene.customer })).toBe(false);
    const disable = [{ operation: "REPLACE", path: "/status", value: "DISABLED" }];
    await scene.call("PATCH", `/organizations/${scene.customer}`, disable);
    expect(await isRefused({ orgId: scene.customer })).toBe(true);
    const unshared = await signInScene();
    const login = await asked(unshared, { ...sso, orgHandle: "customer" }, new Visitor());
    expect(login.pathname).toMatch(/\/login\.do$/);
  });

  test("is told that it is over when the organization goes away, or the application is not shared any more, meanwhile", async () => {
    const scene = await organizationScene();
    const visitors = [new Visitor(), new Visitor()] as const;
    const named = { ...sso, orgId: scene.customer };
    const logins = [await asked(scene, named, visitors[0]), await asked(scene, named, visitors[1])] as const;
    await scene.sandbox.console("POST", "/api/server/v1/applications/unshare-with-all", { applicationId: scene.app });
    expect((await typed(scene, visitors[0], logins[0], "alex")).pathname).toMatch(/\/oauth2_error\.do$/);
    await scene.sandbox.console("DELETE", `/api/server/v1/organizations/${scene.customer}`);
    expect((await typed(scene, visitors[1], logins[1], "alex")).pathname).toMatch(/\/oauth2_error\.do$/);
    expect((await visitors[1].get(logins[1])).status).toBe(400);
  });

  test("reads what a second step of the login flow asks for that the sandbox does not have", async () => {
    const step = (id: number, authenticator: string) => ({ id, options: [{ idp: "LOCAL", authenticator }] });
    const steps = [step(1, "BasicAuthenticator"), step(2, "totp")];
    const scene = await organizationScene("asgardeo", { authenticationSequence: { type: "USER_DEFINED", steps } });
    const visitor = new Visitor();
    const second = await typed(scene, visitor, await asked(scene, { ...sso, orgHandle: "customer" }, visitor), "alex");
    expect(await (await visitor.get(second)).text()).toContain("asks for TOTP.");
  });

  test("stays signed in to shared applications, and not to those that are not shared, nor does a user of the tenant get in", async () => {
    const scene = await organizationScene();
    const visitor = new Visitor();
    const named = { ...sso, orgId: scene.customer };
    await typed(scene, visitor, await asked(scene, named, visitor), "alex");
    expect((await asked(scene, named, visitor)).searchParams.has("code")).toBe(true);
    expect((await asked(scene, {}, visitor)).searchParams.has("code")).toBe(true);
    const other = await organization(scene.call, "Other", { orgHandle: "other" });
    expect((await asked(scene, { ...sso, orgId: other }, visitor)).pathname).toMatch(/\/login\.do$/);
    const { id } = await scene.call("POST", "/applications", {
      name: "Own",
      advancedConfigurations: { skipLoginConsent: true },
      inboundProtocolConfiguration: { oidc: { grantTypes: ["authorization_code"], callbackURLs: [callback] } },
    });
    const { body } = await scene.call("GET", `/applications/${id}/inbound-protocols/oidc`);
    const own = { ...scene, clientId: textAt(body, "clientId") };
    expect((await asked(own, {}, visitor)).pathname).toMatch(/\/login\.do$/);
    const kim = new Visitor();
    await kim.signIn(scene);
    expect((await asked(scene, named, kim)).pathname).toMatch(/\/login\.do$/);
  });

  test("signs in to an application that lives in the organization, at its own endpoint", async () => {
    const scene = await organizationScene();
    const applications = `/o/${scene.customer}/api/server/v1/applications`;
    const { id = "", status } = await scene.sandbox.console("POST", applications, {
      name: "Inside",
      inboundProtocolConfiguration: { oidc: { grantTypes: ["authorization_code"], callbackURLs: [callback] } },
    });
    expect(status).toBe(201);
    const { body } = await scene.sandbox.console("GET", `${applications}/${id}/inbound-protocols/oidc`);
    const inside = { ...scene, place: `${scene.place}/o/${scene.customer}`, clientId: textAt(body, "clientId") };
    const visitor = new Visitor();
    const login = await asked(inside, {}, visitor);
    expect(login.pathname).toBe(`/t/acme/o/${scene.customer}/authenticationendpoint/login.do`);
    expect((await typed(inside, visitor, login, "kim")).searchParams.get("errorCode")).toBe("17002");
    const consent = await typed(inside, visitor, login, "alex");
    expect(consent.pathname).toBe(`/t/acme/o/${scene.customer}/authenticationendpoint/oauth2_consent.do`);
    const sessionDataKeyConsent = consent.searchParams.get("sessionDataKeyConsent") ?? "";
    const form = { sessionDataKeyConsent, consent: "approve" };
    const back = target(await visitor.post(`${inside.place}/oauth2/authorize`, form));
    expect(back.searchParams.has("code")).toBe(true);
    expect((await asked(scene, {}, visitor)).pathname).toMatch(/\/login\.do$/);
  });

  test("takes the pushed requests of an application that lives in the organization there, and nowhere else", async () => {
    const scene = await organizationScene();
    const applications = `/o/${scene.customer}/api/server/v1/applications`;
    const oidc = { grantTypes: ["authorization_code"], callbackURLs: [callback], publicClient: true };
    const inboundProtocolConfiguration = { oidc };
    const { id } = await scene.sandbox.console("POST", applications, { name: "Inside", inboundProtocolConfiguration });
    const { body } = await scene.sandbox.console("GET", `${applications}/${id}/inbound-protocols/oidc`);
    const clientId = textAt(body, "clientId");
    const inside = `${scene.place}/o/${scene.customer}`;
    const push = (place: string) => fetch(`${place}/oauth2/par`, { method: "POST", body: query({ clientId }) });
    expect((await push(scene.place)).status).toBe(401);
    const pushed = await answerOf(await push(inside));
    const parameters = { client_id: clientId, request_uri: textAt(pushed.body, "request_uri") };
    const url = `${inside}/oauth2/authorize?${new URLSearchParams(parameters)}`;
    expect(target(await new Visitor().get(url)).pathname).toBe(
      `/t/acme/o/${scene.customer}/authenticationendpoint/login.do`,
    );
  });
});
