import { hygiene } from "../../../provider/resources/application/hygiene";

/** What Pulumi puts in place of a text, a boolean, a number, a list and an object that are not known yet. */
const unknown = {
  boolean: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  text: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  list: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  object: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
};

const found = (oidc: unknown) => hygiene({ name: "App", oidc });
const reasons = (oidc: unknown) => found(oidc).map(({ reason }) => reason);
const code = (...callbackUrls: unknown[]) => ({ grantTypes: ["authorization_code"], callbackUrls });

const webApp = {
  grantTypes: ["authorization_code", "refresh_token"],
  callbackUrls: ["https://app.example.com/callback", "https://www.example.com/callback"],
  allowedOrigins: ["https://app.example.com"],
  pkce: { mandatory: true },
  accessToken: { type: "JWT", userAccessTokenExpiryInSeconds: 900, applicationAccessTokenExpiryInSeconds: 86_400 },
  refreshToken: { expiryInSeconds: 90 * 86_400, renewRefreshToken: true },
};

test.each([
  ["a web app", webApp],
  ["a single-page app", { ...webApp, publicClient: true }],
  ["a machine-to-machine app", { grantTypes: ["client_credentials"], publicClient: false }],
  ["a confidential client without PKCE", code("https://app.example.com/callback")],
  ["a native app", { ...webApp, publicClient: true, callbackUrls: ["com.example.app:/cb", "http://127.0.0.1/cb"] }],
  ["an application without a protocol", undefined],
])("%s as it should be is not found fault with", (_, oidc) => {
  expect(found(oidc)).toEqual([]);
});

describe("access tokens by the hybrid flow", () => {
  const hybrid = (responseType: unknown, enable: unknown = true) =>
    reasons({ ...webApp, hybridFlow: { enable, responseType } });

  test.each(["code token", "code id_token token", "code id_token,code token"])("%s is found", (types) => {
    expect(hybrid(types)).toEqual([
      expect.stringMatching(
        /^oidc\.hybridFlow\.responseType: .*`token`.*RFC 9700 section 2\.1\.2.*use `code id_token`/,
      ),
    ]);
  });

  test("is not where no access token is in a URL, or the flow is off, or not known", () => {
    expect([hybrid("code id_token"), hybrid("code token", false), hybrid(unknown.text)].flat()).toEqual([]);
  });
});

describe("redirects over http", () => {
  test.each(["http://app.example.com/cb", "HTTP://app.example.com/cb", "http://127.0.0.1.evil.example.com/cb"])(
    "%s is found",
    (url) => {
      const [failure, ...more] = found(code("https://app.example.com/cb", url));
      expect(more).toEqual([]);
      expect(failure?.property).toBe("oidc");
      expect(failure?.reason).toMatch(/^oidc\.callbackUrls\[1\]: .*`http`.*RFC 9700 section 2\.6.*use `https`/);
    },
  );

  test.each([
    "http://127.0.0.1:8080/cb",
    "http://[::1]/cb",
    "http://localhost:3000/cb",
    "http://LOCALHOST/cb",
    "https://app.example.com/?next=http://x",
  ])("%s is not", (url) => expect(found(code(url))).toEqual([]));

  test.each([
    "regexp=http://app\\.example\\.com/cb/\\d+",
    "regexp=https?://app\\.example\\.com/cb/\\d+",
    "regexp=http(s)?:\\/\\/app\\.example\\.com/cb/\\d+",
  ])("%s is found", (pattern) => {
    expect(reasons(code(pattern))).toEqual([expect.stringMatching(/`app\.example\.com`.*RFC 9700 section 2\.6/)]);
  });
});

describe("wildcards in redirects", () => {
  test.each(["https://*.example.com/cb", "https://app.example.com/*"])("%s is found", (url) => {
    expect(reasons(code(url))).toEqual([
      expect.stringMatching(/^oidc\.callbackUrls\[0\]: `\*`.*list each URL.*RFC 9700 sections 2\.1 and 4\.1/),
    ]);
  });

  test.each([
    "regexp=.*",
    "regexp=\\S+",
    "regexp=https://.*\\.example\\.com/cb",
    "regexp=https://[a-z]+\\.example\\.com/cb",
    "regexp=https://app\\.example\\.com[^/]*/cb",
    "regexp=https://app\\.example\\.com:[^/]+/cb",
    "regexp=(https://a\\.example\\.com/cb|https://\\w+\\.example\\.com/cb)",
    "regexp=https://(a|[bc])\\.example\\.com/cb",
  ])("%s can match other hosts", (pattern) => {
    expect(reasons(code(pattern))).toEqual([
      expect.stringMatching(/^oidc\.callbackUrls\[0\]: .*does not spell its host out.*RFC 9700 sections 2\.1 and 4\.1/),
    ]);
  });

  test.each([
    "regexp=https://app.example.com/cb",
    "regexp=https://app\\.example\\.com/.*",
    "regexp=(https://app\\.example\\.com/cb|https://www.example\\.com/cb)",
  ])("%s has a dot that stands for any character", (pattern) => {
    expect(reasons(code(pattern))).toEqual([expect.stringMatching(/an unescaped `\.` in a pattern/)]);
  });

  test.each([
    "regexp=https://app\\.example\\.com/cb/[0-9]+",
    "regexp=https://app[.]example[.]com/tenants/[^/]+/cb",
    "regexp=https:\\/\\/(a|b)\\.example\\.com/cb/\\w+",
    "regexp=^https://app\\.example\\.com(/cb|/silent)$",
    "regexp=http://127\\.0\\.0\\.1:\\d+/cb",
    "regexp=http://\\[::1\\]:[0-9]{2,5}/cb",
    "regexp=com\\.example\\.app:/cb/\\d+",
  ])("%s only leaves path or port open", (pattern) => expect(found(code(pattern))).toEqual([]));
});

