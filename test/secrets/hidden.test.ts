import { type HostileServer, hostileServer } from "../support/hostile-server";
import { generated, places } from "./places";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const percent = (text: string) =>
  [...text].map((c) => `%${(c.codePointAt(0) ?? 0).toString(16).padStart(2, "0")}`).join("");
const each = (between: (c: string, code: number) => string) =>
  [...generated].map((c) => between(c, c.codePointAt(0) ?? 0)).join("");
const hex = Buffer.from(generated).toString("hex");

/** How a secret can come back. */
const forms: Readonly<Record<string, string>> = {
  "as it is": generated,
  "without its beginning": generated.slice(12),
  "without its end": generated.slice(0, 20),
  "in base64": base64(generated),
  "in base64 with the client's id": base64(`shop-client:${generated}`),
  "in base64, one byte later": base64(`x${generated}`),
  "in base64, two bytes later": base64(`xy${generated}`),
  "in an excerpt of base64": base64(`xy${generated}`).slice(5, 40),
  "in base64url": Buffer.from(`ÿþ?${generated}`).toString("base64url"),
  "in base64 with line breaks": base64(generated).replace(/.{10}/g, "$&\r\n"),
  "twice in base64": base64(base64(generated)),
  "with escapes of JSON": each((_, code) => `\\u${code.toString(16).padStart(4, "0")}`),
  "with escaped slashes": each((c) => `\\/${c}`),
  "with decimal entities": each((_, code) => `&#${code};`),
  "with hexadecimal entities": each((_, code) => `&#x${code.toString(16)};`),
  "with entities of names": each((c) => `${c}&shy;`),
  "in percents": percent(generated),
  "in upper-case percents": percent(generated).toUpperCase(),
  "twice in percents": percent(percent(generated)),
  "in hexadecimal": hex,
  "in upper-case hexadecimal": hex.toUpperCase(),
  "in hexadecimal with colons": hex.replace(/..(?=.)/g, "$&:"),
  "in hexadecimal with 0x": hex.replace(/../g, "0x$&, "),
  "in hexadecimal of base64": Buffer.from(base64(generated)).toString("hex"),
  "in base64 of JSON": base64(JSON.stringify({ clientSecret: generated })),
  "broken by blanks": each((c) => `${c} `),
  "broken by line feeds": generated.replace(/.{7}/g, "$&\n"),
  "broken by characters that nobody sees": each((c) => `${c}\u200b`),
  "broken by marks": generated.replace(/.{5}/g, "$&-"),
  "in lower case": generated.toLowerCase(),
  "in upper case": generated.toUpperCase(),
  reversed: [...generated].reverse().join(""),
  "at the end of what is shown": `${"lorem ipsum ".repeat(40)}${generated}`.slice(0, 505),
  "behind a text that never ends": `${"x ".repeat(30_000)}${generated}`,
};

/** So many characters in a row of a secret, or of what it is encoded as, are a leak. */
const leak = 9;

/** The client's id, encoded, may be shown. */
const noSecret = base64("shop-client:");

function leaksOf(form: string, text: string): string[] {
  const secretive = form.startsWith("lorem") ? form.slice(480) : form;
  return [generated, secretive].flatMap((whole) =>
    Array.from({ length: Math.max(0, whole.length - leak + 1) }, (_, i) => whole.slice(i, i + leak)).filter(
      (run) => /[^x\s]/.test(run) && !noSecret.includes(run) && text.includes(run),
    ),
  );
}

let server: HostileServer;
beforeAll(async () => {
  server = await hostileServer();
});
afterAll(() => server.close());

test.each(Object.keys(places))("harmless words are shown by %s", async (place) => {
  expect(await places[place]?.(server, "decade")).toContain("decade");
});

const table = Object.keys(places).flatMap((place) => Object.keys(forms).map((form): [string, string] => [form, place]));

test.each(table)("a secret %s is not shown by %s", async (name, place) => {
  const form = forms[name] ?? "";
  const text = (await places[place]?.(server, form)) ?? "";
  // Something is said: else nothing was tried.
  expect(text.length).toBeGreaterThan(30);
  expect(leaksOf(form, text)).toEqual([]);
});
