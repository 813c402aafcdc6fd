import { pagesOf, Tool, tinyPackage } from "./tool";

// Each page is made by a compiler of its own.
jest.setTimeout(60_000);

let tool: Tool;
beforeAll(() => {
  tool = new Tool();
});
afterAll(() => tool.close());

/** The page of the thing, with other args. */
const page = async (args: string, replaceOn = `["name"]`) =>
  (await pagesOf(tool, withArgs(args, replaceOn))).get("docs/thing.md") ?? "";

function withArgs(args: string, replaceOn = `["name"]`): Record<string, string> {
  const definition = tinyPackage["provider/resources/thing.ts"] ?? "";
  return {
    "provider/resources/thing.args.ts": `${args}
      /** What the server decides. */
      export interface ThingOutputs {
        /** Its key. */
        key: string;
      }`,
    "provider/resources/thing.ts": definition.replace(`["name"]`, replaceOn),
  };
}

describe("the page of a resource", () => {
  test("tells its args with what a change does, its outputs, its scopes and the program that makes it", async () => {
    const text = (await pagesOf(tool)).get("docs/thing.md") ?? "";
    expect(text).toContain("# Thing\n\nA thing of the tenant. Its id is a number.");
    expect(text).toContain(`From [examples/quickstart/index.ts](../examples/quickstart/index.ts):\n\n\`\`\`ts\nimport`);
    expect(text).toContain(
      "- `name`: `string`, required, a change replaces\n\n  Its name. Changing it replaces the thing.",
    );
    expect(text).toContain("| `key` | `string` | yes | Its key. |");
    expect(text).toContain("| create | `thing_create` | Thing API |");
  });

  test("has a section for each type that the args lead to, with where it is used", async () => {
    const text = await page(`
      /** What has a note. */
      interface Noted {
        /** A note. The server's default is none. Changes in place. */
        note?: Input<string>;
      }
      /** Words. */
      type Word = "a" | "b";
      /** A part. Its members change in place. */
      interface PartArgs extends Noted {
        /** Its word. The server's default is \`a\`. */
        word?: Input<Word>;
      }
      /** A thing. */
      export interface ThingArgs {
        /** Its name. Changing it replaces the thing. */
        name: Input<string>;
        /** Its parts. Changes in place. */
        parts?: Input<Input<PartArgs>[]>;
      }`);
    expect(text).toContain("list of [PartArgs](#partargs)");
    expect(text).toContain("- `parts[]`: [PartArgs](#partargs)\n- `parts[].word`: [Word](#word)");
    expect(text).toContain("### PartArgs\n\nA part. Its members change in place.\n\nUsed in `parts[]`.");
    expect(text).toContain('### Word\n\nWords.\n\nUsed in `parts[].word`.\n\nOne of `"a"` or `"b"`.');
    // What is inherited comes last.
    expect(text.indexOf("- `word`")).toBeLessThan(text.indexOf("- `note`"));
  });

  test("says `undefined` of no optional arg, since that is what optional means, and of an output that may be so", async () => {
    const text = await page(`
      /** A part. Its members change in place. */
      interface PartArgs {
        /** Its words. The server's default is none. */
        words?: Input<Input<"a" | "b">[]> | undefined;
      }
      /** A thing. */
      export interface ThingArgs {
        /** Its name. Changing it replaces the thing. */
        name: Input<string>;
        /** A number from 1 to 5, or a part. Changes in place. */
        part?: Input<number> | Input<PartArgs> | undefined;
        /** What has to be said. Changes in place. */
        said: Input<string> | undefined;
      }`);
    expect(text).toContain("- `part`: `number` or [PartArgs](#partargs), optional, ");
    expect(text).toContain('- `words`: list of `"a"` or `"b"`, optional (default: none), ');
    expect(text).toContain("- `said`: `string` or `undefined`, required, ");
  });

  describe("that would be longer than 30 kB", () => {
    const twoBlocks = (length: number) => `
      /** A part. ${"Long. ".repeat(length)} */
      interface PartArgs {
        /** Its inner part. Changes in place. */
        inner?: Input<InnerArgs>;
        /** What the other block has too. Changes in place. */
        shared?: Input<OtherArgs>;
      }
      /** An inner part. */
      interface InnerArgs {
        /** Whether it is on. The default is false. Changes in place. */
        on?: Input<boolean>;
      }
      /** Another part. ${"Long. ".repeat(length)} */
      interface OtherArgs {
        /** Whether it is on. The default is false. Changes in place. */
        on?: Input<boolean>;
      }
      /** A thing. */
      export interface ThingArgs {
        /** Its name. Changing it replaces the thing. */
        name: Input<string>;
        /** Its part. Changes in place. */
        bigPart?: Input<PartArgs>;
        /** Its other part. Changes in place. */
        other?: Input<OtherArgs>;
      }`;

    test("is split: each block has a page, and each type is one click away", async () => {
      const pages = await pagesOf(tool, withArgs(twoBlocks(3_000)));
      expect([...pages.keys()].filter((path) => path.startsWith("docs/thing"))).toEqual([
        "docs/thing.md",
        "docs/thing/big-part.md",
        "docs/thing/other.md",
      ]);
      expect(pages.get("docs/thing.md")).toContain(
        [
          "- `bigPart`: [PartArgs](thing/big-part.md#partargs)",
          "- `bigPart.inner`: [InnerArgs](thing/big-part.md#innerargs)",
          "- `other`: [OtherArgs](thing/other.md#otherargs)",
        ].join("\n"),
      );
      const block = pages.get("docs/thing/big-part.md");
      expect(block).toContain("# Thing: bigPart\n\nA block of the args of [Thing](../thing.md). ");
      expect(block).toContain("[InnerArgs](#innerargs)");
      expect(block).toContain("[OtherArgs](other.md#otherargs)");
    });

    test("is refused where one block alone is as long", async () => {
      await expect(pagesOf(tool, withArgs(twoBlocks(5_000)))).rejects.toThrow(
        /^docs\/thing\/big-part\.md has \d+ bytes/,
      );
    });
  });

  test("is refused where the class, a type or a member has no comment, all of them at once", async () => {
    const args = `
      interface PartArgs {
        on?: Input<boolean>;
      }
      /** A thing. */
      export interface ThingArgs {
        name: Input<string>;
        /** Its part. Changes in place. */
        part?: Input<PartArgs>;
      }
      export interface ThingOutputs {
        key: string;
      }`;
    const bare = {
      "provider/resources/thing.args.ts": args,
      "provider/classes/thing.ts": "export class Thing extends resource(thing) {}",
    };
    const refused = pagesOf(tool, bare).catch(({ message }: Error) => message.replace(/^\S+: /gm, "").split("\n"));
    expect(await refused).toEqual([
      "the class Thing has no doc comment",
      "ThingArgs.name has no doc comment",
      "ThingOutputs has no doc comment",
      "ThingOutputs.key has no doc comment",
      "PartArgs has no doc comment",
      "PartArgs.on has no doc comment",
    ]);
  });

  test("says of a record what its values are, and gives it no section", async () => {
    const text = await page(
      `/** A thing. */
      export interface ThingArgs {
        /** Its labels. Changes in place. The default is none. */
        labels?: Input<Readonly<Record<string, Input<string>>>>;
      }`,
      "[]",
    );
    expect(text).toContain("- `labels`: record of `string`, optional (default: none), changes in place");
    expect(text).not.toMatch(/Record|Readonly/);
  });

  test("is refused where replaceOn has what is no arg, or a type has no words", async () => {
    const args = (type: string) => `
      /** A thing. */
      export interface ThingArgs {
        /** Its name. Changes in place. */
        name: Input<${type}>;
      }`;
    await expect(page(args("string"), `["nme"]`)).rejects.toThrow("replaceOn has nme, which is no arg");
    await expect(page(args("() => void"), "[]")).rejects.toThrow("the pages have no words for the type () => void");
  });

  test("is refused where nothing shows how it is made", async () => {
    await expect(pagesOf(tool, { "examples/quickstart/index.ts": "" })).rejects.toThrow(
      "Thing: no example shows it, neither in examples/ nor in its comment",
    );
  });
});

describe("the comment of an arg", () => {
  const args = (comment: string, type = "A thing.") => `
    /** ${type} */
    export interface ThingArgs {
      /** ${comment} */
      name: Input<string>;
    }`;

  test("has to say whether a change is made in place, or that of its type for all", async () => {
    await expect(page(args("Its name."), "[]")).rejects.toThrow(
      `ThingArgs.name: the comment says neither "in place" nor "replaces", nor does that of ThingArgs`,
    );
    expect(await page(args("Its name.", "All of it changes in place."), "[]")).toMatch(
      /- `name`: .*, changes in place$/m,
    );
    expect(await page(args("Its name. Changing it later changes nothing."), "[]")).toMatch(
      /- `name`: .*, a change has no effect$/m,
    );
  });

  test("has to agree with the definition on what a change replaces", async () => {
    await expect(page(args("Its name. Changing it replaces the thing."), "[]")).rejects.toThrow(
      "ThingArgs.name: the comment says that a change replaces, but replaceOn does not have it",
    );
    await expect(page(args("Its name. Changes in place."))).rejects.toThrow(
      "ThingArgs.name: a change replaces, but the comment does not say so",
    );
  });
});
