import type { Properties } from "../../provider/core/clean";
import { MissingScopeError, PartialCreateError } from "../../provider/errors";
import { type Managed, reconnected, type TestTenant, testTenant } from "../support/managed";

let tenant: TestTenant;
beforeAll(async () => {
  tenant = await testTenant();
});
afterAll(() => tenant.close());
beforeEach(() => void tenant.requests());

interface Oidc {
  clientId: string;
  clientSecret: string;
  grantTypes: string[];
  callbackURLs: string[];
  allowedOrigins: string[];
  accessToken: Record<string, unknown>;
  refreshToken: Record<string, unknown>;
  pkce: Record<string, unknown>;
}

const liveApplication = (id: string | undefined) => tenant.live(`/applications/${id}`);
const liveOidc = (id: string | undefined) => tenant.live<Oidc>(`/applications/${id}/inbound-protocols/oidc`);

const worker = { grantTypes: ["client_credentials"] };
let count = 0;
const named = <A extends Properties>(args: A = {} as A) => ({ name: `App ${++count}`, ...args });

describe("an application", () => {
  test("is created in two requests, with its client and the tenant's endpoints as outputs", async () => {
    const app = tenant.resource("Application");
    await app.apply(named({ oidc: worker }));
    expect(tenant.requests()).toEqual(["POST /applications", `GET /applications/${app.id}/inbound-protocols/oidc`]);
    const { clientId, clientSecret } = await liveOidc(app.id);
    const base = `${tenant.sandbox.baseUrl}/t/sandbox`;
    expect(app.state).toMatchObject({
      clientId,
      clientSecret,
      issuer: `${base}/oauth2/token`,
      authorizationEndpoint: `${base}/oauth2/authorize`,
      tokenEndpoint: `${base}/oauth2/token`,
      endSessionEndpoint: `${base}/oidc/logout`,
      jwksUri: `${base}/oauth2/jwks`,
      discoveryUrl: `${base}/oauth2/token/.well-known/openid-configuration`,
    });
  });

  test("without a protocol takes one request, and has no client", async () => {
    const app = tenant.resource("Application");
    await app.apply(named());
    expect(tenant.requests()).toEqual(["POST /applications"]);
    expect(app.state.clientId).toBeUndefined();
    await app.refresh();
    expect(tenant.requests()).toEqual([`GET /applications/${app.id}`]);
  });

  test("that did not change costs no request", async () => {
    const app = tenant.resource("Application");
    const args = named({ oidc: { ...worker, allowedOrigins: ["https://a.example", "https://b.example"] } });
    await app.up(args);
    await app.refresh();
    tenant.requests();
    const reordered = { ...args, oidc: { allowedOrigins: ["https://b.example", "https://a.example"], ...worker } };
    expect(await app.up(reordered)).toBe("same");
    expect(tenant.requests()).toEqual([]);
  });

  test("gets new plain members in one request, and keeps id and client when it is renamed", async () => {
    const app = tenant.resource("Application");
    await app.up(named({ description: "old", oidc: worker }));
    const { id, state } = app;
    tenant.requests();
    const args = named({ description: "new", oidc: worker });
    expect(await app.up(args)).toBe("update");
    expect(tenant.requests()).toEqual([`PATCH /applications/${id}`]);
    expect(app.state).toMatchObject({ clientId: state.clientId, clientSecret: state.clientSecret });
    expect(await liveApplication(id)).toMatchObject({ name: args.name, description: "new" });
  });

  test("gets a new OIDC configuration in two requests, and keeps what the program does not declare", async () => {
    const app = tenant.resource("Application");
    const args = named({ oidc: { ...worker, accessToken: { type: "JWT" } } });
    await app.up(args);
    const path = `/api/server/v1/applications/${app.id}/inbound-protocols/oidc`;
    const before = await liveOidc(app.id);
    const edited = { ...before, allowedOrigins: ["https://console.example"], refreshToken: { expiryInSeconds: 7200 } };
    expect((await tenant.sandbox.console("PUT", path, edited)).status).toBe(200);
    tenant.requests();
    await app.up({ ...args, oidc: { ...worker, accessToken: { type: "JWT", userAccessTokenExpiryInSeconds: 600 } } });
    expect(tenant.requests()).toEqual([
      `GET /applications/${app.id}/inbound-protocols/oidc`,
      `PUT /applications/${app.id}/inbound-protocols/oidc`,
    ]);
    const live = await liveOidc(app.id);
    expect(live).toMatchObject({
      clientId: before.clientId,
      clientSecret: before.clientSecret,
      allowedOrigins: ["https://console.example"],
      accessToken: { type: "JWT", userAccessTokenExpiryInSeconds: 600, applicationAccessTokenExpiryInSeconds: 3600 },
      refreshToken: { expiryInSeconds: 7200 },
    });
  });

  test("sends several callback URLs as one escaped pattern, and reads them back", async () => {
    const app = tenant.resource("Application");
    const callbackUrls = ["https://b.example/cb?x=1", "https://a.example/cb"];
    const args = named({ oidc: { grantTypes: ["authorization_code"], callbackUrls } });
    await app.up(args);
    expect((await liveOidc(app.id)).callbackURLs).toEqual([
      "regexp=(https://a\\.example/cb|https://b\\.example/cb\\?x=1)",
    ]);
    await app.refresh();
    expect(app.state).toMatchObject({ oidc: args.oidc });
    expect(await app.up(args)).toBe("same");
  });

  test("that was changed in the console shows what was declared and drifted, and is put right", async () => {
    const app = tenant.resource("Application");
    const args = named({ description: "ours", advancedConfiguration: { skipLoginConsent: true }, oidc: worker });
    await app.up(args);
    const change = {
      description: "theirs",
      imageUrl: "https://a.example/logo.png",
      advancedConfigurations: { saas: true, skipLoginConsent: false },
    };
    await tenant.sandbox.console("PATCH", `/api/server/v1/applications/${app.id}`, change);
    await app.refresh();
    expect(app.state).toMatchObject({ description: "theirs", advancedConfiguration: { skipLoginConsent: false } });
    expect(app.state.imageUrl).toBeUndefined();
    expect(app.state.advancedConfiguration).not.toHaveProperty("saas");
    expect(await app.up(args)).toBe("update");
    expect(await liveApplication(app.id)).toMatchObject({
      description: "ours",
      imageUrl: "https://a.example/logo.png",
      advancedConfigurations: { saas: true, skipLoginConsent: true },
    });
  });

  test("that was deleted behind our back is gone after a refresh, and made again", async () => {
    const app = tenant.resource("Application");
    const args = named({ oidc: worker });
    await app.up(args);
    const first = app.id;
    await tenant.sandbox.console("DELETE", `/api/server/v1/applications/${first}`);
    await app.refresh();
    expect(app.id).toBeUndefined();
    expect(await app.up(args)).toBe("create");
    expect(app.id).not.toBe(first);
  });

  test("is deleted in one request, also where somebody was quicker", async () => {
    const app = tenant.resource("Application");
    await app.up(named({ oidc: worker }));
    const { id, state } = app;
    tenant.requests();
    await app.destroy();
    expect(tenant.requests()).toEqual([`DELETE /applications/${id}`]);
    const again = tenant.resource("Application");
    again.id = id;
    again.state = state;
    await again.destroy();
    expect((await tenant.sandbox.console("GET", `/api/server/v1/applications/${id}`)).status).toBe(404);
  });

  test("is read whole by its id alone", async () => {
    const app = tenant.resource("Application");
    const args = named({ description: "whole", oidc: { ...worker, publicClient: false } });
    await app.up(args);
    const looked = tenant.resource("Application");
    looked.id = app.id;
    await looked.refresh();
    expect(looked.state).toMatchObject({ ...args, enabled: true, clientId: app.state.clientId });
  });
});

