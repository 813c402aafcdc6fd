import { Secrets } from "../../provider/api/redact";

function masked(text: string, ...values: string[]): string {
  const secrets = new Secrets();
  for (const value of values) secrets.add(value);
  return secrets.redact(text);
}

const secret = 'p"ss wörd/+&1';

test.each([
  ["as it is", secret],
  ["in a URL", encodeURIComponent(secret)],
  ["in a form", new URLSearchParams({ secret }).toString().slice("secret=".length)],
  ["in JSON", JSON.stringify({ secret }).slice('{"secret":"'.length, -2)],
  ["in base64", Buffer.from(secret).toString("base64")],
  ["in base64url", Buffer.from(secret).toString("base64url")],
])("a secret is masked %s", (_, form) => {
  const text = masked(`before ${form} after ${form}.`, secret);
  expect(text).not.toContain(form);
  expect(text).toMatch(/^before \[secret\]=* after \[secret\]=*\.$/);
});

test("of two secrets that begin alike, nothing of the longer one stays", () => {
  expect(masked("abcdef abcdefXYZ", "abcdef", "abcdefXYZ")).toBe("[secret] [secret]");
});

test("a secret that is a part of the mask does not garble it", () => {
  expect(masked("abcdefg", "abcdefg", "secret")).toBe("[secret]");
});

test("characters that mean something in a pattern are taken as they are", () => {
  expect(masked("x a.c$[b]* y abc", "a.c$[b]*")).toBe("x [secret] y abc");
});

test("short values are left alone, so that ordinary words stay", () => {
  expect(masked("the cat", "cat", "", "the")).toBe("the cat");
});

test("a secret that comes later is masked from then on", () => {
  const secrets = new Secrets();
  secrets.add(undefined);
  expect(secrets.redact("first-one second-one")).toBe("first-one second-one");
  secrets.add("first-one");
  expect(secrets.redact("first-one second-one")).toBe("[secret] second-one");
  secrets.add("second-one");
  expect(secrets.redact("first-one second-one")).toBe("[secret] [secret]");
});
