import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FaultRule } from "../../sandbox";
import { bookings, callerFor, requestToken, sandboxFor, temporaryFolder, textAt, webApplication } from "./support";

const all = "/api/server/v1/applications";

/** A sandbox with these rules, and a token that it issued before they were in force. */
async function faulty(...rules: FaultRule[]) {
  const state = join(temporaryFolder(), "state.json");
  const sandbox = await sandboxFor({ state });
  const token = textAt((await requestToken(sandbox)).body, "access_token");
  const call = await callerFor(sandbox);
  sandbox.setFaults(rules);
  const names = () => sandbox.tenant.applications.map(({ name }) => name);
  const get = (path: string, init?: RequestInit) =>
    fetch(`${sandbox.baseUrl}/t/sandbox${path}`, { headers: { authorization: `Bearer ${token}` }, ...init });
  return { sandbox, call, get, names, state };
}

describe("an answer with 200 in the place of the right one", () => {
  test.each([
    ["nothing in it", {}],
    ["null", null],
    ["an empty list with a total", { totalResults: 5, startIndex: 1, count: 0, applications: [] }],
    ["a text", "all is well"],
    ["a list", []],
  ])("has the content that the rule gives: %s", async (_, content) => {
    const { sandbox, call } = await faulty({ kind: "status", status: 200, content, times: 1, path: all });
    const answer = await call("GET", "/applications");
    expect(answer).toMatchObject({ status: 200, body: content });
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(sandbox.requests.at(-1)).toMatchObject({ status: 200, fault: { kind: "status", when: "before" } });
    expect((await call("GET", "/applications")).body).toMatchObject({ totalResults: 3 });
  });

  test("is an error of the API, or a page, where the rule gives none", async () => {
    const { sandbox, call } = await faulty({ kind: "status", status: 200 });
    expect(await call("GET", "/applications")).toMatchObject({ status: 200, body: { code: 200, message: "OK" } });
    sandbox.setFaults([{ kind: "status", status: 200, body: "html" }]);
    expect((await call("GET", "/applications")).body).toContain("<h1>200 OK</h1>");
  });

  test.each([
    ["before", false],
    ["after", true],
  ] as const)("%s the change: it is made is %s", async (when, made) => {
    const { call, names } = await faulty({ kind: "status", status: 200, content: {}, when, method: "POST" });
    const answer = await call("POST", "/applications", webApplication);
    expect(answer).toMatchObject({ status: 200, body: {}, id: "" });
    expect(names().includes("web")).toBe(made);
  });

  test("can also be the content of a refusal, and has no body where its status allows none", async () => {
    const gone = { code: "APP-60006", message: "Application not found." };
    const { sandbox, call } = await faulty({ kind: "status", status: 404, content: gone });
    expect(await call("GET", "/applications/x")).toMatchObject({ status: 404, body: gone });
    for (const status of [204, 205, 304]) {
      sandbox.setFaults([{ kind: "status", status, content: {} }]);
      expect(await call("GET", "/applications")).toMatchObject({ status, body: undefined });
    }
  });
});

describe("a body that is too large", () => {
  test("is JSON with as many bytes as the rule says, of which the headers say nothing", async () => {
    for (const bytes of [2, 3, 65_536, 17_000_000]) {
      const { sandbox, get } = await faulty({ kind: "flood", bytes });
      const response = await get(all);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("application/json");
      const text = await response.text();
      expect(text.length).toBe(bytes);
      expect(JSON.parse(text)).toHaveLength(bytes - 2);
      expect(sandbox.requests.at(-1)).toMatchObject({ status: 200, fault: { kind: "flood", when: "before" } });
    }
  });

  test("has no end without a number, until the client closes the connection", async () => {
    const said = jest.spyOn(process.stderr, "write");
    const { sandbox, call, get } = await faulty({ kind: "flood", times: 1 });
    const response = await get(all);
    const reader = response.body?.getReader();
    let length = 0;
    while (length < 40_000_000) length += (await reader?.read())?.value?.length ?? Number.NaN;
    await reader?.cancel();
    expect((await call("GET", "/applications")).status).toBe(200);
    await sandbox.close();
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });

  test("does not hold up the end of the sandbox, even if nobody reads it", async () => {
    const { sandbox, get } = await faulty({ kind: "flood" });
    const response = await get(all);
    await sandbox.close();
    await expect(response.text()).rejects.toThrow();
  });

  test.each([
    ["before", false],
    ["after", true],
  ] as const)("%s the change: it is made is %s", async (when, made) => {
    const { call, names } = await faulty({ kind: "flood", bytes: 100, when, method: "POST" });
    expect(await call("POST", "/applications", webApplication)).toMatchObject({ status: 200, body: "a".repeat(98) });
    expect(names().includes("web")).toBe(made);
  });
});

describe("a full disk", () => {
  test("refuses a change with a server error, and changes nothing", async () => {
    const said = jest.spyOn(process.stderr, "write");
    const { sandbox, call, state } = await faulty();
    const { id } = await call("POST", "/api-resources", bookings);
    sandbox.setFaults([{ kind: "disk-full", times: 3 }]);
    const [before, text] = [structuredClone(sandbox.tenant), readFileSync(state, "utf8")];
    for (const [method, path, body] of [
      ["POST", "/applications", webApplication],
      ["PUT", `/api-resources/${id}/scopes`, []],
      ["DELETE", `/api-resources/${id}`],
    ] as const) {
      expect(await call(method, path, body)).toMatchObject({ status: 500, body: { code: "SE-50000" } });
      expect(sandbox.requests.at(-1)?.fault).toEqual({ kind: "disk-full" });
    }
    expect(sandbox.tenant).toEqual(before);
    expect(readFileSync(state, "utf8")).toBe(text);
    expect((await call("DELETE", `/api-resources/${id}`)).status).toBe(204);
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });

  test("is there for a tenant without a file, too", async () => {
    const sandbox = await sandboxFor();
    const call = await callerFor(sandbox);
    sandbox.setFaults([{ kind: "disk-full", times: 1 }]);
    expect((await call("POST", "/applications", webApplication)).status).toBe(500);
    expect(sandbox.tenant.applications).toHaveLength(3);
    expect((await call("POST", "/applications", webApplication)).status).toBe(201);
  });

  test("does not count what writes nothing, and lets refusals be what they are", async () => {
    const { sandbox, call } = await faulty({ kind: "disk-full", times: 2 });
    expect((await call("GET", "/applications")).status).toBe(200);
    expect((await requestToken(sandbox)).status).toBe(200);
    expect((await call("POST", "/applications", {})).status).toBe(400);
    expect((await call("DELETE", "/applications/none")).status).toBe(204);
    expect((await call("POST", "/applications", webApplication)).status).toBe(201);
  });

  test("leaves tokens in force, since nothing was revoked", async () => {
    const { sandbox, call } = await faulty();
    const path = `/applications/${sandbox.tenant.bootstrap}/inbound-protocols/oidc`;
    sandbox.setFaults([{ kind: "disk-full" }]);
    expect((await call("POST", `${path}/revoke`)).status).toBe(500);
    expect((await call("GET", path)).body).toMatchObject({ state: "ACTIVE" });
  });
});