describe("an arg that is taken out of the program", () => {
  const mail = "http://wso2.org/claims/emailaddress";
  const phone = "http://wso2.org/claims/mobile";
  const password = { options: [{ idp: "LOCAL", authenticator: "BasicAuthenticator" }] };

  test.each<[string, Properties, Properties]>([
    ["description", { description: "x" }, { description: "" }],
    ["imageUrl", { imageUrl: "https://a.example/i" }, { imageUrl: "" }],
    ["accessUrl", { accessUrl: "https://a.example" }, { accessUrl: "" }],
    ["templateId", { templateId: "m2m-application" }, { templateId: "" }],
    ["enabled", { enabled: false }, { applicationEnabled: true }],
    [
      "claimConfiguration",
      {
        claimConfiguration: {
          requestedClaims: [{ claim: mail }, { claim: phone, mandatory: true }],
          subject: { includeUserDomain: true },
        },
      },
      { claimConfiguration: { requestedClaims: [], subject: { includeUserDomain: false } } },
    ],
    [
      "authenticationSequence",
      {
        authenticationSequence: {
          steps: [password, { options: [{ idp: "LOCAL", authenticator: "totp" }] }],
          script: "x",
        },
      },
      { authenticationSequence: { type: "DEFAULT" } },
    ],
    [
      "advancedConfiguration",
      {
        advancedConfiguration: { skipLoginConsent: true, skipLogoutConsent: true, enableApiBasedAuthentication: true },
      },
      {
        advancedConfigurations: {
          skipLoginConsent: false,
          skipLogoutConsent: false,
          enableAPIBasedAuthentication: false,
        },
      },
    ],
  ])("is cleared on the server: %s", async (_, args, after) => {
    const app = tenant.resource("Application");
    const plain = named();
    await app.up({ ...plain, ...args });
    expect(await liveApplication(app.id)).not.toMatchObject(after);
    expect(await app.up(plain)).toBe("update");
    expect(await liveApplication(app.id)).toMatchObject(after);
    await app.refresh();
    expect(await app.up(plain)).toBe("same");
  });

  const web = { grantTypes: ["authorization_code"], callbackUrls: ["https://a.example/cb"] };

  test.each<[string, Properties, Properties]>([
    ["allowedOrigins", { allowedOrigins: ["https://a.example"] }, { allowedOrigins: [] }],
    ["publicClient", { publicClient: true }, { publicClient: false }],
    ["pkce", { pkce: { mandatory: true } }, { pkce: { mandatory: false, supportPlainTransformAlgorithm: false } }],
    ["hybridFlow", { hybridFlow: { enable: true, responseType: "code token" } }, { hybridFlow: { enable: false } }],
    [
      "accessToken",
      { accessToken: { type: "JWT", userAccessTokenExpiryInSeconds: 60 } },
      { accessToken: { type: "Default", userAccessTokenExpiryInSeconds: 3600 } },
    ],
    [
      "refreshToken",
      { refreshToken: { expiryInSeconds: 60, renewRefreshToken: true } },
      { refreshToken: { expiryInSeconds: 86400, renewRefreshToken: false } },
    ],
    [
      "subjectToken",
      { subjectToken: { enable: true, applicationSubjectTokenExpiryInSeconds: 60 } },
      { subjectToken: { enable: false, applicationSubjectTokenExpiryInSeconds: 0 } },
    ],
    [
      "idToken",
      { idToken: { audience: ["a"], expiryInSeconds: 60 } },
      { idToken: { audience: [], expiryInSeconds: 3600 } },
    ],
    ["logout", { logout: { backChannelLogoutUrl: "https://a.example/out" } }, { logout: {} }],
    [
      "validateRequestObjectSignature",
      { validateRequestObjectSignature: true },
      { validateRequestObjectSignature: false },
    ],
    ["scopeValidators", { scopeValidators: ["Role based scope validator"] }, { scopeValidators: [] }],
    [
      "clientAuthentication",
      { clientAuthentication: { tokenEndpointAuthMethod: "private_key_jwt" } },
      { clientAuthentication: {} },
    ],
    ["requestObject", { requestObject: { signingAlgorithm: "PS256" } }, { requestObject: {} }],
    [
      "requirePushedAuthorizationRequests",
      { requirePushedAuthorizationRequests: true },
      { pushAuthorizationRequest: { requirePushAuthorizationRequest: false } },
    ],
    [
      "subject",
      { subject: { subjectType: "pairwise", sectorIdentifierUri: "https://a.example/s" } },
      { subject: { subjectType: "public" } },
    ],
    ["fapiProfile", { fapiApplication: true, fapiProfile: "FAPI2_SECURITY" }, { isFAPIApplication: false }],
    [
      "refreshToken",
      {
        refreshToken: {
          expiryInSeconds: 60,
          gracefulRefreshTokenRotationEnabled: true,
          gracefulRefreshTokenRotationValidityPeriod: 30,
          gracefulRefreshTokenReuseLimit: 2,
        },
      },
      { refreshToken: { expiryInSeconds: 86400 } },
    ],
    ["fapiApplication", { fapiApplication: true }, { isFAPIApplication: false }],
  ])("is cleared in the OIDC configuration: %s", async (name, args, after) => {
    const app = tenant.resource("Application");
    const plain = named({ oidc: web });
    await app.up({ ...plain, oidc: { ...web, ...args } });
    await app.refresh();
    expect(app.state.oidc).toMatchObject(args);
    expect(await app.up(plain)).toBe("update");
    const live = (await liveOidc(app.id)) as unknown as Record<string, unknown>;
    expect(live).toMatchObject(after);
    if (typeof after[name] === "object")
      expect(JSON.stringify(live[name])).not.toMatch(/a\.example|private_key_jwt|PS256|graceful/);
    await app.refresh();
    expect(await app.up(plain)).toBe("same");
  });

  test("takes the client with it where it is the whole of oidc, and gives a new one when it comes back", async () => {
    const app = tenant.resource("Application");
    const plain = named();
    await app.up({ ...plain, oidc: worker });
    const before = app.state.clientId;
    tenant.requests();
    await app.up(plain);
    // A look whether it is the client that the provider signs in with.
    expect(tenant.requests()).toEqual([
      expect.stringContaining("GET /applications?filter=clientId"),
      `DELETE /applications/${app.id}/inbound-protocols/oidc`,
    ]);
    expect(app.state).not.toHaveProperty("clientId");
    expect(app.state).not.toHaveProperty("clientSecret");
    expect(await liveApplication(app.id)).toMatchObject({ clientId: "" });
    await app.up({ ...plain, oidc: worker });
    expect(app.state.clientId).toBeTruthy();
    expect(app.state.clientId).not.toBe(before);
    expect(app.state).toMatchObject({ clientSecret: (await liveOidc(app.id)).clientSecret });
  });

  test("the script of a flow that stays is removed", async () => {
    const app = tenant.resource("Application");
    const args = named({ authenticationSequence: { steps: [password] } });
    await app.up({ ...args, authenticationSequence: { steps: [password], script: "var a;" } });
    await app.up(args);
    expect(await liveApplication(app.id)).toMatchObject({ authenticationSequence: { type: "USER_DEFINED" } });
    const { authenticationSequence } = (await liveApplication(app.id)) as { authenticationSequence: object };
    expect(authenticationSequence).not.toHaveProperty("script");
  });
});

