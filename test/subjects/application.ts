import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { application as definition } from "../../provider/resources/application";
import type { Declared } from "../model/declared";
import { at, isObject, type JsonObject, merged, missing } from "../model/json";
import type { Saved } from "../model/saved";
import type { World } from "../model/world";
import { UNKNOWN } from "../support/dynamic-provider";
import { applicationChoices, grantChoices, oidcChoices, type Part, secretChoices } from "./application/choices";
import { drasticEdits, edits } from "./application/edits";
import { applications, namesOf, ownApplications, applicationPath as path } from "./application/places";
import { postedByConsole, type Subject } from "./subject";

const allOf = (groups: readonly (readonly Part[])[]): fc.Arbitrary<Part> =>
  fc
    .tuple(...groups.map((group) => fc.oneof(fc.constant(group[0] as Part), fc.constantFrom(...group))))
    .map((parts) =>
      parts.reduce((a, b) => ({ args: merged(a.args, b.args), live: merged(a.live, b.live) }), { args: {}, live: {} }),
    );

function declaredAt(place: number): fc.Arbitrary<Declared> {
  return fc
    .record({
      name: fc.constantFrom(...namesOf(place)),
      fields: allOf(applicationChoices),
      grants: fc.constantFrom(...grantChoices),
      oidc: allOf(oidcChoices),
      secret: fc.constantFrom(...secretChoices),
      hasOwnId: fc.integer({ min: 0, max: 9 }).map((n) => n === 9),
    })
    .map(({ name, fields, grants, oidc, secret, hasOwnId }) => {
      const clientId = hasOwnId ? { clientId: `client-${place}` } : {};
      const client = grants && { ...grants.live, ...oidc.live, ...clientId };
      const declared = grants && { ...grants.args, ...oidc.args, ...clientId };
      const isConfidential = declared !== undefined && oidc.args.publicClient !== true;
      // One of them always has roles of its own.
      const { associatedRoles: roles, ...rest } = fields.args;
      const { associatedRoles: liveRoles, ...others } = fields.live;
      const hasRoles = roles !== undefined && place !== 2;
      const args = {
        name,
        ...rest,
        ...(hasRoles && { associatedRoles: roles }),
        ...(isConfidential && secret),
        ...(declared && { oidc: declared }),
      };
      const live = hasRoles ? fields.live : others;
      return { name: `app${place}`, type: "Application", args, refs: {}, live: { name, ...live }, client };
    });
}

const maybe = (place: number) =>
  fc.oneof({ weight: 2, arbitrary: declaredAt(place) }, { weight: 1, arbitrary: fc.constant(undefined) });

const isOfOrganizations = (option: unknown) => isObject(option) && option.authenticator === "OrganizationAuthenticator";

/**
 * Without the sign-in by organizations, which the server puts into the first step when it shares an application. The flow
 * of the tenant, where that is declared, becomes a copy by it.
 */
function beforeSharing(body: JsonObject, live: JsonObject): JsonObject {
  const { authenticationSequence: sequence, ...rest } = body;
  const all = isObject(sequence) && Array.isArray(sequence.steps) ? sequence.steps.filter(isObject) : [];
  const optionsOf = ({ options }: JsonObject): unknown[] => (Array.isArray(options) ? options : []);
  if (!isObject(sequence) || !all.some((step) => optionsOf(step).some(isOfOrganizations))) return body;
  const steps = all.map((step) => ({ ...step, options: optionsOf(step).filter((one) => !isOfOrganizations(one)) }));
  const isOfTenant = at(live, "authenticationSequence.type") === "DEFAULT" && steps.length === 1;
  return { ...rest, authenticationSequence: { ...sequence, steps, ...(isOfTenant && { type: "DEFAULT" }) } };
}

async function differences(world: World, { args, live, client }: Declared, { id, state }: Saved): Promise<string[]> {
  const found = missing(live, beforeSharing((await world.console("GET", path(id))).body, live));
  if (!client) return found;
  const { body: oidc } = await world.console("GET", `${path(id)}/inbound-protocols/oidc`);
  const stored = world.tenant.applications.find((one) => one.id === id)?.oidc;
  const clientSecret = args.storeSecret === false ? undefined : stored?.clientSecret;
  const outputs = { clientId: oidc.clientId, clientSecret };
  const tooMany = (stored?.olderSecrets ?? []).length > 1 ? ["has more than two secrets"] : [];
  return [...found, ...tooMany, ...missing(client, oidc), ...missing(outputs, state, "state")];
}

