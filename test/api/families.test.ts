import { Api } from "../../provider/api/api";
import type { HttpResponse } from "../../provider/api/exchange";
import { type Path, path } from "../../provider/api/path";
import { Secrets } from "../../provider/api/redact";
import type { ApiRequest } from "../../provider/api/token";
import { ApiError, isConflict, isGone, isNotFound } from "../../provider/errors";
import { answer, failure, page, scripted } from "../support/client";

function over(response: HttpResponse) {
  const send = scripted<ApiRequest>(response);
  const signed = Object.assign(send, { require: async () => {} });
  return { api: Api.over(signed, "https://127.0.0.1", new Secrets()), sent: send.sent };
}

/** How a write to this path fails. */
const refused = (at: Path, response: HttpResponse) => failure(ApiError, () => over(response).api.patch(at, {}));

const management = (status: number, code: string) => answer(status, { code, message: "m", description: "d" });
const scimBody = { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], detail: "d" };
const scim = (status: number, more: object = {}) => answer(status, { ...scimBody, status: String(status), ...more });

const application = path`/api/server/v1/applications/${"a"}`;
const client = path`/api/server/v1/applications/${"a"}/inbound-protocols/oidc`;
const secret = path`/api/server/v1/applications/${"a"}/inbound-protocols/oidc/secrets/${"s"}`;
const authorization = path`/api/server/v1/applications/${"a"}/authorized-apis/${"r"}`;
const resource = path`/api/server/v1/api-resources/${"r"}`;
const organization = path`/api/server/v1/organizations/${"o"}`;
const dialects = path`/api/server/v1/claim-dialects`;
const dialect = path`/api/server/v1/claim-dialects/${"d"}`;
const externalClaim = path`/api/server/v1/claim-dialects/${"d"}/claims/${"c"}`;
const localClaim = path`/api/server/v1/claim-dialects/local/claims/${"c"}`;
const role = path`/scim2/v2/Roles/${"r"}`;

describe("what a path tells", () => {
  test.each([
    ["a management API", application, "application/json"],
    [
      "what belongs to no family that is known",
      path`/oauth2/token/.well-known/openid-configuration`,
      "application/json",
    ],
    ["SCIM", role, "application/scim+json"],
  ])("%s has its media type, in both directions", async (_, at, type) => {
    const { api, sent } = over(answer(200, {}));
    await api.patch(at, {});
    expect(sent[0]?.headers).toEqual({ accept: type, "content-type": type });
  });

  test("a longer name that begins alike is no member of the family", async () => {
    const error = await refused(path`/api/server/v1/applications-of-mine/${"a"}`, management(404, "APP-60006"));
    expect(error.meaning).toBeUndefined();
  });
});

