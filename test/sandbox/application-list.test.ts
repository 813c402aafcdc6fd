import { callerFor, sandboxFor, valueAt, webApplication } from "./support";

async function callerOf() {
  return callerFor(await sandboxFor());
}

describe("the list of applications", () => {
  test("is newest first, a page at a time, with relative links", async () => {
    const call = await callerOf();
    for (const name of ["one", "two", "three"]) await call("POST", "/applications", { name });
    const { body } = await call("GET", "/applications?limit=2&offset=1");
    expect(body).toMatchObject({
      totalResults: 6,
      startIndex: 2,
      count: 2,
      applications: [{ name: "two" }, { name: "one" }],
    });
    expect(valueAt(body, "links")).toEqual([
      { rel: "next", href: "/t/sandbox/api/server/v1/applications?offset=3&limit=2" },
      { rel: "previous", href: "/t/sandbox/api/server/v1/applications?offset=0&limit=2" },
    ]);
  });

  test("is filtered, and then shows what was filtered by", async () => {
    const call = await callerOf();
    await call("POST", "/applications", webApplication);
    const { body } = await call("GET", "/applications?filter=name+eq+web+and+clientId+co+a&attributes=templateId,");
    expect(body).toMatchObject({ totalResults: expect.any(Number) });
    expect((await call("GET", "/applications?filter=name+eq+web")).body).toMatchObject({ totalResults: 1 });
    expect((await call("GET", "/applications?filter=clientId+eq+CONSOLE")).body).toMatchObject({
      applications: [{ name: "Console", clientId: "CONSOLE" }],
    });
  });

  test("shows the audience of roles when asked, and never the roles", async () => {
    const call = await callerOf();
    await call("POST", "/applications", { name: "own" });
    await call("POST", "/applications", { name: "all", associatedRoles: { allowedAudience: "ORGANIZATION" } });
    const { body } = await call("GET", "/applications?limit=2&attributes=associatedRoles.allowedAudience");
    expect(body).toMatchObject({ applications: [{ name: "all" }, { name: "own" }] });
    expect(valueAt(body, "applications", 0, "associatedRoles")).toEqual({ allowedAudience: "ORGANIZATION" });
    expect(valueAt(body, "applications", 1, "associatedRoles")).toEqual({ allowedAudience: "APPLICATION" });
    const plain = await call("GET", "/applications?limit=1");
    expect(valueAt(plain.body, "applications", 0)).not.toHaveProperty("associatedRoles");
  });

  test.each([
    ["filter=description+eq+a", 400, "APP-60004"],
    ["filter=name+gt+a", 400, "APP-60004"],
    ["filter=not+name+eq+a", 400, "APP-60004"],
    ["attributes=everything", 400, "APP-60505"],
    ["sortBy=name", 501, "APP-65002"],
  ])("refuses %s", async (query, status, code) => {
    const call = await callerOf();
    expect(await call("GET", `/applications?${query}`)).toMatchObject({ status, body: { code } });
  });
});
