import type { OidcModel } from "../models/oidc";
import { applicationError, Refusal } from "../refusal";
import type { Store } from "../store";
import { knows, type Server } from "../versions";
import { choices } from "./metadata";

/** What the API layer does not do at all. */
export function refuseUnsupportedOidc({ callbackURLs = [], allowedOrigins = [], hybridFlow }: OidcModel): void {
  if (callbackURLs.length > 1) {
    throw new Refusal(
      501,
      undefined,
      "Not Implemented.",
      "Multiple callbacks for OAuth2 are not supported yet. Please use regex to define multiple callbacks.",
    );
  }
  if (new Set(allowedOrigins).size < allowedOrigins.length) {
    throw applicationError("APP-60001", "Duplicate origins are not allowed.");
  }
  const bad = allowedOrigins.find((origin) => !isOrigin(origin));
  if (bad !== undefined) throw applicationError("APP-60001", `Invalid origin: ${bad}.`);
  if (!hybridFlow?.enable) return;
  if (!hybridFlow.responseType) throw applicationError("APP-60517", "Hybrid flow is enabled without a response type.");
  const types = ["code token", "code id_token", "code id_token token"];
  if (hybridFlow.responseType.split(",").some((type) => !types.includes(type))) {
    throw applicationError("APP-60518", "Invalid response type for the hybrid flow.");
  }
}

/** The members that must be there if their object is: the server reads them as primitives, and fails without them. */
const primitives = {
  pkce: ["mandatory", "supportPlainTransformAlgorithm"],
  accessToken: ["userAccessTokenExpiryInSeconds", "applicationAccessTokenExpiryInSeconds"],
  refreshToken: ["expiryInSeconds"],
  hybridFlow: ["enable"],
  subjectToken: ["enable", "applicationSubjectTokenExpiryInSeconds"],
  pushAuthorizationRequest: ["requirePushAuthorizationRequest"],
  cibaAuthenticationRequest: ["authReqExpiryTime", "notificationChannels", "skipUserValidation", "allowFederatedUsers"],
} as const satisfies Partial<Record<keyof OidcModel, readonly string[]>>;

const CIBA = "urn:openid:params:grant-type:ciba";

export function refusePartialOidc(model: OidcModel, crash: Refusal): void {
  for (const [section, members] of Object.entries(primitives)) {
    const given: object | undefined = model[section as keyof typeof primitives];
    if (given && members.some((member) => !Object.hasOwn(given, member))) throw crash;
  }
}

/** The rules of the OAuth layer. */
export function refuseInvalidOidc(model: OidcModel, server: Server): void {
  const grants = model.grantTypes;
  const unknown = grants.find((grant) => !choices.grantTypes.has(grant));
  if (unknown !== undefined) throw invalid(`The provided grant type: ${unknown} is not allowed.`);
  if (grants.includes(CIBA) && knows(server, "cibaConfiguration") && !model.cibaAuthenticationRequest) {
    throw new Refusal(
      500,
      "APP-65006",
      "Error creating application.",
      "Server encountered an error while serving the request.",
    );
  }
  // A substring test on the joined list, as on the server.
  if (/authorization_code|implicit/.test(grants.join(" ")) && !model.callbackURLs?.[0]) {
    throw invalid("Callback URI is mandatory for authorization_code and implicit grant types.");
  }
  if ((model.cibaAuthenticationRequest?.authReqExpiryTime ?? 1) <= 0) throw invalid("Invalid CIBA expiry time.");
  refuseUnknownChoices(model);
  const audience = model.idToken?.audience ?? [];
  if (audience.includes("") || new Set(audience).size < audience.length) {
    throw invalid("Audiences must be neither empty nor repeated.");
  }
  const { tokenEndpointAllowReusePvtKeyJwt: reuse, tokenEndpointAuthMethod: method } = model.clientAuthentication ?? {};
  if (reuse !== undefined && method !== "private_key_jwt") {
    throw invalid("tokenEndpointAllowReusePvtKeyJwt needs the authentication method private_key_jwt.");
  }
}

function refuseUnknownChoices(model: OidcModel): void {
  const { accessToken, idToken, clientAuthentication, requestObject, subject, scopeValidators = [] } = model;
  const checks: readonly (readonly [string, string | undefined, ReadonlySet<string>])[] = [
    ["access token type", accessToken?.type, choices.accessTokenTypes],
    ["access token binding type", accessToken?.bindingType, choices.bindingTypes],
    ["id token signature algorithm", idToken?.idTokenSignedResponseAlg, choices.signatureAlgorithms],
    ["id token encryption algorithm", idToken?.encryption?.algorithm, choices.encryptionAlgorithms],
    ["id token encryption method", idToken?.encryption?.method, choices.encryptionMethods],
    ["client authentication method", clientAuthentication?.tokenEndpointAuthMethod, choices.authMethods],
    ["client authentication algorithm", clientAuthentication?.tokenEndpointAuthSigningAlg, choices.signatureAlgorithms],
    ["request object algorithm", requestObject?.requestObjectSigningAlg, choices.signatureAlgorithms],
    ["request object encryption algorithm", requestObject?.encryption?.algorithm, choices.encryptionAlgorithms],
    ["request object encryption method", requestObject?.encryption?.method, choices.encryptionMethods],
    ["subject type", subject?.subjectType, choices.subjectTypes],
    ...scopeValidators.map((name) => ["scope validator", name, choices.scopeValidators] as const),
  ];
  for (const [what, value, allowed] of checks) {
    if (value && !allowed.has(value)) throw invalid(`Invalid ${what}: ${value}.`);
  }
}

export function refuseDuplicateClient(store: Store, clientId: string | undefined, name?: string): void {
  if (name !== undefined && store.tenant.applications.some((other) => other.oidc && other.name === name)) {
    throw duplicate("An application with the same name already exists.");
  }
  if (clientId !== undefined && store.clientOwner(clientId)) {
    throw duplicate("An application with the same clientId already exists.");
  }
}

function duplicate(description: string): Refusal {
  return applicationError("OAUTH-60008", description, "Error creating application.");
}

function invalid(description: string): Refusal {
  return applicationError("OAUTH-60001", description, "Error creating application.");
}

function isOrigin(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s@]+$/i.test(text) && URL.canParse(text);
}