describe("an absent object", () => {
  test.each([
    ["an application", application, management(404, "APP-60006"), application.text],
    ["the application whose client is changed", client, management(404, "APP-60006"), application.text],
    ["an authorization, said with 400", authorization, management(400, "APP-60510"), authorization.text],
    ["an API", resource, management(404, "API-RESOURCE-60002"), resource.text],
    ["an organization", organization, management(404, "ORG-60015"), organization.text],
    ["a role", role, scim(404), role.text],
    ["a user", path`/scim2/Users/${"u"}`, scim(404), "/scim2/Users/u"],
    [
      "an identity provider",
      path`/api/server/v1/identity-providers/${"i"}`,
      management(404, "IDP-60002"),
      "/api/server/v1/identity-providers/i",
    ],
    [
      "an OIDC scope",
      path`/api/server/v1/oidc/scopes/${"s"}`,
      management(404, "41003"),
      "/api/server/v1/oidc/scopes/s",
    ],
    [
      "a branding, which has no id",
      path`/api/server/v1/branding-preference`,
      management(404, "BPM-60002"),
      "/api/server/v1/branding-preference",
    ],
    ["a local claim, said with 400", localClaim, management(400, "CMT-60011"), localClaim.text],
    ["an external claim", externalClaim, management(404, "CMT-50018"), externalClaim.text],
    ["the dialect of an external claim", externalClaim, management(404, "CMT-50016"), dialect.text],
  ])("is known where it is %s", async (_, at, response, gone) => {
    const error = await refused(at, response);
    expect({ meaning: error.meaning, gone: error.gone }).toEqual({ meaning: "absent", gone });
    expect(isNotFound(error) && isGone(error) && isGone(error, gone)).toBe(true);
  });

  test("takes along what is below it, and nothing beside it", async () => {
    const error = await refused(client, management(404, "APP-60006"));
    expect(isGone(error, authorization.text)).toBe(true);
    expect(isGone(error, `${application.text}bc`)).toBe(false);
    expect(isGone(error, resource.text)).toBe(false);
  });

  test.each([
    ["the client of an application", client, management(404, "APP-60502")],
    ["one of its secrets", secret, management(404, "OAUTH-60010")],
  ])("is not what lacks a part: %s", async (_, at, response) => {
    const error = await refused(at, response);
    expect(isNotFound(error) && isGone(error, at.text)).toBe(true);
    expect(isGone(error, application.text)).toBe(false);
  });

  test.each([
    ["an API that is to be authorized", authorization, management(400, "APP-60507")],
    ["the local claim of a mapping", externalClaim, management(400, "CMT-60011")],
    ["a user of a role", role, scim(400, { scimType: "invalidValue" })],
  ])("is not what the request refers to: %s", async (_, at, response) => {
    const error = await refused(at, response);
    expect(error.meaning).toBe("invalid");
    expect(isNotFound(error) || isGone(error)).toBe(false);
  });

  test.each([
    ["a 404 without an error of the server", application, page(404)],
    ["a 404 without an error of SCIM", role, answer(404, { error: "no such route" })],
    ["a 404 of the gateway, for SCIM", role, scim(404, { status: 404 })],
    ["a 404 with a code that nobody knows", application, management(404, "APP-99999")],
    ["the code with another status", resource, management(400, "API-RESOURCE-60002")],
    ["the code of another family", organization, management(404, "APP-60006")],
  ])("is not proved by %s", async (_, at, response) => {
    const error = await refused(at, response);
    expect(isNotFound(error) || isGone(error)).toBe(false);
  });
});

describe("other refusals", () => {
  test.each([
    ["a name", path`/api/server/v1/applications`, management(409, "APP-60007")],
    ["an organization's name, said with 400", path`/api/server/v1/organizations`, management(400, "ORG-60076")],
    ["an organization's handle, said with 400", path`/api/server/v1/organizations`, management(400, "ORG-60100")],
    ["a role's name", path`/scim2/v2/Roles`, scim(409)],
    ["a dialect, by a code that means something else with 400", dialects, management(409, "CMT-60002")],
  ])("%s is taken", async (_, at, response) => {
    expect(isConflict(await refused(at, response))).toBe(true);
  });

  test.each([
    ["the newest secret is to be deleted", secret, management(409, "OAUTH-60006")],
    ["a claim is to get another URI", localClaim, management(409, "CMT-50021")],
  ])("a 409 is no conflict of names where %s", async (_, at, response) => {
    const error = await refused(at, response);
    expect(isConflict(error)).toBe(false);
    expect(error.meaning).toBe("invalid");
  });

  test.each([
    ["a limit", application, management(403, "APP-60503"), "forbidden"],
    ["a missing scope", role, scim(403), "forbidden"],
    ["a wrong value", application, management(400, "UE-10000"), "invalid"],
    ["what the server does not do", resource, management(501, "API-RESOURCE-60006"), "invalid"],
    ["a failure", application, management(500, "SE-50000"), undefined],
    ["a failure of SCIM", role, scim(500), undefined],
    ["a bad token", application, answer(401, { code: 401 }), undefined],
    ["a proxy that forbids", application, page(403), undefined],
  ])("%s has its meaning", async (_, at, response, meaning) => {
    expect((await refused(at, response)).meaning).toBe(meaning);
  });

  test("the server's code and what it means stay apart", async () => {
    const error = await refused(organization, management(400, "ORG-60076"));
    expect(error).toMatchObject({ status: 400, code: "ORG-60076", meaning: "taken" });
    expect(error.message).toBe("PATCH /api/server/v1/organizations/o: 400 ORG-60076: d");
  });

  test("SCIM's keyword is its code", async () => {
    const error = await refused(role, scim(400, { scimType: "mutability" }));
    expect(error.message).toBe("PATCH /scim2/v2/Roles/r: 400 mutability: d");
  });
});
