import { Tool } from "./tool";

let tool: Tool;
beforeAll(() => {
  tool = new Tool();
});
afterAll(() => tool.close());

describe("a comment", () => {
  const prose = (text: string) => tool.call<string>("markdown", "prose", text);

  test("becomes paragraphs of one line each", async () => {
    expect(await prose("One\n  line.\n\nAnother\none.")).toBe("One line.\n\nAnother one.");
  });

  test("gets links for addresses, RFCs and names, but none inside of code", async () => {
    expect(await prose("See https://example.com/a (RFC 6749 section 3.1), {@link Thing}.")).toBe(
      "See <https://example.com/a> ([RFC 6749 section 3.1](https://www.rfc-editor.org/rfc/rfc6749#section-3.1)), `Thing`.",
    );
    expect(await prose("As `https://example.com` of `RFC 6749`, a <b>.")).toBe(
      "As `https://example.com` of `RFC 6749`, a &lt;b>.",
    );
  });

  test("is shown in lists by its first sentence, in which a version or an address has points of its own", async () => {
    const first = (text: string) => tool.call<string>("comment", "firstSentence", text);
    expect(await first("A client (RFC 6749 section 2.2) of\n7.1 or later. More of it.")).toBe(
      "A client (RFC 6749 section 2.2) of 7.1 or later.",
    );
    expect(await first("No point\n\nAnother paragraph.")).toBe("No point");
  });
});

describe("rows", () => {
  const columns = [{ head: "Name" }, { head: "Type" }, { head: "Meaning" }];
  const laid = (rows: string[][]) => tool.call<string>("markdown", "tableOrList", columns, rows);

  test("that fit are a table, without blanks that would make it wide", async () => {
    expect(await laid([["`a`", "`string`", "One | other.\n\nMore."]])).toBe(
      ["| Name | Type | Meaning |", "| --- | --- | --- |", "| `a` | `string` | One \\| other.<br>More. |"].join("\n"),
    );
  });

  test("of which one would be wider than 180 characters are a list, with the meaning under the name", async () => {
    const long = "x".repeat(180);
    expect(
      await laid([
        ["`a`", "`string`", long],
        ["`b`", "`number`", "One.\n\nMore."],
      ]),
    ).toBe(`- \`a\`: \`string\`\n\n  ${long}\n\n- \`b\`: \`number\`\n\n  One.\n\n  More.`);
  });
});

test("a link leads from page to page, and to a heading of the same page by that alone", async () => {
  const href = (...args: string[]) => tool.call<string>("markdown", "href", ...args);
  expect(await href("docs/a.md", "docs/a/b.md", "PkceArgs")).toBe("a/b.md#pkceargs");
  expect(await href("docs/a/b.md", "docs/c.md")).toBe("../c.md");
  expect(await href("docs/a.md", "docs/a.md", "ScopeArgs")).toBe("#scopeargs");
});
