import { AsgardeoError, PartialCreateError } from "../provider/errors";
import { inOneLine, visible } from "../provider/visible";

test.each([
  ["ESC", "\u001b[31m", "\\u001b[31m"],
  ["BEL, which ends an OSC", "\u001b]0;title\u0007", "\\u001b]0;title\\u0007"],
  ["a carriage return, which writes over a line", "a\rb", "a\\u000db"],
  ["a backspace", "a\bb", "a\\u0008b"],
  ["a tab", "a\tb", "a\\u0009b"],
  ["DEL", "\u007f", "\\u007f"],
  ["CSI in one character", "\u009b31m", "\\u009b31m"],
  ["a next line", "\u0085", "\\u0085"],
  ["an override of the direction", "\u202egnp.exe\u202c", "\\u202egnp.exe\\u202c"],
  ["an isolate of a direction", "\u2066x\u2069", "\\u2066x\\u2069"],
  ["marks of a direction", "\u200e\u200f\u061c", "\\u200e\\u200f\\u061c"],
  ["blanks without width", "a\u200bb\u200c\u200d\u2060\ufeff", "a\\u200bb\\u200c\\u200d\\u2060\\ufeff"],
  ["a soft hyphen and a filler", "\u00ad\u3164", "\\u00ad\\u3164"],
  ["a variation selector", "\ufe0f\u{e0101}", "\\ufe0f\\u{e0101}"],
  ["a tag", "\u{e0041}", "\\u{e0041}"],
  ["separators of lines and paragraphs", "a\u2028b\u2029", "a\\u2028b\\u2029"],
  ["half a character", "\ud83d!", "\\ud83d!"],
  ["NUL", "\0", "\\u0000"],
])("%s is written as its number", (_, text, expected) => {
  expect(visible(text)).toBe(expected);
  expect(visible(visible(text))).toBe(expected);
});

test("what is seen stays: letters of all scripts, accents, emojis, line feeds", () => {
  const text = 'Grüße, "żółw"\n日本語 العربية עברית 😀 e\u0301';
  expect(visible(text)).toBe(text);
});

test("a text in one line begins no other one", () => {
  expect(inOneLine("a\r\n\t b\u2028c")).toBe("a b c");
});

test("every error of the package has a visible message, and its reasons, too", () => {
  expect(new AsgardeoError("a\u001bb\nc").message).toBe("a\\u001bb\nc");
  const { message, reasons } = new PartialCreateError("1", {}, ["a\u009bb", "c"]);
  expect({ message, reasons }).toEqual({ message: "a\\u009bb\nc", reasons: ["a\\u009bb", "c"] });
});
