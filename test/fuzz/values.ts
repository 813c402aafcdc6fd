/** A text that no server has said: where it comes into state, the server is what lies. */
export const LIE = "lie ".repeat(8);
export const ODD = "\u0000\ud800\u202e\n    at lie (lie.js:1:1)";
export const longLie = LIE.repeat(500);
const deepList = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;

/** Values as JSON texts, since some of them have no other form. The names are for the report of a failure. */
export const values = {
  null: "null",
  true: "true",
  false: "false",
  zero: "0",
  negative: "-1",
  fraction: "1.5",
  huge: "1e308",
  infinite: "1e999",
  empty: '""',
  blank: '" "',
  "empty list": "[]",
  "empty object": "{}",
  "list of null": "[null]",
  "list of the empty text": '[""]',
  "list of a list": "[[]]",
  "list of an object": '[{"id":null}]',
  lie: JSON.stringify(LIE),
  "long lie": JSON.stringify(longLie),
  "odd characters": JSON.stringify(ODD),
  undefined: '"undefined"',
  dot: '"."',
  "an escape": JSON.stringify("\u001b[31m\u001b]0;x\u0007"),
  "a C1 control": JSON.stringify("\u009b2J"),
  "a turned text": JSON.stringify("\u202eabc\u2066"),
  "dots and a slash": '"../.."',
  object: '{"name":{"name":{}}}',
  "deep list": deepList,
  "deep object": `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`,
};
export type Value = keyof typeof values;
export const names = [
  "unexpected",
  "__proto__",
  "constructor",
  "toString",
  "then",
  "id",
  "name",
  "error",
  "code",
  "links",
];
export const texts = ["", " ", "null", "[]", "{}", "0", '"lie"', "{", "NaN", "\ufeff{}", "<a>", "%", '{"links":[{}]}'];
export const locations = [
  undefined,
  "",
  "/",
  ".",
  "/..",
  "http://",
  "%",
  "/a/%zz",
  "/a/b%2Fc",
  ...["..", "%2e%2e", ".", "a%2Fb", "a%5Cb", "%00", "%1B%5B2J", "%C2%9Bm", "%E2%80%AEa", "%FF", "%20", ""].flatMap(
    (id) => [`/api/server/v1/applications/${id}`, `/api/server/v1/api-resources/${id}`],
  ),
  `/a/${longLie.slice(0, 4000)}`,
];