describe("grants", () => {
  test.each([
    ["implicit", /RFC 9700 section 2\.1\.2.*`authorization_code` with PKCE/],
    ["password", /RFC 9700 section 2\.4.*use `authorization_code`/],
  ])("%s is found where it stands", (grant, reason) => {
    const oidc = { grantTypes: ["authorization_code", grant], callbackUrls: ["https://app.example.com/cb"] };
    expect(reasons(oidc)).toEqual([expect.stringMatching(reason)]);
    expect(reasons(oidc)[0]).toMatch(/^oidc\.grantTypes\[1\]: /);
  });

  test("client_credentials of a public client is found", () => {
    const oidc = { grantTypes: ["client_credentials"], publicClient: true };
    expect(reasons(oidc)).toEqual([
      expect.stringMatching(/^oidc\.grantTypes\[0\]: .*RFC 6749 section 4\.4.*confidential/),
    ]);
  });
});

describe("PKCE", () => {
  const publicClient = { ...code("https://app.example.com/cb"), publicClient: true };

  test.each([
    ["left out", undefined],
    ["off", { mandatory: false }],
    ["without a word on it", { supportPlainTransformAlgorithm: false }],
  ])("%s is found at a public client", (_, pkce) => {
    expect(reasons({ ...publicClient, pkce })).toEqual([
      expect.stringMatching(/^oidc\.pkce\.mandatory: .*RFC 9700 section 2\.1\.1.*`pkce: \{ mandatory: true \}`/),
    ]);
  });

  test("does not matter without authorization codes", () => {
    expect(found({ grantTypes: ["urn:ietf:params:oauth:grant-type:device_code"], publicClient: true })).toEqual([]);
  });
});

describe("life times", () => {
  test("a refresh token of more than 90 days is found", () => {
    const refreshToken = { expiryInSeconds: 90 * 86_400 + 1 };
    expect(reasons({ ...webApp, refreshToken })).toEqual([
      expect.stringMatching(/^oidc\.refreshToken\.expiryInSeconds: .*90 days.*RFC 9700 section 4\.14\.2/),
    ]);
    expect(found({ grantTypes: ["client_credentials"], refreshToken })).toEqual([]);
  });

  test.each(["userAccessTokenExpiryInSeconds", "applicationAccessTokenExpiryInSeconds"])(
    "a JWT access token of more than a day is found by %s",
    (name) => {
      const accessToken = { type: "JWT", [name]: 2 * 86_400 };
      expect(reasons({ ...webApp, accessToken })).toEqual([
        expect.stringMatching(new RegExp(`^oidc\\.accessToken\\.${name}: .*2 days.*RFC 6750 section 5\\.3`)),
      ]);
    },
  );

  test("an opaque access token can be revoked, so it may live longer", () => {
    const accessToken = { type: "Default", userAccessTokenExpiryInSeconds: 7 * 86_400 };
    expect(found({ ...webApp, accessToken })).toEqual([]);
  });
});

describe("what is not known yet", () => {
  const bad = {
    grantTypes: ["authorization_code", "implicit", "password", "client_credentials", "refresh_token"],
    callbackUrls: ["http://app.example.com/cb", "https://*.example.com/cb"],
    publicClient: true,
    accessToken: { type: "JWT", userAccessTokenExpiryInSeconds: 1e6, applicationAccessTokenExpiryInSeconds: 1e6 },
    refreshToken: { expiryInSeconds: 1e8 },
  };

  test("is not held against the program, at any depth", () => {
    expect(found(bad)).toHaveLength(9);
    expect(found(unknown.object)).toEqual([]);
    for (const value of Object.values(unknown)) {
      const all = Object.fromEntries(Object.keys({ ...bad, pkce: {} }).map((name) => [name, value]));
      expect(found(all)).toEqual([]);
      expect(
        found({ grantTypes: [value], callbackUrls: [value], publicClient: value, pkce: { mandatory: value } }),
      ).toEqual([]);
    }
  });

  test.each([
    ["pkce", unknown.object, "oidc.pkce.mandatory"],
    ["pkce", { mandatory: unknown.boolean }, "oidc.pkce.mandatory"],
    ["publicClient", unknown.boolean, "oidc.pkce.mandatory"],
    ["callbackUrls", unknown.list, "oidc.callbackUrls[0]"],
    ["callbackUrls", [unknown.text], "oidc.callbackUrls[0]"],
    ["accessToken", { ...bad.accessToken, type: unknown.text }, "oidc.accessToken.userAccessTokenExpiryInSeconds"],
    ["refreshToken", { expiryInSeconds: unknown.number }, "oidc.refreshToken.expiryInSeconds"],
  ])("%s as %j silences its own rule only", (name, value, place) => {
    const places = (oidc: unknown) => reasons(oidc).map((reason) => reason.split(":")[0]);
    expect(places(bad)).toContain(place);
    expect(places({ ...bad, [name]: value })).not.toContain(place);
    expect(places({ ...bad, [name]: value })).toContain("oidc.grantTypes[1]");
  });

  test("a known element beside it is still found", () => {
    expect(reasons({ grantTypes: [unknown.text, "implicit"], callbackUrls: unknown.list })).toEqual([
      expect.stringMatching(/^oidc\.grantTypes\[1\]/),
    ]);
  });

  test("a value of a wrong kind is somebody else's to tell", () => {
    for (const oidc of ["text", 42, null, { grantTypes: "implicit", callbackUrls: 1, pkce: [], accessToken: "JWT" }]) {
      expect(found(oidc)).toEqual([]);
    }
  });
});
