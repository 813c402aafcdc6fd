import { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { answerRefusal, apiResourceError, applicationError, crash, Refusal } from "../../sandbox/refusal";
import { scim } from "../../sandbox/refusal-form";
import { answerOf, callerFor, objectOf, sandboxFor, sharedJson, textAt, valueAt } from "./support";

const schemas = ["urn:ietf:params:scim:api:messages:2.0:Error"];

/** What a server answers that refuses everything. */
async function answered(refusal: Refusal, path: string) {
  const app = new Hono();
  app.onError((error, context) => {
    if (error instanceof Refusal) return answerRefusal(context, error);
    throw error;
  });
  app.all("*", () => {
    throw refusal;
  });
  return answerOf(await app.request(path));
}

test("a refusal of a management API has a code, a message, a description and a trace id", async () => {
  const { status, body } = await answered(applicationError("APP-60006", "text", "title"), "/t/a/api/server/v1/any");
  expect(status).toBe(404);
  expect(body).toEqual({ code: "APP-60006", message: "title", description: "text", traceId: expect.any(String) });
});

test("a refusal of the API of API resources has no trace id, wherever it is made", async () => {
  const { body } = await answered(apiResourceError(404, 60002, "title", "text"), "/t/a/api/server/v1/applications/x");
  expect(body).toEqual({ code: "API-RESOURCE-60002", message: "title", description: "text" });
});

test("a refusal of SCIM has its status as a text, and a type if it was given one", async () => {
  const typed = await answered(new Refusal(400, "invalidValue", "", "text", scim), "/t/a/scim2/v2/Roles");
  expect(typed).toMatchObject({
    status: 400,
    body: { schemas, scimType: "invalidValue", detail: "text", status: "400" },
  });
  expect(typed.headers.get("content-type")).toBe("application/scim+json");
  const { body } = await answered(new Refusal(404, undefined, "", "text", scim), "/t/a/scim2/v2/Roles/x");
  expect(body).toEqual({ schemas, detail: "text", status: "404" });
});

test("a refusal that has no form of its own has that of the path: a crash below /scim2 looks like SCIM", async () => {
  for (const path of ["/t/a/scim2/v2/Roles", "/scim2/Users"]) {
    const { status, body } = await answered(crash(), path);
    expect([status, body]).toEqual([500, { schemas, detail: expect.any(String), status: "500" }]);
  }
  const { body } = await answered(crash(), "/t/a/api/server/v1/scim2/x");
  expect(body).toMatchObject({ code: "SE-50000" });
});

const read = sharedJson("fixtures");
/** Skipped where the fixtures are not at hand. */
const where = read ? test : test.skip;

where.each(["400-required-attribute", "404-role", "409-group", "501-sort"])(
  "the fixture %s has the form of SCIM",
  async (name) => {
    const expected = objectOf(valueAt(read?.("scim-errors.json"), name));
    const { scimType } = expected;
    const status = Number(textAt(expected, "status")) as ContentfulStatusCode;
    const code = typeof scimType === "string" ? scimType : undefined;
    const refusal = new Refusal(status, code, "", textAt(expected, "detail"), scim);
    expect((await answered(refusal, "/t/a/scim2/v2/Roles")).body).toEqual(expected);
  },
);

test("the gateway's refusals below /scim2 have their status as a number", async () => {
  const sandbox = await sandboxFor();
  const { body } = await answerOf(await fetch(`${sandbox.baseUrl}/t/sandbox/scim2/v2/Roles`));
  expect(body).toEqual({ schemas, detail: expect.stringContaining("Authorization failure."), status: 401 });
  const weak = await callerFor(sandbox, "internal_idp_view");
  expect((await weak("GET", "/applications")).body).toEqual({
    code: 403,
    message: "Forbidden",
    description: expect.any(String),
    traceId: expect.any(String),
  });
});

test("a fault with the status 500 has the form of the path, too", async () => {
  const sandbox = await sandboxFor({ faults: [{ kind: "status", status: 500 }] });
  const { status, body } = await answerOf(await fetch(`${sandbox.baseUrl}/t/sandbox/scim2/v2/Roles`));
  expect([status, body]).toEqual([500, { schemas, detail: expect.any(String), status: "500" }]);
});
