import fc from "fast-check";
import { z } from "zod";
import { diff, project, same } from "../../provider/core/diff";
import { assumed, keyed, ordered } from "../../provider/core/schema";

const unknown = "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2";

const schema = z.strictObject({
  name: z.string(),
  urls: z.array(z.string()).optional(),
  steps: ordered(z.array(z.strictObject({ id: z.string(), options: z.array(z.string()).optional() }))).optional(),
  scopes: keyed("name", z.array(z.strictObject({ name: z.string(), text: z.string().optional() }))).optional(),
  oidc: z.strictObject({ clientId: z.string().optional(), grants: z.array(z.string()).optional() }).optional(),
  kind: assumed("plain", z.string()).optional(),
});
const replaceOn = ["kind", "oidc.clientId"];
const of = (old: object, args: object) => diff(schema, replaceOn, { ...old }, { ...args });
const none = { changes: false, replaces: [], deleteBeforeReplace: false };
const some = { ...none, changes: true };

describe("diff", () => {
  test.each([
    ["the same", { name: "a", urls: ["x"] }, { name: "a", urls: ["x"] }],
    ["another order of keys", { oidc: { clientId: "1", grants: [] } }, { oidc: { grants: [], clientId: "1" } }],
    ["another order of a set", { urls: ["x", "y", "z"] }, { urls: ["z", "x", "y"] }],
    [
      "another order of a set of objects",
      { scopes: [{ name: "a" }, { name: "b" }] },
      { scopes: [{ name: "b" }, { name: "a" }] },
    ],
    [
      "a set inside of an ordered list",
      { steps: [{ id: "1", options: ["a", "b"] }] },
      { steps: [{ id: "1", options: ["b", "a"] }] },
    ],
    ["an absent member that is told as null", { name: "a", urls: null }, { name: "a" }],
    ["the value that an absent one stands for", {}, { kind: "plain" }],
    ["leaving that value out", { kind: "plain" }, {}],
    ["properties that are no args", { id: "1", __provider: "old" }, { __provider: "new" }],
  ])("%s is no change", (_, old, args) => {
    expect(of(old, args)).toEqual(none);
  });

  test.each([
    ["a value", { name: "a" }, { name: "b" }],
    ["an arg that is removed", { urls: ["x"] }, {}],
    ["an arg that is added", {}, { urls: ["x"] }],
    ["an element that is there once more", { urls: ["x", "y"] }, { urls: ["x", "x", "y"] }],
    ["the order of an ordered list", { steps: [{ id: "1" }, { id: "2" }] }, { steps: [{ id: "2" }, { id: "1" }] }],
    ["a member of a keyed element", { scopes: [{ name: "a" }] }, { scopes: [{ name: "a", text: "t" }] }],
    ["an empty list in place of none", {}, { urls: [] }],
    ["a text in place of a number", { name: "1" }, { name: 1 }],
    ["one text with a comma in place of two", { urls: ['a","b'] }, { urls: ["a", "b"] }],
  ])("%s is a change", (_, old, args) => {
    expect(of(old, args)).toEqual(some);
  });

  test("what is not known yet may change", () => {
    expect(of({ name: "a" }, { name: unknown })).toEqual(some);
    expect(of({ urls: ["x"] }, { urls: ["x", unknown] })).toEqual(some);
    expect(of({ oidc: { grants: ["x"] } }, { oidc: { grants: unknown } })).toEqual(some);
  });

  test("an arg that cannot be changed in place replaces, the old object first", () => {
    expect(of({ kind: "a" }, { kind: "b" })).toEqual({ changes: true, replaces: ["kind"], deleteBeforeReplace: true });
  });

  test("of a nested one, Pulumi is told the property that it knows, once", () => {
    const twice = diff(
      schema,
      ["oidc.clientId", "oidc.grants"],
      { oidc: { clientId: "1" } },
      { oidc: { grants: ["a"] } },
    );
    expect(twice.replaces).toEqual(["oidc"]);
  });

  test("a change beside a nested one replaces nothing", () => {
    expect(of({ oidc: { clientId: "1" } }, { oidc: { clientId: "1", grants: ["a"] } })).toEqual(some);
  });

  test.each([
    ["itself", { kind: unknown }],
    ["what it lies in", { oidc: unknown, kind: "b" }],
  ])("a path that replaces may do so where %s is not known yet", (_, args) => {
    expect(of({ kind: "b", oidc: { clientId: "1" } }, { oidc: { clientId: "1" }, ...args }).replaces).toHaveLength(1);
  });
});

