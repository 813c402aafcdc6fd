import { edited, missingLine, stepsOf } from "../support/page";

describe("a page has as steps", () => {
  test("its fenced blocks, with the comments directly before them", () => {
    const page = "Text\n\n<!-- file: a.ts -->\n```ts\na;\n\nb;\n```\n\n<!-- far -->\n\n````md\n```sh\nls\n```\n````\n";
    expect(stepsOf(page)).toEqual([
      { kind: "block", language: "ts", text: "a;\n\nb;", notes: ["file: a.ts"], line: 4 },
      { kind: "block", language: "md", text: "```sh\nls\n```", notes: [], line: 12 },
    ]);
  });

  test("what happens in the meantime, also where a block follows at once", () => {
    const page = "<!-- meanwhile: it rains -->\n<!-- exit code: 1 -->\n```sh\nfalse\n```";
    expect(stepsOf(page).map(({ kind, text, notes }) => [kind, text, notes])).toEqual([
      ["meanwhile", "it rains", []],
      ["block", "false", ["exit code: 1"]],
    ]);
  });
});

describe("an output", () => {
  test.each([
    ["a\nc", "a\nb\nc"],
    ["  a   b", "a b"],
    ["made in …s\n…\n(all)", "made in 0.3s\nmore\n(all)"],
  ])("that is expected as %j is found in %j", (expected, output) => {
    expect(missingLine(expected, output)).toBeUndefined();
  });

  test.each([
    ["c\na", "a\nb\nc", "a"],
    ["a\na", "a\nb", "a"],
    ["a", "ab", "a"],
    ["made in …s", "made in 3 m", "made in …s"],
    ["a.c", "abc", "a.c"],
  ])("that is expected as %j is not found in %j", (expected, output, missing) => {
    expect(missingLine(expected, output)).toBe(missing);
  });
});

describe("an edit", () => {
  test("replaces the lines that it shows", () => {
    expect(edited("a\nb\nc\n", " a\n-b\n+B\n+x\n c")).toBe("a\nB\nx\nc\n");
  });

  test("changes several places", () => {
    expect(edited("a\nb\nc\n", "-a\n@@\n c\n+d")).toBe("b\nc\nd\n");
  });

  test("takes a line out, and what stays is not torn", () => {
    expect(edited("a\nb\nc\n", "-b")).toBe("a\nc\n");
  });

  test.each(["-d", "-b"])("of lines that are not there once fails: %s", (diff) => {
    expect(() => edited("b\nb\n", diff)).toThrow("these lines are not there once");
  });
});