const web = {
  description: "An application",
  imageUrl: "https://app.example/logo.png",
  accessUrl: "https://app.example",
  associatedRoles: { allowedAudience: "APPLICATION" },
  claimConfiguration: {
    dialect: "LOCAL",
    requestedClaims: [{ claim: "http://wso2.org/claims/emailaddress", mandatory: true }],
    subject: { claim: "http://wso2.org/claims/username", includeUserDomain: true },
  },
  authenticationSequence: {
    type: "USER_DEFINED",
    steps: [{ options: [{ idp: "LOCAL", authenticator: "BasicAuthenticator" }] }],
    subjectStepId: 1,
  },
  advancedConfiguration: { skipLoginConsent: true },
  oidc: {
    grantTypes: ["authorization_code", "refresh_token"],
    callbackUrls: ["https://app.example/callback", "https://app.example/other"],
    allowedOrigins: ["https://app.example"],
    pkce: { mandatory: true },
    accessToken: { type: "JWT", userAccessTokenExpiryInSeconds: 900, bindingType: "None" },
    refreshToken: { expiryInSeconds: 7200, renewRefreshToken: true },
    idToken: { expiryInSeconds: 900, audience: ["https://api.example"] },
    logout: { backChannelLogoutUrl: "https://app.example/logout" },
  },
  secretVersion: "1",
};

export const application: Subject = {
  type: "Application",
  schema: definition.args,
  outputs: definition.outputs,
  creation: applications,
  path,

  args: async () => ({
    name: `Order Worker ${randomUUID().slice(0, 8)}`,
    description: "first",
    oidc: {
      grantTypes: ["client_credentials"],
      accessToken: { type: "JWT", applicationAccessTokenExpiryInSeconds: 1800 },
    },
  }),
  least: ({ name }) => ({ name }),
  changed: (args) => ({
    ...args,
    description: "second",
    oidc: { grantTypes: ["client_credentials", "refresh_token"] },
  }),
  replaced: (args) => ({ ...args, oidc: { grantTypes: ["client_credentials"], clientId: "another" } }),
  replaces: ["oidc"],
  rich: ({ name }) => ({
    args: { ...web, name },
    changed: {
      ...web,
      name: `${name} anew`,
      description: undefined,
      claimConfiguration: { ...web.claimConfiguration, subject: undefined },
      oidc: { ...web.oidc, allowedOrigins: [], idToken: { expiryInSeconds: 1200 } },
      secretVersion: "2",
      secretOverlapDays: 0,
    },
  }),
  madeOutputs: [
    "clientId",
    "clientSecret",
    "issuer",
    "authorizationEndpoint",
    "tokenEndpoint",
    "endSessionEndpoint",
    "jwksUri",
    "discoveryUrl",
  ],
  wrong: { descripton: "x", oidc: { grantTypes: ["client_credential"], callbackUrls: [7] } },
  failures: [
    "name: missing",
    "oidc.grantTypes[0]: no such grant type; did you mean `client_credentials`?",
    "oidc.callbackUrls[0]: must be a string, is a number",
    "descripton: no such property; did you mean `description`?",
  ],
  unknown: { name: UNKNOWN, oidc: { grantTypes: ["authorization_code"], callbackUrls: [UNKNOWN] } },

  exists: async (sandbox, { name }) => {
    const oidc = { grantTypes: ["authorization_code"], callbackURLs: ["https://old.example"] };
    await postedByConsole(sandbox, applications, { name, inboundProtocolConfiguration: { oidc } });
  },
  found: (tenant, { name }) => tenant.applications.filter((one) => one.name === name).map(({ id }) => id),

  inStories: {
    key: ({ name }) => String(name),
    declared: fc.tuple(declaredAt(0), maybe(1), maybe(2)).map((all) => () => all.filter((one) => one !== undefined)),
    differences,
    objects: (tenant) => ownApplications(tenant).map(({ id, name }) => ({ id, key: name })),
    edits,
    drastic: drasticEdits,
  },
};
