import type { FaultRule } from "../../sandbox";
import { bookings, callerFor, requestToken, sandboxFor, valueAt, webApplication } from "./support";

async function faulty(...rules: FaultRule[]) {
  const sandbox = await sandboxFor();
  const call = await callerFor(sandbox);
  sandbox.setFaults(rules);
  const status = async (method: string, path: string, body?: unknown) => (await call(method, path, body)).status;
  return { sandbox, call, status };
}

describe("tokens that expire", () => {
  test("refuse the very request, with every token issued so far, and none issued later", async () => {
    const { sandbox, status } = await faulty({ kind: "expire-tokens", skip: 1, times: 1, path: "/api/**" });
    const other = await callerFor(sandbox);
    expect(await status("GET", "/applications")).toBe(200);
    expect(await status("POST", "/applications", webApplication)).toBe(401);
    expect((await other("GET", "/applications")).status).toBe(401);
    expect((await (await callerFor(sandbox))("GET", "/applications?filter=name+eq+web")).body).toMatchObject({
      totalResults: 0,
    });
    expect(sandbox.requests.map(({ status, fault }) => [status, fault])).toEqual([
      [200, undefined],
      [200, undefined],
      [200, undefined],
      [401, { kind: "expire-tokens", when: "before" }],
      [401, undefined],
      [200, undefined],
      [200, undefined],
    ]);
    expect((await sandbox.console("GET", "/api/server/v1/applications")).status).toBe(200);
  });

  test("refuse the next request where they expire after one", async () => {
    const { status } = await faulty({ kind: "expire-tokens", when: "after", times: 1 });
    expect(await status("POST", "/applications", webApplication)).toBe(201);
    expect(await status("GET", "/applications")).toBe(401);
  });
});

describe("a stale read", () => {
  const path = "/api/server/v1/applications/*";

  test("does not know yet what was created, and then does", async () => {
    const { sandbox, call, status } = await faulty({ kind: "stale-read", times: 2 });
    const { id } = await call("POST", "/applications", webApplication);
    expect(await status("GET", `/applications/${id}`)).toBe(404);
    expect((await call("GET", "/applications")).body).toMatchObject({ totalResults: 3 });
    expect((await call("GET", "/applications")).body).toMatchObject({ totalResults: 4 });
    expect(await status("GET", `/applications/${id}`)).toBe(200);
    expect(sandbox.requests.map(({ fault }) => fault).filter(Boolean)).toEqual([
      { kind: "stale-read" },
      { kind: "stale-read" },
    ]);
  });

  test("has the value before the last change of its own path, whatever has changed elsewhere since", async () => {
    const { call, status } = await faulty({ kind: "stale-read", path, skip: 1 });
    const { id } = await call("POST", "/applications", webApplication);
    expect(await status("GET", `/applications/${id}`)).toBe(200);
    for (const description of ["first", "second", "third"]) {
      expect(await status("PATCH", `/applications/${id}`, { description })).toBe(200);
    }
    await call("POST", "/applications", { ...webApplication, name: "other" });
    expect((await call("GET", `/applications/${id}`)).body).toMatchObject({ description: "second" });
  });

  test("still knows what was deleted, and sees through a change of the console", async () => {
    const { sandbox, call } = await faulty({ kind: "stale-read" });
    const { id } = await call("POST", "/api-resources", bookings);
    await sandbox.console("DELETE", `/api/server/v1/api-resources/${id}`);
    expect(await call("GET", `/api-resources/${id}`)).toMatchObject({ status: 200, body: { name: "Bookings" } });
    expect(sandbox.tenant.apiResources.some((api) => api.id === id)).toBe(false);
  });

  test("needs a change that was made, for its own path: other reads are right, and do not count", async () => {
    const { sandbox, call, status } = await faulty({ kind: "stale-read", times: 1 });
    const { id } = await call("POST", "/applications", webApplication);
    expect(await status("PATCH", `/api-resources/none`, { name: "x" })).toBe(404);
    expect(await status("GET", "/api-resources")).toBe(200);
    expect(sandbox.requests.some(({ fault }) => fault)).toBe(false);
    expect(await status("GET", `/applications/${id}`)).toBe(404);
  });

  test("looks at the token as ever", async () => {
    const { sandbox, call } = await faulty({ kind: "stale-read" });
    const narrow = await callerFor(sandbox, "internal_api_resource_view");
    const { id } = await call("POST", "/applications", webApplication);
    expect((await narrow("GET", `/applications/${id}`)).status).toBe(403);
  });

  test("sees what was changed although its answer was lost, and not what never was", async () => {
    const { sandbox, call, status } = await faulty();
    const { id } = await call("POST", "/applications", webApplication);
    const lost = (when: "before" | "after"): FaultRule[] => [
      { kind: "stale-read" },
      { kind: "status", status: 503, when, method: "PATCH" },
    ];
    sandbox.setFaults(lost("before"));
    expect(await status("PATCH", `/applications/${id}`, { description: "never" })).toBe(503);
    expect((await call("GET", `/applications/${id}`)).body).not.toHaveProperty("description");
    sandbox.setFaults(lost("after"));
    expect(await status("PATCH", `/applications/${id}`, { description: "lost" })).toBe(503);
    expect((await call("GET", `/applications/${id}`)).body).not.toHaveProperty("description");
    sandbox.setFaults([]);
    expect((await call("GET", `/applications/${id}`)).body).toMatchObject({ description: "lost" });
  });
});

