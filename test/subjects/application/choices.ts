import type { JsonObject } from "../../model/json";

/** A part of an application: as a program declares it, and as the console shows it then. */
export interface Part {
  readonly args: JsonObject;
  readonly live: JsonObject;
}

const nothing: Part = { args: {}, live: {} };

/** A member that has the same name and value on both sides. */
const plain = (...values: JsonObject[]): Part[] => values.map((value) => ({ args: value, live: value }));

const claim = (name: string) => `http://wso2.org/claims/${name}`;
const claims = (args: JsonObject, live: JsonObject): Part => ({
  args: { claimConfiguration: args },
  live: { claimConfiguration: live },
});
const flow = (args: JsonObject, live: JsonObject = args): Part => ({
  args: { authenticationSequence: args },
  live: { authenticationSequence: live },
});
const advanced = (args: JsonObject, live: JsonObject = args): Part => ({
  args: { advancedConfiguration: args },
  live: { advancedConfigurations: live },
});

const password = { options: [{ idp: "LOCAL", authenticator: "BasicAuthenticator" }] };
const oneTime = { options: [{ idp: "LOCAL", authenticator: "totp" }] };
const script = "var onLoginRequest = function(context) { executeStep(1); executeStep(2); };";

/** Of each group one choice; the first one is that nothing is declared. */
export const applicationChoices: readonly (readonly Part[])[] = [
  [nothing, ...plain({ description: "Works on orders" }, { description: "Works on bills" })],
  [nothing, ...plain({ imageUrl: "https://img.example/logo.png" })],
  [nothing, ...plain({ accessUrl: "https://app.example/start" })],
  [nothing, ...plain({ templateId: "m2m-application" })],
  [nothing, ...[false, true].map((enabled) => ({ args: { enabled }, live: { applicationEnabled: enabled } }))],
  [
    nothing,
    ...plain(
      { associatedRoles: { allowedAudience: "APPLICATION" } },
      { associatedRoles: { allowedAudience: "ORGANIZATION" } },
    ),
  ],
  [
    nothing,
    claims(
      { requestedClaims: [{ claim: claim("emailaddress") }, { claim: claim("country"), mandatory: true }] },
      {
        requestedClaims: [
          { claim: { uri: claim("emailaddress") } },
          { claim: { uri: claim("country") }, mandatory: true },
        ],
      },
    ),
    claims(
      {
        dialect: "CUSTOM",
        claimMappings: [
          { applicationClaim: "mail", localClaim: claim("emailaddress") },
          { applicationClaim: "land", localClaim: claim("country") },
        ],
        requestedClaims: [{ claim: "mail", mandatory: true }],
      },
      {
        dialect: "CUSTOM",
        claimMappings: [
          { applicationClaim: "mail", localClaim: { uri: claim("emailaddress") } },
          { applicationClaim: "land", localClaim: { uri: claim("country") } },
        ],
        requestedClaims: [{ claim: { uri: "mail" }, mandatory: true }],
      },
    ),
    claims(
      { subject: { claim: claim("emailaddress"), includeUserDomain: true } },
      { subject: { claim: { uri: claim("emailaddress") }, includeUserDomain: true } },
    ),
    claims(
      { role: { mappings: [{ localRole: "admin", applicationRole: "boss" }] } },
      { role: { mappings: [{ localRole: "admin", applicationRole: "boss" }] } },
    ),
  ],
  [
    nothing,
    flow({ type: "DEFAULT" }),
    flow({ steps: [password] }, { type: "USER_DEFINED", steps: [password] }),
    flow(
      { type: "USER_DEFINED", steps: [password, oneTime], subjectStepId: 1, attributeStepId: 2, script },
      { type: "USER_DEFINED", steps: [password, oneTime], subjectStepId: 1, attributeStepId: 2, script },
    ),
  ],
  [
    nothing,
    advanced({ skipLoginConsent: true }),
    advanced({ skipLogoutConsent: true, returnAuthenticatedIdpList: true, saas: false }),
    advanced({ certificate: { type: "JWKS", value: "https://app.example/jwks" } }),
    advanced(
      { attestation: { enableClientAttestation: true, androidPackageName: "com.example.app" } },
      { attestationMetaData: { enableClientAttestation: true, androidPackageName: "com.example.app" } },
    ),
    advanced(
      { trustedApp: { fidoTrustedApp: true, appleAppId: "TEAM.com.example.app" } },
      { trustedAppConfiguration: { isFIDOTrustedApp: true, appleAppId: "TEAM.com.example.app" } },
    ),
  ],
];

/** How the application gets tokens; the first one is that it is no client at all. */
export const grantChoices: readonly (Part | undefined)[] = [
  undefined,
  ...plain(
    { grantTypes: ["client_credentials"] },
    { grantTypes: ["client_credentials", "refresh_token"] },
    { grantTypes: ["authorization_code"], callbackUrls: ["https://app.example/callback"] },
  ).map(({ args }) => ({ args, live: withCallbacks(args, ["https://app.example/callback"]) })),
  {
    args: {
      grantTypes: ["authorization_code", "refresh_token"],
      callbackUrls: ["https://b.example/callback", "https://a.example/callback"],
    },
    live: {
      grantTypes: ["authorization_code", "refresh_token"],
      callbackURLs: ["regexp=(https://a\\.example/callback|https://b\\.example/callback)"],
    },
  },
];

function withCallbacks({ callbackUrls, ...rest }: JsonObject, live: string[]): JsonObject {
  return callbackUrls === undefined ? rest : { ...rest, callbackURLs: live };
}

/** The rest of an OAuth client; of each group one choice. */
export const oidcChoices: readonly (readonly Part[])[] = [
  [nothing, ...plain({ allowedOrigins: ["https://app.example", "https://b.example"] }, { allowedOrigins: [] })],
  [nothing, ...plain({ publicClient: false }, { publicClient: true })],
  [
    nothing,
    ...plain({ pkce: { mandatory: true } }, { pkce: { mandatory: false, supportPlainTransformAlgorithm: true } }),
  ],
  [
    nothing,
    ...plain(
      { accessToken: { type: "JWT" } },
      { accessToken: { userAccessTokenExpiryInSeconds: 900, bindingType: "None" } },
      { accessToken: { type: "Default", applicationAccessTokenExpiryInSeconds: 1800 } },
    ),
  ],
  [nothing, ...plain({ refreshToken: { expiryInSeconds: 7200 } }, { refreshToken: { renewRefreshToken: true } })],
  [nothing, ...plain({ idToken: { audience: ["https://api.example"], expiryInSeconds: 600 } })],
  [nothing, ...plain({ logout: { backChannelLogoutUrl: "https://app.example/logout" } })],
  [nothing, ...plain({ subject: { subjectType: "public" } })],
];

/** How the secret of a confidential client is kept and changed: the console shows nothing of it. */
export const secretChoices: readonly JsonObject[] = [
  {},
  {},
  { secretVersion: "1" },
  { secretVersion: "2" },
  { secretVersion: "2", secretOverlapDays: 0 },
  { storeSecret: false, secretVersion: "3" },
];