describe("same", () => {
  test("is true of any set and the same set in another order", () => {
    const set = z.array(z.strictObject({ a: z.string(), b: z.array(z.string()) }));
    const element = fc.record({ a: fc.string(), b: fc.array(fc.string()) });
    const shuffled = fc
      .array(element)
      .chain((values) => fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length })));
    fc.assert(fc.property(shuffled, ([a, b]) => same(set, a, b)));
  });

  test("is false of sets of different texts", () => {
    const set = z.array(z.string());
    const texts = fc.uniqueArray(fc.string());
    fc.assert(fc.property(texts, fc.string(), (a, b) => a.includes(b) || !same(set, a, [...a, b])));
  });
});

describe("project", () => {
  const of = (declared: object, live: object) => project(schema, declared, live);

  test("what the program leaves out is not drift", () => {
    const live = { name: "a", urls: ["x"], oidc: { clientId: "1", grants: ["g"] } };
    expect(of({ name: "a", oidc: { clientId: "1" } }, live)).toEqual({ name: "a", oidc: { clientId: "1" } });
  });

  test("another order of a set is not drift: the program's order stays", () => {
    expect(of({ urls: ["b", "a"] }, { urls: ["a", "b"] })).toEqual({ urls: ["b", "a"] });
  });

  test("an element that is gone is gone, and a new one comes last", () => {
    expect(of({ urls: ["c", "b", "a"] }, { urls: ["a", "c", "x"] })).toEqual({ urls: ["c", "a", "x"] });
  });

  test("an element that the server has twice shows twice", () => {
    expect(of({ urls: ["a"] }, { urls: ["a", "a"] })).toEqual({ urls: ["a", "a"] });
  });

  test("the order of an ordered list is drift", () => {
    const steps = [{ id: "2" }, { id: "1" }];
    expect(of({ steps: [{ id: "1" }, { id: "2" }] }, { steps })).toEqual({ steps });
  });

  test("in each step only what is declared counts, and a step of the server's own shows whole", () => {
    const live = [
      { id: "1", options: ["a"] },
      { id: "2", options: ["b"] },
    ];
    expect(of({ steps: [{ id: "1" }] }, { steps: live })).toEqual({
      steps: [{ id: "1" }, { id: "2", options: ["b"] }],
    });
  });

  test("elements of a keyed set are matched by their key", () => {
    const live = [{ name: "a", text: "changed" }, { name: "b", text: "server's" }, { name: "c" }];
    expect(of({ scopes: [{ name: "b" }, { name: "a", text: "t" }] }, { scopes: live })).toEqual({
      scopes: [{ name: "b" }, { name: "a", text: "changed" }, { name: "c" }],
    });
  });

  test("a changed value is the live one, also of another kind", () => {
    expect(of({ name: "a", urls: ["x"], oidc: { clientId: "1" } }, { name: "b", urls: "x", oidc: "o" })).toEqual({
      name: "b",
      urls: "x",
      oidc: "o",
    });
  });

  test("what the server no longer has is absent", () => {
    expect(of({ name: "a", urls: ["x"], oidc: { clientId: "1" } }, { name: "a", oidc: { clientId: null } })).toEqual({
      name: "a",
      urls: undefined,
      oidc: { clientId: undefined },
    });
  });

  test.each(["", false, [], {}].map((empty) => [empty]))(
    "a declared %j is not drift where the server leaves it out",
    (empty) => {
      expect(project(z.unknown(), empty, undefined)).toEqual(empty);
    },
  );

  test("what it answers for an unchanged object differs in nothing from the program", () => {
    const text = fc.string();
    const declared = fc.record(
      {
        name: text,
        urls: fc.uniqueArray(text),
        steps: fc.array(fc.record({ id: text, options: fc.uniqueArray(text) })),
        scopes: fc.uniqueArray(fc.record({ name: text, text }), { selector: ({ name }) => name }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(declared, (args) => {
        const live = { ...args, urls: args.urls?.toReversed(), scopes: args.scopes?.toReversed(), extra: 1 };
        expect(project(schema, args, live)).toEqual(args);
      }),
    );
  });
});
