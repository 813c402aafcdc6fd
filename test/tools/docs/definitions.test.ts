import { pagesOf, Tool, tinyPackage } from "./tool";

// Each page is made by a compiler of its own.
jest.setTimeout(60_000);

let tool: Tool;
beforeAll(() => {
  tool = new Tool();
});
afterAll(() => tool.close());

describe("a scope", () => {
  const asked = {
    "provider/resources/index.ts": `
    import { thing } from "./thing";
    export const lifecycles = { Thing: () => lifecycle(thing) };
    api.needing("thing_view", "thing_create");`,
  };
  const tagged = (scope: string) => ({
    "provider/classes/thing.ts": `
      /**
       * A thing.
       *
       * @scope ${scope} to update, where it has
       * parts.
       */
      export class Thing extends resource(thing) {}`,
  });

  test("that the code asks for at times has to be in the comment of a class", async () => {
    await expect(pagesOf(tool, { ...asked, ...tagged("thing_view") })).rejects.toThrow(
      /^provider\/resources\/index\.ts:4: no resource's comment has "@scope thing_create <when>"$/,
    );
  });

  test("of a comment has to exist, and is on the page with what it is for", async () => {
    await expect(pagesOf(tool, tagged("thing_veiw"))).rejects.toThrow("@scope thing_veiw: no such scope");
    expect((await pagesOf(tool, tagged("thing_view"))).get("docs/thing.md")).toContain(
      "Needed at times:\n\n- `thing_view` of Thing API: to update, where it has parts.",
    );
  });
});

describe("the definition of a class", () => {
  const definition = tinyPackage["provider/resources/thing.ts"] ?? "";

  test("is found wherever the list of resources leads to it, and may use constants", async () => {
    const list = `
      import { definition } from "./far/away";
      export const lifecycles = [definition];`;
    const away = definition
      .replace("./thing.args", "../thing.args")
      .replace(/export const thing: (.*) = \{/, "const write = ['thing_create'] as const;\nexport const definition = {")
      .replace(`create: ["thing_create"]`, `create: [...write, "thing_view"]`)
      .replace(/\};\s*$/, "} satisfies Definition<ThingArgs, ThingOutputs>;");
    const files = { "provider/resources/index.ts": list, "provider/resources/far/away.ts": away };
    const text = (await pagesOf(tool, files)).get("docs/thing.md");
    expect(text).toContain("replaces");
    expect(text).toContain("| create | `thing_create` | Thing API |\n| create | `thing_view` | Thing API |");
  });

  test("may share with its class what both need", async () => {
    const outline = `export const outline = { type: "Thing", secrets: ["key"] } as const;`;
    const thing = definition
      .replace(`type: "Thing",`, "...outline, replaceOn,")
      .replace(`replaceOn: ["name"],`, "")
      .replace(`secrets: ["key"],`, "")
      .replace("export const", `import { outline } from "./outline";\nconst replaceOn = ["name"];\nexport const`)
      .replace(`read: ["thing_view"]`, "read: [scopes.view]");
    const text = await pagesOf(tool, {
      "provider/resources/thing.ts": `${thing}\nconst scopes = { view: "thing_view" };`,
      "provider/resources/outline.ts": outline,
      "provider/classes/thing.ts": `
        /** A thing. */
        export class Thing extends resource<ThingArgs, ThingOutputs>(outline) {}`,
    });
    expect(text.get("docs/thing.md")).toBe(
      (await pagesOf(tool)).get("docs/thing.md")?.replace(/A thing of .*/, "A thing."),
    );
  });

  test("has to be there for each class, and a class for each definition", async () => {
    await expect(pagesOf(tool, { "provider/resources/index.ts": "export const lifecycles = {};" })).rejects.toThrow(
      "provider/resources/index.ts has no definition of the type Thing",
    );
    await expect(pagesOf(tool, { "provider/index.ts": "export {};" })).rejects.toThrow(
      "provider/index.ts exports no class Thing",
    );
  });

  test("that cannot be read from the source is refused", async () => {
    const computed = definition.replace(`["name"]`, "names()");
    await expect(pagesOf(tool, { "provider/resources/thing.ts": computed })).rejects.toThrow(
      "replaceOn cannot be read from the source",
    );
  });
});
