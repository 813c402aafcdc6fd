import type { Family, Refusal } from "./family";

const management = { mediaType: "application/json", errors: "management" } as const;

/** SCIM has no codes: the status says it all. A 403 without a keyword is one of scopes, from a deeper layer than the gateway. */
const scim = {
  mediaType: "application/scim+json",
  errors: "scim",
  refusals: [
    { status: 404, meaning: "absent", gone: "{id}" },
    { status: 403, meaning: "forbidden", lacksScope: true },
  ],
} as const satisfies Omit<Family, "prefix">;

const absent = (code: string, gone?: string): Refusal => ({ status: 404, code, meaning: "absent", gone });
const taken = (status: number, code: string): Refusal => ({ status, code, meaning: "taken" });
/** A 409 that is about no name: the request does not fit what is there. */
const unfit = (code: string): Refusal => ({ status: 409, code, meaning: "invalid" });

/** The families of the server's APIs. What the status alone tells (see `family.ts`) is not repeated. */
const families: readonly Family[] = [
  {
    prefix: "/api/server/v1/applications",
    ...management,
    secrets: ["clientSecret", "secretValue"],
    refusals: [
      absent("APP-60006", "{id}"),
      // By what shares applications with organizations.
      { status: 400, code: "ORG-60035", meaning: "absent", gone: "{id}" },
      absent("ORG-60035", "{id}"),
      // The inbound protocol or its client, which are parts of an application; one of a client's secrets. None of them says
      // that the application is gone.
      absent("APP-60501", "{id}/inbound-protocols/{protocol}"),
      absent("APP-60502", "{id}/inbound-protocols/{protocol}"),
      absent("OAUTH-60002", "{id}/inbound-protocols/{protocol}"),
      absent("OAUTH-60010", "{id}/inbound-protocols/oidc/secrets/{secret}"),
      { status: 400, code: "APP-60510", meaning: "absent", gone: "{id}/authorized-apis/{api}" },
      { status: 403, code: "APP-60520", meaning: "forbidden", lacksScope: true },
      // The newest secret cannot be deleted; there are too many.
      unfit("OAUTH-60006"),
      unfit("OAUTH-60011"),
    ],
  },
  { prefix: "/api/server/v1/api-resources", ...management, refusals: [absent("API-RESOURCE-60002", "{id}")] },
  {
    prefix: "/api/server/v1/organizations",
    ...management,
    refusals: [
      absent("ORG-60015", "{id}"),
      // The caller is above no organization with this id. Above all of them, as the tenant is, that says that there is none.
      { status: 400, code: "ORG-60064", meaning: "absent", gone: "{id}" },
      // The application that is shared with the organization.
      absent("ORG-60035"),
      // The name among siblings and in the whole tree; the handle; discovery: another's value, and one's own attributes.
      ...["ORG-60070", "ORG-60076", "ORG-60100", "ORG-60083", "ORG-60085"].map((code) => taken(400, code)),
    ],
  },
  {
    prefix: "/api/server/v1/organization-configs/discovery",
    ...management,
    refusals: [absent("OCM-60002", "")],
  },
  { prefix: "/api/server/v1/identity-providers", ...management, refusals: [absent("IDP-60002", "{id}")] },
  { prefix: "/api/server/v1/oidc/scopes", ...management, refusals: [absent("41003", "{name}")] },
  {
    prefix: "/api/server/v1/branding-preference",
    ...management,
    refusals: [absent("BPM-60002", ""), absent("BPM-60006", "text")],
  },
  {
    prefix: "/api/server/v1/claim-dialects",
    ...management,
    refusals: [
      absent("CMT-50016", "{dialect}"),
      absent("CMT-50027", "{dialect}"),
      absent("CMT-50017", "{dialect}/claims/{claim}"),
      absent("CMT-50018", "{dialect}/claims/{claim}"),
      { status: 400, code: "CMT-60010", meaning: "absent", gone: "{dialect}/claims/{claim}" },
      // Another URI than that of the id.
      unfit("CMT-50020"),
    ],
  },
  {
    prefix: "/api/server/v1/claim-dialects/local/claims",
    ...management,
    refusals: [
      absent("CMT-50019", "{claim}"),
      { status: 400, code: "CMT-60011", meaning: "absent", gone: "{claim}" },
      unfit("CMT-50021"),
    ],
  },
  { prefix: "/scim2/Users", ...scim, secrets: ["password"] },
  { prefix: "/scim2/Groups", ...scim },
  { prefix: "/scim2/Roles", ...scim },
  { prefix: "/scim2/v2/Roles", ...scim },
  { prefix: "/scim2", ...scim, refusals: [] },
];

/** All else that the server answers: it means no more than its statuses. */
const other: Family = { prefix: "", ...management, refusals: [] };

const longestFirst = [...families].sort((a, b) => b.prefix.length - a.prefix.length);

/** The family of a whole path. */
export function familyOf(path: string): Family {
  return longestFirst.find(({ prefix }) => `${path}/`.startsWith(`${prefix}/`)) ?? other;
}
