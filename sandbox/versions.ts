/** The servers that the sandbox can stand for: the hosted service, and releases of WSO2 Identity Server. */
export const servers = ["asgardeo", "7.0", "7.1", "7.2"] as const;

export type Server = (typeof servers)[number];

/** From oldest to newest: the hosted service runs ahead of the releases. */
const age: readonly Server[] = ["7.0", "7.1", "7.2", "asgardeo"];

/** What not every server does, by the server that brought it. */
const features = {
  /** A scope of an API has a PATCH. */
  scopePatch: "7.1",
  /** A scope of an API has a path with its id. */
  scopeById: "asgardeo",
  /** The script of a login flow has a path of its own. */
  scriptPath: "7.2",
  /** The user's id is the subject, and the roles are the role claim, of an application that says nothing else. */
  userIdAsSubject: "7.1",
  /** New applications have the version v2.0.0. */
  applicationVersion2: "7.2",
  /** The list of applications shows whether each is enabled, and the version of its template. */
  listOfEnabled: "7.1",
  /** A client secret is shown, and made anew, with scopes of its own only. */
  clientSecretScopes: "7.2",
  /** A replacement of the OpenID Connect configuration may leave the secret out. */
  secretLeftOut: "7.2",
  /** An application has several client secrets, which can end. */
  clientSecrets: "asgardeo",
  /** An organization has a handle, which is chosen and checked, and there is a path for one's own. */
  organizationHandle: "7.1",
  /** The server keeps an account of what it does behind its answers. */
  asyncOperations: "7.1",
  /** Applications are shared with chosen organizations and roles, and it takes scopes of its own. */
  newSharing: "7.2",
  /** An organization has applications of its own, and a token endpoint. */
  organizationApplications: "7.2",
  /** The CIBA grant has a configuration, which it needs. */
  cibaConfiguration: "asgardeo",
  /** Users and groups of a role have paths of their own. A release has to be told to serve them. */
  rolesV3: "asgardeo",
  /** A list of roles shows all of each. */
  roleListMembers: "asgardeo",
  /** A role says whether it is shared. */
  roleProperties: "asgardeo",
  /** A group that does not exist cannot get a role; before, it is passed over. */
  roleGroupsChecked: "asgardeo",
  /** A tenant's own attributes of users have a schema of their own. */
  customUserSchema: "7.1",
} as const satisfies Record<string, Server>;

/** Whether a server has what came with another one. */
export function isSince(server: Server, since: Server): boolean {
  return age.indexOf(server) >= age.indexOf(since);
}

export type Feature = keyof typeof features;

/** Whether a server does something that not every one does. */
export function knows(server: Server, feature: Feature): boolean {
  return isSince(server, features[feature]);
}

type Model = "organization" | "application" | "oidc" | "saml" | "authorizedApi" | "apiResource" | "oidcMetadata";

/** The members of each model that not every server has, by the server that brought them. */
const introduced: Record<Model, Partial<Record<Server, readonly string[]>>> = {
  application: {
    "7.1": [
      "applicationEnabled",
      "applicationVersion",
      "templateVersion",
      "advancedConfigurations.trustedAppConfiguration",
      "inboundProtocolConfiguration.saml.manualConfiguration.attributeProfile.nameFormat",
    ],
    "7.2": ["advancedConfigurations.discoverableGroups"],
    asgardeo: ["enhancedOrgAuthenticationEnabled"],
  },
  oidc: {
    "7.1": [
      "hybridFlow",
      "subjectToken",
      "accessToken.accessTokenAttributes",
      "clientAuthentication.tokenEndpointAllowReusePvtKeyJwt",
    ],
    asgardeo: [
      "clientSecretExpiresAt",
      "multipleClientSecretsConfigured",
      "accessToken.enableJwtScopeAsArray",
      "refreshToken.extendRenewedRefreshTokenExpiryTime",
      "refreshToken.gracefulRefreshTokenRotationEnabled",
      "refreshToken.gracefulRefreshTokenRotationValidityPeriod",
      "refreshToken.gracefulRefreshTokenReuseLimit",
      "fapiProfile",
      "cibaAuthenticationRequest",
    ],
  },
  saml: { "7.1": ["attributeProfile.nameFormat"] },
  authorizedApi: {
    "7.1": [
      "authorizationDetailsTypes",
      "addedAuthorizationDetailsTypes",
      "removedAuthorizationDetailsTypes",
      "authorizedAuthorizationDetailsTypes",
    ],
  },
  apiResource: {
    "7.1": ["authorizationDetailsTypes", "addedAuthorizationDetailsTypes", "removedAuthorizationDetailsTypes"],
    "7.2": ["resourceType"],
  },
  organization: {
    "7.1": ["orgHandle", "hasChildren"],
    "7.2": ["version", "ancestorPath"],
  },
  oidcMetadata: {
    "7.1": ["tokenEndpointAllowReusePvtKeyJwt"],
    "7.2": ["allowedGrantTypes.options.publicClientAllowed"],
    asgardeo: ["fapiMetadata.allowedFapiProfiles", "cibaMetadata", "allowedIssuers"],
  },
};

/** A copy of a body without the members that the server does not have: it ignores them on the way in, and never answers them. */
export function withoutLacking(model: Model, body: unknown, server: Server): unknown {
  const copy: unknown = structuredClone(body);
  for (const [since, paths] of Object.entries(introduced[model])) {
    if (!isSince(server, since as Server)) for (const path of paths) remove(copy, path.split("."));
  }
  return copy;
}

function remove(value: unknown, path: readonly string[]): void {
  if (Array.isArray(value)) for (const element of value) remove(element, path);
  const [key, ...rest] = path;
  if (!isObject(value) || key === undefined) return;
  if (rest.length === 0) delete value[key];
  else remove(value[key], rest);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
