import { enough, problem, settings } from "./support/given";

const proxyOf = (env: Record<string, string>, baseUrl?: string) => settings({ ...enough, baseUrl }, env).proxy;
const one = "http://one.example.com:3128";
const two = "http://two.example.com:3128";

describe("the proxy", () => {
  test.each([
    [{ HTTPS_PROXY: one }, one, "HTTPS_PROXY"],
    [{ https_proxy: one, HTTPS_PROXY: two }, one, "https_proxy"],
    [{ https_proxy: "", HTTPS_PROXY: two }, two, "HTTPS_PROXY"],
    [{ HTTP_PROXY: one }, one, "HTTP_PROXY"],
    [{ http_proxy: one, HTTP_PROXY: two }, one, "http_proxy"],
    [{ HTTP_PROXY: one, HTTPS_PROXY: two }, two, "HTTPS_PROXY"],
    [{ HTTPS_PROXY: " one.example.com:3128 " }, one, "HTTPS_PROXY"],
    [{ HTTPS_PROXY: "https://one.example.com/" }, "https://one.example.com", "HTTPS_PROXY"],
    [{ HTTPS_PROXY: "http://[::1]:3128" }, "http://[::1]:3128", "HTTPS_PROXY"],
  ])("of %j is %s", (env: Record<string, string>, url, variable) => {
    expect(proxyOf(env)).toEqual({ url, variable, secrets: [] });
  });

  test.each<Record<string, string>>([{}, { ALL_PROXY: one }, { HTTPS_PROXY: "" }])("of %j is none", (env) => {
    expect(proxyOf(env)).toBeUndefined();
  });

  test.each([
    "http://127.0.0.1:8080",
    "http://localhost:8080",
    "http://[::1]:8080",
    "https://127.1.2.3",
    "https://localhost",
  ])("is none for %s, which is this machine, even where it is malformed", (baseUrl) => {
    expect(proxyOf({ HTTPS_PROXY: one, HTTP_PROXY: one }, baseUrl)).toBeUndefined();
    expect(proxyOf({ HTTPS_PROXY: "::", HTTP_PROXY: "::" }, baseUrl)).toBeUndefined();
  });

  test.each([
    ["*", true],
    ["api.asgardeo.io", true],
    ["API.Asgardeo.io", true],
    ["x.example.com, asgardeo.io", true],
    ["x.example.com\tasgardeo.io", true],
    [".asgardeo.io", true],
    ["*.asgardeo.io", true],
    ["asgardeo.io:443", true],
    ["asgardeo.io:9443", false],
    ["gardeo.io", false],
    ["api.asgardeo.io.example.com", false],
    ["", false],
    [",", false],
  ])("with NO_PROXY=%s is left out: %s", (list, isLeftOut) => {
    for (const name of ["NO_PROXY", "no_proxy"]) {
      expect(proxyOf({ HTTPS_PROXY: one, [name]: list }) === undefined).toBe(isLeftOut);
    }
  });

  test("is left out by port where the server has one of its own", () => {
    const env = { HTTPS_PROXY: one, NO_PROXY: "is.example.com:9443" };
    expect(proxyOf(env, "https://is.example.com:9443")).toBeUndefined();
    expect(proxyOf(env, "https://is.example.com")).toBeDefined();
  });
});

describe("user and password of a proxy", () => {
  test("go to it as they are meant, and are told as what must not be shown", () => {
    const proxy = proxyOf({ HTTPS_PROXY: "http://m%65:hu%73h%2fhush@one.example.com:3128" });
    const basic = Buffer.from("me:hush/hush").toString("base64");
    expect(proxy).toMatchObject({ url: one, authorization: `Basic ${basic}` });
    expect(proxy?.secrets).toEqual(expect.arrayContaining(["hush/hush", "hu%73h%2fhush", basic]));
  });

  test("may be a user alone", () => {
    expect(proxyOf({ HTTPS_PROXY: "http://me@one.example.com:3128" })?.authorization).toBe(
      `Basic ${Buffer.from("me:").toString("base64")}`,
    );
  });
});

test.each([
  "http://me:hush-hush@",
  "http://me:hush%zz-hush@one.example.com",
  "http://me:hush#hush@one.example.com:3128",
  "http://one.example.com:99999",
  "socks5://me:hush-hush@one.example.com:1080",
  "one example com",
  "://hush-hush",
  "http:hush-hush",
])("a proxy %j is refused with the name of its variable, and not repeated", (value) => {
  const message = problem(enough, { https_proxy: value });
  expect(message).toMatch(/^https_proxy: must be the URL of a proxy, such as http:.*; .*|^https_proxy: must be/);
  expect(message).toContain("name api.asgardeo.io in NO_PROXY");
  expect(message).not.toMatch(/hush|one\.example/);
  expect(message.split("\n")).toHaveLength(1);
});
