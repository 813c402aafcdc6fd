import { pagesOf, Tool } from "./tool";

// Each page is made by a compiler of its own.
jest.setTimeout(60_000);

let tool: Tool;
beforeAll(() => {
  tool = new Tool();
});
afterAll(() => tool.close());

/** The page of a thing with one more arg, which is of this type and has this comment. */
async function page(comment: string, type = "string", more = ""): Promise<string> {
  const args = `
    ${more}
    /** A thing. */
    export interface ThingArgs {
      /** Its name. Changing it replaces the thing. */
      name: Input<string>;
      /**
       * ${comment}
       */
      size?: Input<${type}>;
    }
    /** What the server decides. */
    export interface ThingOutputs {
      /** Its key. */
      key: string;
    }`;
  return (await pagesOf(tool, { "provider/resources/thing.args.ts": args })).get("docs/thing.md") ?? "";
}

describe("beside the name of an arg", () => {
  test("stand its default and what a change does, and are not said again below", async () => {
    expect(await page("How big it is. The server's default is `S`, a letter. Changes in place. More of it.")).toContain(
      "- `size`: `string`, optional (default: `S`, a letter), changes in place\n\n  How big it is. More of it.\n",
    );
  });

  test("stands the server that brought it, where not every one has it", async () => {
    const said = "How big it is. The default is none. Changes in place.\n       *\n       * @since";
    expect(await page(`${said} 7.1`)).toContain("(default: none), changes in place, since WSO2 Identity Server 7.1\n");
    expect(await page(`${said} after 7.3`)).toContain(", on Asgardeo and WSO2 Identity Server after 7.3\n");
  });

  test("stands the server that brought its block, which is also said of the block itself", async () => {
    const block = `
      /**
       * A part.
       *
       * @since 7.2
       */
      interface PartArgs {
        /** Whether it is on. The default is false. Changes in place. */
        on?: Input<boolean>;
      }`;
    const text = await page("Its part. Changes in place.", "PartArgs", block);
    expect(text).toContain(
      "- `size`: [PartArgs](#partargs), optional, changes in place, since WSO2 Identity Server 7.2",
    );
    expect(text).toContain("A part.\n\nUsed in `size`, since WSO2 Identity Server 7.2.");
  });
});

describe("the comment of an arg is refused that", () => {
  test.each([
    ["does not say what holds where it is left out", "How big it is. Changes in place.", /what holds where it is left/],
    [
      "has a version that is none",
      "It. The default is none. Changes in place.\n * @since yore",
      /@since yore is neither/,
    ],
    [
      "says in words which servers have it",
      "It. The default is none. Changes in place. WSO2 Identity Server 7.1 or later.",
      /tell the servers that have it by a tag/,
    ],
  ])("%s", async (_, comment, problem) => {
    await expect(page(comment)).rejects.toThrow(problem);
  });

  test("says neither unit nor range of a number", async () => {
    await expect(page("How big it is. The default is 5. Changes in place.", "number")).rejects.toThrow(
      /ThingArgs\.size: the comment says neither the unit of the number nor its range/,
    );
    expect(await page("From 1 to 5. The default is 5. Changes in place.", "number")).toContain("optional (default: 5)");
  });
});

describe("a task", () => {
  const taskOf = (task: string) => ({
    "provider/classes/thing.ts": `
      /**
       * A thing of the tenant.
       *
       * @task ${task}
       */
      export class Thing extends resource(thing) {}`,
  });

  test("stands first on the page, with links to the args, classes and pages that it names", async () => {
    const own = { "docs/keys.md": "# All about keys\n\n## Old ones\n" };
    const pages = await pagesOf(tool, {
      ...own,
      ...taskOf("Name it: `name`, for a `Provider`; see docs/keys.md#old-ones."),
    });
    expect(pages.get("docs/thing.md")).toMatch(
      /## By task\n\n- Name it: \[`name`\]\(#args\), for a \[`Provider`\]\(provider\.md\); see \[All about keys\]\(keys\.md#old-ones\)\.\n\n## Example/,
    );
  });

  test("that names nothing to click on is refused", async () => {
    await expect(pagesOf(tool, taskOf("Name it: `nme`."))).rejects.toThrow("it names neither an arg nor a class");
  });

  test("that names a page which is not there is refused, as is any comment and message", async () => {
    await expect(pagesOf(tool, taskOf("Name it: `name`; see docs/keys.md."))).rejects.toThrow(
      /^provider\/classes\/thing\.ts: docs\/keys\.md is not there$/,
    );
  });
});