describe("a client id of one's own", () => {
  test("is taken with its secret, and a change of it replaces the application", async () => {
    const app = tenant.resource("Application");
    const args = named({ oidc: { ...worker, clientId: "mine", clientSecret: "a-secret-of-mine" } });
    await app.up(args);
    expect(app.state).toMatchObject({ clientId: "mine", clientSecret: "a-secret-of-mine" });
    await app.refresh();
    expect(await app.up(args)).toBe("same");
    const first = app.id;
    expect(await app.up({ ...args, oidc: { ...worker, clientId: "another" } })).toBe("replace");
    expect(app.id).not.toBe(first);
  });

  test("is not replaced because its secret was regenerated in the console", async () => {
    const app = tenant.resource("Application");
    const args = named({ oidc: { ...worker, clientId: "regenerated", clientSecret: "the-first-secret" } });
    await app.up(args);
    await tenant.sandbox.console(
      "POST",
      `/api/server/v1/applications/${app.id}/inbound-protocols/oidc/regenerate-secret`,
    );
    await app.refresh();
    expect(app.state.clientSecret).not.toBe("the-first-secret");
    expect(app.state).toMatchObject({ clientSecret: (await liveOidc(app.id)).clientSecret });
    expect(await app.up(args)).toBe("same");
  });

  test("that is taken is an error at oidc.clientId, and nothing is made", async () => {
    const clientId = `taken-${++count}`;
    const first = tenant.resource("Application");
    const holder = named({ oidc: { ...worker, clientId } });
    await first.up(holder);
    const second = tenant.resource("Application");
    const failed = named({ oidc: { ...worker, clientId } });
    await expect(second.up(failed)).rejects.toThrow(
      `oidc.clientId: "${clientId}" is taken by the application "${holder.name}" (id ${first.id})`,
    );
    expect(second.id).toBeUndefined();
    expect(tenant.sandbox.tenant.applications.some(({ name }) => name === failed.name)).toBe(false);
  });
});

