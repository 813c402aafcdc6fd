import { apiOf, asked, managementApis, type Scope } from "../../provider/api/scopes";

test("reading asks for nothing that could change anything", () => {
  expect(asked.view.length).toBeGreaterThan(0);
  expect(asked.view.filter((scope) => !/_view$/.test(scope))).toEqual([]);
});

test("writing can also read", () => {
  expect(asked.write).toEqual(expect.arrayContaining([...asked.view]));
});

test("every scope is there once, and known to belong to an API of the console", () => {
  expect(new Set(asked.write).size).toBe(asked.write.length);
  for (const scope of asked.write) {
    const { identifier, console } = apiOf(scope);
    expect(identifier).toMatch(/^\/api\/server\/v1\//);
    expect(console).not.toBe("");
    expect(Object.keys(managementApis)).toContain(identifier);
  }
});

test("a scope that no API has is a bug of ours, and says so", () => {
  expect(() => apiOf("internal_nothing_view" as Scope)).toThrow(/internal_nothing_view/);
});
