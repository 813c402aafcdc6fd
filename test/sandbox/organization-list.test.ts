import { callerIn, organization, sceneFor, shareWithAll } from "./organization-scene";
import { type Call, callerFor, sandboxFor, textAt, valueAt } from "./support";

const path = "/organizations";

function names(body: unknown): string[] {
  const list = valueAt(body, "organizations");
  return Array.isArray(list) ? list.map((item) => textAt(item, "name")) : [];
}

function link(body: unknown, rel: string): string | undefined {
  const links = valueAt(body, "links");
  const found = Array.isArray(links) ? links.find((each) => valueAt(each, "rel") === rel) : undefined;
  return found === undefined ? undefined : textAt(found, "href");
}

async function listed(count: number): Promise<Call> {
  const call = await callerFor(await sandboxFor({ organization: "acme", now: () => Date.UTC(2026, 2, 2) }));
  for (let at = 1; at <= count; at += 1) await organization(call, `O${at}`);
  return call;
}

test("a tenant without organizations has an empty answer, and so has a page of none", async () => {
  const call = await listed(0);
  expect(await call("GET", path)).toMatchObject({ status: 200, body: {} });
  expect((await call("GET", path)).body).toEqual({});
  await organization(call, "O1");
  expect((await call("GET", `${path}?limit=0`)).body).toEqual({});
  expect((await call("GET", `${path}?filter=name+eq+none`)).body).toEqual({});
});

test("a list is newest first, without links where all of it fits", async () => {
  const call = await listed(3);
  const { body } = await call("GET", path);
  expect(names(body)).toEqual(["O3", "O2", "O1"]);
  expect(Object.keys(Object(body))).toEqual(["organizations"]);
  const item = valueAt(body, "organizations", 0);
  expect(Object.keys(Object(item))).toEqual(["id", "name", "orgHandle", "status", "version", "hasChildren", "ref"]);
  expect(valueAt(item, "ref")).toBe(`/t/acme/api/server/v1/organizations/${textAt(item, "id")}`);
});

test("a page has fifteen by default, and thirty at most", async () => {
  const call = await listed(32);
  expect(names((await call("GET", path)).body)).toHaveLength(15);
  expect(names((await call("GET", `${path}?limit=100`)).body)).toHaveLength(30);
});

test("pages lead forward and back by times of creation", async () => {
  const call = await listed(5);
  const page = async (href: string) => (await call("GET", href.replace("/t/acme", ""))).body;
  const first = (await call("GET", `${path}?limit=2&filter=name+sw+O`)).body;
  expect([names(first), link(first, "previous")]).toEqual([["O5", "O4"], undefined]);
  const next = link(first, "next") ?? "";
  expect(next).toMatch(/^\/t\/acme\/api\/server\/v1\/organizations\?limit=2&recursive=false&filter=name\+sw\+O&after=/);
  const cursor = Buffer.from(next.split("after=")[1] ?? "", "base64").toString();
  expect(cursor).toBe("2026-03-02 00:00:00.003");
  const second = await page(next);
  expect(names(second)).toEqual(["O3", "O2"]);
  expect(valueAt(second, "links", 0, "rel")).toBe("previous");
  const third = await page(link(second, "next") ?? "");
  expect([names(third), link(third, "next")]).toEqual([["O1"], undefined]);
  const back = await page(link(third, "previous") ?? "");
  expect(names(back)).toEqual(["O3", "O2"]);
  const start = await page(link(back, "previous") ?? "");
  expect([names(start), link(start, "previous")]).toEqual([["O5", "O4"], undefined]);
});

