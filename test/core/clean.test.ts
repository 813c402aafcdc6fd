import fc from "fast-check";
import { clean, pick } from "../../provider/core/clean";

test("absent members are left out at any depth, and what is false or empty stays", () => {
  const given = {
    a: undefined,
    b: null,
    c: { d: undefined, e: [{ f: null, g: "" }, undefined, null, 0] },
    h: false,
    i: [],
  };
  expect(clean(given)).toStrictEqual({ c: { e: [{ g: "" }, 0] }, h: false, i: [] });
});

test("undefined is never sent to Pulumi, whatever the value", () => {
  const holdsAbsent = (value: unknown): boolean =>
    value === undefined || value === null || (typeof value === "object" && Object.values(value).some(holdsAbsent));
  const anything = fc.dictionary(
    fc.string(),
    fc.anything({ withNullPrototype: false, values: [fc.string(), fc.boolean(), fc.constantFrom(undefined, null)] }),
  );
  fc.assert(fc.property(anything, (value) => !holdsAbsent(clean(value))));
});

test("what was given stays as it is", () => {
  const given = { a: undefined, b: [null] };
  clean(given);
  expect(given).toStrictEqual({ a: undefined, b: [null] });
});

test("picked are the members that are named and there", () => {
  expect(pick({ a: 1, b: undefined, c: false }, ["a", "b", "c", "d"])).toStrictEqual({ a: 1, c: false });
});
