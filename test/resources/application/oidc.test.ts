import type { Plain } from "../../../provider/core/schema";
import { oidcArgs } from "../../../provider/resources/application/oidc";
import type { OidcArgs } from "../../../provider/resources/application/oidc.args";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function issues(args: object): Record<string, string> {
  const result = oidcArgs.safeParse({ grantTypes: ["client_credentials"], ...args });
  return Object.fromEntries((result.error?.issues ?? []).map((issue) => [issue.path.join("."), issue.message]));
}

test("all that the args offer is accepted together", () => {
  const args: Plain<OidcArgs> = {
    grantTypes: ["authorization_code", "urn:ietf:params:oauth:grant-type:device_code", "urn:example:mine"],
    callbackUrls: ["https://a.example/cb", "com.example.app:/cb", "http://localhost:3000/cb"],
    allowedOrigins: ["https://a.example", "http://localhost:3000", "http://[::1]:8080"],
    publicClient: true,
    pkce: { mandatory: true, supportPlainTransformAlgorithm: false },
    hybridFlow: { enable: true, responseType: "code token,code id_token" },
    accessToken: { type: "JWT", userAccessTokenExpiryInSeconds: 60, bindingType: "DPoP", accessTokenAttributes: ["a"] },
    refreshToken: { expiryInSeconds: 60, renewRefreshToken: true },
    subjectToken: { enable: true, applicationSubjectTokenExpiryInSeconds: 60 },
    idToken: { audience: ["a"], encryption: { enabled: true, algorithm: "RSA-OAEP", method: "A128GCM" } },
    logout: { backChannelLogoutUrl: "https://a.example/logout" },
    clientAuthentication: { tokenEndpointAuthMethod: "private_key_jwt", tokenEndpointAuthSigningAlg: "PS256" },
    requestObject: { signingAlgorithm: "PS256", encryption: { algorithm: "RSA-OAEP" } },
    requirePushedAuthorizationRequests: true,
    subject: { subjectType: "pairwise", sectorIdentifierUri: "https://a.example/sector" },
    fapiApplication: true,
    ciba: { authReqExpiryTime: 60, notificationChannels: ["email"] },
    clientId: "me",
    clientSecret: "hush",
  };
  expect(oidcArgs.parse(args)).toEqual(args);
});

test.each([
  ["client_credential", "client_credentials"],
  ["authorisation_code", "authorization_code"],
  ["device_code", "urn:ietf:params:oauth:grant-type:device_code"],
  ["token-exchange", "urn:ietf:params:oauth:grant-type:token-exchange"],
  ["urn:ietf:params:oauth:grant-type:device-code", "urn:ietf:params:oauth:grant-type:device_code"],
])("the grant type %s is refused and %s is offered", (wrong, right) => {
  const found = issues({ grantTypes: ["password", wrong] });
  expect(Object.keys(found)).toEqual(["grantTypes.1"]);
  expect(found["grantTypes.1"]).toContain(`did you mean \`${right}\`?`);
});