describe("a name that is taken", () => {
  test.each([
    ["with", { oidc: worker }],
    ["without", {}],
  ])("is an error that names its holder, %s OIDC", async (_, more) => {
    const args = named(more);
    const first = tenant.resource("Application");
    await first.up(args);
    const message = `name: "${args.name}" is taken by the application "${args.name}" (id ${first.id})`;
    await expect(tenant.resource("Application").up(args)).rejects.toThrow(message);
    const other = tenant.resource("Application");
    await other.up(named(more));
    const renamed = other.up(args);
    await expect(renamed).rejects.toThrow(message);
    await expect(renamed).rejects.toThrow("Choose another, or rename that one first.");
  });
});

describe.each(["7.0", "7.1", "7.2", "asgardeo"] as const)("on server %s", (server) => {
  let own: TestTenant;
  beforeAll(async () => {
    own = await testTenant({ server });
  });
  afterAll(() => own.close());

  test("an application lives its whole life", async () => {
    const app = own.resource("Application");
    const args = {
      name: "Whole life",
      advancedConfiguration: { skipLoginConsent: true },
      oidc: {
        grantTypes: ["authorization_code", "refresh_token"],
        callbackUrls: ["https://a.example/cb"],
        pkce: { mandatory: true },
      },
    };
    expect(await app.up(args)).toBe("create");
    await app.refresh();
    expect(await app.up(args)).toBe("same");
    const changed = { ...args, oidc: { ...args.oidc, allowedOrigins: ["https://a.example"] } };
    expect(await app.up(changed)).toBe("update");
    await app.refresh();
    expect(await app.up(changed)).toBe("same");
    const password = { options: [{ idp: "LOCAL", authenticator: "BasicAuthenticator" }] };
    const flow = { ...changed, authenticationSequence: { steps: [password], script: "var a;" } };
    expect(await app.up(flow)).toBe("update");
    expect(await app.up({ ...flow, authenticationSequence: { steps: [password] } })).toBe("update");
    const { authenticationSequence } = await own.live<{ authenticationSequence: object }>(`/applications/${app.id}`);
    expect(authenticationSequence).toMatchObject({ type: "USER_DEFINED" });
    expect(authenticationSequence).not.toHaveProperty("script");
    await app.destroy();
    expect(own.sandbox.tenant.applications.some(({ name }) => name === args.name)).toBe(false);
  });
});

