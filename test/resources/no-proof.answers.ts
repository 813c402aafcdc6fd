import type { Answer } from "../fuzz/change";

const json = (body: unknown, status = 200): Answer => ({
  status,
  headers: { "content-type": "application/json" },
  text: JSON.stringify(body),
});
const text = (body: string, type = "application/json"): Answer => ({
  status: 200,
  headers: { "content-type": type },
  text: body,
});

const error = {
  code: "APP-65001",
  message: "Unable to list.",
  description: "Server encountered an error.",
  traceId: "t",
};
const scimError = { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: "500", detail: "failed" };
const page = "<html><body>Sign in</body></html>";

/** Answers with status 200 to a request for a list, none of which is one. */
export const noLists: readonly (readonly [what: string, answer: Answer])[] = [
  ["an error of the management APIs", json(error)],
  ["an error of SCIM", json(scimError)],
  ["an error of the gateway", json({ code: 900800, message: "Throttled", description: "Too many requests" })],
  ["an error of OAuth", json({ error: "server_error", error_description: "failed" })],
  ["an error in a list", json([error])],
  ["an object without members", json({})],
  ["null", json(null)],
  ["nothing", text("")],
  ["a blank", text(" ")],
  ["the empty text", json("")],
  ["a text", json("ok")],
  ["a number", json(0)],
  ["true", json(true)],
  ["an HTML page", text(page, "text/html")],
  ["an HTML page that says to be JSON", text(page)],
  ["JSON that ends too early", text('{"totalResults":0,')],
  ["a list in a list", json([[]])],
  ["a list of null", json([null])],
  ["a list of another API", json({ totalResults: 0, Resources: [], schemas: [] })],
  ["items without an id", json([{ name: "a", identifier: "a" }])],
  ["items whose id is no text", json([{ id: 7, name: "a", identifier: "a" }])],
  ["items whose id leads elsewhere", json([{ id: "..", name: "a", identifier: "a" }])],
];

/** The same for lists that say how many items they have. */
export function noPages(member: string): readonly (readonly [what: string, answer: Answer])[] {
  const of = (items: unknown, total: unknown, more: object = {}) =>
    json({
      ...(total !== undefined && { totalResults: total }),
      ...(items !== undefined && { [member]: items }),
      ...more,
    });
  return [
    ...noLists,
    ["a bare list without items", json([])],
    ["no items, although the total is 5", of([], 5)],
    ["no items, although the total is without end", of([], 1e15)],
    ["no items, and a total below nothing", of([], -1)],
    ["no items, and a fraction as total", of([], 0.5)],
    ["no items, and a text as total", of([], "0")],
    ["no items, and null as total", of([], null)],
    ["no items, and no total", of([], undefined)],
    ["a total alone", of(undefined, 0)],
    ["null in the place of the items", of(null, 0)],
    ["an object in the place of the items", of({}, 0)],
    ["more items than the total", of([{ id: "1", name: "x", identifier: "x" }], 0)],
    ["fewer items than the total", of([{ id: "1", name: "x", identifier: "x" }], 3)],
    ["one item many times", of(Array(3).fill({ id: "1", name: "x", identifier: "x" }), 3)],
    ["an item without an id", of([{ name: "x", identifier: "x" }], 1)],
    ["items of other shapes", of([1, "a", null], 3)],
    ["an item whose id leads elsewhere", of([{ id: "../..", name: "x", identifier: "x" }], 1)],
    ["no items, and a next page", of([], 0, { links: [{ rel: "next", href: "/x?after=MQ" }] })],
  ];
}

/** The same for a list by offset, which says as well how many items a page has, and where it begins. */
export const noOffsetPages = (member: string): readonly (readonly [what: string, answer: Answer])[] => [
  ...noPages(member),
  ["no items, and a count of some", json({ totalResults: 0, startIndex: 1, count: 3, [member]: [] })],
  ["a page that begins elsewhere", json({ totalResults: 0, startIndex: 31, count: 0, [member]: [] })],
];

const user = { id: "1", userName: "x", displayName: "x" };
const scim = (more: object) => json({ schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], ...more });

/** The same for the lists of SCIM, which leave `Resources` out where there are none. */
export const noScimPages: readonly (readonly [what: string, answer: Answer])[] = [
  ...noLists.filter(([what]) => what !== "a list of another API"),
  ["no items, although the total is 5", scim({ totalResults: 5 })],
  ["no items, although the total is without end", scim({ totalResults: 1e15 })],
  ["no items, and a text as total", scim({ totalResults: "0", Resources: [] })],
  ["no items, and no total", scim({ Resources: [] })],
  ["an object in the place of the items", scim({ totalResults: 0, Resources: {} })],
  ["more items than the total", scim({ totalResults: 0, Resources: [user] })],
  ["fewer items than the total", scim({ totalResults: 3, Resources: [user] })],
  ["an item without an id", scim({ totalResults: 1, Resources: [{ userName: "x", displayName: "x" }] })],
  ["an item whose id leads elsewhere", scim({ totalResults: 1, Resources: [{ ...user, id: "../.." }] })],
];

const management = (code: unknown) => json({ code, message: "m", description: "d", traceId: "t" }, 404);

/** Answers with status 404 that do not say that the object itself is gone. */
export const noRefusals: readonly (readonly [what: string, answer: Answer])[] = [
  ...noLists.map(([what, answer]): readonly [string, Answer] => [what, { ...answer, status: 404 }]),
  ["a code that nobody knows", management("APP-99999")],
  ["the code of another API", management("IDP-60002")],
  ["the code of a part", management("APP-60502")],
  ["the code of another part", management("OAUTH-60010")],
  ["a number as code", management(404)],
  ["no code", management(undefined)],
];

/** The same for objects of SCIM, which has no codes: its own form of an error says it all. */
export const noScimRefusals = noRefusals.filter(([what]) => what !== "an error of SCIM");
