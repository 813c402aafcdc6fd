import { isObject, type JsonObject, merged, objectWith } from "../../model/json";
import type { World } from "../../model/world";
import { chosen, type Edit } from "../subject";
import { applicationPath, applications, namesOf, ownApplications } from "./places";

const oidcPath = (id: string) => `${applicationPath(id)}/inbound-protocols/oidc`;

/** One of those that are no part of the tenant itself. */
export function applicationIn({ tenant }: World, pick: number) {
  return chosen(ownApplications(tenant), pick);
}

/** Sets a member of an application; `args` are those by which the program would have a say in it. */
function field(member: string, value: (pick: number) => unknown, ...args: string[]): Edit {
  return async (world, pick) => {
    const target = applicationIn(world, pick);
    if (!target) return;
    const path = applicationPath(target.id);
    const { body } = await world.console("GET", path);
    const [block = ""] = member.split(".");
    const wanted = objectWith(member, value(pick));
    const whole = isObject(body[block]) ? merged({ [block]: sendable(body[block]) }, wanted) : wanted;
    await world.console("PATCH", path, whole);
    await world.note(target.id, path, member, args);
  };
}

/** What the console sends back of a block that it has read. */
function sendable({ claimMappings, dialect, fragment, additionalSpProperties, ...rest }: JsonObject): JsonObject {
  const isCustom = dialect === "CUSTOM";
  return { ...rest, ...(dialect !== undefined && { dialect }), ...(isCustom && { claimMappings }) };
}

/** The same for a member of its OAuth client. */
function client(member: string, value: (pick: number) => unknown, ...args: string[]): Edit {
  return async (world, pick) => {
    const target = chosen(
      ownApplications(world.tenant).filter(({ oidc }) => oidc),
      pick,
    );
    if (!target) return;
    const path = oidcPath(target.id);
    const { body } = await world.console("GET", path);
    const { state: _, ...writable } = body;
    await world.console("PUT", path, merged(writable, objectWith(member, value(pick))));
    await world.note(target.id, path, member, args);
  };
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
    const target = applicationIn(world, pick);
    if (target) await world.console("POST", `${oidcPath(target.id)}/regenerate-secret`);
  },
  "one more secret": async (world, pick) => {
    const target = applicationIn(world, pick);
    if (target) await world.console("POST", `${oidcPath(target.id)}/secrets`, {});
  },
  "a client": async (world, pick) => {
    const target = applicationIn(world, pick);
    if (target && !target.oidc) {
      await world.console("PUT", oidcPath(target.id), { grantTypes: ["client_credentials"] });
    }
  },
  "no client": async (world, pick) => {
    const target = applicationIn(world, pick);
    if (target) await world.console("DELETE", oidcPath(target.id));
  },
  "another name": async (world, pick) => {
    // By its name the user would know an object that a failed run may have left behind.
    const target = chosen(
      ownApplications(world.tenant).filter(({ id }) => world.savedOf(id)),
      pick,
    );
    if (target) await world.console("PATCH", applicationPath(target.id), { name: `Renamed ${pick}` });
  },
  "delete an application": async (world, pick) => {
    const target = applicationIn(world, pick);
    if (target) await world.console("DELETE", applicationPath(target.id));
  },
  "make an application": async (world, pick) => {
    const name = world.named(namesOf(pick % 3)[flag(pick) ? 0 : 1]);
    const oidc = { grantTypes: ["client_credentials"], allowedOrigins: [url(0).replace(/\/\d+$/, "")] };
    const body = { name, description: words(pick), inboundProtocolConfiguration: { oidc } };
    const { id } = await world.console("POST", applications, body);
    if (id === undefined) return;
    world.others.add(id);
    await world.note(id, applicationPath(id), "description", ["description"]);
    await world.note(id, oidcPath(id), "allowedOrigins", ["oidc.allowedOrigins"]);
  },
};

/** What brings the most about. */
export const drasticEdits = ["no client", "another name", "delete an application", "make an application"];