test.each([
  ["limit=-1", "UE-10000"],
  ["limit=x", "UE-10000"],
  ["after=%25", "ORG-60026"],
  [`after=${Buffer.from("yesterday").toString("base64")}`, "ORG-60026"],
  ["filter=colour+eq+red", "ORG-60023"],
  ["filter=name+is+red", "ORG-60059"],
  ["filter=name+eq+a+or+name+eq+b", "ORG-60024"],
  ["filter=not+name+eq+a", "ORG-60024"],
  ["filter=created+co+2026", "ORG-60072"],
  ["filter=created+gt+soon", "ORG-60071"],
  ["filter=name+eq", "ORG-60060"],
])("the query %s is refused with %s", async (query, code) => {
  const call = await listed(1);
  expect(await call("GET", `${path}?${query}`)).toMatchObject({ status: 400, body: { code } });
});

test.each([
  ["name co Hosp", ["Greater Hospital", "Little Hospital"]],
  ["name eq Greater Hospital", ["Greater Hospital"]],
  ["name ew Hospital and name sw Little", ["Little Hospital"]],
  ["attributes.Country eq Sri Lanka and name co Greater", ["Greater Hospital"]],
  ["attributes.Country eq Sri Lanka", ["Greater Hospital"]],
  ["description eq d", ["Bank"]],
  ["orgHandle sw bank", ["Bank"]],
  ["status eq DISABLED", []],
  ["name ne Bank", ["Greater Hospital", "Little Hospital"]],
  ["created gt 2020-01-01T00:00:00Z", ["Bank", "Greater Hospital", "Little Hospital"]],
])("the filter %s finds %j", async (filter, expected) => {
  const call = await listed(0);
  await organization(call, "Greater Hospital", { attributes: [{ key: "Country", value: "Sri Lanka" }] });
  await organization(call, "Little Hospital");
  await organization(call, "Bank", { orgHandle: "bank.com", description: "d" });
  const { body } = await call("GET", `${path}?filter=${encodeURIComponent(filter)}`);
  expect(names(body).sort()).toEqual(expected);
});

test("only a recursive list shows what is below the children, and an organization sees what is below itself", async () => {
  const scene = await sceneFor();
  await shareWithAll(scene);
  const child = await organization(scene.call, "Child");
  const inside = await callerIn(scene, child);
  const grandchild = await organization(inside, "Grandchild", {}, "/o/api/server/v1");
  expect(names((await scene.call("GET", path)).body)).toEqual(["Child"]);
  expect(names((await scene.call("GET", `${path}?recursive=true`)).body)).toEqual(["Grandchild", "Child"]);
  expect(names((await scene.call("GET", `${path}?recursive=true&filter=parentId+eq+${child}`)).body)).toEqual([
    "Grandchild",
  ]);
  expect(names((await inside("GET", "/o/api/server/v1/organizations")).body)).toEqual(["Grandchild"]);
  const { body } = await scene.call("GET", `${path}/${grandchild}`);
  expect(valueAt(body, "ancestorPath")).toMatchObject([{ depth: 0 }, { id: child, name: "Child", depth: 1 }]);
  const below = (await inside("GET", `/o/api/server/v1/organizations/${grandchild}`)).body;
  expect(valueAt(below, "ancestorPath")).toEqual([{ id: child, name: "Child", depth: 1 }]);
});

test("the keys of attributes have a list, in ascending order", async () => {
  const call = await listed(0);
  expect((await call("GET", `${path}/meta-attributes`)).body).toEqual({});
  await organization(call, "One", {
    attributes: [
      { key: "Region", value: "r" },
      { key: "Country", value: "c" },
    ],
  });
  await organization(call, "Two", {
    attributes: [
      { key: "City", value: "c" },
      { key: "Country", value: "c" },
    ],
  });
  expect((await call("GET", `${path}/meta-attributes`)).body).toEqual({ attributes: ["City", "Country", "Region"] });
  const starting = (await call("GET", `${path}/meta-attributes?filter=attributes+sw+C`)).body;
  expect(starting).toEqual({ attributes: ["City", "Country"] });
  const page = (await call("GET", `${path}/meta-attributes?limit=1`)).body;
  expect(link(page, "next")).toBe(
    `/t/acme/api/server/v1/organizations/meta-attributes?limit=1&recursive=false&after=${Buffer.from("City").toString("base64")}`,
  );
});