describe("an authorization that is withdrawn", () => {
  const scope = "internal_application_mgt_create";
  const scopesOf = async (...args: Parameters<typeof requestToken>) =>
    String(valueAt((await requestToken(...args)).body, "scope")).split(" ");

  test("of a scope is gone for new tokens, and those issued keep it", async () => {
    const { sandbox, status } = await faulty({ kind: "withdraw", scope, path: "/api/**" });
    expect(await scopesOf(sandbox)).toContain(scope);
    expect(await status("GET", "/applications")).toBe(200);
    const left = await scopesOf(sandbox);
    expect(left).not.toContain(scope);
    expect(left).toContain("internal_application_mgt_view");
    expect(await status("POST", "/applications", webApplication)).toBe(201);
    expect((await (await callerFor(sandbox))("POST", "/applications", webApplication)).status).toBe(403);
    expect(sandbox.requests.flatMap(({ fault }) => fault ?? [])).toEqual([{ kind: "withdraw", when: "before" }]);
  });

  test("can take the tokens with it", async () => {
    const { sandbox, status } = await faulty({ kind: "withdraw", scope, tokens: "revoke", when: "after" });
    expect(await status("GET", "/applications")).toBe(200);
    expect(await status("GET", "/applications")).toBe(401);
    expect(await scopesOf(sandbox)).not.toContain(scope);
  });

  test("of an API takes all its scopes, as an entry that the console no longer shows", async () => {
    const { sandbox, status } = await faulty({ kind: "withdraw", api: "/api/server/v1/api-resources" });
    expect(await status("GET", "/applications")).toBe(200);
    expect((await scopesOf(sandbox)).filter((name) => name.startsWith("internal_api_resource_"))).toEqual([]);
    const { body } = await sandbox.console(
      "GET",
      `/api/server/v1/applications/${sandbox.tenant.bootstrap}/authorized-apis`,
    );
    expect(JSON.stringify(body)).not.toContain('"/api/server/v1/api-resources"');
  });

  test("is not played where there is nothing to lose", async () => {
    const { sandbox, status } = await faulty({ kind: "withdraw", scope: "internal_nonsense" });
    expect(await status("GET", "/applications")).toBe(200);
    expect(sandbox.requests.some(({ fault }) => fault)).toBe(false);
  });
});
