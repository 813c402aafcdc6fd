import type { Api } from "../../../provider/api/api";
import { Run } from "../../../provider/core/run";
import { apiResource } from "../../../provider/resources/api-resource";
import { application } from "../../../provider/resources/application";
import { callbackUrlsToWire } from "../../../provider/resources/application/callback-urls";
import { type TestTenant, testTenant } from "../../support/managed";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const found = (args: object) => application.advise?.({ name: "App", ...args }, "https://is.example.com/t/acme") ?? [];
const reasons = (args: object) => found(args).map(({ reason }) => reason);
const web = (...callbackUrls: unknown[]) => ({ oidc: { grantTypes: ["authorization_code"], callbackUrls } });
const usual = (count: number) =>
  Array.from({ length: count }, (_, i) => `https://tenant-${i}.apps.eu-west-1.example.com/oauth2/callback`);

test("32 usual callback URLs are too many for one pattern, and the finding says by how much and what to do", () => {
  const urls = usual(32);
  const { length } = callbackUrlsToWire(urls)[0] ?? "";
  expect(length).toBeGreaterThan(2048);
  expect(found(web(...urls))).toEqual([
    {
      property: "oidc",
      reason: `oidc.callbackUrls: the 32 URLs are sent as one escaped pattern of ${length.toLocaleString("en")} characters, and by its database scripts the server keeps 2,048; list fewer or shorter URLs, write a shorter pattern of your own (\`regexp=…\`), or make two applications`,
    },
  ]);
});

test("a pattern of your own and a single URL are measured as they are", () => {
  const of = (length: number, start: string) => start + "a".repeat(length - start.length);
  expect(reasons(web(of(2048, "https://a.example/")))).toEqual([]);
  expect(reasons(web(of(2049, "https://a.example/")))).toEqual([
    "oidc.callbackUrls: this URL has 2,049 characters, and by its database scripts the server keeps 2,048; make it shorter",
  ]);
  expect(reasons(web(of(2049, "regexp=https://a\\.example/")))).toEqual([
    "oidc.callbackUrls: this pattern has 2,049 characters, and by its database scripts the server keeps 2,048; make it shorter, or make two applications",
  ]);
});

test("URLs that are not known yet count for nothing, and those that are count nevertheless", () => {
  expect(reasons(web(unknown, ...usual(5)))).toEqual([]);
  expect(reasons(web(unknown, ...usual(40)))).toEqual([expect.stringContaining("the 40 URLs that are known are sent")]);
  expect(found({ oidc: { callbackUrls: unknown } })).toEqual([]);
  expect(found({ oidc: unknown })).toEqual([]);
});

test.each([
  ["name", 255],
  ["description", 1024],
  ["imageUrl", 1024],
  ["accessUrl", 1024],
])("%s of an application has at most %i characters", (name, most) => {
  expect(found({ [name]: "ü".repeat(most) }).filter(({ reason }) => reason.includes("characters"))).toEqual([]);
  const long = found({ [name]: "a".repeat(most + 1) });
  expect(long).toEqual([
    {
      property: name,
      reason: `${name}: has ${(most + 1).toLocaleString("en")} characters, and by its database scripts the server keeps ${most.toLocaleString("en")}; make it shorter`,
    },
  ]);
});

test.each([
  ["name", 255],
  ["identifier", 255],
  ["description", 1023],
])("%s of an API has at most %i characters", (name, most) => {
  const of = (length: number) => apiResource.advise?.({ name: "A", identifier: "a", [name]: "a".repeat(length) }, "");
  expect(of(most)).toEqual([]);
  expect(of(most + 1)).toEqual([
    {
      property: name,
      reason: `${name}: has ${(most + 1).toLocaleString("en")} characters, and by its database scripts the server keeps ${most.toLocaleString("en")}; make it shorter`,
    },
  ]);
});

const aRun = new Run(() => undefined);

describe("a name that is not of the server's pattern", () => {
  const bad = ["Shop & Co", "Café", " Shop", "Shop ", "Two  blanks", "a/b", "shop@home"];
  const asgardeo = { base: "https://api.asgardeo.io/t/acme" } as Api;

  test.each(["Shop", "shop-1_a.b", "The New Shop", "1"])("is not %j", async (name) => {
    expect(reasons({ name })).toEqual([]);
    expect(await application.verify?.(asgardeo, { name }, undefined, aRun)).toEqual([]);
  });

  test.each(bad)("is %j: a finding, since WSO2 Identity Server may be set otherwise", (name) => {
    expect(found({ name })).toEqual([
      {
        property: "name",
        reason: expect.stringMatching(
          /^name: .* unless the server is set otherwise .*letters, digits, `\.`, `_`, `-`, and single blanks between them/,
        ),
      },
    ]);
  });

  test.each(bad)("is %j: a failure on Asgardeo, where nobody can set it otherwise", async (name) => {
    const base = "https://api.eu.asgardeo.io/t/acme";
    for (const api of [asgardeo, { base } as Api]) {
      expect(await application.verify?.(api, { name }, undefined, aRun)).toEqual([
        { property: "name", reason: expect.stringMatching(/^name: Asgardeo refuses/) },
      ]);
      expect(application.advise?.({ name }, api.base)).toEqual([]);
    }
  });

  test("is none that is not known yet, nor one that the application has already", async () => {
    expect(reasons({ name: unknown })).toEqual([]);
    expect(await application.verify?.(asgardeo, { name: unknown }, undefined, aRun)).toEqual([]);
    expect(await application.verify?.(asgardeo, { name: "a & b" }, { name: "a & b" }, aRun)).toEqual([]);
  });
});

describe("a scope of an API", () => {
  const advised = (name: string) => apiResource.advise?.({ name: "A", identifier: "a", scopes: [{ name }] }, "") ?? [];

  test.each(["profile", "email", "address", "phone", "groups", "roles"])(
    "that has the name of the OpenID Connect scope %s is found, since servers bring it",
    (name) => {
      expect(advised(name)).toEqual([
        { property: "scopes", reason: expect.stringMatching(/^scopes\[0\]\.name: .*OpenID Connect scope.*orders:/) },
      ]);
    },
  );

  test("that has a name of its own is not", () => {
    expect(advised("orders:read")).toEqual([]);
    expect(advised(unknown)).toEqual([]);
    expect(apiResource.advise?.({ name: "A", identifier: "a", scopes: unknown }, "")).toEqual([]);
  });
});

describe("in a run", () => {
  let tenant: TestTenant;
  beforeAll(async () => {
    tenant = await testTenant();
  });
  afterAll(() => tenant.close());

  test("what is too long is a finding of the preview of a new application", async () => {
    const app = tenant.resource("Application");
    const { findings } = await app.outlook({ name: "Long", ...web(...usual(40)) });
    expect(findings.map(({ reason }) => reason)).toEqual([expect.stringContaining("oidc.callbackUrls: the 40 URLs")]);
  });
});
