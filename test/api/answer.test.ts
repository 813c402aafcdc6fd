import { errorOf, isPage, json, kindOf } from "../../provider/api/answer";
import { answer, page } from "../support/client";

test("an error of the APIs has code, description and trace id", () => {
  const body = { code: "APP-60007", message: "short", description: "long", traceId: "9f2c" };
  expect(errorOf(answer(409, body))).toEqual({ code: "APP-60007", description: "long", trace: "9f2c" });
});

test("an error of the gateway has a number as code, which says no more than the status", () => {
  expect(errorOf(answer(403, { code: 403, message: "Forbidden", description: null, traceId: null }))).toEqual({
    description: "Forbidden",
  });
});

test("a member of another kind does not hide the others", () => {
  expect(errorOf(answer(400, { code: "UE-10000", description: { a: 1 }, traceId: 7 }))).toEqual({
    code: "UE-10000",
    description: "no description",
  });
});

test("a description that never ends is cut", () => {
  expect(errorOf(answer(500, { description: "x".repeat(9999) }))?.description).toHaveLength(501);
});

test.each([
  ["a page", page(502)],
  ["nothing", answer(502)],
  ["a text", answer(502, "Bad gateway")],
  ["truncated JSON", answer(500, '{"code":"APP')],
  ["a list", answer(500, [])],
])("%s is no error of the server's own", (_, response) => {
  expect(errorOf(response)).toBeUndefined();
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