describe("a server that hides client secrets from this bootstrap client", () => {
  let own: TestTenant;
  beforeEach(async () => {
    own = await testTenant();
    hideSecrets(own);
  });
  afterEach(() => own.close());

  test("is told at preview of the scope that it lacks, with its API; where it keeps no secret, it needs none", async () => {
    const args = { name: "Hidden", oidc: worker };
    expect(await own.resource("Application").preview(args)).toEqual([
      expect.stringMatching(
        /is not authorized for this scope:\n {2}internal_application_mgt_client_secret_view of "App/,
      ),
    ]);
    expect(await own.resource("Application").preview({ ...args, storeSecret: false })).toEqual([]);
    expect(await own.resource("Application").preview({ ...args, oidc: { ...worker, publicClient: true } })).toEqual([]);
  });

  test("leaves a half-made application in state, and an error that names the scope; the next run finishes it", async () => {
    const app = own.resource("Application");
    const args = { name: "Hidden", oidc: worker };
    const failed = app.apply(args);
    await expect(failed).rejects.toBeInstanceOf(PartialCreateError);
    await expect(failed).rejects.toThrow("internal_application_mgt_client_secret_view");
    expect(app.id).toBeTruthy();
    expect(app.state).toMatchObject(args);
    await expect(app.up(args)).rejects.toBeInstanceOf(MissingScopeError);
    const granted = again(own, app);
    expect(await granted.app.up(args)).toBe("update");
    expect(granted.app.state.clientSecret).toBeTruthy();
    expect(own.sandbox.tenant.applications.filter(({ name }) => name === "Hidden")).toHaveLength(1);
  });

  test("does not make a refresh forget the secret that is in state", async () => {
    const app = own.resource("Application");
    await app.up({ name: "Public", oidc: { ...worker, publicClient: true } });
    app.state = { ...app.state, clientSecret: "known-from-before" };
    await app.refresh();
    expect(app.state.clientSecret).toBe("known-from-before");
  });

  /** The bootstrap client of this tenant may no longer see secrets. */
  function hideSecrets({ sandbox: { tenant } }: TestTenant): void {
    const hidden = tenant.apiResources
      .flatMap(({ scopes }) => scopes)
      .find(({ name }) => name.endsWith("client_secret_view"));
    for (const authorization of tenant.applications.find(({ id }) => id === tenant.bootstrap)?.authorizations ?? []) {
      authorization.scopeIds = authorization.scopeIds.filter((id) => id !== hidden?.id);
    }
  }

  /** The same resource in a later run, whose tokens carry the scope. */
  function again({ sandbox }: TestTenant, before: Managed) {
    const api = sandbox.tenant.apiResources.find(({ identifier }) => identifier === "/api/server/v1/applications");
    const bootstrap = sandbox.tenant.applications.find((application) => application.id === sandbox.tenant.bootstrap);
    const authorization = bootstrap?.authorizations.find(({ apiId }) => apiId === api?.id);
    if (authorization) authorization.scopeIds = (api?.scopes ?? []).map((scope) => scope.id);
    const app = reconnected(sandbox).resource("Application");
    Object.assign(app, { id: before.id, state: before.state, inputs: before.inputs, incomplete: true });
    return { app };
  }
});
