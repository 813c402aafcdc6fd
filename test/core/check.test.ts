import { z } from "zod";
import { check, nearMiss, pathText } from "../../provider/core/check";

const leftOut =
  "; where it is the output of another resource, that one may have been left out of this run by `--target` or `--exclude`";

const sentinels = [
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const schema = z.strictObject({
  name: z.string().min(3, "is too short"),
  count: z.int().optional(),
  enabled: z.boolean().optional(),
  oidc: z
    .strictObject({
      callbackUrls: z.array(z.string().regex(/^https:/, "must begin with https:")),
      pkce: z.strictObject({ mandatory: z.boolean() }).optional(),
      kind: z.enum(["a", "b"]).optional(),
    })
    .optional(),
});

const reasons = (args: Record<string, unknown>) => check(schema, args).map(({ reason }) => reason);

test("args that fit have no failure", () => {
  expect(check(schema, { name: "web", count: 1, oidc: { callbackUrls: ["https://a.example"] } })).toEqual([]);
});

describe("what is not known yet", () => {
  test.each(sentinels)("%s is forgiven in place of any value, at any depth", (sentinel) => {
    const places = [
      { name: sentinel, count: sentinel, enabled: sentinel, oidc: sentinel },
      { name: "web", oidc: { callbackUrls: sentinel, pkce: sentinel, kind: sentinel } },
      { name: "web", oidc: { callbackUrls: [sentinel, "https://a.example"], pkce: { mandatory: sentinel } } },
    ];
    expect(places.map(reasons)).toEqual([[], [], []]);
  });

  test("it forgives nothing beside it", () => {
    expect(reasons({ name: "x", oidc: { callbackUrls: [unknown, "http://a.example"], pkcee: unknown } })).toEqual([
      "name: is too short",
      "oidc.callbackUrls[1]: must begin with https:",
      "oidc.pkcee: no such property; did you mean `pkce`?",
    ]);
  });

  test("a text that only holds a sentinel is known", () => {
    expect(reasons({ name: "web", count: `x${unknown}` })).toEqual(["count: must be a number, is a string"]);
  });
});

describe("unknown keys", () => {
  test("each is told with its whole path and the word that was probably meant", () => {
    expect(check(schema, { name: "web", oidc: { callbackUrls: [], callbackURLs: [] }, Count: 1, zzz: 1 })).toEqual([
      { property: "oidc", reason: "oidc.callbackURLs: no such property; did you mean `callbackUrls`?" },
      { property: "Count", reason: "Count: no such property; did you mean `count`?" },
      { property: "zzz", reason: "zzz: no such property" },
    ]);
  });

  test("a word is offered only where it is near", () => {
    expect(nearMiss("order:reed", ["orders:read", "orders:write"])).toBe("; did you mean `orders:read`?");
    expect(nearMiss("something", ["orders:read"])).toBe("");
    expect(nearMiss("anything", [])).toBe("");
  });
});

describe("wrong and missing values", () => {
  test.each([
    [{ name: 7 }, "name: must be a string, is a number"],
    [{ name: "web", enabled: ["x"] }, "enabled: must be a boolean, is a list"],
    [{ name: "web", count: 1.5 }, "count: must be a whole number, is a number"],
    [{ name: "web", enabled: "true" }, "enabled: must be a boolean, is a string"],
    [{ name: "web", oidc: { callbackUrls: "https://a.example" } }, "oidc.callbackUrls: must be a list, is a string"],
    [{ name: "web", oidc: [] }, "oidc: must be an object, is a list"],
  ])("%j: %s", (args, reason) => {
    expect(reasons(args)).toEqual([reason]);
  });

  test.each([
    [{}, `name: missing, a string is needed${leftOut}`],
    [{ name: "web", oidc: {} }, `oidc.callbackUrls: missing, a list is needed${leftOut}`],
    [
      { name: "web", oidc: { callbackUrls: [], pkce: {} } },
      `oidc.pkce.mandatory: missing, a boolean is needed${leftOut}`,
    ],
  ])("%j: %s", (args, reason) => {
    expect(reasons(args)).toEqual([reason]);
  });

  test("values are not repeated: they may be secret", () => {
    const all = reasons({ name: "hush-hush".slice(0, 2), count: "hush-hush", oidc: { callbackUrls: ["hush-hush"] } });
    expect(all).toHaveLength(3);
    expect(all.join()).not.toContain("hush");
  });
});

test("a path is written as in a program", () => {
  expect(pathText(["oidc", "callbackUrls", 0])).toBe("oidc.callbackUrls[0]");
  expect(pathText(["steps", 1, "options", 2, "idp"])).toBe("steps[1].options[2].idp");
  expect(pathText([])).toBe("");
});
