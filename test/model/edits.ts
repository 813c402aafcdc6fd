import { at, type Bag, bagOf, isBag, merged } from "./bag";
import { identifiersOf, namesOf } from "./program";
import type { World } from "./world";

/** Something that somebody does in the console; where there is nothing to do it to, it does nothing. */
type Edit = (world: World, pick: number) => Promise<void>;

const chosen = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(list.length, 1)];
const applicationsIn = (world: World) => world.objects().filter(({ path }) => path.startsWith("/applications/"));
const apisIn = (world: World) => world.objects().filter(({ path }) => path.startsWith("/api-resources/"));

/** An authorization of an application: its path, the scopes of its API, and the ids of those that it has. */
function authorizationIn(world: World, pick: number) {
  const app = chosen(applicationsIn(world), pick);
  const { applications, apiResources } = world.sandbox.tenant;
  const one = chosen(applications.find(({ id }) => id === app?.id)?.authorizations ?? [], pick);
  if (!app || !one) return undefined;
  const scopes = apiResources.find(({ id }) => id === one.apiId)?.scopes ?? [];
  return { path: `${app.path}/authorized-apis/${one.apiId}`, scopes, has: one.scopeIds };
}

/** Sets a member of an application; `args` are those by which the program would have a say in it. */
function field(member: string, value: (pick: number) => unknown, ...args: string[]): Edit {
  return async (world, pick) => {
    const target = chosen(applicationsIn(world), pick);
    if (!target) return;
    const { body } = await world.console("GET", target.path);
    const [block = ""] = member.split(".");
    const wanted = bagOf(member, value(pick));
    const whole = isBag(body[block]) ? merged({ [block]: sendable(body[block]) }, wanted) : wanted;
    await world.console("PATCH", target.path, whole);
    await note(world, target.id, target.path, member, args);
  };
}

/** What the console sends back of a block that it has read. */
function sendable({ claimMappings, dialect, fragment, additionalSpProperties, ...rest }: Bag): Bag {
  const isCustom = dialect === "CUSTOM";
  return { ...rest, ...(dialect !== undefined && { dialect }), ...(isCustom && { claimMappings }) };
}

/** The same for a member of its OAuth client. */
function client(member: string, value: (pick: number) => unknown, ...args: string[]): Edit {
  return async (world, pick) => {
    const clients = applicationsIn(world).filter(
      ({ id }) => world.sandbox.tenant.applications.find((one) => one.id === id)?.oidc,
    );
    const target = chosen(clients, pick);
    if (!target) return;
    const path = `${target.path}/inbound-protocols/oidc`;
    const { body } = await world.console("GET", path);
    const { state: _, ...writable } = body;
    await world.console("PUT", path, merged(writable, bagOf(member, value(pick))));
    await note(world, target.id, path, member, args);
  };
}

/** From now on the member stays as it is, unless the program has a say in it. */
async function note(world: World, owner: string, path: string, member: string, args: readonly string[]): Promise<void> {
  world.byHand = world.byHand.filter((entry) => entry.path !== path || entry.member !== member);
  if (world.isDeclared(owner, args)) return;
  const { body } = await world.console("GET", path);
  const clientId = path.endsWith("/oidc") ? String(body.clientId) : undefined;
  world.byHand.push({ owner, path, clientId, member, value: at(body, member), args });
}

const flag = (pick: number) => pick % 2 === 0;
const words = (pick: number) => `By hand ${pick}`;
const url = (pick: number) => `https://hand.example/${pick}`;
const mail = { claim: { uri: "http://wso2.org/claims/emailaddress" }, mandatory: true };

