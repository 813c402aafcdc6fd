import { organization } from "./organization-scene";
import { type Call, callerFor, sandboxFor, valueAt } from "./support";

const configuration = "/organization-configs/discovery";
const enabled = { properties: [{ key: "emailDomain.enable", value: true }] };
const domains = (...values: string[]) => [{ type: "emailDomain", values }];

async function caller() {
  const sandbox = await sandboxFor();
  return { sandbox, call: await callerFor(sandbox) };
}

async function discovered(): Promise<{ call: Call; id: string }> {
  const { call } = await caller();
  const id = await organization(call, "One", { orgHandle: "one.com" });
  await call("POST", configuration, enabled);
  return { call, id };
}

describe("the configuration of discovery", () => {
  test("is not there at first, is made once, replaced and taken away", async () => {
    const { sandbox, call } = await caller();
    expect(await call("GET", configuration)).toMatchObject({ status: 404, body: { code: "OCM-60002" } });
    const created = await call("POST", configuration, enabled);
    const texts = { properties: [{ key: "emailDomain.enable", value: "true" }] };
    expect(created).toMatchObject({ status: 201, body: texts });
    expect(created.headers.get("location")).toBe(`${sandbox.baseUrl}/t/sandbox/api/server/v1${configuration}`);
    expect(await call("GET", configuration)).toMatchObject({ status: 200, body: texts });
    expect(await call("POST", configuration, enabled)).toMatchObject({ status: 409, body: { code: "OCM-60003" } });
    const other = { properties: [{ key: "emailDomain.enable", value: "false" }] };
    expect(await call("PUT", configuration, other)).toMatchObject({ status: 200, body: other });
    expect((await call("DELETE", configuration)).status).toBe(204);
    expect((await call("GET", configuration)).status).toBe(404);
  });

  test("that cannot be kept is not made", async () => {
    const { sandbox, call } = await caller();
    sandbox.setFaults([{ kind: "disk-full" }]);
    expect((await call("POST", configuration, enabled)).status).toBe(500);
    expect((await call("GET", configuration)).status).toBe(404);
  });

  test.each([
    [{ value: "true" }, "UE-10000"],
    [{ key: "colour", value: "red" }, "OCM-60004"],
    [{ key: "emailDomainBasedSelfSignup.enable", value: "true" }, "OCM-60005"],
    [{ key: "defaultParam", value: "orgColour" }, "OCM-60006"],
  ])("with %j is refused with %s", async (property, code) => {
    const { call } = await caller();
    expect(await call("POST", configuration, { properties: [property] })).toMatchObject({
      status: 400,
      body: { code },
    });
  });
});

describe("what an organization is found by", () => {
  test("is given, listed, replaced and taken away", async () => {
    const { call, id } = await discovered();
    const first = { attributes: domains("abc.com") };
    expect(await call("POST", "/organizations/discovery", { organizationId: id, ...first })).toMatchObject({
      status: 201,
      body: first,
    });
    expect((await call("GET", `/organizations/${id}/discovery`)).body).toEqual(first);
    expect((await call("GET", "/organizations/discovery")).body).toEqual({
      totalResults: 1,
      startIndex: 1,
      count: 1,
      links: [],
      organizations: [{ organizationId: id, organizationName: "One", orgHandle: "one.com", ...first }],
    });
    const none = (await call("GET", "/organizations/discovery?filter=organizationName+eq+Two")).body;
    expect(none).toMatchObject({ totalResults: 0, organizations: [] });
    const nothing = (await call("GET", "/organizations/discovery?limit=0")).body;
    expect(nothing).toEqual({ totalResults: 0, startIndex: 1, count: 0, links: [] });
    const second = { attributes: domains("xyz.com", "example.com") };
    expect(await call("PUT", `/organizations/${id}/discovery`, second)).toMatchObject({ status: 200, body: second });
    const available = async (value: string) =>
      valueAt((await call("POST", "/organizations/check-discovery", { type: "emailDomain", value })).body, "available");
    expect([await available("xyz.com"), await available("abc.com"), await available("no domain")]).toEqual([
      false,
      true,
      false,
    ]);
    expect((await call("DELETE", `/organizations/${id}/discovery`)).status).toBe(204);
    expect(await available("xyz.com")).toBe(true);
  });

  test.each([
    ["an unknown organization", { organizationId: "none", attributes: [] }, 404, "ORG-60015"],
    ["no attributes", { attributes: [] }, 400, "ORG-60088"],
    ["a type twice", { attributes: [...domains("a.com"), ...domains("b.com")] }, 400, "ORG-60082"],
    ["another type", { attributes: [{ type: "colour", values: ["red"] }] }, 400, "ORG-60084"],
    ["something that is no domain", { attributes: domains("a b") }, 400, "ORG-60092"],
    ["a domain of another organization", { attributes: domains("TAKEN.com") }, 400, "ORG-60083"],
  ])("is not %s", async (_, body, status, code) => {
    const { call, id } = await discovered();
    const other = await organization(call, "Other");
    await call("POST", "/organizations/discovery", { organizationId: other, attributes: domains("taken.com") });
    expect(await call("POST", "/organizations/discovery", { organizationId: id, ...body })).toMatchObject({
      status,
      body: { code },
    });
    expect(await call("POST", "/organizations/discovery", { organizationId: other, attributes: [] })).toMatchObject({
      body: { code: "ORG-60085" },
    });
  });

  test("is nothing while discovery is off, and its list refuses what is below zero", async () => {
    const { call } = await caller();
    const id = await organization(call, "One");
    const body = { organizationId: id, attributes: domains("a.com") };
    expect(await call("POST", "/organizations/discovery", body)).toMatchObject({
      status: 400,
      body: { code: "ORG-60080" },
    });
    for (const query of ["limit=-1", "offset=-1"]) {
      const answer = await call("GET", `/organizations/discovery?${query}`);
      expect(answer).toMatchObject({ status: 400, body: { code: "UE-10000" } });
    }
  });
});