test.each([
  ["no grant type", { grantTypes: [] }, "grantTypes", /at least one/],
  ["a grant type twice", { grantTypes: ["password", "password"] }, "grantTypes.1", /twice/],
  ["a callback without a scheme", { callbackUrls: ["https://a.example", "/cb"] }, "callbackUrls.1", /scheme/],
  ["a callback that begins with its host", { callbackUrls: ["localhost:3000/cb"] }, "callbackUrls.0", /https:\/\//],
  ["a callback that is no URL", { callbackUrls: ["https:a.example"] }, "callbackUrls.0", /no URL/],
  ["a callback with a fragment", { callbackUrls: ["https://a.example/#x"] }, "callbackUrls.0", /fragment/],
  [
    "a callback with a blank at its end",
    { callbackUrls: ["https://a.example/cb "] },
    "callbackUrls.0",
    /blank at its end/,
  ],
  ["a callback with a blank in it", { callbackUrls: ["https://a.example/a b"] }, "callbackUrls.0", /blank in it.*%20/],
  ["a pattern with a blank", { callbackUrls: ["regexp=(https://a| https://b)"] }, "callbackUrls.0", /blank in it/],
  ["two callbacks in one", { callbackUrls: ["https://a.example,https://b.example"] }, "callbackUrls.0", /two URLs/],
  ["a native callback behind a comma", { callbackUrls: ["https://a.example,app:/cb"] }, "callbackUrls.0", /two URLs/],
  ["a script as callback", { callbackUrls: ["javascript:alert(1)"] }, "callbackUrls.0", /script/],
  ["a script in a pattern", { callbackUrls: ["regexp=(https://a|javascript:.*)"] }, "callbackUrls.0", /script/],
  ["content as callback", { callbackUrls: ["data:text/html,x"] }, "callbackUrls.0", /content/],
  ["an origin with a blank", { allowedOrigins: ["https://a.example "] }, "allowedOrigins.0", /blank at its end/],
  ["two origins in one", { allowedOrigins: ["https://a.example,https://b.example"] }, "allowedOrigins.0", /two URLs/],
  ["an origin with a comma", { allowedOrigins: ["https://a.example,b.example"] }, "allowedOrigins.0", /comma/],
  ["a script as origin", { allowedOrigins: ["javascript://a.example"] }, "allowedOrigins.0", /script/],
  ["a logout with a blank", { logout: { backChannelLogoutUrl: " https://a" } }, "logout.backChannelLogoutUrl", /blank/],
  [
    "a script as logout",
    { logout: { frontChannelLogoutUrl: "javascript:x" } },
    "logout.frontChannelLogoutUrl",
    /script/,
  ],
  ["a callback twice", { callbackUrls: ["https://a.example", "https://a.example"] }, "callbackUrls.1", /twice/],
  ["a pattern among URLs", { callbackUrls: ["https://a.example", "regexp=.*"] }, "callbackUrls.1", /alone/],
  ["an empty pattern", { callbackUrls: ["regexp="] }, "callbackUrls.0", /empty/],
  ["a pattern that is a list", { callbackUrls: ["regexp=(https://a|https://b)"] }, "callbackUrls.0", /list the URLs/],
  ["an origin with a path", { allowedOrigins: ["https://a.example/"] }, "allowedOrigins.0", /scheme:\/\/host/],
  ["an origin twice", { allowedOrigins: ["https://a.example", "https://a.example"] }, "allowedOrigins.1", /twice/],
  [
    "no life time",
    { accessToken: { userAccessTokenExpiryInSeconds: 0 } },
    "accessToken.userAccessTokenExpiryInSeconds",
    /seconds/,
  ],
  ["a part of a second", { idToken: { expiryInSeconds: 1.5 } }, "idToken.expiryInSeconds", /./],
  ["an unknown word", { accessToken: { type: "jwt" } }, "accessToken.type", /`JWT`/],
  ["an audience twice", { idToken: { audience: ["a", "a"] } }, "idToken.audience.1", /twice/],
  ["a hybrid flow without response types", { hybridFlow: { enable: true } }, "hybridFlow.responseType", /missing/],
  [
    "an unknown response type",
    { hybridFlow: { enable: true, responseType: "token" } },
    "hybridFlow.responseType",
    /one or more/,
  ],
  [
    "a logout URL without a host",
    { logout: { frontChannelLogoutUrl: "/out" } },
    "logout.frontChannelLogoutUrl",
    /absolute/,
  ],
  ["an authorization code without a callback", { grantTypes: ["authorization_code"] }, "callbackUrls", /missing/],
  [
    "an implicit grant with no callback in the list",
    { grantTypes: ["implicit"], callbackUrls: [] },
    "callbackUrls",
    /missing/,
  ],
  ["a client secret without a client id", { clientSecret: "hush" }, "clientId", /ignores/],
])("%s is refused, at its place", (_, args, path, message) => {
  const found = issues(args);
  expect(Object.keys(found)).toEqual([path]);
  expect(found[path]).toMatch(message);
});

test("no message holds a secret", () => {
  expect(JSON.stringify(issues({ clientSecret: "hush", clientId: 1 }))).not.toContain("hush");
});

test("a pattern of the user's own stands alone", () => {
  expect(issues({ callbackUrls: ["regexp=https://[a-z]+\\.example/cb"] })).toEqual({});
});

test("what is not known yet has issues only at its own place", () => {
  expect(Object.keys(issues({ grantTypes: ["authorization_code"], callbackUrls: unknown }))).toEqual(["callbackUrls"]);
  expect(Object.keys(issues({ grantTypes: unknown, clientSecret: unknown, clientId: unknown }))).toEqual([
    "grantTypes",
  ]);
  expect(Object.keys(issues({ callbackUrls: [unknown, unknown] }))).toEqual(["callbackUrls.0", "callbackUrls.1"]);
  expect(Object.keys(issues({ hybridFlow: { enable: unknown } }))).toEqual(["hybridFlow.enable"]);
});

test("a rule over several members speaks while another member is not known yet", () => {
  const found = issues({ grantTypes: ["authorization_code"], publicClient: unknown });
  expect(Object.keys(found).sort()).toEqual(["callbackUrls", "publicClient"]);
  const slips = issues({ grantTypes: ["implicit", unknown, "pasword"], clientSecret: "hush", novel: 1 });
  expect(Object.keys(slips).sort()).toEqual(["", "callbackUrls", "clientId", "grantTypes.1", "grantTypes.2"]);
});

test.each([null, "x", 1, [], { grantTypes: {}, callbackUrls: 1 }, { grantTypes: [null], pkce: [] }])(
  "odd values are refused without a crash: %j",
  (args) => expect(oidcArgs.safeParse(args).success).toBe(false),
);
