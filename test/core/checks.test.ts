import type { z } from "zod";
import { absoluteUrl, linkUrl, scopeName } from "../../provider/core/checks";

const unsaid = (schema: z.ZodType, value: string) => schema.safeParse(value).error?.issues.map((i) => i.message) ?? [];

describe("a scope name", () => {
  test.each(["orders:read", "a", "!#$%&'()*+,-./:;<=>?@[]^_`{|}~", "https://api.example/read"])("can be %s", (name) => {
    expect(unsaid(scopeName, name)).toEqual([]);
  });

  test.each([
    ["orders read", "has a blank"],
    ["orders:read ", "has a blank"],
    ["orders\tread", "has a blank"],
    ['orders"read', 'has a `"`'],
    ["orders\\read", "has a `\\`"],
    ["bestellungen:löschen", "has a `ö`"],
    ["orders\u0007", "has a control character"],
  ])("cannot be %j, which nobody could ask for", (name, what) => {
    expect(unsaid(scopeName, name)).toEqual([
      `${what}, so no application could ever ask for it (RFC 6749 section 3.3); take other characters, such as \`orders:read\``,
    ]);
  });

  test("is not empty", () => expect(unsaid(scopeName, "")).toEqual(["must not be empty; leave it out instead"]));
});

const hosted = ["https://app.example.com/path?x=a,b&y=1#z", "http://localhost:3000", "https://[::1]:8080/a,b"];

describe.each([
  ["an absolute URL", absoluteUrl],
  ["a link", linkUrl()],
])("%s", (_, schema) => {
  test.each(hosted)("can be %s", (url) => expect(unsaid(schema, url)).toEqual([]));

  test.each([
    ["https://app.example.com ", "has a blank at its end; take it away"],
    [" https://app.example.com", "has a blank at its beginning; take it away"],
    ["https://app.example.com\n", "has a blank at its end; take it away"],
    ["https://app.example.com/my page", "has a blank in it; write `%20` for it, or take it away"],
    ["https://a.example, https://b.example", expect.stringContaining("is two URLs")],
    ["https://a.example/x,https://b.example/x", expect.stringContaining("is two URLs")],
    ["https://a.example;https://b.example", expect.stringContaining("is two URLs")],
    ["https://a.example,b.example/x", "has a comma in its host; give one URL"],
    ["javascript:alert(1)", expect.stringContaining("`javascript:` is a script")],
    ["JavaScript://a.example/%0aalert(1)", expect.stringContaining("`javascript:` is a script")],
    ["vbscript:x", expect.stringContaining("`vbscript:` is a script")],
    ["data:text/html,<script>", expect.stringContaining("`data:` is content")],
  ])("cannot be %j", (url, what) => expect(unsaid(schema, url)).toEqual([what]));
});

test("an absolute URL has a scheme and a host", () => {
  for (const url of ["app.example.com", "/path", "mailto:me", "https://"]) {
    expect(unsaid(absoluteUrl, url)).toEqual(["must be an absolute URL, such as `https://app.example.com/path`"]);
  }
});

test("a link can be empty, relative, or have places to fill in", () => {
  for (const url of ["", "/logo.svg", "https://a.example/t/$\u007bUserTenantHint}/home"]) {
    expect(unsaid(linkUrl(), url)).toEqual([]);
  }
});

test("the link of an image can be the image itself, and no other content", () => {
  expect(unsaid(linkUrl({ image: true }), "data:image/png;base64,iVBORw0KGgo=")).toEqual([]);
  expect(unsaid(linkUrl({ image: true }), "data:text/html;base64,PHNjcmlwdD4=")).toHaveLength(1);
});
