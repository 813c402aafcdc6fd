import fc from "fast-check";
import { callbackUrlsFromWire, callbackUrlsToWire } from "../../../provider/resources/application/callback-urls";

const url = fc.oneof(
  fc.webUrl({ withQueryParameters: true }),
  fc.string().map((rest) => `my.app+x:/(${rest})`),
);
const urls = fc.uniqueArray(url, { maxLength: 5 });

function pattern(wire: string[]): RegExp {
  return new RegExp(`^(?:${wire[0]?.replace(/^regexp=/, "")})$`, "s");
}

test("no URL is an empty list, one URL stands for itself", () => {
  expect(callbackUrlsToWire([])).toEqual([]);
  expect(callbackUrlsToWire(["https://a.example/cb?x=1"])).toEqual(["https://a.example/cb?x=1"]);
});

test("several URLs become one pattern in which every meta character is escaped", () => {
  expect(callbackUrlsToWire(["https://b.example/cb?x=1", "https://a.example/cb"])).toEqual([
    "regexp=(https://a\\.example/cb|https://b\\.example/cb\\?x=1)",
  ]);
});

test("another order is the same pattern", () => {
  fc.assert(
    fc.property(urls, (list) => expect(callbackUrlsToWire(list.toReversed())).toEqual(callbackUrlsToWire(list))),
  );
});

test("any URLs come back as they were sent", () => {
  fc.assert(
    fc.property(urls, (list) => expect(new Set(callbackUrlsFromWire(callbackUrlsToWire(list)))).toEqual(new Set(list))),
  );
});

test("the pattern matches its URLs and no other", () => {
  const several = fc.uniqueArray(url, { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(several, url, (list, other) => {
      const matcher = pattern(callbackUrlsToWire(list));
      for (const one of list) {
        expect(matcher.test(one)).toBe(true);
        expect(matcher.test(`${one}x`)).toBe(list.includes(`${one}x`));
        expect(matcher.test(one.replace(".", "X"))).toBe(list.includes(one.replace(".", "X")));
      }
      expect(matcher.test(other)).toBe(list.includes(other));
    }),
  );
});

test.each([
  "regexp=(https://a.example/cb|https://b.example/cb)",
  "regexp=https://a\\.example/cb",
  "regexp=(https://a\\.example/cb)",
  "regexp=(https://a\\.example/(x|y)|https://b\\.example)",
  "regexp=(a|)",
  "regexp=(a\\)",
  "regexp=(\\d|b)",
  "regexp=()",
  "regexp=",
])("a pattern that is not a list of URLs stays a pattern: %s", (element) => {
  expect(callbackUrlsFromWire([element])).toEqual([element]);
});

test("no callback is said in many ways", () => {
  for (const wire of [null, undefined, [], [""]]) expect(callbackUrlsFromWire(wire)).toEqual([]);
});
