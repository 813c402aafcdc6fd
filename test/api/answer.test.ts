import { errorOf, isPage, json, kindOf } from "../../provider/api/answer";
import { answer, page } from "../support/client";

test("an error of the APIs has code, description and trace id", () => {
  const body = { code: "APP-60007", message: "short", description: "long", traceId: "9f2c" };
  expect(errorOf(answer(409, body), "management")).toEqual({
    code: "APP-60007",
    description: "long",
    trace: "9f2c",
    byGateway: false,
  });
});

test("an error of the gateway has a number as code, which says no more than the status", () => {
  const body = { code: 403, message: "Forbidden", description: null, traceId: null };
  expect(errorOf(answer(403, body), "management")).toEqual({ description: "Forbidden", byGateway: true });
});

test("a member of another kind does not hide the others", () => {
  const body = { code: "UE-10000", description: { a: 1 }, traceId: 7 };
  expect(errorOf(answer(400, body), "management")).toMatchObject({ code: "UE-10000", description: "no description" });
});

test.each([
  ["a page", page(502)],
  ["nothing", answer(502)],
  ["a text", answer(502, "Bad gateway")],
  ["truncated JSON", answer(500, '{"code":"APP')],
  ["a list", answer(500, [])],
])("%s is no error of the server's own", (_, response) => {
  expect(errorOf(response, "management")).toBeUndefined();
  expect(errorOf(response, "scim")).toBeUndefined();
});

const schemas = ["urn:ietf:params:scim:api:messages:2.0:Error"];
const noDetail = "Request is unparsable, syntactically incorrect, or violates schema.";

test.each([
  [
    "a keyword and a text",
    { status: "400", scimType: "invalidValue", detail: "Permission: P not found" },
    { code: "invalidValue", description: "Permission: P not found", byGateway: false },
  ],
  ["a text alone", { status: "404", detail: "no such role" }, { description: "no such role", byGateway: false }],
  [
    "its text in place of the keyword",
    { status: "400", scimType: "Invalid character: / in the role name.", detail: noDetail },
    { description: "Invalid character: / in the role name.", byGateway: false },
  ],
  [
    "texts in both members",
    { status: "400", scimType: "A user doesn't exist.", detail: "Bad user." },
    { description: "A user doesn't exist.; Bad user.", byGateway: false },
  ],
  ["no text at all", { status: "500", detail: null }, { description: "no description", byGateway: false }],
  [
    "a number as status, which is the gateway's",
    { status: 401, detail: "Authorization failure." },
    { description: "Authorization failure.", byGateway: true },
  ],
])("an error of SCIM with %s", (_, body, expected) => {
  expect(errorOf(answer(400, { schemas, ...body }), "scim")).toEqual(expected);
});

test("the gateway may answer a path of SCIM as any other", () => {
  expect(errorOf(answer(403, { code: 403, message: "Forbidden" }), "scim")).toEqual({
    description: "Forbidden",
    byGateway: true,
  });
});

test.each([
  ["by its content type", answer(200, "hello", { "content-type": "Text/HTML; charset=utf-8" }), true],
  ["by its first character", answer(200, "\n<!doctype html>"), true],
  ["not in JSON", answer(200, { html: "<p>" }), false],
  ["not in an empty answer", answer(204, "", { "content-type": "text/html" }), false],
])("a page is known %s", (_, response, expected) => {
  expect(isPage(response)).toBe(expected);
});

test.each([
  [answer(200), "an empty answer"],
  [page(200), "an HTML page of 35 characters"],
  [
    answer(200, '{"secret":"x', { "content-type": "application/json; charset=UTF-8" }),
    /^12 characters of application\/json, not valid JSON$/,
  ],
  [answer(200, [1]), /^3 characters of application\/json, not in its format$/],
  [answer(200, "hello"), "5 characters of no content type, not valid JSON"],
  [answer(200, "hello", { "content-type": "hush hush" }), "5 characters of no content type, not valid JSON"],
])("what an answer is is told without any of it", (response, expected) => {
  expect(kindOf(response)).toEqual(typeof expected === "string" ? expected : expect.stringMatching(expected));
});

test("what is no JSON is undefined, and null is null", () => {
  expect(json("{")).toBeUndefined();
  expect(json("null")).toBeNull();
});