export const edits: Readonly<Record<string, Edit>> = {
  description: field("description", words, "description"),
  logo: field("imageUrl", url, "imageUrl"),
  template: field("templateId", words, "templateId"),
  enabled: field("applicationEnabled", flag, "enabled"),
  "return URL": field("logoutReturnUrl", url),
  provisioning: field("provisioningConfigurations.inboundProvisioning.provisioningUserstoreDomain", words),
  saas: field("advancedConfigurations.saas", flag, "advancedConfiguration.saas"),
  "login consent": field("advancedConfigurations.skipLoginConsent", flag, "advancedConfiguration.skipLoginConsent"),
  "authorization of users": field("advancedConfigurations.enableAuthorization", flag),
  "id at Apple": field(
    "advancedConfigurations.attestationMetaData.appleAppId",
    words,
    "advancedConfiguration.attestation.appleAppId",
  ),
  "trusted on Android": field(
    "advancedConfigurations.trustedAppConfiguration",
    (pick) => ({ isFIDOTrustedApp: true, androidPackageName: words(pick), androidThumbprints: ["ab"] }),
    "advancedConfiguration.trustedApp",
  ),
  "subject's tenant": field("claimConfiguration.subject.includeTenantDomain", flag),
  "subject's store": field(
    "claimConfiguration.subject.includeUserDomain",
    flag,
    "claimConfiguration.subject.includeUserDomain",
  ),
  "role's store": field("claimConfiguration.role.includeUserDomain", flag),
  "requested claim": field(
    "claimConfiguration.requestedClaims",
    () => [mail],
    "claimConfiguration.requestedClaims",
    "claimConfiguration.dialect",
    "claimConfiguration.claimMappings",
  ),
  "login flow": field(
    "authenticationSequence",
    () => ({ type: "USER_DEFINED", steps: [{ id: 1, options: [{ idp: "LOCAL", authenticator: "totp" }] }] }),
    "authenticationSequence",
  ),
  audience: field("associatedRoles.allowedAudience", () => "APPLICATION", "associatedRoles"),

  origins: client("allowedOrigins", (pick) => [url(pick).replace(/\/\d+$/, `:${pick + 1}`)], "oidc.allowedOrigins"),
  "life of user tokens": client(
    "accessToken.userAccessTokenExpiryInSeconds",
    (pick) => 100 + pick,
    "oidc.accessToken.userAccessTokenExpiryInSeconds",
  ),
  "type of tokens": client("accessToken.type", () => "JWT", "oidc.accessToken.type"),
  "attributes in tokens": client("accessToken.accessTokenAttributes", () => ["email"]),
  "renewed refresh tokens": client("refreshToken.renewRefreshToken", flag, "oidc.refreshToken.renewRefreshToken"),
  recipients: client("idToken.audience", (pick) => [words(pick)], "oidc.idToken.audience"),
  "front channel": client("logout.frontChannelLogoutUrl", url),
  PKCE: client("pkce.mandatory", flag, "oidc.pkce.mandatory"),
  "way of authentication": client("clientAuthentication.tokenEndpointAuthMethod", () => "client_secret_post"),
  grants: client("grantTypes", () => ["client_credentials", "password"], "oidc"),
  CIBA: client("cibaAuthenticationRequest", (pick) => ({
    authReqExpiryTime: 60 + pick,
    notificationChannels: ["email"],
    skipUserValidation: false,
    allowFederatedUsers: false,
  })),

  "new secret": async (world, pick) => {
    const target = chosen(applicationsIn(world), pick);
    if (target) await world.console("POST", `${target.path}/inbound-protocols/oidc/regenerate-secret`);
  },
  "one more secret": async (world, pick) => {
    const target = chosen(applicationsIn(world), pick);
    if (target) await world.console("POST", `${target.path}/inbound-protocols/oidc/secrets`, {});
  },
  "a client": async (world, pick) => {
    const target = chosen(applicationsIn(world), pick);
    const record = world.sandbox.tenant.applications.find(({ id }) => id === target?.id);
    if (target && !record?.oidc) {
      await world.console("PUT", `${target.path}/inbound-protocols/oidc`, { grantTypes: ["client_credentials"] });
    }
  },
  "no client": async (world, pick) => {
    const target = chosen(applicationsIn(world), pick);
    if (target) await world.console("DELETE", `${target.path}/inbound-protocols/oidc`);
  },
  "another name": async (world, pick) => {
    // By its name the user would know an object that a failed run may have left behind.
    const target = chosen(
      applicationsIn(world).filter(({ id }) => world.savedOf(id)),
      pick,
    );
    if (target) await world.console("PATCH", target.path, { name: `Renamed ${pick}` });
  },
  "delete an application": async (world, pick) => {
    const target = chosen(applicationsIn(world), pick);
    if (target) await world.console("DELETE", target.path);
  },
  "make an application": async (world, pick) => {
    const name = namesOf(pick % 3)[flag(pick) ? 0 : 1];
    const oidc = { grantTypes: ["client_credentials"], allowedOrigins: [url(0).replace(/\/\d+$/, "")] };
    const body = { name, description: words(pick), inboundProtocolConfiguration: { oidc } };
    const { id } = await world.console("POST", "/applications", body);
    if (id === undefined) return;
    world.others.add(id);
    const path = `/applications/${id}`;
    await note(world, id, path, "description", ["description"]);
    await note(world, id, `${path}/inbound-protocols/oidc`, "allowedOrigins", ["oidc.allowedOrigins"]);
  },

  "API's description": async (world, pick) => {
    const target = chosen(apisIn(world), pick);
    if (!target) return;
    await world.console("PATCH", target.path, { description: words(pick) });
    await note(world, target.id, target.path, "description", ["description"]);
  },
  "API's name": async (world, pick) => {
    const target = chosen(apisIn(world), pick);
    if (target) await world.console("PATCH", target.path, { name: words(pick) });
  },
  "add a scope": async (world, pick) => {
    const target = chosen(apisIn(world), pick);
    if (!target) return;
    await world.console("PATCH", target.path, { addedScopes: [{ name: `extra:${pick}` }] });
    await note(world, target.id, target.path, "scopes", ["scopes"]);
  },
  "change a scope": async (world, pick) => {
    const target = chosen(apisIn(world), pick);
    const scope = chosen(world.sandbox.tenant.apiResources.find(({ id }) => id === target?.id)?.scopes ?? [], pick);
    if (target && scope) {
      await world.console("PATCH", `${target.path}/scopes/${scope.name}`, { displayName: words(pick) });
      await note(world, target.id, target.path, "scopes", ["scopes"]);
    }
  },
  "remove a scope": async (world, pick) => {
    const target = chosen(apisIn(world), pick);
    const scope = chosen(world.sandbox.tenant.apiResources.find(({ id }) => id === target?.id)?.scopes ?? [], pick);
    if (!target || !scope) return;
    await world.console("DELETE", `${target.path}/scopes/${scope.name}`);
    await note(world, target.id, target.path, "scopes", ["scopes"]);
  },
  "delete an API": async (world, pick) => {
    const target = chosen(apisIn(world), pick);
    if (target) await world.console("DELETE", target.path);
  },
  "make an API": async (world, pick) => {
    const identifier = identifiersOf(pick % 2)[pick % 3 === 0 ? 0 : 1];
    const { id } = await world.console("POST", "/api-resources", { name: words(pick), identifier });
    if (id !== undefined) world.others.add(id);
  },
  authorize: async (world, pick) => {
    const app = chosen(applicationsIn(world), pick);
    const api = chosen(apisIn(world), pick);
    if (!app || !api) return;
    const all = world.sandbox.tenant.apiResources.find(({ id }) => id === api.id)?.scopes ?? [];
    const scopes = all.slice(pick % 2).map(({ name }) => name);
    await world.console("POST", `${app.path}/authorized-apis`, { id: api.id, scopes });
  },
  "add scopes to an authorization": async (world, pick) => {
    const one = authorizationIn(world, pick);
    if (!one) return;
    const addedScopes = one.scopes.map(({ name }) => name);
    await world.console("PATCH", one.path, { addedScopes });
  },
  "withdraw an authorization": async (world, pick) => {
    const one = authorizationIn(world, pick);
    if (one) await world.console("DELETE", one.path);
  },
  "withdraw a scope": async (world, pick) => {
    const one = authorizationIn(world, pick);
    const scope = one?.scopes.find(({ id }) => one.has.includes(id));
    if (one && scope) await world.console("PATCH", one.path, { removedScopes: [scope.name] });
  },
};
