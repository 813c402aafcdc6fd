import { type Call, callerFor, sandboxFor, valueAt } from "./support";

const COUNT = 25;

async function withMany() {
  const sandbox = await sandboxFor();
  const call = await callerFor(sandbox);
  for (let index = 0; index < COUNT; index += 1) {
    await call("POST", "/api-resources", { name: `API ${index}`, identifier: `api-${index}` });
  }
  return { sandbox, call };
}

const business = "filter=type+eq+BUSINESS";

async function list(call: Call, query: string) {
  const { status, body } = await call("GET", `/api-resources?${query}`);
  expect(status).toBe(200);
  const found = valueAt(body, "apiResources");
  const links = valueAt(body, "links");
  return {
    total: valueAt(body, "totalResults"),
    names: Array.isArray(found) ? found.map((api) => valueAt(api, "name")) : undefined,
    link: (rel: string) => {
      const href = Array.isArray(links) ? links.find((link) => valueAt(link, "rel") === rel)?.href : undefined;
      return typeof href === "string" ? new URL(href) : undefined;
    },
    hasLinks: links !== undefined,
  };
}

const names = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `API ${from + index}`);

describe("the list of API resources", () => {
  test("has 10 on a page, and leads on by absolute links whose total shrinks", async () => {
    const { sandbox, call } = await withMany();
    const first = await list(call, business);
    expect(first).toMatchObject({ total: COUNT, names: names(0, 10) });
    expect(first.link("previous")).toBeUndefined();
    const next = first.link("next");
    expect(next?.origin).toBe(sandbox.baseUrl);
    expect(Buffer.from(next?.searchParams.get("after") ?? "", "base64").toString()).toMatch(/^\d+$/);
    const second = await list(call, String(next?.searchParams));
    expect(second).toMatchObject({ total: COUNT - 10, names: names(10, 20) });
    const third = await list(call, String(second.link("next")?.searchParams));
    expect(third).toMatchObject({ total: COUNT - 20, names: names(20, 25) });
    expect(third.link("next")).toBeUndefined();
    const back = await list(call, String(third.link("previous")?.searchParams));
    expect(back.names).toEqual(names(10, 20));
    const start = await list(call, String(back.link("previous")?.searchParams));
    expect(start.names).toEqual(names(0, 10));
    expect(start.link("previous")).toBeUndefined();
  });

  test("takes any limit above zero", async () => {
    const { call } = await withMany();
    const all = await list(call, `${business}&limit=100`);
    expect(all).toMatchObject({ names: names(0, COUNT), hasLinks: false });
  });

  test("has no links when it is empty", async () => {
    const { call } = await withMany();
    expect(await list(call, "filter=name+eq+nothing")).toMatchObject({ total: 0, names: [], hasLinks: false });
  });

  test.each([
    ["name+eq+API 7", ["API 7"]],
    ["identifier+eq+api-7", ["API 7"]],
    ["type+eq+BUSINESS+and+name+ew+4", ["API 4", "API 14", "API 24"]],
    ["identifier+co+i-1+and+name+ne+API 1", names(10, 20)],
    ["name+sw+API 2+and+identifier+gt+api-22", ["API 23", "API 24"]],
  ])("is filtered by %s", async (filter, expected) => {
    const { call } = await withMany();
    expect((await list(call, `limit=100&filter=${filter}`)).names).toEqual(expected);
  });

  test("has the server's own APIs twice where both the tenant and its organizations have them", async () => {
    const { call } = await withMany();
    const filter = "name+eq+Application Management API";
    expect(await list(call, `filter=${filter}`)).toMatchObject({ total: 2 });
    expect(await list(call, `filter=${filter}+and+type+eq+TENANT`)).toMatchObject({ total: 1 });
  });

  test("shows properties only if asked", async () => {
    const { call } = await withMany();
    const first = async (query: string) =>
      valueAt((await call("GET", `/api-resources?${query}`)).body, "apiResources", 0);
    expect(await first("")).not.toHaveProperty("properties");
    expect(await first("attributes=properties")).toHaveProperty("properties", []);
  });

  test.each([
    ["limit=0", "API-RESOURCE-60010"],
    ["limit=-1", "API-RESOURCE-60010"],
    ["limit=ten", "UE-10000"],
    ["after=MQ==&before=Mg==", "API-RESOURCE-60011"],
    ["after=%25", "API-RESOURCE-60002"],
    ["after=bm90IGEgbnVtYmVy", "API-RESOURCE-60002"],
    ["attributes=scopes", "API-RESOURCE-60013"],
    ["filter=scopes+eq+a", "API-RESOURCE-60001"],
    ["filter=name+is+a", "API-RESOURCE-60001"],
    ["filter=name+eq+a+or+name+eq+b", "API-RESOURCE-60001"],
    ["filter=identifier+eq+/api/server/v1/applications/(.*)/authenticationSequence/script", "API-RESOURCE-60001"],
  ])("refuses %s", async (query, code) => {
    const call = await callerFor(await sandboxFor());
    expect(await call("GET", `/api-resources?${query}`)).toMatchObject({ status: 400, body: { code } });
  });
});
